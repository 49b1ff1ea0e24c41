"""Signing in and out, and the language."""

import re
from datetime import timedelta

import pytest

from permits.casework.waits import NAME
from permits.services.demonstration.people import Shown
from permits.store import people
from permits.store.access_log import Wanted
from permits.web.visits import DemoAccounts, local
from tests.web.housing import IDLE, LONGEST, PASSWORD, Browser, Housing


def test_an_applicant_lands_on_their_applications(anyone: Browser) -> None:
    answer = anyone.fill("/sign-in", username="fire", password=PASSWORD)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/applications"
    assert "特勤大队" in anyone.get("/").text


def test_whoever_was_sent_to_sign_in_comes_back(anyone: Browser) -> None:
    sent = anyone.get("/applications?after=x")
    assert sent.status_code == 303
    assert sent.headers["location"] == "/sign-in?next=%2Fapplications%3Fafter%3Dx"
    answer = anyone.fill(sent.headers["location"], username="fire", password=PASSWORD)
    assert answer.headers["location"] == "/applications?after=x"


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "https://evil.example", "", "x", "/a b", "/\n"]
)
def test_nobody_is_sent_to_another_site(path: str) -> None:
    assert local(path, "/home") == "/home"
    assert local("/cases/1?x=1") == "/cases/1?x=1"


@pytest.mark.parametrize(("username", "password"), [("fire", "wrong horse"), ("nobody", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_look_alike(
    anyone: Browser, username: str, password: str
) -> None:
    answer = anyone.fill("/sign-in", username=username, password=password)
    assert answer.status_code == 422
    assert "<title>错误：登录" in answer.text
    assert 'href="#username"' in answer.text
    assert f'value="{username}"' in answer.text
    assert password not in answer.text
    assert "session" not in anyone.cookies


def test_guessing_is_slowed_down(anyone: Browser) -> None:
    for _ in range(NAME.free + 1):
        anyone.fill("/sign-in", username="fire", password="wrong horse")
    answer = anyone.fill("/sign-in", username="fire", password=PASSWORD)
    assert answer.status_code == 429
    assert "请等待2秒后再试" in answer.text


def test_the_session_cookie_is_out_of_reach(anyone: Browser) -> None:
    answer = anyone.fill("/sign-in", username="fire", password=PASSWORD)
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("session="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie


def test_over_tls_cookies_are_bound_to_the_host(make_housing) -> None:
    browser = make_housing(https=True).browser()
    answer = browser.fill("/sign-in", username="fire", password=PASSWORD)
    found = answer.headers.get_list("set-cookie")
    cookie = next(c for c in found if c.startswith("__Host-session="))
    assert "Secure" in cookie
    assert "Domain" not in cookie


def test_a_session_that_was_planted_is_not_taken_over(anyone: Browser) -> None:
    anyone.cookies.set("session", "planted", domain="localhost.local")
    anyone.fill("/sign-in", username="fire", password=PASSWORD)
    assert "planted" not in anyone.cookies.values()


def test_signing_out_ends_the_session(housing: Housing, applicant: Browser) -> None:
    token = applicant.cookies["session"]
    answer = applicant.fill("/", "/sign-out")
    assert answer.status_code == 303
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    again = housing.browser()
    again.cookies.set("session", token, domain="localhost.local")
    assert again.get("/applications").headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("pause", [IDLE, LONGEST])
def test_a_session_ends_by_itself(housing: Housing, applicant: Browser, pause: timedelta) -> None:
    housing.clock.now += pause + timedelta(seconds=1)
    assert applicant.get("/applications").status_code == 303


def test_a_closed_account_is_out_at_once(housing: Housing, applicant: Browser) -> None:
    with housing.office.database.read() as connection:
        found = people.by_username(connection, "fire")
    assert found
    housing.office.accounts.close(found[0].id, actor="setup")
    assert applicant.get("/applications").status_code == 303


def test_whoever_is_signed_in_needs_no_sign_in(applicant: Browser) -> None:
    assert applicant.get("/sign-in").headers["location"] == "/applications"
    assert applicant.get("/sign-in?next=/register").headers["location"] == "/register"


@pytest.mark.parametrize("username", ["fire", "builder"])
def test_signing_in_anew_ends_the_session_there_was(
    housing: Housing, applicant: Browser, username: str
) -> None:
    before = applicant.cookies["session"]
    form = {
        "csrf": applicant.hidden("/", "/sign-out")["csrf"],
        "username": username,
        "password": PASSWORD,
    }
    assert applicant.post("/sign-in", data=form).status_code == 303
    assert applicant.get("/applications").status_code == 200
    assert housing.office.sessions.of(before) is None
    fire = Wanted(housing.people.actors["fire"].id, ("SignedOut",))
    assert len(list(housing.office.watching.noted(fire))) == 1


@pytest.mark.parametrize("token", [None, "", "wrong", "错"])
def test_signing_out_needs_the_token_of_the_session(applicant: Browser, token: str | None) -> None:
    fields = {} if token is None else {"csrf": token}
    answer = applicant.post("/sign-out", data=fields)
    assert answer.status_code == 403
    assert "表单已失效" in answer.text
    assert applicant.get("/sign-in").status_code == 303


def test_signing_in_needs_the_token_of_the_page(anyone: Browser) -> None:
    fields = {"username": "fire", "password": PASSWORD}
    assert anyone.post("/sign-in", data=fields).status_code == 403
    assert anyone.post("/sign-in", data={**fields, "csrf": "wrong"}).status_code == 403


def test_only_a_demonstration_lists_accounts(make_housing) -> None:
    plain = make_housing().browser().get("/sign-in").text
    assert "演示" not in plain
    shown = Shown("fire", "申请人：特勤大队", "Applicant: fire brigade")
    housing = make_housing(demo=DemoAccounts(PASSWORD, (shown,)))
    page = housing.browser().get("/sign-in").text
    assert "申请人：特勤大队" in page
    assert PASSWORD in page
    assert "演示系统" in housing.browser().get("/").text


def test_the_language_is_chosen_and_kept(anyone: Browser) -> None:
    assert '<html lang="zh-CN">' in anyone.get("/sign-in").text
    answer = anyone.get("/language/en?next=/sign-in?next=/x")
    assert answer.headers["location"] == "/sign-in?next=/x"
    page = anyone.get("/sign-in").text
    assert '<html lang="en">' in page
    assert "User name" in page
    assert re.search(r'href="/language/zh\?next=/sign-in"', page)


@pytest.mark.parametrize("language", ["de", "zh_Hans_CN", "%2e%2e"])
def test_there_are_two_languages(anyone: Browser, language: str) -> None:
    assert anyone.get(f"/language/{language}").status_code == 404


def test_the_language_leads_back_to_our_pages_only(anyone: Browser) -> None:
    assert anyone.get("/language/en?next=//evil.example").headers["location"] == "/"
    anyone.cookies.set("language", "xx", domain="localhost.local")
    assert '<html lang="zh-CN">' in anyone.get("/").text
