"""What holds for every address there is, made from the router: pages and API."""

import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from tests.web.browsing import PASSWORD
from tests.web.housing import Browser, Housing
from tests.web.test_authorisation import PARTS

SNAPSHOT = Path(__file__).with_name("headers.json")

FOREIGN = (
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://localhost:1"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
)
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
EVERYBODY = ("fire", "window", "leader", "auditor")


def all_routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method with every path, of the API too."""

    def walk(routes, prefix: str = ""):
        for route in routes:
            part = getattr(route, "original_router", None)
            if part is not None:
                inner = getattr(route, "include_context", None)
                yield from walk(part.routes, prefix + (inner.prefix if inner else ""))
            elif isinstance(route, APIRoute):
                for method in sorted(route.methods):
                    yield method, prefix + route.path

    found = list(walk(app.router.routes))
    assert len(found) == len(set(found)) > 200
    yield from found


def address(path: str, case: str, draft: str) -> str:
    parts = {**PARTS, "case": case, "draft": draft, "language": "zh", "permit": "plan_exempt"}
    return re.sub(r"\{(\w+)\}", lambda found: parts.get(found[1], "1"), path)


@pytest.fixture
def case(housing: Housing) -> str:
    return housing.granted()


@pytest.fixture
def draft(housing: Housing) -> str:
    return housing.office.filing.begin("plan_exempt", housing.people.actors["fire"]).id


def test_what_changes_something_is_not_done_for_a_page_of_another_site(
    housing: Housing, case: str, draft: str
) -> None:
    browser = housing.browser("fire")
    token = browser.hidden("/", "/sign-out")["csrf"]
    session = {"username": "fire", "password": PASSWORD}
    bearer = browser.post("/api/v1/sessions", json=session).json()["token"]
    with housing.unchanged():
        for method, path in all_routes(housing.app):
            if method not in UNSAFE:
                continue
            asked, key = address(path, case, draft), str(uuid.uuid4())
            for headers in FOREIGN:
                sent = {"authorization": f"Bearer {bearer}", "idempotency-key": key, **headers}
                fields = {"csrf": token, "key": key, "seen": "1"}
                answer = browser.request(method, asked, headers=sent, data=fields)
                assert answer.status_code == 403, (method, asked, headers)


def test_no_form_is_taken_without_the_token_of_the_session(
    housing: Housing, case: str, draft: str
) -> None:
    browser = housing.browser("fire")
    theirs = housing.browser("builder").hidden("/", "/sign-out")["csrf"]
    with housing.unchanged():
        for method, path in all_routes(housing.app):
            if method not in UNSAFE or path.startswith("/api/"):
                continue
            asked = address(path, case, draft)
            for token in ("", "wrong", theirs):
                fields = {"csrf": token, "key": str(uuid.uuid4()), "seen": "1"}
                answer = browser.request(method, asked, data=fields)
                assert answer.status_code == 403, (method, asked, token)


def test_no_program_gets_anywhere_with_the_cookie_of_a_browser(
    housing: Housing, case: str, draft: str
) -> None:
    browser = housing.browser("fire")
    with housing.unchanged():
        for method, path in all_routes(housing.app):
            if method in UNSAFE and path.startswith("/api/") and path != "/api/v1/sessions":
                answer = browser.request(method, address(path, case, draft), json={})
                assert answer.status_code in (401, 422), (method, path)


def test_looking_writes_nothing_but_what_is_noted_of_it(
    housing: Housing, case: str, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything that is read is asked for, with GET and with HEAD, by everybody; the one table
    that may change besides the access log is the time a session was last used."""
    browsers = [*map(housing.browser, EVERYBODY), housing.browser()]
    tokens = [token_of(housing, who) for who in EVERYBODY]
    with housing.unchanged():
        for method, path in all_routes(housing.app):
            if method != "GET":
                continue
            asked = address(path, case, draft)
            if path.startswith("/api/"):
                for token in tokens:
                    browsers[-1].get(asked, headers={"authorization": f"Bearer {token}"})
                continue
            for browser in browsers:
                browser.get(asked)
            browsers[0].head(asked)


def token_of(housing: Housing, who: str) -> str:
    session = {"username": who, "password": PASSWORD}
    return str(housing.browser().post("/api/v1/sessions", json=session).json()["token"])


def test_every_answer_has_headers_of_one_of_the_kinds_that_are_written_down(
    housing: Housing, case: str, draft: str
) -> None:
    """A new route carries the headers of some kind already, or its kind is written down first."""
    kinds = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    browsers = [housing.browser("fire"), housing.browser("auditor"), housing.browser()]
    token = token_of(housing, "fire")
    met = set()
    sessions_last = sorted(all_routes(housing.app), key=lambda one: one[0] == "DELETE")
    for method, path in sessions_last:
        for browser in browsers:
            headers = {"authorization": f"Bearer {token}"} if path.startswith("/api/") else {}
            answer = browser.request(method, address(path, case, draft), headers=headers)
            found = {**of_kind(answer.headers)}
            kind = next((name for name, one in kinds.items() if one == found), None)
            assert kind is not None, (method, path, answer.status_code, found)
            met.add(kind)
    assert met == set(kinds)


VARIES = {
    "content-length", "content-type", "x-request-id", "set-cookie", "location", "etag", "allow",
    "content-disposition", "www-authenticate", "retry-after", "content-language",
}  # fmt: skip
"""What differs from answer to answer of one kind."""


def of_kind(headers) -> dict[str, str]:
    return {name: value for name, value in sorted(headers.items()) if name not in VARIES}


def test_what_a_policy_allows_is_nothing_unsafe(anyone: Browser) -> None:
    policy = anyone.get("/").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"\*|https?:", policy)


def test_over_tls_every_cookie_is_bound_to_this_host(make_housing) -> None:
    housing = make_housing(https=True)
    browser = housing.browser()
    answers = [browser.get("/sign-in"), browser.get("/language/en")]
    fields = {**browser.hidden("/sign-in"), "username": "fire", "password": PASSWORD}
    answers.append(browser.post("/sign-in", data=fields))
    cookies = [one for answer in answers for one in answer.headers.get_list("set-cookie")]
    assert {one.partition("=")[0] for one in cookies} == {
        "__Host-door", "__Host-known", "__Host-language", "__Host-session",
    }  # fmt: skip
    for one in cookies:
        attributes = {part.strip().lower() for part in one.split(";")[1:]}
        assert {"secure", "httponly", "path=/"} <= attributes
        assert not any(part.startswith("domain") for part in attributes)
        assert attributes & {"samesite=lax", "samesite=strict"}


def test_over_tls_a_page_without_it_is_another_origin(make_housing) -> None:
    browser = make_housing(https=True).browser()
    fields = {**browser.hidden("/sign-in"), "username": "fire", "password": PASSWORD}
    plain = browser.post("/sign-in", data=fields, headers={"origin": "http://localhost"})
    assert plain.status_code == 403
    ours = browser.post("/sign-in", data=fields, headers={"origin": "https://localhost"})
    assert ours.status_code == 303
