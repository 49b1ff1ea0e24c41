"""A breach reported as put right: in the browser and at the counter."""

import re
from datetime import date
from typing import Any

import pytest

from permits.casework.counter import PAPER
from permits.definitions.procedure import Role
from permits.services.requests import Verify
from permits.services.timers import lapse_due
from tests.web.housing import PDF, Browser, Housing, at
from tests.web.reviewer.test_for_applicant import page_of, scan, send
from tests.web.reviewer.test_inbox import listed

DUTY = "check_after_completion"
WORDS = "已改建到承诺的长度。"
TOLD = "2022年6月30日申请人报告已整改，待核查："


@pytest.fixture
def case(housing: Housing) -> str:
    """A check of 23 June 2022 found a breach, to be put right by 7 July; it is 30 June."""
    found = housing.found_breached()
    housing.clock.now = at(2022, 6, 30)
    return found


def path(case: str) -> str:
    return f"/cases/{case}/obligations/{DUTY}"


def held(housing: Housing, case: str) -> Any:
    return housing.record(case).case.obligations[DUTY]


def reported(housing: Housing, case: str) -> Browser:
    browser = housing.browser("fire")
    browser.attach(path(case), f"{path(case)}/files", "整改后.pdf", PDF)
    uploads = re.findall(r'name="upload" value="([^"]+)"', browser.get(path(case)).text)
    answer = browser.fill(path(case), on="2022-06-30", words=WORDS, upload=uploads)
    assert answer.headers["location"] == f"/cases/{case}"
    return browser


def test_the_holder_is_led_to_the_report_and_reads_there_what_was_found(
    housing: Housing, case: str
) -> None:
    browser = housing.browser("fire")
    assert f'href="{path(case)}"' in browser.get(f"/cases/{case}").text
    assert f'href="{path(case)}"' in browser.get("/applications").text
    page = browser.get(path(case)).text
    assert "整改：完工后核查" in page and "长度与承诺不符。" in page


def test_it_is_reported_with_words_and_a_file_and_then_waits_for_the_check(
    housing: Housing, case: str
) -> None:
    browser = reported(housing, case)
    assert str(held(housing, case).put_right_on) == "2022-06-30"
    page = browser.get(f"/cases/{case}").text
    assert WORDS in page and "您已于2022年6月30日报告已整改" in page
    assert f'href="{path(case)}"' not in page.replace(f"{path(case)}/date", "")
    assert f'href="{path(case)}"' not in browser.get("/applications").text
    assert browser.get(path(case)).headers["location"] == f"/cases/{case}"


def test_inspectors_see_it_in_their_pile_with_what_was_done_and_the_file(
    housing: Housing, case: str
) -> None:
    reported(housing, case)
    inspector = housing.browser("inspector")
    pile = inspector.get("/review?pile=checks").text
    assert listed(pile) == [case] and TOLD in pile
    page = inspector.get(f"/review/cases/{case}").text
    assert TOLD in page and WORDS in page
    (shown,) = [u for u in housing.record(case).uploads if u.material == DUTY]
    assert inspector.get(f"/cases/{case}/files/{shown.id}").content == PDF
    assert listed(inspector.get("/review").text) == [case]


def test_no_time_runs_out_while_the_check_is_waited_for(housing: Housing, case: str) -> None:
    reported(housing, case)
    housing.clock.now = at(2022, 7, 8)
    lapse_due(housing.office.database, housing.office.queue.submit, housing.clock())
    assert not held(housing, case).overdue
    assert "逾期未整改" not in housing.browser("leader").get(f"/review/cases/{case}").text


def test_found_not_put_right_the_head_of_the_office_is_led_to_the_notice_at_once(
    housing: Housing, case: str
) -> None:
    reported(housing, case)
    notice = f"/review/cases/{case}/beside/notice"
    housing.clock.now = at(2022, 7, 1)
    inspectors = [a.id for a in housing.people.actors.values() if Role.INSPECTOR in a.roles]
    again = Verify(
        obligation=DUTY,
        passed=False,
        on=date(2022, 7, 1),
        inspectors=tuple(inspectors),
        finding="长度仍与承诺不符。",
    )
    housing.people.check(("inspector", "inspector2"), f"case/{case}", again)
    leader = housing.browser("leader")
    page = leader.get(f"/review/cases/{case}").text
    assert "整改后复查仍不符合：完工后核查" in page and f'href="{notice}"' in page
    assert leader.fill(notice, ground="69-1-5", reason="两次核查均不符合。").status_code == 303


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"on": "2022-06-30", "words": " "}, "请填写"),
        ({"on": "", "words": WORDS}, "请按“年-月-日”填写日期"),
        ({"on": "2022-07-01", "words": WORDS}, "日期2022年7月1日不正确"),
        ({"on": "2022-06-22", "words": WORDS}, "日期2022年6月22日不正确"),
    ],
)
def test_what_does_not_fit_is_told_and_what_was_typed_stays(
    housing: Housing, case: str, typed: dict[str, str], says: str
) -> None:
    browser = housing.browser("fire")
    with housing.unchanged():
        answer = browser.fill(path(case), **typed)
    assert answer.status_code == 422
    assert says in answer.text and typed["words"].strip() in answer.text


def test_sent_twice_it_is_reported_once(housing: Housing, case: str) -> None:
    browser = housing.browser("fire")
    fields = browser.hidden(path(case)) | {"on": "2022-06-30", "words": WORDS}
    assert browser.post(path(case), data=fields).status_code == 303
    with housing.unchanged():
        assert browser.post(path(case), data=fields).status_code == 303


def test_others_do_not_find_the_page(housing: Housing, case: str) -> None:
    for who in ("leader", "inspector", "window"):
        assert housing.browser(who).get(path(case)).status_code in (403, 404)


def test_at_the_counter_it_is_reported_on_paper(housing: Housing, case: str) -> None:
    window, what = housing.browser("window"), f"report.{DUTY}"
    assert "报告已整改：完工后核查" in window.get(f"/review/cases/{case}").text
    for thing in (PAPER, DUTY):
        scan(window, page_of(case, what), thing)
    came = {"came_on": "2022-06-30", "on": "2022-06-29"}
    with housing.unchanged():
        answer = send(housing, window, case, what, **came)
    assert answer.status_code == 422 and 'href="#words"' in answer.text
    assert send(housing, window, case, what, **came, words=WORDS).status_code == 303
    assert str(held(housing, case).put_right_on) == "2022-06-29"
    assert housing.record(case).case.recorded_visits[-1].purpose == "report"
    assert TOLD.replace("30", "29") in housing.browser("inspector").get("/review?pile=checks").text
