"""Actions of the chart on their pages: they work, for whom, when, once, and with what."""

import re
from datetime import date

import pytest

from permits.definitions.procedure import Milestone
from permits.services.requests import OpinionIn, Service
from permits.services.timers import lapse_due
from permits.text.days import day
from tests.web.housing import Browser, Housing, at


def take(browser: Browser, case: str, action: str, **fields: str):
    return browser.fill(f"/review/cases/{case}/actions/{action}", **fields)


def errors(html: str) -> dict[str, str]:
    """What the error summary says, by the field it leads to."""
    return dict(re.findall(r'<a href="#([^"]+)">([^<]+)</a>', html))


def examined(housing: Housing, recommends: str = "grant") -> str:
    """A case of the ordinary track that awaits its decision."""
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    opinion = OpinionIn(recommends=recommends, opinion="材料齐全")
    housing.act("examiner", case, "examine", opinion)
    return case


def test_a_case_goes_the_whole_way_by_its_pages(housing: Housing) -> None:
    case = housing.filed("ordinary")
    window, examiner, leader = map(housing.browser, ("window", "examiner", "leader"))
    assert take(window, case, "accept").headers["location"] == f"/review/cases/{case}?done=accept"
    take(examiner, case, "examine", recommends="grant", opinion="符合标准，建议准予")
    take(leader, case, "return_to_examiner", reason="请补充与规划的符合性")
    take(examiner, case, "examine", recommends="grant", opinion="与规划相符，建议准予")
    take(leader, case, "grant")
    take(window, case, "deliver", on="2022-06-09", means="counter")
    done = take(window, case, "publish")
    assert done.status_code == 303
    record = housing.record(case)
    assert record.case.leaves == ("in_force",)
    assert record.case.milestones[Milestone.PUBLISHED] == date(2022, 6, 9)
    assert "已办理" in window.get(done.headers["location"]).text


def test_what_will_follow_is_told_before_it_is_done_and_comes_out_so(housing: Housing) -> None:
    """Accepted on Thursday 9 June 2022, two working days end on Monday 13 June and thirty on
    Thursday 21 July: 6 full weeks, no holiday among them."""
    case, window = housing.filed("ordinary"), housing.browser("window")
    page = window.get(f"/review/cases/{case}/actions/accept").text
    follows = page.partition("办理后将产生以下结果")[2].partition("</ul>")[0]
    assert f"承诺办结时限，{day(date(2022, 6, 13), 'zh')}届满" in follows
    assert f"法定办结时限，{day(date(2022, 7, 21), 'zh')}届满" in follows
    assert "受理通知书" in follows
    assert "promise" not in housing.record(case).case.clocks

    take(window, case, "accept")
    clocks = housing.record(case).case.clocks
    assert clocks["promise"].due == date(2022, 6, 13)
    assert clocks["statutory"].due == date(2022, 7, 21)


def test_all_findings_go_into_the_one_correction_notice(housing: Housing) -> None:
    case = housing.filed("ordinary", leave_out=("land_title",))
    window = housing.browser("window")
    page = window.get(f"/review/cases/{case}/actions/issue_correction").text
    chosen = re.findall(r'name="kind:([^"]+)".*?</select>', page, re.DOTALL)
    assert {"material.land_title", "material.application", "field.works_name"} <= set(chosen)
    assert 'name="fix:material.land_title" type="text" value="补交：土地权属证明"' in page

    fields = {
        "kind:material.land_title": "missing",
        "fix:material.land_title": "补交土地权属证明",
        "kind:field.works_summary": "unclear",
        "fix:field.works_summary": "写明管线材质和埋深",
    }
    assert take(window, case, "issue_correction", **fields).status_code == 303
    record = housing.record(case)
    assert [(d.about, d.kind) for d in record.case.notices[0].defects] == [
        ("material.land_title", "missing"),
        ("field.works_summary", "unclear"),
    ]
    assert "写明管线材质和埋深" in housing.browser("fire").get(f"/cases/{case}/corrections").text

    housing.people.correct("fire", f"case/{case}", ("land_title",))
    again = take(window, case, "accept")
    assert again.status_code == 303


def test_a_second_correction_notice_is_not_to_be_had(housing: Housing) -> None:
    case, window = housing.correcting(), housing.browser("window")
    page = window.get(f"/review/cases/{case}/actions/issue_correction").text
    assert '<form method="post" action="/review' not in page
    housing.people.correct("fire", f"case/{case}", ("land_title",))
    events = housing.events()
    hidden = window.hidden(f"/review/cases/{case}/actions/accept")
    answer = window.post(f"/review/cases/{case}/actions/issue_correction", data={
        **hidden, "kind:material.land_title": "unclear", "fix:material.land_title": "重扫"
    })  # fmt: skip
    assert answer.status_code == 409
    assert housing.events() == events


SPECIAL = {"cause": "expert_review", "stated": "5", "stated_unit": "wd", "notified": "yes"}


@pytest.mark.parametrize(
    ("action", "typed", "wrong"),
    [
        ("suspend", {**SPECIAL, "cause": ""}, {"cause"}),
        ("suspend", {**SPECIAL, "cause": "holiday"}, {"cause"}),
        ("suspend", {**SPECIAL, "stated": ""}, {"stated"}),
        ("suspend", {**SPECIAL, "stated": "0"}, {"stated"}),
        ("suspend", {**SPECIAL, "stated": "-3"}, {"stated"}),
        ("suspend", {**SPECIAL, "stated": "五"}, {"stated"}),
        ("suspend", {**SPECIAL, "stated_unit": "h"}, {"stated"}),
        ("examine", {"recommends": "", "opinion": ""}, {"recommends", "opinion"}),
        ("examine", {"recommends": "grant", "opinion": "  "}, {"opinion"}),
        ("examine", {"recommends": "grant", "opinion": "字" * 4001}, {"opinion"}),
        ("examine", {"recommends": "grant", "opinion": "反向\u202e文字"}, {"opinion"}),
    ],
)
def test_what_does_not_fit_is_told_by_field_and_nothing_typed_is_lost(
    housing: Housing, action: str, typed: dict[str, str], wrong: set[str]
) -> None:
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    events, examiner = housing.events(), housing.browser("examiner")
    answer = take(examiner, case, action, **typed)
    assert answer.status_code == 422
    assert set(errors(answer.text)) == wrong
    assert "错误：" in answer.text.partition("</title>")[0]
    for name in typed.keys() - {"cause", "stated_unit"}:
        assert typed[name].strip() in answer.text
    assert housing.events() == events


def test_no_clock_is_suspended_without_the_written_notice(housing: Housing) -> None:
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    examiner = housing.browser("examiner")
    untold = {name: text for name, text in SPECIAL.items() if name != "notified"}
    answer = take(examiner, case, "suspend", **untold)
    assert answer.status_code == 422
    assert "书面" in answer.text.partition('role="alert"')[2][:200]
    assert not housing.record(case).case.clocks["promise"].suspended
    assert take(examiner, case, "suspend", **SPECIAL).status_code == 303
    assert housing.record(case).case.clocks["promise"].suspended


@pytest.mark.parametrize(
    ("on", "status"),
    [("2022-06-08", 422), ("2022-06-10", 422), ("9.6.2022", 422), ("", 422), ("2022-06-09", 303)],
)
def test_delivery_lies_between_the_decision_and_today(
    housing: Housing, on: str, status: int
) -> None:
    case, window = housing.granted(), housing.browser("window")
    assert take(window, case, "deliver", on=on, means="online").status_code == status
    assert (Milestone.DELIVERED in housing.record(case).case.milestones) == (status == 303)


def test_a_refusal_has_reasons_which_the_applicant_reads(housing: Housing) -> None:
    case = examined(housing, "refuse")
    leader = housing.browser("leader")
    assert errors(take(leader, case, "refuse", reason="").text).keys() == {"reason"}
    reason = "设计方案不符合控制性详细规划"
    assert take(leader, case, "refuse", reason=reason).status_code == 303
    record = housing.record(case)
    place = len(record.case.documents)
    assert reason in housing.browser("fire").get(f"/cases/{case}/documents/{place}").text


def test_revocation_and_deregistration_name_their_ground(housing: Housing) -> None:
    case, leader = housing.published(), housing.browser("leader")
    assert (
        "请先将拟撤销的理由和依据告知被许可人"
        in leader.get(f"/review/cases/{case}/actions/revoke").text
    )
    path = f"/review/cases/{case}/beside"
    leader.fill(f"{path}/notice", ground="69-2", reason="承诺内容不实")
    housing.browser("fire").fill(f"/cases/{case}/statement", statement="没有意见")
    assert errors(take(leader, case, "revoke").text).keys() == {"ground", "reason"}
    done = take(leader, case, "revoke", ground="69-2", reason="承诺内容不实")
    assert done.status_code == 303
    assert errors(take(leader, case, "deregister").text).keys() == {"ground"}
    assert take(leader, case, "deregister", ground="70-4").status_code == 303
    assert housing.record(case).case.leaves == ("deregistered",)


def test_whoever_was_overtaken_is_told_what_has_happened_since(housing: Housing) -> None:
    case = housing.filed()
    one, other = housing.browser("window"), housing.open_officer("window2", "window")
    page = f"/review/cases/{case}/actions/declare_not_required"
    stale = other.hidden(page)
    take(one, case, "accept")
    events = housing.events()
    answer = other.post(page, data={**stale, "reason": "依法不需要许可"})
    assert answer.status_code == 409
    since = answer.text.partition('id="since"')[2].partition("</section>")[0]
    assert "受理" in since
    assert "依法不需要许可" in answer.text, "what was typed is not lost"
    assert housing.events() == events


def test_a_double_click_does_it_once_and_is_answered_alike(housing: Housing) -> None:
    case, window = housing.filed(), housing.browser("window")
    page = f"/review/cases/{case}/actions/accept"
    hidden = window.hidden(page)
    answers = [window.post(page, data=hidden) for _ in range(3)]
    assert {a.status_code for a in answers} == {303}
    accepted = [e for _at, e in housing.record(case).entries if type(e).__name__ == "Accepted"]
    assert len(accepted) == 1


def test_the_same_form_with_other_words_is_refused(housing: Housing) -> None:
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    examiner = housing.browser("examiner")
    page = f"/review/cases/{case}/actions/examine"
    hidden = examiner.hidden(page)
    examiner.post(page, data={**hidden, "recommends": "grant", "opinion": "甲"})
    events = housing.events()
    again = examiner.post(page, data={**hidden, "recommends": "refuse", "opinion": "乙"})
    assert again.status_code == 409
    assert housing.events() == events


@pytest.mark.parametrize("who", ["fire", "auditor"])
def test_it_is_for_officers(housing: Housing, who: str) -> None:
    case = housing.filed()
    assert housing.browser(who).get(f"/review/cases/{case}/actions/accept").status_code == 403


def test_it_is_for_officers_with_the_role_and_of_the_department(housing: Housing) -> None:
    case, events = housing.filed(), housing.events()
    page = f"/review/cases/{case}/actions/accept"
    for browser in (housing.browser("leader"), housing.stranger()):
        assert browser.get(page).status_code == 404
        token = browser.hidden("/", "/sign-out")["csrf"]
        data = {"csrf": token, "key": "k" * 20, "seen": "1"}
        assert browser.post(page, data=data).status_code == 404
    assert housing.events() == events


def test_an_action_that_is_shut_says_why_and_changes_nothing(housing: Housing) -> None:
    case = housing.filed("ordinary", leave_out=("land_title",))
    window, events = housing.browser("window"), housing.events()
    page = window.get(f"/review/cases/{case}/actions/accept")
    assert page.status_code == 200
    assert "土地权属证明" in page.text.partition('role="alert"')[2][:200]
    hidden = window.hidden(f"/review/cases/{case}/actions/issue_correction")
    answer = window.post(f"/review/cases/{case}/actions/accept", data=hidden)
    assert answer.status_code == 409
    assert window.get(f"/review/cases/{case}/actions/nonsense").status_code == 404
    assert window.get(f"/review/cases/{case}/actions/accept_by_silence").status_code == 404
    assert housing.events() == events


def test_silence_alone_accepts_after_five_working_days(housing: Housing) -> None:
    """Received on Thursday 9 June 2022: the fifth working day is Thursday the 16th. The day
    after, the timer accepts as of the day of receipt."""
    case = housing.filed()
    housing.clock.now = at(2022, 6, 17)
    lapse_due(housing.office.database, housing.office.queue.submit, housing.clock())
    record = housing.record(case)
    assert record.case.by_silence
    assert record.case.milestones[Milestone.ACCEPTED] == date(2022, 6, 9)
    page = housing.browser("window").get(f"/review/cases/{case}").text
    assert "视为受理" in page


def test_delivery_and_publication_are_recorded_in_either_order(housing: Housing) -> None:
    case, window = housing.granted(), housing.browser("window")
    take(window, case, "publish")
    housing.act("window", case, "deliver", Service(on=date(2022, 6, 9), means="online"))
    assert housing.record(case).case.leaves == ("in_force",)
