"""One administrator proposes what is to hold, another publishes it: years, versions, rates."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from permits.casework.dates import as_text
from permits.casework.sessions import FRESH
from permits.casework.working_days import published
from permits.definitions.calendar_file import read_calendar
from permits.definitions.yaml_writer import write_yaml
from permits.services.proposed import of_years
from permits.services.rebuild import check
from permits.services.years import catch_up
from permits.sign_in_rules import STRICT
from permits.store import outbox_state
from permits.store.outbox import MOST_ATTEMPTS, Outbox, Task, failed
from tests.definitions import shipped
from tests.definitions.test_holiday_notice import NOTICES
from tests.kit import content
from tests.web.housing import PASSWORD, Browser, Housing, at
from tests.web.proving import enrol, prove, sign_in

CALENDAR = "/publishing/calendar"
VERSIONS = "/publishing/definitions"

NEW_YEAR = """\
calendar: cn
years:
  - year: 2027
    notices:
      - title: 国务院办公厅关于2027年部分节假日安排的通知
        number: 国办发明电〔2026〕1号
    days_off:
      - name: {zh: 元旦, en: New Year}
        from: 2027-01-01
        to: 2027-01-03
    make_up_days: []
"""


def send(browser: Browser, page: str, text: str, what: str = "propose", reason: str = "年度更新"):
    """Choose a file on a page and send it."""
    files = {"file": ("file.yaml", text.encode(), "application/yaml")}
    fields = {**browser.hidden(page), "reason": reason, "what": what}
    return browser.submit(page, page, fields, files=files)


def proposed(browser: Browser, page: str, text: str) -> str:
    """The address of a new proposal."""
    answer = send(browser, page, text)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def decide(browser: Browser, proposal: str, step: str, **fields: str):
    return browser.fill(proposal, f"{proposal}/{step}", **fields)


def later_version(promised: str = "3wd") -> str:
    """The shipped permit type with another limit, as a file."""
    data = content()
    data["permit"]["effective_from"] = "2022-06-10"
    data["tracks"]["ordinary"]["promised"] = promised
    return write_yaml(data)


def test_a_year_is_proposed_looked_at_and_published_by_two(housing: Housing) -> None:
    housing.clock.now = at(2026, 12, 21)
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    assert housing.record(case).case.clocks["statutory"].provisional
    system, security = housing.browser("sysadmin"), housing.browser("secadmin")
    assert "下一年度尚未发布" in system.get(CALENDAR).text
    proposal = proposed(system, CALENDAR, NEW_YEAR)
    shown = security.get(proposal).text
    assert "放假：元旦" in shown
    assert "不再暂定" in shown
    assert case not in shown
    assert housing.record(case).case.number not in shown
    assert 2027 not in [one.year for one in housing.office.shelf.calendar.years]
    assert decide(security, proposal, "publish").status_code == 303
    assert housing.office.shelf.calendar.years[-1].year == 2027
    assert "国办发明电〔2026〕1号" in security.get(CALENDAR).text
    catch_up(housing.office, 0)
    assert not housing.record(case).case.clocks["statutory"].provisional
    assert check(housing.office.database) == ()


def test_a_year_is_proposed_by_pasting_the_notice(housing: Housing) -> None:
    system, security = housing.browser("sysadmin"), housing.browser("secadmin")
    pasted = {"notice": NOTICES[2026], "url": "https://www.gov.cn/notice"}
    looked = system.fill(CALENDAR, **pasted, what="look")
    assert looked.status_code == 200
    assert "放假：国庆节" in looked.text
    assert "国办发明电〔2025〕7号" in looked.text, "what was pasted stands there still"
    answer = system.fill(CALENDAR, **pasted, reason="国务院已公布", what="propose")
    assert answer.status_code == 303
    assert decide(security, answer.headers["location"], "publish").status_code == 303
    year = next(y for y in housing.office.shelf.calendar.years if y.year == 2026)
    assert (len(year.off), len(year.work)) == (33, 6)
    assert year.notices[0].url == "https://www.gov.cn/notice"
    assert check(housing.office.database) == ()


def test_what_cannot_be_read_of_a_notice_is_said_beside_it(housing: Housing) -> None:
    system = housing.browser("sysadmin")
    wrong = NOTICES[2026].replace("1月1日（周四）", "1月1日（周五）")
    answer = system.fill(CALENDAR, notice=wrong, what="look")
    assert answer.status_code == 422
    assert "星期与日期不符：“1月1日(周五)”" in answer.text
    assert 'href="#notice"' in answer.text
    other = system.fill(CALENDAR, notice=NOTICES[2026].replace("2026年", "2027年", 1), what="look")
    assert other.text.count("星期与日期不符") == 2, "told once, in the summary and at the field"
    bad = system.fill(CALENDAR, notice=NOTICES[2026], url="gov.cn", what="look")
    assert (bad.status_code, 'href="#url"' in bad.text) == (422, True)
    assert housing.office.publishing.waiting() == []


def test_what_is_wrong_with_a_calendar_is_told_line_by_line_and_nothing_is_kept(
    housing: Housing,
) -> None:
    system = housing.browser("sysadmin")
    answer = send(system, CALENDAR, NEW_YEAR.replace("to: 2027-01-03", "to: 2026-01-03"))
    assert answer.status_code == 422
    assert "line 8" in answer.text
    assert 'href="#file"' in answer.text
    assert send(system, CALENDAR, "\x00").status_code == 422
    assert system.fill(CALENDAR, reason="没有文件", what="propose").status_code == 422
    assert housing.office.publishing.waiting() == []


def test_only_looking_at_a_file_keeps_nothing_of_it(housing: Housing) -> None:
    system = housing.browser("sysadmin")
    with housing.unchanged():
        assert "放假：元旦" in send(system, CALENDAR, NEW_YEAR, "look", "").text
        page = send(system, VERSIONS, later_version(), "look", "").text
    assert "检查未发现问题" in page
    assert "办理方式" in page


def test_a_version_is_published_by_another_and_open_cases_stay_on_theirs(housing: Housing) -> None:
    case = housing.filed()
    before = housing.record(case).case.definition
    system, security = housing.browser("sysadmin"), housing.browser("secadmin")
    proposal = proposed(system, VERSIONS, later_version())
    assert send(system, VERSIONS, later_version()).headers["location"] == proposal, "sent twice"
    shown = security.get(proposal).text
    assert "事项版本：建设工程（市政）规划许可证免办" in shown, "as people call it"
    assert "<svg" in shown, "its states and actions are seen before it holds"
    assert re.search("ordinary.*promised.*3wd", shown, re.DOTALL)
    assert decide(security, proposal, "publish").status_code == 303
    token = security.hidden("/", "/sign-out")["csrf"]
    again = security.post(f"{proposal}/publish", data={"csrf": token})
    assert (again.status_code, "已有处理结果" in again.text) == (422, True)
    housing.clock.now = at(2022, 6, 10)
    newest = housing.office.shelf.versions("plan_exempt")[-1].digest
    assert housing.record(case).case.definition == before != newest
    system = housing.browser("sysadmin")
    page = system.get(f"{VERSIONS}/{newest}").text
    assert "与上一版本的差异" in page
    assert "未发现问题" in page
    assert "<svg" in page
    assert system.get(f"{VERSIONS}/none").status_code == 404
    assert check(housing.office.database) == ()


def test_a_version_taken_along_is_the_same_when_it_is_sent_back(housing: Housing) -> None:
    system = housing.browser("sysadmin")
    digest = housing.office.shelf.versions("plan_exempt")[-1].digest
    taken = system.get(f"{VERSIONS}/{digest}/file")
    assert taken.headers["content-disposition"].startswith("attachment")
    answer = send(system, VERSIONS, taken.text)
    assert (answer.status_code, "相同内容已经发布" in answer.text) == (422, True)


def test_findings_name_file_and_line_and_keep_a_version_out(housing: Housing) -> None:
    system = housing.browser("sysadmin")
    broken = later_version().replace("initial: ", "initial: nowhere_", 1)
    answer = send(system, VERSIONS, broken)
    assert answer.status_code == 422
    assert re.search(r"file\.yaml:\d+", answer.text)
    assert housing.office.publishing.waiting() == []


def test_nobody_publishes_what_they_proposed_nor_takes_back_what_another_did(
    housing: Housing,
) -> None:
    system, security = housing.browser("sysadmin"), housing.browser("secadmin")
    proposal = proposed(system, VERSIONS, later_version())
    for browser, step in ((system, "publish"), (system, "decline"), (security, "withdraw")):
        token = browser.hidden("/", "/sign-out")["csrf"]
        sent = {"csrf": token, "reason": "自己来"}
        assert browser.post(f"{proposal}/{step}", data=sent).status_code == 422, step
    assert decide(security, proposal, "decline", reason="").status_code == 422
    assert decide(security, proposal, "decline", reason="依据不足").status_code == 303
    assert "依据不足" in system.get(proposal).text
    assert len(housing.office.shelf.versions("plan_exempt")) == 1
    assert check(housing.office.database) == ()


def test_what_was_overtaken_is_not_published(housing: Housing) -> None:
    system, security = housing.browser("sysadmin"), housing.browser("secadmin")
    first = proposed(system, VERSIONS, later_version())
    second = proposed(system, VERSIONS, later_version("4wd"))
    assert decide(security, second, "publish").status_code == 303
    answer = decide(security, first, "publish")
    assert (answer.status_code, "按现行内容重新提出" in answer.text) == (422, True)
    assert decide(system, first, "withdraw").status_code == 303
    page = security.get("/publishing").text
    assert "已撤回" in page
    assert "已发布" in page


def test_what_administrators_published_stands_in_the_access_log(housing: Housing) -> None:
    system, security = housing.browser("sysadmin"), housing.browser("secadmin")
    proposal = proposed(system, CALENDAR, NEW_YEAR)
    decide(security, proposal, "publish")
    log = housing.browser("logadmin").get("/access-log?kind=OfficeAdministered").text
    assert "提出 工作日历 2027" in log
    assert "已发布 工作日历 2027" in log


def test_publishing_wants_a_proof_of_who_one_is(make_housing: Callable[..., Housing]) -> None:
    strict = make_housing(sign_in=STRICT)
    draft = of_years([published(year.record()) for year in read_calendar(NEW_YEAR)])
    name = strict.office.publishing.propose(draft, "年度更新", strict.people.actors["sysadmin"])
    proposal, security = f"/publishing/proposals/{name}", strict.browser()
    enrol(strict, security, sign_in(security, "secadmin").headers["location"])
    strict.clock.now += FRESH + timedelta(seconds=1)
    asked = decide(security, proposal, "publish")
    assert (asked.status_code, "proof_password" in asked.text) == (403, True)
    assert len(strict.office.publishing.waiting()) == 1, "nothing is done yet"
    prove(security, asked, proof_password=PASSWORD)
    assert strict.office.publishing.waiting() == []


def rate_form(**changed: str) -> dict[str, str]:
    fields = {
        "valid_from": "2024-01-01",
        "yuan": "120.00",
        "basis": "law",
        "law": "charge_rules",
        "article": "3",
        "says_zh": "",
        "says_en": "",
        "reason": "标准调整",
    }
    return {**fields, **changed}


@pytest.fixture
def charging(housing: Housing) -> str:
    """The form of a further rate in an office that charges something."""
    charge = shipped.resolved("infrastructure_charge")
    housing.office.shelf.publish(charge, actor="setup", now=housing.clock())
    return "/publishing/rates/infrastructure_charge/housing_rate"


def test_a_further_rate_is_a_version_that_ends_the_rate_before_it(
    housing: Housing, charging: str
) -> None:
    system, security = housing.browser("sysadmin"), housing.browser("secadmin")
    law = re.search(r'<option value="(\w+)"', system.get(charging).text)
    assert law is not None
    answer = system.fill(charging, **rate_form(law=law[1]))
    assert answer.status_code == 303, answer.text
    proposal = answer.headers["location"]
    shown = security.get(proposal).text
    assert "12000" in shown
    assert "2023-12-31" in shown
    assert decide(security, proposal, "publish").status_code == 303
    edition = housing.office.shelf.current("infrastructure_charge")
    assert edition is not None
    earlier, later = edition.definition.rates["housing_rate"].rows[-2:]
    assert (earlier.valid_until, later.fen) == (date(2023, 12, 31), 12000)
    page = system.get("/publishing/rates").text
    assert "120.00" in page
    assert check(housing.office.database) == ()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"valid_from": "2022-06-08"}, "valid_from"),
        ({"valid_from": "soon"}, "valid_from"),
        ({"yuan": "-1"}, "yuan"),
        ({"basis": ""}, "basis"),
        ({"law": "none"}, "law"),
        ({"basis": "practice"}, "says_zh"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_is_wrong_with_a_rate_stands_beside_its_field(
    housing: Housing, charging: str, changed: dict[str, str], field: str
) -> None:
    system = housing.browser("sysadmin")
    answer = system.fill(charging, **rate_form(**changed))
    assert (answer.status_code, f'href="#{field}"' in answer.text) == (422, True)
    if field == "basis":
        assert 'href="#says_zh"' not in answer.text, "what it is, is not said yet"
    assert housing.office.publishing.waiting() == []


def test_a_rate_of_the_past_is_left_as_it_is(housing: Housing, charging: str) -> None:
    """A row that begins before the last one would change what others were told."""
    system = housing.browser("sysadmin")
    example = rate_form(basis="example", law="", says_zh="示例", says_en="an example")
    proposal = system.fill(charging, **example).headers["location"]
    decide(housing.browser("secadmin"), proposal, "publish")
    answer = system.fill(charging, **{**example, "valid_from": "2023-12-01"})
    assert (answer.status_code, "2024年1月1日" in answer.text) == (422, True)


def test_departments_say_who_is_missing_and_who_stands_in(housing: Housing) -> None:
    system = housing.browser("sysadmin")
    page = system.get("/departments").text
    assert "planning_bureau / planning" in page
    assert "案件将停滞" not in page
    leader = housing.people.actors["leader"].id
    housing.office.accounts.close(leader, actor="setup")
    assert re.search("案件将停滞：\\s*负责人", system.get("/departments").text)


def test_what_was_given_up_is_seen_and_tried_again(housing: Housing) -> None:
    system = housing.browser("sysadmin")
    assert "无。" in system.get("/running").text
    now = housing.clock()
    with housing.office.database.write() as connection:
        task = Task("t1", "mail", "case/x", 1, b"{}", MOST_ATTEMPTS - 1)
        Outbox(connection.dialect).put(connection, [task], as_text(now))
        failed(connection, task, now, "550 <somebody@example.org> is unknown")
    page = system.get("/running").text
    assert "已停止" in page
    assert "somebody" not in page
    answer = system.fill("/running", "/running/messages", task="t1")
    assert answer.headers["location"] == "/running?again=1"
    with housing.office.database.read() as connection:
        assert outbox_state.counts(connection, now).given_up == 0
    log = housing.browser("logadmin").get("/access-log?kind=OfficeAdministered").text
    assert "重新投递消息 1" in log
