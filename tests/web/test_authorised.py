"""Who acts or signs for a party, by pages and by programs: from the first authorisation on."""

from datetime import date

import pytest

from permits.casework.counter import AUTHORISATION, PAPER
from permits.services import party_requests as r
from permits.services.cases import Ticket
from permits.services.demonstration.sites import drawings
from tests.web import building as b
from tests.web import sites
from tests.web.housing import FIRE_BRIGADE, PDF, Housing
from tests.web.reviewer.test_counter import BROUGHT, scan, the_case, written

DESIGNER = drawings(0, "2022-08-01").answers["designer_code"]


def authorise(housing: Housing, code: str = FIRE_BRIGADE, **who: str) -> None:
    """The window records a letter of authorisation."""
    given = r.AuthorisePerson(
        power=who.pop("power", "sign"), since=date(2022, 6, 1), letter="委托书", **who
    )
    window = housing.people.actors["window"]
    key = f"{code}-{who}"
    housing.office.parties.order(code, given, window, Ticket(key)).result()


@pytest.fixture
def elsewhere(housing: Housing) -> Housing:
    """A colleague of whoever signs in as the fire brigade is authorised, and nobody else."""
    housing.filed()
    authorise(housing, account=housing.people.actors["fire2"].id)
    return housing


def test_a_colleague_who_is_not_authorised_is_offered_nothing_and_told_why(
    housing: Housing,
) -> None:
    case = housing.published()
    fire, page = housing.browser("fire"), f"/cases/{case}/obligations/report_completion"
    hidden = fire.hidden(page)
    authorise(housing, account=housing.people.actors["fire2"].id)
    assert housing.browser("fire2").get(page).status_code == 200
    assert fire.get(page).status_code == 303, "there is nothing for them to report"
    sent = fire.post(page, data={**hidden, "on": "2022-06-09"})
    assert sent.status_code == 403
    assert "未登记授权" in sent.text


def test_an_agent_on_paper_is_one_whom_the_record_names(elsewhere: Housing) -> None:
    window = elsewhere.browser("window")
    draft = written(elsewhere, window)
    scan(window, draft)
    scan(window, draft, AUTHORISATION)
    agent = {**BROUGHT, "came_on": "2022-06-09", "capacity": "agent"}
    answer = window.fill(f"{draft}/check", **agent)
    assert answer.status_code == 403
    assert "书面材料上载明的人不能代申请人办理此事。未登记授权。" in answer.text
    page = f"/office/parties/{FIRE_BRIGADE}/authorise_person"
    letter = {"power": "sign", "since": "2022-06-01", "until": "", "letter": "委托书"}
    nobody = window.fill(page, account="", person="", **letter)
    assert nobody.status_code == 422
    assert "没有账号的人的姓名" in nobody.text
    assert window.fill(page, account="", person="王经办", **letter).status_code == 303
    assert "王经办" in window.get(f"/office/parties/{FIRE_BRIGADE}").text
    case = the_case(elsewhere, window.fill(f"{draft}/check", **agent))
    [acted] = [e for _at, e in elsewhere.record(case).entries if hasattr(e, "authorised")]
    assert acted.authorised == "person_1"


def test_whoever_signs_for_another_unit_is_authorised_by_it(housing: Housing) -> None:
    sites.publish(housing, "drawing_review")
    housing.office.accounts.register_party(DESIGNER, "示例设计院", actor="setup")
    authorise(housing, DESIGNER, name="另一人")
    browser = housing.browser("fire")
    draft = sites.write(browser, housing, drawings(0, "2022-08-01"))
    sites.choose(browser, draft, "commitment")
    sites.hand_in(browser, draft, "drawings", "survey_report", "fire_drawings")
    ticks = {f"agreed:drawings_comply.{role}": "yes" for role in ("surveyor", "designer")}
    browser.fill(f"{draft}/commitments/drawings_comply", agreed="yes", **ticks)
    answer = browser.fill(f"{draft}/check")
    assert answer.status_code == 403
    assert f"为{DESIGNER}载明的人不能代其签署。未登记授权。" in answer.text
    authorise(housing, DESIGNER, name="设计负责人（示例）")
    assert browser.fill(f"{draft}/check").status_code == 303


# At the window, what comes after a decision.


@pytest.fixture
def building(housing: Housing) -> str:
    b.publish(housing, "staged_construction")
    return b.permitted(housing, "whole")


def on_paper(housing: Housing, case: str, what: str, *scans: str, **typed: str):
    """The window sends off what came on paper."""
    window, page = housing.browser("window"), f"/review/cases/{case}/for/{what}"
    for thing in (PAPER, *scans):
        window.attach(page, f"{page}/scans/{thing}", "扫描件.pdf", PDF)
    place = housing.office.counter.tray(
        housing.record(case).case, housing.people.actors["window"], what
    )
    uploads = [upload.id for upload in housing.office.uploading.uploads(place)]
    return window.fill(page, **{**BROUGHT, "came_on": "2022-06-09"}, upload=uploads, **typed)


def test_more_time_is_asked_for_on_paper(housing: Housing, building: str) -> None:
    assert (
        "ask_extension.report_start"
        in housing.browser("window").get(f"/review/cases/{building}").text
    )
    done = on_paper(housing, building, "ask_extension.report_start", reason="管线迁改未完成")
    assert done.status_code == 303, done.text
    case = housing.record(building).case
    assert case.obligations["report_start"].pending
    assert [visit.purpose for visit in case.visits] == ["request"]


def test_a_change_is_asked_for_on_paper_with_what_shows_it(
    housing: Housing, building: str
) -> None:
    done = on_paper(
        housing,
        building,
        "ask_amendment",
        "amendment.evidence",
        works_name="示例大厦二号楼",
        contact_name="",
        why="工程名称变更",
    )
    assert done.status_code == 303, done.text
    asked = housing.record(building).case.amendment
    assert asked.answers == {"works_name": "示例大厦二号楼"}
    assert [one.material for one in asked.asked.evidence] == ["amendment.evidence"]
    assert asked.seals == {}, "a personal answer that was left empty stays"


# A change of personal facts.


def test_personal_facts_and_evidence_go_through_the_pages(housing: Housing, building: str) -> None:
    fire, page = housing.browser("fire"), f"/cases/{building}/after/ask_amendment"
    shown = fire.get(page).text
    assert 'value="经办人"' in shown
    empty = fire.attach(page, f"/cases/{building}/evidence/ask_amendment", "空.pdf", b"")
    assert empty.status_code == 422
    kept = fire.attach(page, f"/cases/{building}/evidence/ask_amendment", "介绍信.pdf", PDF)
    assert kept.headers["location"] == page
    [upload] = [u for u in housing.record(building).uploads if u.filename == "介绍信.pdf"]
    typed = {**b_works(), "contact_name": "新经办人", "contact_phone": "0371-00000000"}
    assert fire.fill(page, **typed, why="人员变动", upload=upload.id).status_code == 303
    examiner, leader = housing.browser("examiner"), housing.browser("leader")
    form = f"/review/cases/{building}/after/examine_amendment"
    told = examiner.get(form).text
    assert "介绍信.pdf" in told
    assert "新经办人" not in told, "personal answers are shown on request"
    examiner.fill(form, recommends="grant", opinion="同意。")
    decide = f"/review/cases/{building}/after/decide_amendment"
    assert leader.fill(decide, granted="true", reason="").status_code == 303
    record = housing.record(building)
    assert record.values[record.case.seals["contact_name"]] == "新经办人"
    assert "新经办人" in fire.get(f"/cases/{building}").text
    again = fire.attach(page, f"/cases/{building}/evidence/ask_amendment", "又.pdf", PDF)
    assert again.status_code in (200, 303)
    last = len(record.case.documents)
    document = fire.get(f"/cases/{building}/documents/{last}").text
    assert "新经办人" not in document


def b_works() -> dict[str, str]:
    return {
        "works_name": "示例大厦一号楼",
        "works_place": "示例路",
        "contractor_code": b.CONTRACTOR,
    }
