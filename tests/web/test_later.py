"""Tolerant acceptance on the pages: chosen, undertaken, supplied later, or ended by a person."""

import pytest

from permits.casework.refusals import Reason, Refused
from permits.services.requests import Reasoned
from permits.services.timers import lapse_due
from permits.store.party_tables import party_bar
from tests.papers import ANOTHER_PDF
from tests.web.housing import PDF, Browser, Housing, at

LATER = "project_approval"


@pytest.fixture
def case(housing: Housing) -> str:
    """Accepted on 9 June 2022 with the project approval still to come by the 21st."""
    case = housing.filed("tolerant", leave_out=(LATER,))
    housing.act("window", case, "accept")
    return case


@pytest.fixture
def refused(housing: Housing, case: str) -> str:
    """The time has passed and a person has refused; the builder is barred."""
    housing.clock.now = at(2022, 6, 22)
    lapse_due(housing.office.database, housing.office.queue.submit, housing.clock())
    housing.act("leader", case, "refuse_unsupplied", Reasoned(reason="逾期未补齐。"))
    return case


def path(case: str) -> str:
    return f"/cases/{case}/later"


def attach(browser: Browser, case: str, material: str = LATER, content: bytes = PDF):
    return browser.attach(path(case), f"{path(case)}/{material}/files", "批准文件.pdf", content)


# Choosing, undertaking, filing.


def test_the_track_says_what_may_follow_and_saves_nothing(housing: Housing) -> None:
    page = housing.browser("fire").get(f"{housing.written()}/track").text
    track = page.partition('value="tolerant"')[2].partition("</dl>")[0]
    assert "项目批准、核准或者备案文件" in track
    assert "容缺受理告知书和补交承诺书" in track
    assert "可节省" not in track


def test_the_undertaking_is_read_and_signed(housing: Housing) -> None:
    browser, draft = housing.browser("fire"), housing.written()
    browser.fill(f"{draft}/track", track="tolerant")
    page = browser.get(f"{draft}/commitments/undertaking").text
    assert "受理后可以补交的材料：" in page
    assert "代表申请人作出上述补交承诺" in page
    answer = browser.fill(f"{draft}/commitments/undertaking", agreed="yes")
    assert answer.headers["location"] == draft
    assert "undertaking" in housing.draft(draft).signed


def test_what_may_follow_can_be_handed_in_at_once(housing: Housing) -> None:
    browser, draft = housing.browser("fire"), housing.written("tolerant")
    page = browser.get(f"{draft}/materials").text
    assert "受理后可以补交" in page
    action = f"{draft}/materials/{LATER}/files"
    assert browser.attach(f"{draft}/materials", action, "a.pdf", PDF).status_code == 303
    assert "受理后补交" not in browser.get(f"{draft}/check").text


def test_the_guide_shows_notice_and_undertaking(anyone: Browser) -> None:
    page = anyone.get("/guide/plan_exempt").text
    assert 'id="undertaking"' in page
    assert "拟出决定，由工作人员核对后确认" in page


# Supplying.


def test_the_case_says_what_is_to_come_and_by_when(applicant: Browser, case: str) -> None:
    page = applicant.get(f"/cases/{case}").text
    assert "尚需补交：项目批准、核准或者备案文件" in page
    assert "2022年6月21日" in page
    assert f'href="{path(case)}"' in page


def test_the_notice_of_acceptance_lists_it(applicant: Browser, case: str) -> None:
    page = applicant.get(f"/cases/{case}/documents/2").text
    assert "容缺受理通知书" in page
    assert "2022年6月21日下班前补交" in page


def test_a_file_is_uploaded_and_sent(housing: Housing, applicant: Browser, case: str) -> None:
    assert attach(applicant, case).headers["location"] == f"{path(case)}#{LATER}"
    assert housing.record(case).case.tolerated == (LATER,)
    assert applicant.fill(path(case)).headers["location"] == f"/cases/{case}"
    assert housing.record(case).case.tolerated == ()
    page = applicant.get(f"/cases/{case}").text
    assert "容缺材料已全部补齐" in page
    assert applicant.get(path(case)).headers["location"] == f"/cases/{case}"


def test_another_file_takes_the_place_of_one_not_sent_yet(
    housing: Housing, applicant: Browser, case: str
) -> None:
    attach(applicant, case)
    attach(applicant, case, content=ANOTHER_PDF)
    held = [u for u in housing.record(case).uploads if u.material == LATER]
    assert len(held) == 1


def test_without_a_file_nothing_is_sent(housing: Housing, applicant: Browser, case: str) -> None:
    with housing.unchanged():
        answer = applicant.fill(path(case))
    assert answer.status_code == 422
    assert "项目批准、核准或者备案文件" in answer.text


def test_a_file_that_is_none_is_not_kept(applicant: Browser, case: str) -> None:
    assert attach(applicant, case, content=b"text").status_code == 422


def test_nothing_else_is_supplied_here(applicant: Browser, case: str) -> None:
    action = f"{path(case)}/land_title/files"
    fields = applicant.hidden(path(case), f"{path(case)}/{LATER}/files")
    files = {"file": ("a.pdf", PDF, "application/pdf")}
    assert applicant.submit(path(case), action, fields, files=files).status_code == 404


@pytest.mark.parametrize("who", ["builder", "window"])
def test_others_supply_nothing(housing: Housing, case: str, who: str) -> None:
    assert housing.browser(who).get(path(case)).status_code in (403, 404)


def test_too_late_is_said_and_nothing_written(housing: Housing, case: str) -> None:
    housing.clock.now = at(2022, 6, 21, 16)
    applicant = housing.browser("fire")
    attach(applicant, case)
    fields = applicant.hidden(path(case))
    housing.clock.now = at(2022, 6, 21, 18)
    before = housing.events(), len(housing.record(case).uploads)
    answer = applicant.submit(path(case), path(case), fields)
    upload = applicant.submit(path(case), f"{path(case)}/{LATER}/files", fields)
    assert (housing.events(), len(housing.record(case).uploads)) == before
    assert (answer.status_code, upload.status_code) == (409, 409)
    assert "容缺补交期限已于2022年6月21日届满" in answer.text
    assert "补交期限已经届满" in applicant.get(f"/cases/{case}").text


# The office.


def test_the_office_sees_what_is_to_come(housing: Housing, case: str) -> None:
    page = housing.browser("examiner").get(f"/review/cases/{case}").text
    assert "尚需补交" in page


def test_the_end_is_drafted_and_confirmed_by_a_person(housing: Housing, case: str) -> None:
    housing.clock.now = at(2022, 6, 22)
    lapse_due(housing.office.database, housing.office.queue.submit, housing.clock())
    leader, action = housing.browser("leader"), f"/review/cases/{case}/actions/refuse_unsupplied"
    page = leader.get(f"/review/cases/{case}").text
    assert "决定书已经拟好" in page
    drafted = leader.get(action).text
    assert "截至2022年6月21日未按承诺补齐：项目批准、核准或者备案文件。" in drafted
    answer = leader.fill(action, reason="截至2022年6月21日未按承诺补齐。")
    assert answer.status_code == 303
    assert housing.record(case).case.decision.result == "refused"


def test_before_the_time_has_passed_there_is_nothing_to_confirm(
    housing: Housing, case: str
) -> None:
    action = f"/review/cases/{case}/actions/refuse_unsupplied"
    assert "尚未到期" in housing.browser("leader").get(action).text


# The bar.


def test_who_is_barred_is_told_until_when_and_may_use_the_others(
    housing: Housing, refused: str
) -> None:
    assert refused
    browser, draft = housing.browser("fire"), housing.written()
    page = browser.get(f"{draft}/track").text
    assert "2023年6月22日之前（含当日）不适用" in page
    answer = browser.fill(f"{draft}/track", track="tolerant")
    assert answer.status_code == 409
    assert browser.fill(f"{draft}/track", track="ordinary").status_code == 303


def test_a_draft_that_was_ready_is_not_filed_by_who_is_barred_since(
    housing: Housing, case: str, request: pytest.FixtureRequest
) -> None:
    draft = housing.draft(housing.written("tolerant"))
    request.getfixturevalue("refused")
    answer = housing.office.filing.file(draft, housing.people.actors["fire"], "key").result()
    assert answer == Refused(Reason.BARRED, ("2023-06-22",))


def test_the_bar_is_made_of_the_log(housing: Housing, refused: str) -> None:
    with housing.office.database.read() as connection:
        [row] = connection.execute(party_bar.select()).mappings()
    assert (row["ground"], row["until_on"]) == ("undertaking", "2023-06-22")


def test_a_year_later_the_track_is_open_again(housing: Housing, refused: str) -> None:
    assert refused
    housing.clock.now = at(2023, 6, 25)
    answer = housing.browser("fire").fill(f"{housing.written()}/track", track="tolerant")
    assert answer.status_code == 303
