"""Signing in with another site: linked once from one's account, then let in by whom it vouches."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from msgspec.structs import replace

from permits.casework.families import access
from permits.services.records import Records
from permits.settings import now as real_now
from permits.sign_in_rules import SignInRules
from permits.store import people
from permits.text.words import LANGUAGES
from tests.conftest import copied
from tests.kit import PLAIN_SIGN_IN
from tests.outside.issuing import CLIENT, SECRET, Issuing, issuing
from tests.outside.real_issuer import User, run_server_in_thread
from tests.web.housing import Browser, Housing

PROVINCE = {
    "id": "province",
    "title": {"zh": "省统一身份认证", "en": "Provincial sign-in"},
    "client": CLIENT,
    "secret_file": "province.secret",
}
WITH, BACK = "/sign-in/with/province", "/sign-in/back/province"


def describe(folder: Path, issuer: str, **changes: object) -> None:
    """The file of issuers of an office that is not open yet."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "province.secret").write_text(SECRET, encoding="utf-8")
    described = {"issuers": [{**PROVINCE, "issuer": issuer, **changes}]}
    (folder / "issuers.json").write_text(json.dumps(described), encoding="utf-8")


@pytest.fixture
def says() -> Iterator[Issuing]:
    with issuing() as one:
        yield one


def confirm(browser: Browser, page: Any) -> Any:
    """Say on the page of ours that the identity is to open the account."""
    assert page.status_code == 200, page.text
    hidden = dict(re.findall(r'name="(csrf|ticket)" value="([^"]+)"', page.text))
    return browser.post("/account/issuers/link", data=hidden)


class Town:
    """An office whose people may sign in with an issuer that says what the test wants."""

    def __init__(self, housing: Housing, says: Issuing) -> None:
        self.housing = housing
        self.says = says

    def answer(self, sent: str, **claims: object) -> str:
        """The address somebody comes back to whom the issuer took in."""
        query = {k: v[0] for k, v in parse_qs(urlsplit(sent).query).items()}
        stamp = int(self.housing.clock.now.timestamp())
        self.says.claims = {
            "iss": self.says.address,
            "sub": "s-1",
            "aud": CLIENT,
            "iat": stamp,
            "exp": stamp + 60,
            "nonce": query["nonce"],
            **claims,
        }
        return f"{urlsplit(query['redirect_uri']).path}?state={query['state']}&code=c"

    def link(self, username: str, **claims: object) -> Browser:
        browser = self.housing.browser(username)
        sent = browser.get("/account/issuers/province")
        back = browser.get(self.answer(sent.headers["location"], **claims))
        assert confirm(browser, back).headers["location"] == "/account?done=linked"
        return browser

    def come(self, after: str = "", **claims: object):
        """Somebody new comes with the issuer; their browser, and what they are answered."""
        browser = self.housing.browser()
        sent = browser.get(f"{WITH}?next={after}")
        assert sent.status_code == 303
        return browser, browser.get(self.answer(sent.headers["location"], **claims))

    def events(self, username: str) -> list[str]:
        database = self.housing.office.database
        with database.read() as connection:
            known = people.by_username(connection, username)
            assert known is not None
            stream = access.stream_of(known.account.id)
            found = Records(database).events(connection, stream)
        return [type(event).__name__ for _e, event in found]


@pytest.fixture
def town(make_housing, tmp_path, says) -> Town:
    describe(tmp_path / "office0", says.address)
    return Town(make_housing(), says)


def test_an_identity_that_was_linked_opens_sessions(town: Town) -> None:
    town.link("fire")
    browser, answer = town.come("/applications?after=x")
    assert (answer.status_code, answer.headers["location"]) == (303, "/applications?after=x")
    assert browser.get("/applications").status_code == 200
    assert town.events("fire")[-3:] == ["SignedIn", "IdentityLinked", "SignedIn"]
    assert "省统一身份认证" in browser.get("/account").text


def test_on_both_kinds_of_databases_an_identity_is_linked_once(
    make_housing, tmp_path, says, request
) -> None:
    server = request.getfixturevalue("postgresql_server")
    with copied(server, request.getfixturevalue("founded_on_postgresql")) as address:
        describe(tmp_path / "office0", says.address)
        town = Town(make_housing(database=address), says)
        town.link("fire")
        assert town.come()[1].headers["location"] == "/applications"
        browser = town.housing.browser("builder")
        sent = browser.get("/account/issuers/province").headers["location"]
        assert confirm(browser, browser.get(town.answer(sent))).status_code == 409
        town.housing.close()


@pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")
def test_a_real_issuer_lets_people_in(make_housing, tmp_path) -> None:
    user = User(sub="liu-1", claims={})
    with run_server_in_thread(user_claims=[user]) as server:
        describe(tmp_path / "office0", f"http://localhost:{server.server_port}")
        housing = make_housing()
        housing.clock.now = real_now()

        def through(browser: Browser, path: str):
            sent = browser.get(path).headers["location"]
            took = requests.post(sent, data={"sub": "liu-1"}, allow_redirects=False, timeout=5)
            back = urlsplit(took.headers["location"])
            return browser.get(f"{back.path}?{back.query}")

        fire = housing.browser("fire")
        linked = confirm(fire, through(fire, "/account/issuers/province"))
        assert linked.headers["location"] == "/account?done=linked"
        assert through(housing.browser(), WITH).headers["location"] == "/applications"


def test_whoever_is_not_linked_is_told_what_to_do(town: Town) -> None:
    browser, answer = town.come("/applications")
    assert answer.status_code == 403
    assert "没有与您关联的账户" in answer.text
    assert 'href="/sign-in?next=/applications"' in answer.text
    assert browser.get("/applications").status_code == 303


def test_an_identity_belongs_to_one_account(town: Town) -> None:
    town.link("fire")
    browser = town.housing.browser("builder")
    sent = browser.get("/account/issuers/province").headers["location"]
    answer = confirm(browser, browser.get(town.answer(sent)))
    assert answer.status_code == 409
    assert "已与另一账户关联" in answer.text
    assert "IdentityLinked" not in town.events("builder")


def test_to_link_it_again_changes_nothing(town: Town) -> None:
    town.link("fire")
    town.link("fire")
    assert town.events("fire").count("IdentityLinked") == 1


def test_what_was_unlinked_lets_nobody_in(town: Town) -> None:
    browser = town.link("fire")
    page = browser.get("/account?done=linked").text
    assert "已关联：今后可以用另一网站登录" in page
    issuer = town.says.address
    csrf = browser.hidden("/account", "/account/issuers/unlink")["csrf"]
    form = {"csrf": csrf, "issuer": issuer}
    answer = browser.post("/account/issuers/unlink", data=form)
    assert answer.headers["location"] == "/account?done=unlinked"
    assert town.come()[1].status_code == 403
    assert town.events("fire")[-1] == "IdentityUnlinked"
    assert browser.post("/account/issuers/unlink", data=form).status_code == 404


def test_nobody_can_be_made_to_come_back_from_a_sign_in_they_did_not_begin(town: Town) -> None:
    town.link("fire")
    mine = town.housing.browser()
    sent = mine.get(WITH).headers["location"]
    back = town.answer(sent)
    assert town.housing.browser().get(back).status_code == 403
    assert mine.get(back).status_code == 303
    assert mine.get(back).status_code == 403


def test_what_was_begun_to_link_is_of_that_account_only(town: Town) -> None:
    browser = town.housing.browser("fire")
    sent = browser.get("/account/issuers/province").headers["location"]
    back = town.answer(sent)
    browser.fill("/account", "/sign-out")
    browser.sign_in("builder")
    assert browser.get(back).status_code == 403
    assert "IdentityLinked" not in town.events("builder")


def test_what_takes_too_long_is_begun_anew(town: Town) -> None:
    town.link("fire")
    browser = town.housing.browser()
    sent = browser.get(WITH).headers["location"]
    town.housing.clock.now += timedelta(minutes=16)
    answer = browser.get(town.answer(sent))
    assert answer.status_code == 403
    assert "请重新开始" in answer.text


def test_a_token_that_proves_nothing_lets_nobody_in(town: Town) -> None:
    town.link("fire")
    _browser, answer = town.come(aud="another")
    assert answer.status_code == 403
    assert "没有确认您的身份" in answer.text


def test_an_issuer_that_is_away_is_said_to_be(town: Town) -> None:
    town.says.answers["/.well-known/openid-configuration"] = (500, b"{}")
    answer = town.housing.browser().get(WITH)
    assert answer.status_code == 503
    assert "暂时无法访问" in answer.text
    town.says.answers.clear()
    town.says.answers["/keys"] = (500, b"{}")
    assert town.come()[1].status_code == 503


def test_a_closed_account_is_not_let_in(town: Town) -> None:
    town.link("fire")
    account = town.housing.people.actors["fire"].id
    town.housing.office.accounts.close(account, actor="setup")
    assert town.come()[1].status_code == 403


def test_there_is_no_such_issuer(town: Town) -> None:
    assert town.housing.browser().get(f"{WITH}x").status_code == 404
    fire = town.housing.browser("fire")
    assert fire.get("/account/issuers/another").status_code == 404
    assert fire.get(WITH).headers["location"] == "/applications"


def test_an_office_without_issuers_offers_none(housing: Housing) -> None:
    assert "/sign-in/with/" not in housing.browser().get("/sign-in").text
    assert housing.browser().get(BACK).status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_to_sign_in_on_names_the_site(town: Town, language: str) -> None:
    browser = town.housing.browser()
    browser.get(f"/language/{language}")
    page = browser.get("/sign-in?next=/applications").text
    title = PROVINCE["title"]["zh" if language.startswith("zh") else "en"]
    assert title in page
    assert f'href="{WITH}?next=/applications"' in page


def strict(make_housing, tmp_path, says, **changes) -> Town:
    describe(tmp_path / "office0", says.address, **changes)
    rules = SignInRules(PLAIN_SIGN_IN.everybody, PLAIN_SIGN_IN.staff, step_up=False)
    return Town(make_housing(sign_in=rules), says)


def test_a_second_factor_that_the_site_has_seen_is_enough(make_housing, tmp_path, says) -> None:
    town = strict(make_housing, tmp_path, says, second_factor=["otp", "hwk"])
    sign_on, account = town.housing.office.sign_on, town.housing.people.actors["window"].id
    with town.housing.office.database.read() as connection:
        window = people.by_id(connection, account)
    assert window is not None
    assert sign_on.link(window, "province", "s-1", actor="setup")
    assert town.come(amr=["pwd", "otp"])[1].headers["location"] == "/review"
    assert town.come(amr=["pwd"])[1].headers["location"] == "/sign-in/second-factor"
    assert town.come(amr="otp")[1].headers["location"] == "/sign-in/second-factor"


def test_a_site_may_be_for_staff_only(make_housing, tmp_path, says) -> None:
    town = strict(make_housing, tmp_path, says, **{"for": ["applicants"]})
    with town.housing.office.database.read() as connection:
        window = people.by_id(connection, town.housing.people.actors["window"].id)
    assert window is not None
    assert town.housing.office.sign_on.link(window, "province", "s-1", actor="setup")
    _browser, answer = town.come()
    assert (answer.status_code, "此类账户不能用该网站登录" in answer.text) == (403, True)
    fire = replace(window, actor=town.housing.people.actors["fire"])
    assert [one.about.id for one in town.housing.office.sign_on.open_to(fire)] == ["province"]
    assert town.housing.office.sign_on.open_to(window) == []


def test_to_link_a_site_is_a_grave_act(make_housing, tmp_path, says) -> None:
    describe(tmp_path / "office0", says.address)
    rules = SignInRules(PLAIN_SIGN_IN.everybody, PLAIN_SIGN_IN.staff, staff_second_factor=False)
    town = Town(make_housing(sign_in=rules), says)
    browser = town.housing.browser("fire")
    town.housing.clock.now += timedelta(minutes=11)
    answer = browser.get("/account/issuers/province")
    assert answer.status_code == 403
    assert "/account/confirm" in answer.text


def test_nothing_is_linked_because_a_browser_was_led_to_an_address(town: Town) -> None:
    browser = town.housing.browser("fire")
    sent = browser.get("/account/issuers/province").headers["location"]
    page = browser.get(town.answer(sent))
    assert "如果不是您本人发起" in page.text
    assert "IdentityLinked" not in town.events("fire")
    ticket = re.search(r'name="ticket" value="([^"]+)"', page.text)
    assert ticket is not None
    other = town.housing.browser("builder")
    form = {"csrf": other.hidden("/", "/sign-out")["csrf"], "ticket": ticket[1]}
    assert other.post("/account/issuers/link", data=form).status_code == 403
    assert browser.post("/account/issuers/link", data={"ticket": ticket[1]}).status_code == 403
    town.housing.clock.now += timedelta(minutes=16)
    form["csrf"] = browser.hidden("/", "/sign-out")["csrf"]
    answer = browser.post("/account/issuers/link", data=form)
    assert answer.status_code == 403
    assert "IdentityLinked" not in [*town.events("fire"), *town.events("builder")]


def test_a_code_of_one_issuer_is_not_taken_where_another_sends_people_back(town: Town) -> None:
    town.link("fire")
    browser = town.housing.browser()
    sent = browser.get(WITH).headers["location"]
    back = town.answer(sent).replace("/back/province", "/back/another")
    assert browser.get(back).status_code == 403
    assert town.says.asked[1:] == [], "nobody was asked about it"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_other_site_has_somebody_signed_in(town: Town, site: str) -> None:
    """An issuer that knows the browser asks its person nothing: they say so on a page of ours."""
    town.link("fire")
    browser = town.housing.browser()
    led = browser.get(f"{WITH}?next=/applications", headers={"sec-fetch-site": site})
    assert led.headers["location"] == "/sign-in?next=%2Fapplications"
    assert "sign-on" not in browser.cookies
    asked = browser.get(WITH, headers={"sec-fetch-site": "same-origin"})
    assert asked.headers["location"].startswith(town.says.address)


def test_nothing_grave_is_done_on_what_was_proved_elsewhere(make_housing, tmp_path, says) -> None:
    describe(tmp_path / "office0", says.address)
    rules = SignInRules(PLAIN_SIGN_IN.everybody, PLAIN_SIGN_IN.staff, staff_second_factor=False)
    town = Town(make_housing(sign_in=rules), says)
    town.link("fire")
    browser, _answer = town.come()
    page = browser.get("/account/issuers/province")
    assert (page.status_code, "/account/confirm" in page.text) == (403, True)


def test_whose_password_is_set_for_them_or_who_is_closed_comes_in_by_nothing_else(
    town: Town,
) -> None:
    town.link("fire")
    office = town.housing.office
    with office.database.read() as connection:
        known = people.by_username(connection, "fire")
    assert known is not None
    office.passwords.set_once(known.account, actor="setup")
    assert town.come()[1].status_code == 403
    assert town.events("fire")[-1] == "IdentityUnlinked"
    assert office.sign_on.link(known.account, "province", "s-1", actor="setup")
    office.accounts.close(known.account.id, actor="setup")
    assert office.sign_on.of(known.account) == []
