"""One's own account: where one is signed in, one's password, one's second factor, and proving once
more who one is before something grave."""

import base64
import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from permits.casework.sessions import FRESH
from permits.outside import one_time_codes
from permits.services.requests import Notice, State
from permits.services.timers import lapse_due
from permits.sign_in_rules import STRICT
from permits.store import people
from tests.web.housing import FIRE_BRIGADE, PASSWORD, Browser, Housing, at

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0"
WECHAT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
    " Mobile/15E148 MicroMessenger/8.0.50"
)
SECOND = timedelta(seconds=1)


@pytest.fixture
def strict(make_housing: Callable[..., Housing]) -> Housing:
    """An office as it is on a network: a second factor for its staff, proofs for grave acts."""
    return make_housing(sign_in=STRICT)


def text_of(answer) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.text))


def sign_in(browser: Browser, who: str, password: str = PASSWORD, page: str = "/sign-in"):
    fields = {**browser.hidden(page), "username": who, "password": password}
    return browser.submit(page, "/sign-in", fields)


class Device:
    def __init__(self, housing: Housing, page: str) -> None:
        self.housing = housing
        (typed,) = re.findall(r'class="mono"><strong>([A-Z2-7 ]+)</strong>', page)
        self.secret = base64.b32decode(typed.replace(" ", ""))

    def code(self) -> str:
        """The next code, once the one before was used."""
        self.housing.clock.now += timedelta(seconds=one_time_codes.STEP_SECONDS)
        step = int(self.housing.clock.now.timestamp()) // one_time_codes.STEP_SECONDS
        return one_time_codes.code_of(self.secret, step)


def enrol(housing: Housing, browser: Browser, path: str) -> tuple[Device, list[str]]:
    """Add a device on the page; the device and the recovery codes that are shown."""
    page = path.partition("?")[0]
    shown = browser.get(path)
    device = Device(housing, shown.text)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', shown.text))
    answer = browser.submit(path, page, {**fields, "code": device.code()})
    assert answer.status_code == 200, answer.text
    return device, re.findall(r'<li class="mono">([A-Z2-9-]{14})</li>', answer.text)


# ── where one is signed in ───────────────────────────────────────────────────────────────────────


def test_the_page_tells_sessions_by_browser_address_and_time(housing: Housing) -> None:
    here, there = housing.browser(), housing.browser()
    here.headers["user-agent"], there.headers["user-agent"] = FIREFOX, WECHAT
    here.sign_in("fire")
    housing.clock.now += timedelta(minutes=5)
    there.sign_in("fire")
    shown = text_of(here.get("/account"))
    assert "Windows上的Firefox浏览器 当前" in " ".join(shown.split())
    assert "iPhone上的微信浏览器" in shown
    assert "2022年6月9日 10:05登录" in shown
    assert "testclient" in shown, "the address"
    here.get("/language/en")
    english = " ".join(text_of(here.get("/account")).split())
    assert "Firefox on Windows this one" in english
    assert "WeChat on iPhone" in english
    assert "signed in on 9 June 2022, 10:05, last seen 9 June 2022, 10:05" in english


def test_a_session_elsewhere_is_ended_and_the_own_one_is_not(housing: Housing) -> None:
    here, there = housing.browser("fire"), housing.browser("fire")
    actions = re.findall(r'action="(/account/sessions/[^"]+)"', here.get("/account").text)
    assert len(actions) == 1
    answer = here.fill("/account", actions[0])
    assert answer.headers["location"] == "/account?done=ended#sessions"
    assert "已在该处退出登录" in here.get("/account?done=ended").text
    assert there.get("/account").status_code == 303
    assert here.fill("/account", "/sign-out").status_code == 303


def test_sessions_of_others_look_like_none(housing: Housing) -> None:
    fire, builder = housing.browser("fire"), housing.browser("builder")
    other = housing.browser("fire")
    (action,) = re.findall(r'action="(/account/sessions/[^"]+)"', fire.get("/account").text)
    token = builder.hidden("/account", "/sign-out")["csrf"]
    assert builder.post(action, data={"csrf": token}).status_code == 404
    assert builder.post("/account/sessions/none", data={"csrf": token}).status_code == 404
    assert other.get("/account").status_code == 200


def test_all_others_are_ended_at_once(housing: Housing) -> None:
    here, *others = (housing.browser("fire") for _ in range(3))
    here.fill("/account", "/account/sessions")
    assert here.get("/account").status_code == 200
    assert [one.get("/account").status_code for one in others] == [303, 303]


# ── the password ─────────────────────────────────────────────────────────────────────────────────


def test_a_password_is_changed_and_other_sessions_end(housing: Housing) -> None:
    here, there = housing.browser("fire"), housing.browser("fire")
    old = here.cookies["session"]
    new = "正确的马电池订书钉"
    answer = here.fill("/account/password", old=PASSWORD, new=new, again=new)
    assert answer.headers["location"] == "/account?done=password"
    assert "密码已修改" in here.get("/account?done=password").text
    assert here.cookies["session"] != old
    assert there.get("/account").status_code == 303
    assert sign_in(there, "fire").status_code == 422
    assert sign_in(there, "fire", new).status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "again", "says"),
    [
        ("wrong", "a new password", "a new password", "密码不正确"),
        (PASSWORD, "a new password", "another", "两次输入的密码不一致"),
        (PASSWORD, "short", "short", "至少使用8个字符"),
        (PASSWORD, "p" * 129, "p" * 129, "最多使用128个字符"),
        (PASSWORD, "Password1", "Password1", "最容易被猜中"),
        (PASSWORD, "特勤大队特勤大队", "特勤大队特勤大队", "不得包含您的姓名或用户名"),
        (PASSWORD, PASSWORD, PASSWORD, "与现用密码相同"),
        ("", "", "", "密码不正确"),
    ],
)
def test_what_is_wrong_with_a_password_is_told_and_nothing_typed_comes_back(
    housing: Housing, applicant: Browser, old: str, new: str, again: str, says: str
) -> None:
    answer = applicant.fill("/account/password", old=old, new=new, again=again)
    assert answer.status_code == 422
    assert says in answer.text
    assert "<title>错误：" in answer.text
    assert not new or f'"{new}"' not in answer.text
    assert sign_in(housing.browser(), "fire").status_code == 303, "the old one still holds"


def test_a_password_set_by_the_office_leads_to_one_of_ones_own(housing: Housing) -> None:
    with housing.office.database.read() as connection:
        account = people.by_id(connection, housing.people.actors["fire"].id)
    assert account is not None
    once = housing.office.passwords.set_once(account, actor="setup")
    browser = housing.browser()
    page = sign_in(browser, "fire", once, "/sign-in?next=%2Fstanding").headers["location"]
    assert page == "/sign-in/password?next=%2Fstanding"
    assert browser.get("/standing").headers["location"] == "/sign-in?next=%2Fstanding"
    assert browser.get("/sign-in?next=%2Fstanding").headers["location"] == page
    weak = browser.fill(page, "/sign-in/password", new="short", again="short")
    assert weak.status_code == 422
    own = browser.fill(page, "/sign-in/password", new="one of my own", again="one of my own")
    assert own.headers["location"] == "/standing"
    assert browser.get("/standing").status_code == 200
    assert browser.get("/sign-in/password").headers["location"] == "/applications"


# ── the second factor ────────────────────────────────────────────────────────────────────────────


def test_staff_without_a_second_factor_can_do_nothing_but_add_one(strict: Housing) -> None:
    browser = strict.browser()
    page = sign_in(browser, "window", page="/sign-in?next=%2Fprojects").headers["location"]
    assert page == "/sign-in/second-factor?next=%2Fprojects"
    for path in ("/review", "/account", "/account/second-factor", "/account/password"):
        assert browser.get(path).headers["location"].startswith("/sign-in?next="), path
    for path in ("/sign-in/code", "/sign-in/password"):
        assert browser.get(path).headers["location"] == "/sign-in/second-factor"
    assert "本机关要求所有工作人员" in browser.get(page).text
    _device, codes = enrol(strict, browser, page)
    assert len(codes) == 10
    assert browser.get("/review").status_code == 200


def test_a_code_is_asked_for_after_the_password(strict: Housing) -> None:
    first = strict.browser()
    device, codes = enrol(strict, first, sign_in(first, "window").headers["location"])
    for given in (device.code(), codes[0]):
        browser = strict.browser()
        page = sign_in(browser, "window", page="/sign-in?next=%2Fprojects").headers["location"]
        assert page == "/sign-in/code?next=%2Fprojects"
        assert browser.get("/review").status_code == 303
        half_open = browser.cookies["session"]
        wrong = browser.fill(page, "/sign-in/code", code="000000")
        assert (wrong.status_code, "验证码不正确" in wrong.text) == (422, True)
        assert browser.fill(page, "/sign-in/code", code=given).headers["location"] == "/projects"
        assert browser.get("/review").status_code == 200
        assert browser.cookies["session"] != half_open
        assert browser.get("/sign-in/code").headers["location"] == "/review"
    again = strict.browser()
    sign_in(again, "window")
    assert again.fill("/sign-in/code", code=codes[0]).status_code == 422


def test_who_has_not_given_the_code_can_still_leave(strict: Housing) -> None:
    first = strict.browser()
    enrol(strict, first, sign_in(first, "window").headers["location"])
    browser = strict.browser()
    sign_in(browser, "window")
    assert browser.fill("/sign-in/code", "/sign-out").headers["location"] == "/"
    assert browser.get("/sign-in").status_code == 200


def test_a_wrong_first_code_shows_the_same_device_again(applicant: Browser) -> None:
    shown = applicant.get("/account/second-factor").text
    (key,) = re.findall(r"<strong>([A-Z2-7 ]+)</strong>", shown)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', shown))
    sent = {**fields, "code": "000000"}
    answer = applicant.submit("/account/second-factor", "/account/second-factor", sent)
    assert answer.status_code == 422
    assert key in answer.text
    made_up = {**sent, "device": "made up"}
    page = "/account/second-factor"
    assert applicant.submit(page, page, made_up).status_code == 400


def test_a_device_is_replaced_and_removed_by_applicants_after_proving_oneself(
    strict: Housing,
) -> None:
    browser = strict.browser()
    sign_in(browser, "fire")
    enrol(strict, browser, "/account/second-factor")
    assert "恢复码还剩10个" in browser.get("/account").text
    strict.clock.now += FRESH + SECOND
    asked = browser.get("/account/second-factor")
    assert (asked.status_code, "请确认是您本人" in asked.text) == (403, True)
    removing = "/account/second-factor/remove"
    asked = browser.fill("/account", removing)
    assert asked.status_code == 403
    answer = prove(browser, asked, proof_password=PASSWORD)
    assert answer.headers["location"] == "/account?done=removed"
    assert "第二验证因素已移除" in browser.get("/account?done=removed").text
    assert sign_in(strict.browser(), "fire").headers["location"] == "/applications"


def test_staff_cannot_remove_what_the_office_wants(strict: Housing) -> None:
    browser = strict.browser()
    enrol(strict, browser, sign_in(browser, "window").headers["location"])
    page = browser.get("/account").text
    assert "只能更换，不能移除" in page
    assert "/account/second-factor/remove" not in page
    token = browser.hidden("/account", "/sign-out")["csrf"]
    sent = browser.post("/account/second-factor/remove", data={"csrf": token})
    assert sent.status_code == 403


def test_new_recovery_codes_are_shown_once(strict: Housing) -> None:
    browser = strict.browser()
    _device, old = enrol(strict, browser, sign_in(browser, "window").headers["location"])
    answer = browser.fill("/account", "/account/second-factor/recovery-codes")
    new = re.findall(r'<li class="mono">([A-Z2-9-]{14})</li>', answer.text)
    assert len(new) == 10
    assert not set(new) & set(old)
    assert answer.headers["cache-control"] == "no-store"
    again = strict.browser()
    sign_in(again, "window")
    assert again.fill("/sign-in/code", code=old[0]).status_code == 422
    assert again.fill("/sign-in/code", code=new[0]).status_code == 303


# ── proving once more who one is ─────────────────────────────────────────────────────────────────


def hidden(page: str) -> dict[str, str]:
    """The fields of the page that asks, as a browser sends them back."""
    found = re.search(r'<form method="post" action="/account/confirm".*?</form>', page, re.DOTALL)
    assert found
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', found[0])
    return {html.unescape(name): html.unescape(text) for name, text in fields}


def prove(browser: Browser, asked, **given: str):
    """Answer the page that asks, and go where it leads as a browser does."""
    sent = {**hidden(asked.text), **given}
    answer = browser.submit(str(asked.url), "/account/confirm", sent)
    if answer.status_code == 307:
        return browser.submit(str(asked.url), answer.headers["location"], sent)
    return answer


@pytest.fixture
def revoking(strict: Housing) -> tuple[Browser, str]:
    """The head of the office before a form with which a grant is revoked, a while after signing
    in; and the case."""
    case = strict.granted()
    people = strict.people
    people.beside("leader", f"case/{case}", Notice(ground="69-2", reason="骗取"))
    people.beside("fire", f"case/{case}", State(statement="没有异议"))
    leader = strict.browser()
    enrol(strict, leader, sign_in(leader, "leader").headers["location"])
    strict.clock.now += FRESH + SECOND
    return leader, case


REASON = "查明以欺骗手段取得：“虚假图纸”<1>"


def revoke(browser: Browser, case: str):
    page = f"/review/cases/{case}/actions/revoke"
    return browser.fill(page, ground="69-2", reason=REASON)


def test_a_revocation_asks_who_it_is_and_goes_on_with_what_was_typed(
    strict: Housing, revoking: tuple[Browser, str]
) -> None:
    leader, case = revoking
    events, token = strict.events(), leader.cookies["session"]
    asked = revoke(leader, case)
    assert asked.status_code == 403
    assert strict.events() == events, "nothing is done yet"
    assert hidden(asked.text)["reason"] == REASON
    wrong = prove(leader, asked, proof_password="wrong")
    assert (wrong.status_code, "密码不正确" in wrong.text) == (422, True)
    assert hidden(wrong.text) == hidden(asked.text)
    done = prove(leader, wrong, proof_password=PASSWORD)
    assert done.headers["location"] == f"/review/cases/{case}?done=revoke"
    record = strict.record(case)
    assert "revoked" in record.case.milestones
    assert REASON in record.values.values()
    assert leader.cookies["session"] != token


def test_for_ten_minutes_nothing_more_is_asked(revoking: tuple[Browser, str]) -> None:
    leader, case = revoking
    prove(leader, leader.get("/account/second-factor"), proof_password=PASSWORD)
    assert revoke(leader, case).status_code == 303


def test_what_proves_a_person_is_never_shown_again(revoking: tuple[Browser, str]) -> None:
    """A form that is shown again, here because somebody was quicker, brings back what was typed in
    it and not the password that went along."""
    leader, case = revoking
    asked = revoke(leader, case)
    sent = {**hidden(asked.text), "proof_password": PASSWORD, "seen": "1"}
    answer = leader.submit(str(asked.url), "/account/confirm", sent)
    assert answer.status_code == 307
    again = leader.submit(str(asked.url), answer.headers["location"], sent)
    assert again.status_code == 409
    assert REASON in html.unescape(again.text)
    assert PASSWORD not in again.text


def test_guessing_there_is_slowed_down(revoking: tuple[Browser, str]) -> None:
    leader, case = revoking
    asked = revoke(leader, case)
    for _ in range(4):
        assert prove(leader, asked, proof_password="wrong").status_code == 422
    answer = prove(leader, asked, proof_password=PASSWORD)
    assert (answer.status_code, "请等待2秒后再试" in answer.text) == (429, True)


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "", "x"])
def test_nobody_is_led_elsewhere(revoking: tuple[Browser, str], to: str) -> None:
    leader, _case = revoking
    sent = hidden(leader.get("/account/second-factor").text)
    fields = {**sent, "proof_to": to, "proof_password": PASSWORD}
    answer = leader.submit("/account", "/account/confirm", fields)
    assert answer.headers["location"] == "/"


def test_in_a_demonstration_nobody_is_asked(housing: Housing) -> None:
    case = housing.granted()
    housing.people.beside("leader", f"case/{case}", Notice(ground="69-2", reason="骗取"))
    housing.people.beside("fire", f"case/{case}", State(statement="没有异议"))
    leader = housing.browser("leader")
    housing.clock.now += FRESH + SECOND
    assert revoke(leader, case).status_code == 303


def test_an_entry_in_the_credit_record_wants_a_proof(strict: Housing) -> None:
    case = strict.found_breached()
    strict.clock.now = at(2022, 7, 8)
    office = strict.office
    lapse_due(office.database, office.queue.submit, strict.clock())
    page = f"/office/parties/{FIRE_BRIGADE}"
    supervisor, leader = strict.browser(), strict.browser()
    for browser, who in ((supervisor, "supervisor"), (leader, "leader")):
        enrol(strict, browser, sign_in(browser, who).headers["location"])
    told = {"degree": "breach", "grounds": "逾期未整改。"}
    noticed = supervisor.fill(f"{page}/notice_entry/entry_1", **told)
    assert noticed.status_code == 303, "whether to enter it is decided later"
    strict.clock.now = at(2022, 7, 18)
    sign_in(leader, "leader")
    device = strict.office.second_factors
    ((code, *_),) = (device.new_codes(strict.people.actors["leader"].id),)
    leader.fill("/sign-in/code", code=code)
    strict.clock.now += FRESH + SECOND
    asked = leader.fill(f"{page}/make_entry/entry_1")
    assert asked.status_code == 403
    done = prove(leader, asked, proof_password=PASSWORD)
    assert done.headers["location"] == f"{page}?done=make_entry"
    assert case
