"""One's own account: where one is signed in, one's password, one's second factor."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from permits.casework.sessions import FRESH
from permits.sign_in_rules import STRICT
from permits.store import people
from tests.web.housing import PASSWORD, Browser, Housing
from tests.web.proving import enrol, prove, sign_in

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


@pytest.mark.parametrize("which", ["one", "others"])
def test_who_finds_the_page_open_cannot_sign_its_person_out_elsewhere(
    housing: Housing, which: str
) -> None:
    there, here = housing.browser("fire"), housing.browser("fire")
    (action,) = re.findall(r'action="(/account/sessions/[^"]+)"', here.get("/account").text)
    form = {"csrf": here.hidden("/", "/sign-out")["csrf"]}
    housing.clock.now += FRESH + timedelta(seconds=1)
    asked = here.post(action if which == "one" else "/account/sessions", data=form)
    assert (asked.status_code, "proof_password" in asked.text) == (403, True)
    assert there.get("/applications").status_code == 200


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


def test_what_one_signs_in_with_is_not_set_by_who_finds_the_page_open(strict: Housing) -> None:
    """Whoever was led to add a device and went away proves anew who they are."""
    browser = strict.browser()
    page = sign_in(browser, "window").headers["location"]
    strict.clock.now += FRESH + SECOND
    asked = browser.get(page)
    assert asked.status_code == 403
    assert prove(browser, asked, proof_password="wrong").status_code == 422
    assert prove(browser, asked, proof_password=PASSWORD).headers["location"] == page
    enrol(strict, browser, page)
    again = strict.browser()
    sign_in(again, "window")
    half_open = again.hidden("/sign-in/code", "/sign-in/code")
    sent = again.submit("/sign-in/code", "/account/confirm", {**half_open, "proof_to": "/review"})
    assert sent.headers["location"] == "/sign-in/code"


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
