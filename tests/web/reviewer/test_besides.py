"""What officers do beside the chart: extensions, checks, lateness, mistakes."""

import re
from datetime import date

import pytest

from permits.definitions.procedure import Milestone
from permits.services.requests import Report, Service
from permits.services.timers import lapse_due
from tests.web.housing import Browser, Housing, at


def do(browser: Browser, case: str, what: str, **fields: object):
    return browser.fill(f"/review/cases/{case}/beside/{what}", **fields)


def errors(html: str) -> dict[str, str]:
    return dict(re.findall(r'<a href="#([^"]+)">([^<]+)</a>', html))


def accepted(housing: Housing) -> str:
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    return case


def completed(housing: Housing) -> str:
    """A case in force whose works were reported complete, so that the check is due."""
    case = housing.published()
    report = Report(obligation="report_completion", on=date(2022, 6, 9))
    housing.people.beside("fire", f"case/{case}", report)
    return case


def test_the_head_of_the_office_extends_once_with_a_reason(housing: Housing) -> None:
    """Two working days from Thursday 9 June 2022 end on Monday the 13th; ten more on Monday the
    27th."""
    case, leader = accepted(housing), housing.browser("leader")
    page = leader.get(f"/review/cases/{case}/beside/extend/promise").text
    assert "2022年6月27日" in page.partition("办理后将产生以下结果")[2].partition("</ul>")[0]
    assert errors(do(leader, case, "extend/promise", reason="").text).keys() == {"reason"}
    assert do(leader, case, "extend/promise", reason="涉及多家管线单位").status_code == 303
    assert housing.record(case).case.clocks["promise"].due == date(2022, 6, 27)
    again = leader.get(f"/review/cases/{case}/beside/extend/promise").text
    assert "已经延长过" in again.partition('role="alert"')[2][:200]
    assert 'beside/extend/promise" novalidate' not in again


def test_two_officers_check_and_what_fails_is_to_be_put_right(housing: Housing) -> None:
    """Ordered on Thursday 9 June 2022, ten working days end on Thursday the 23rd."""
    case, inspector = completed(housing), housing.browser("inspector")
    ids = [housing.people.actors[who].id for who in ("inspector", "inspector2")]
    what, day = "verify/check_after_completion", "2022-06-09"

    page = inspector.get(f"/review/cases/{case}/beside/{what}").text
    assert set(re.findall(r'name="inspectors" type="checkbox" value="([^"]+)"', page)) == set(ids)
    empty = do(inspector, case, what, inspectors=ids, on="2022-06-09")
    assert errors(empty.text).keys() == {"passed", "finding"}
    assert empty.text.count("checked") == 2

    alone = do(inspector, case, what, inspectors=ids[:1], passed="true", finding="相符", on=day)
    assert alone.status_code == 422
    others = do(inspector, case, what, inspectors=ids[1:], passed="true", finding="相符", on=day)
    assert others.status_code == 422
    made_up = [ids[0], "somebody", housing.people.actors["window"].id]
    strangers = do(
        inspector, case, what, inspectors=made_up, passed="true", finding="相符", on=day
    )
    assert strangers.status_code == 422
    assert housing.record(case).case.obligations["check_after_completion"].status == "open"

    do(inspector, case, what, inspectors=ids, passed="false", finding="走向与申报不符", on=day)
    assert not housing.record(case).case.obligations["check_after_completion"].ordered
    second = housing.browser("inspector2")
    do(second, case, what.replace("verify", "sign_check"), agrees="true")
    held = housing.record(case).case.obligations["check_after_completion"]
    assert (held.status, held.ordered, held.due) == ("open", True, date(2022, 6, 23))
    do(inspector, case, what, inspectors=ids, passed="true", finding="已按要求整改", on=day)
    do(second, case, what.replace("verify", "sign_check"), agrees="true")
    assert housing.record(case).case.obligations["check_after_completion"].status == "settled"


def test_why_it_is_late_is_said_in_public(housing: Housing) -> None:
    case = accepted(housing)
    housing.clock.now = at(2022, 6, 14)
    lapse_due(housing.office.database, housing.office.queue.submit, housing.clock())
    leader = housing.browser("leader")
    done = do(leader, case, "explain/promise", reason="等待管线单位会签")
    assert done.status_code == 303
    assert "等待管线单位会签" in housing.browser("fire").get(f"/cases/{case}").text
    page = leader.get(f"/review/cases/{case}").text
    assert "beside/explain/promise" not in page


def test_a_mistake_is_undone_and_both_stay_on_record(housing: Housing) -> None:
    case, supervisor = accepted(housing), housing.browser("supervisor")
    page = f"/review/cases/{case}/beside/reverse/accept"
    assert "作废" in supervisor.get(page).text
    assert supervisor.fill(page, reason="误点受理").status_code == 303
    record = housing.record(case)
    assert record.case.leaves == ("received",)
    assert [d.document for d in record.case.documents if d.void] == ["acceptance_notice"]
    assert "误点受理" in supervisor.get(f"/review/cases/{case}").text
    assert 'role="alert"' in supervisor.get(page).text


def test_a_wrong_date_is_put_right_and_what_ran_from_it_follows(housing: Housing) -> None:
    """Granted on Thursday 9 June 2022 and delivered the same day; recorded as the 13th, put right
    to the 10th."""
    case = housing.granted()
    housing.clock.now = at(2022, 6, 13)
    housing.act("window", case, "deliver", Service(on=date(2022, 6, 13), means="post"))
    supervisor = housing.browser("supervisor")
    page = supervisor.get(f"/review/cases/{case}/beside/rectify").text
    assert re.findall(r'name="milestone" type="radio" value="(\w+)"', page) == [
        "received",
        "accepted",
        "delivered",
    ]
    typed = {"milestone": "delivered", "on": "2022-06-10", "reason": "日期录入有误"}
    assert do(supervisor, case, "rectify", **{**typed, "on": "2022-06-08"}).status_code == 422
    assert do(supervisor, case, "rectify", **{**typed, "on": "2022-06-31"}).status_code == 422
    decided = do(supervisor, case, "rectify", **{**typed, "milestone": "decided"})
    assert decided.status_code == 404, "the day of a decision is the system's own"
    assert do(supervisor, case, "rectify", **typed).status_code == 303
    assert housing.record(case).case.milestones[Milestone.DELIVERED] == date(2022, 6, 10)


@pytest.mark.parametrize(
    ("who", "what"),
    [
        ("window", "extend/promise"),
        ("examiner", "rectify"),
        ("leader", "verify/check_after_completion"),
        ("supervisor", "verify/check_after_completion"),
        ("leader", "sign_check/check_after_completion"),
        ("leader", "extend/nonsense"),
        ("leader", "nonsense/promise"),
        ("inspector", "report/report_completion"),
    ],
)
def test_what_is_not_open_to_somebody_is_not_there(housing: Housing, who: str, what: str) -> None:
    case, browser, events = accepted(housing), housing.browser(who), housing.events()
    path = f"/review/cases/{case}/beside/{what}"
    assert browser.get(path).status_code == 404
    data = {"csrf": browser.hidden("/", "/sign-out")["csrf"], "key": "k" * 20, "seen": "1"}
    assert browser.post(path, data=data).status_code == 404
    assert housing.events() == events


def test_an_extension_sent_twice_extends_once(housing: Housing) -> None:
    case, leader = accepted(housing), housing.browser("leader")
    page = f"/review/cases/{case}/beside/extend/statutory"
    hidden = leader.hidden(page)
    first = leader.post(page, data={**hidden, "reason": "专家意见未回"})
    second = leader.post(page, data={**hidden, "reason": "专家意见未回"})
    assert first.status_code == second.status_code == 303
    assert housing.record(case).case.clocks["statutory"].extensions == ("10wd",)


def test_a_stale_page_changes_nothing(housing: Housing) -> None:
    case, leader = accepted(housing), housing.browser("leader")
    page = f"/review/cases/{case}/beside/extend/statutory"
    hidden = leader.hidden(page)
    do(leader, case, "extend/promise", reason="一")
    answer = leader.post(page, data={**hidden, "reason": "二"})
    assert answer.status_code == 409
    assert housing.record(case).case.clocks["statutory"].extensions == ()
