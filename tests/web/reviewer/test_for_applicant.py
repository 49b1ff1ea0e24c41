"""At the counter, for an applicant who wrote on paper: scanned, sent, and never decided by the
same officer."""

import pytest
from msgspec.structs import replace

from permits.casework.counter import AUTHORISATION, PAPER
from permits.definitions.procedure import RevocationGround
from permits.services.demonstration.sites import early_works
from permits.services.requests import Notice, OpinionIn
from tests.papers import ANOTHER_PDF, JPEG, PNG
from tests.web import building, sites
from tests.web.housing import BUILDER, PDF, Browser, Housing, at

BROUGHT = {
    "came_on": "2022-06-10",
    "bringer": "王经办",
    "capacity": "holder",
    "in_person": "true",
}


@pytest.fixture
def case(housing: Housing) -> str:
    """A case whose notice of 9 June 2022 asks for a material and an answer; it is 10 June."""
    housing.clock.now = at(2022, 6, 9)
    found = housing.correcting("material.land_title", "field.length_m")
    housing.clock.now = at(2022, 6, 10)
    return found


@pytest.fixture
def window(housing: Housing) -> Browser:
    """The window on 10 June 2022."""
    housing.clock.now = at(2022, 6, 10)
    return housing.browser("window")


def page_of(case: str, what: str) -> str:
    return f"/review/cases/{case}/for/{what}"


def scan(browser: Browser, page: str, thing: str, content: bytes = PDF):
    return browser.attach(page, f"{page}/scans/{thing}", "扫描件.pdf", content)


def lying(housing: Housing, case: str, what: str, who: str = "window") -> list[str]:
    record, counter = housing.record(case), housing.office.counter
    place = counter.tray(record.case, housing.people.actors[who], what)
    return [upload.id for upload in housing.office.uploading.uploads(place)]


def send(housing: Housing, browser: Browser, case: str, what: str, **fields: object):
    """Send the form with everything that lies in the tray."""
    kind = what.partition(".")[0]
    address = what if "." in what else kind
    uploads = lying(housing, case, address)
    return browser.fill(page_of(case, what), **{**BROUGHT, "upload": uploads, **fields})


def test_the_window_supplies_corrections_that_came_on_paper(
    housing: Housing, window: Browser, case: str
) -> None:
    page = page_of(case, "corrections")
    assert page in window.get(f"/review/cases/{case}").text
    assert "补交：material.land_title" in window.get(page).text
    for thing in (PAPER, "land_title"):
        assert scan(window, page, thing).headers["location"] == f"{page}#{thing}"
    answer = send(housing, window, case, "corrections", length_m="120")
    assert answer.status_code == 303, answer.text
    after = housing.record(case)
    assert after.case.answers["length_m"] == 120
    assert "land_title" in after.case.materials
    assert str(after.case.milestones["corrections_supplied"]) == "2022-06-10"
    assert after.case.acted_for == (housing.people.actors["window"].id,)
    assert {u.material for u in after.uploads} >= {PAPER, "land_title"}
    assert lying(housing, case, "corrections") == []


def test_both_sides_see_who_brought_it_and_only_the_applicant_the_name(
    housing: Housing, window: Browser, case: str
) -> None:
    page = page_of(case, "corrections")
    for thing in (PAPER, "land_title"):
        scan(window, page, thing)
    send(housing, window, case, "corrections", length_m="120")
    told, own = window.get(f"/review/cases/{case}").text, housing.browser("fire")
    assert "申请人本人" in told
    assert "王经办" not in told
    shown = window.fill(f"/review/cases/{case}", f"/review/cases/{case}/personal").text
    assert "王经办" in shown
    theirs = own.get(f"/cases/{case}").text
    assert "王经办" in theirs
    assert "签字盖章的纸质材料" in theirs


def test_an_agent_needs_an_authorisation(housing: Housing, window: Browser, case: str) -> None:
    page = page_of(case, "withdrawal")
    scan(window, page, PAPER)
    with housing.unchanged():
        answer = send(housing, window, case, "withdrawal", capacity="agent")
    assert answer.status_code == 422
    assert "书面授权委托书" in answer.text
    scan(window, page, AUTHORISATION)
    assert send(housing, window, case, "withdrawal", capacity="agent").status_code == 303
    assert housing.record(case).case.milestones["withdrawn"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("came_on", "yesterday"),
        ("bringer", ""),
        ("bringer", "名" * 101),
        ("capacity", ""),
        ("capacity", "friend"),
        ("in_person", ""),
        ("length_m", "long"),
    ],
)
def test_what_does_not_fit_is_told_and_what_was_typed_stays(
    housing: Housing, window: Browser, case: str, field: str, value: str
) -> None:
    page = page_of(case, "corrections")
    for thing in (PAPER, "land_title"):
        scan(window, page, thing)
    with housing.unchanged():
        answer = send(housing, window, case, "corrections", **{"length_m": "120", field: value})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert len(lying(housing, case, "corrections")) == 2


def test_a_day_before_the_notice_is_refused(housing: Housing, window: Browser, case: str) -> None:
    page = page_of(case, "corrections")
    for thing in (PAPER, "land_title"):
        scan(window, page, thing)
    with housing.unchanged():
        answer = send(housing, window, case, "corrections", length_m="120", came_on="2022-06-08")
    assert answer.status_code == 422


def test_sent_twice_it_is_done_once(housing: Housing, window: Browser, case: str) -> None:
    page = page_of(case, "withdrawal")
    scan(window, page, PAPER)
    fields = {**window.hidden(page), **BROUGHT, "upload": lying(housing, case, "withdrawal")}
    assert window.submit(page, page, fields).status_code == 303
    with housing.unchanged():
        assert window.submit(page, page, fields).status_code == 303


def test_a_scan_takes_the_place_of_an_earlier_one_and_can_be_taken_out(
    housing: Housing, window: Browser, case: str
) -> None:
    page = page_of(case, "withdrawal")
    scan(window, page, PAPER)
    scan(window, page, PAPER, ANOTHER_PDF)
    (only,) = lying(housing, case, "withdrawal")
    assert window.get(f"{page}/scans/{only}").content == ANOTHER_PDF
    assert window.fill(page, f"{page}/scans/{only}/remove").status_code == 303
    assert lying(housing, case, "withdrawal") == []
    assert window.get(f"{page}/scans/{only}").status_code == 404
    token = window.hidden(page)["csrf"]
    assert window.post(f"{page}/scans/photo", data={"csrf": token}).status_code == 404


@pytest.mark.parametrize("content", [b"", b"plain text"])
def test_a_scan_that_cannot_be_kept_is_told(
    housing: Housing, window: Browser, case: str, content: bytes
) -> None:
    page = page_of(case, "withdrawal")
    assert scan(window, page, PAPER, content).status_code == 422
    assert lying(housing, case, "withdrawal") == []


def test_what_lies_in_a_tray_is_nobody_elses(housing: Housing, window: Browser, case: str) -> None:
    page = page_of(case, "corrections")
    scan(window, page, PAPER)
    (scanned,) = lying(housing, case, "corrections")
    other = housing.open_officer("window2", "window")
    assert "扫描件.pdf" not in other.get(page).text
    assert other.get(f"{page}/scans/{scanned}").status_code == 404
    assert "扫描件.pdf" not in housing.browser("fire").get(f"/cases/{case}").text
    assert housing.browser("fire").get(f"/cases/{case}/files/{scanned}").status_code == 404


@pytest.mark.parametrize("who", ["examiner", "leader"])
def test_only_the_window_has_these_pages(housing: Housing, case: str, who: str) -> None:
    browser = housing.browser(who)
    assert browser.get(page_of(case, "corrections")).status_code == 404
    assert "/for/" not in browser.get(f"/review/cases/{case}").text


@pytest.mark.parametrize(
    "what",
    ["tea", "report", "report.tea", "withdrawal.report_completion", "ask_extension"],
)
def test_there_is_no_such_thing(window: Browser, case: str, what: str) -> None:
    assert window.get(page_of(case, what)).status_code == 404


def test_what_is_not_open_says_so(housing: Housing, window: Browser) -> None:
    case = housing.granted()
    answer = window.get(page_of(case, "corrections"))
    assert answer.status_code == 200
    assert "<form" not in answer.text.partition("<main")[2]


def test_a_report_on_paper_settles_the_duty(housing: Housing) -> None:
    case = housing.published()
    housing.clock.now = at(2022, 6, 23)
    window = housing.browser("window")
    what = "report.report_completion"
    page = page_of(case, what)
    assert page in window.get(f"/review/cases/{case}").text
    scan(window, page, PAPER)
    for photo in (PNG, JPEG):
        scan(window, page, "report_completion", photo)
    answer = send(housing, window, case, what, came_on="2022-06-23", on="2022-06-22")
    assert answer.status_code == 303, answer.text
    held = housing.record(case).case.obligations["report_completion"]
    assert (held.status, str(held.reported_on), len(held.evidence)) == ("settled", "2022-06-22", 2)


def test_whoever_acted_for_the_applicant_cannot_examine(housing: Housing, case: str) -> None:
    both = housing.open_officer("both", "window", "examiner")
    page = page_of(case, "corrections")
    for thing in (PAPER, "land_title"):
        scan(both, page, thing)
    fresh = Housing.people.func(housing)  # type: ignore[attr-defined]
    record = housing.record(case)
    place = housing.office.counter.tray(record.case, fresh.actors["both"], "corrections")
    uploads = [upload.id for upload in housing.office.uploading.uploads(place)]
    answer = both.fill(page, **{**BROUGHT, "upload": uploads, "length_m": "120"})
    assert answer.status_code == 303, answer.text
    housing.act("window", case, "accept")
    action = f"/review/cases/{case}/actions/examine"
    assert "代申请人办理本件的人员不得审查、核查或决定本件" in both.get(action).text
    given = OpinionIn(recommends="grant", opinion="符合条件")
    housing.act("examiner", case, "examine", given)


def test_a_visit_is_written_down_and_counted(housing: Housing, window: Browser) -> None:
    case = housing.granted()
    page = f"/review/cases/{case}/visits"
    assert "本件无人到窗口办理" in window.get(page).text
    answer = window.fill(page, on="2022-06-09", purpose="enquiry")
    assert answer.headers["location"] == f"/review/cases/{case}?done=visit"
    assert "咨询" in window.get(page).text
    audited = housing.browser("auditor").get(f"/audit/cases/{case}").text
    assert "咨询" in audited
    assert "办事指南载明0次" in audited


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"on": "yesterday", "purpose": "enquiry"}, "on"), ({"on": "2022-06-09"}, "purpose")],
)
def test_a_visit_that_does_not_fit_is_told(
    housing: Housing, window: Browser, fields: dict[str, str], field: str
) -> None:
    page = f"/review/cases/{housing.granted()}/visits"
    with housing.unchanged():
        answer = window.fill(page, **fields)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


def test_nobody_comes_tomorrow(housing: Housing, window: Browser) -> None:
    page = f"/review/cases/{housing.granted()}/visits"
    with housing.unchanged():
        assert window.fill(page, on="2022-06-11", purpose="other").status_code == 422


def test_a_visit_is_taken_back_by_the_supervisor_and_the_figures_follow(
    housing: Housing, window: Browser
) -> None:
    case = housing.granted()
    home = f"/review/cases/{case}"
    window.fill(f"{home}/visits", on="2022-06-09", purpose="enquiry")
    supervisor = housing.browser("supervisor")
    assert f'href="{home}/visits"' in supervisor.get(home).text
    assert "收回" not in window.get(f"{home}/visits").text
    send = f"{home}/visits/take_back"
    nothing = supervisor.fill(f"{home}/visits", send, reason="")
    assert nothing.status_code == 422
    done = supervisor.fill(f"{home}/visits", send, visit="1", reason="登记错误")
    assert done.status_code == 303
    assert housing.record(case).case.visits == ()
    assert "登记错误" in supervisor.get(home).text
    assert "不再计入" in window.get(f"{home}/visits").text


def test_visits_are_the_window_s_to_write_down(housing: Housing) -> None:
    page = f"/review/cases/{housing.granted()}/visits"
    assert housing.browser("leader").get(page).status_code == 404


def test_errors_are_put_right_while_the_applicant_stands_there(
    housing: Housing, window: Browser
) -> None:
    case = housing.filed("ordinary", leave_out=("land_title",))
    page = page_of(case, "on_the_spot")
    assert page in window.get(f"/review/cases/{case}").text
    shown = window.get(page).text
    assert "0371-00000000" not in shown
    for thing in (PAPER, "land_title"):
        scan(window, page, thing)
    before = housing.record(case).case
    fields = {
        "works_name": "更正的名称",
        "length_m": "120",
        "contact_name": "",
        "new_land": "false",
    }
    answer = send(housing, window, case, "on_the_spot", **fields)
    assert answer.status_code == 303, answer.text
    after = housing.record(case).case
    assert (after.answers["works_name"], after.answers["length_m"]) == ("更正的名称", 120)
    assert "land_title" in after.materials
    assert (after.clocks, after.seals) == (before.clocks, before.seals)


def test_a_commitment_is_signed_anew_on_paper(housing: Housing, window: Browser) -> None:
    case = housing.filed()
    page = page_of(case, "on_the_spot")
    scan(window, page, PAPER)
    with housing.unchanged():
        unsigned = send(housing, window, case, "on_the_spot", length_m="120")
    assert unsigned.status_code == 422
    signed = {"length_m": "120", "agreed:true_declaration": "yes"}
    answer = send(housing, window, case, "on_the_spot", **signed)
    assert answer.status_code == 303, answer.text
    signatures = housing.record(case).case.commitments
    assert [one.means for one in signatures] == ["password", "paper"]


def test_a_withdrawn_commitment_on_paper(housing: Housing, window: Browser) -> None:
    case = housing.filed()
    page = page_of(case, "commitment_withdrawal")
    scan(window, page, PAPER)
    assert send(housing, window, case, "commitment_withdrawal").status_code == 303
    assert housing.record(case).case.track == "ordinary"


def test_a_statement_on_paper(housing: Housing) -> None:
    case = housing.published()
    notice = Notice(ground=RevocationGround.OTHER, reason="与承诺不符")
    housing.people.beside("leader", f"case/{case}", notice)
    housing.clock.now = at(2022, 6, 10)
    window = housing.browser("window")
    page = page_of(case, "state")
    scan(window, page, PAPER)
    with housing.unchanged():
        assert send(housing, window, case, "state", statement="").status_code == 422
    answer = send(housing, window, case, "state", statement="施工中遇地下障碍。")
    assert answer.status_code == 303, answer.text
    held = housing.record(case)
    assert held.values[held.case.intended.statement] == "施工中遇地下障碍。"


def test_what_is_still_to_come_comes_on_paper(housing: Housing, window: Browser) -> None:
    case = housing.filed("tolerant", leave_out=("project_approval",))
    housing.act("window", case, "accept")
    page = page_of(case, "supply")
    for thing in (PAPER, "project_approval"):
        scan(window, page, thing)
    answer = send(housing, window, case, "supply")
    assert answer.status_code == 303, answer.text
    assert housing.record(case).case.tolerated == ()


def test_that_an_officer_not_act_is_asked_on_paper(housing: Housing, window: Browser) -> None:
    case = housing.filed()
    page = page_of(case, "ask_recusal")
    scan(window, page, PAPER)
    officer = housing.people.actors["examiner"].id
    fields = {"officer": officer, "ground": "系利害关系人的近亲属"}
    answer = send(housing, window, case, "ask_recusal", **fields)
    assert answer.status_code == 303, answer.text
    assert officer in housing.record(case).case.recusals


@pytest.mark.parametrize("what", ["ask_for_hearing", "waive_hearing"])
def test_without_a_right_to_a_hearing_none_is_asked_for(
    housing: Housing, window: Browser, what: str
) -> None:
    shown = window.get(page_of(housing.filed(), what)).text
    assert "<form" not in shown.partition("<main")[2]


def test_the_window_asks_for_what_the_holder_wants_after_the_grant(housing: Housing) -> None:
    """A construction permit of 9 June 2022: more time to start, and another contractor, on paper;
    the window has no other way, and whoever asks decides nothing."""
    building.publish(housing, "staged_construction")
    case, window = building.permitted(housing, "whole"), housing.browser("window")
    inside = window.get(f"/review/cases/{case}").text
    assert "/after/ask_" not in inside
    more, change = page_of(case, "ask_extension.report_start"), page_of(case, "ask_amendment")
    assert more in inside and change in inside
    scan(window, more, PAPER)
    came = {"came_on": "2022-06-09"}
    silent = send(housing, window, case, "ask_extension.report_start", **came, reason="")
    assert silent.status_code == 422
    sent = send(
        housing, window, case, "ask_extension.report_start", **came, reason="管线迁改未完成"
    )
    assert sent.status_code == 303, sent.text
    assert "管线迁改未完成" in housing.browser("fire").get(f"/cases/{case}").text
    scan(window, change, PAPER)
    facts = {**came, "works_place": "示例路", "contractor_code": BUILDER, "why": "更换施工单位"}
    names = {"works_name": "示例大厦一号楼"}
    lacking = send(housing, window, case, "ask_amendment", **{**facts, **names, "works_name": ""})
    assert lacking.status_code == 422
    asked = send(housing, window, case, "ask_amendment", **facts, **names)
    assert asked.status_code == 303, asked.text
    held = housing.record(case).case
    assert held.amendment is not None
    assert held.amendment.answers["contractor_code"] == BUILDER
    assert held.acted_for == (housing.people.actors["window"].id,)


def test_the_window_asks_for_renewal(housing: Housing) -> None:
    """An early start, filed on 9 June 2022 and held until 9 December."""
    sites.publish(housing, "early_start")
    people = housing.people
    written = replace(early_works(0, "2022-06-20"), party="fire")
    case = people.apply(written, "commitment")
    for action in ("accept", "grant_on_the_spot"):
        people.act("window", case, action)
    case = case.removeprefix("case/")
    window, page = housing.browser("window"), page_of(case, "ask_renewal")
    scan(window, page, PAPER)
    sent = send(housing, window, case, "ask_renewal", came_on="2022-06-09", reason="仍需使用")
    assert sent.status_code == 303, sent.text
    term = housing.record(case).case.term
    assert term is not None and term.pending is not None
