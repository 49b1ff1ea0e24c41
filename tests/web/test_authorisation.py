"""Every address × everybody: who gets in, who is told there is nothing. Made from the router."""

import re
import uuid

import pytest
from fastapi.routing import APIRoute

from tests.web.housing import FIRE_BRIGADE, Browser, Housing, routes

PUBLIC = {
    "/sign-in/with/{issuer}", "/sign-in/back",
    "/", "/static/{name}", "/healthz", "/sign-in", "/sign-out", "/language/{language}",
    "/sign-in/code", "/sign-in/password", "/sign-in/second-factor",
    "/guide/{permit}", "/lookup", "/register", "/register/{number}", "/projects/{code}",
    "/credit",
    "/entitlements", "/entitlements/policies/{policy}", "/entitlements/lists/{round}",
}  # fmt: skip
"""Open to everybody; signing out is for whoever is signed in, and asks for their token."""

FOR_APPLICANTS = re.compile(
    r"/applications|/standing|/drafts/|/entitled"
    r"|/cases/[^/]+/(corrections|actions|after|uploads|heard|later|statement)"
)
"""Addresses no officer has anything to do with."""

FOR_OFFICERS = re.compile(r"/(review|office)")
FOR_AUDITORS = re.compile(r"/(audit|treasury)(/|\.csv$|$)")
"""Addresses only one of them has anything to do with: others are refused before a case is read."""

PARTS = {
    "section": "works",
    "issuer": "province",
    "material": "land_title",
    "thing": "counter.paper",
    "commitment": "true_declaration",
    "upload": "unknown",
    "clock": "promise",
    "obligation": "report_completion",
    "fee": "none",
    "place": "1",
    "code": "2201-410172-89-01-544060",
    "party": FIRE_BRIGADE,
    "step": "object_to_entry",
    "action": "withdraw",
    "command": "rectify",
    "what": "ask_recusal",
    "of": "fire",
    "name": "promise",
    "policy": "hightech_first",
    "period": "2022",
    "round": "hightech_first-2022-1",
    "batch": "2022-001",
    "number": "1",
    "session": "none",
}


@pytest.fixture
def draft(housing: Housing) -> str:
    begun = housing.office.filing.begin("plan_exempt", housing.people.actors["fire"])
    return begun.id


def objects(housing: Housing) -> list[APIRoute]:
    """The routes that lead to a draft or a case, or are for people signed in."""
    return [route for route in routes(housing.app) if route.path not in PUBLIC]


def address(route: APIRoute, draft: str, case: str) -> str:
    parts = {**PARTS, "draft": draft, "case": case}
    if "entitlements" in route.path:
        parts["step"] = "publish"
    return re.sub(r"\{(\w+)\}", lambda found: parts[found[1]], route.path)


def ask(browser: Browser, route: APIRoute, path: str):
    """Ask as somebody who has the token of their own forms would."""
    if "POST" not in route.methods:
        return browser.get(path)
    token = browser.hidden("/", "/sign-out")["csrf"]
    return browser.post(path, data={"csrf": token, "key": str(uuid.uuid4()), "seen": "1"})


def test_whoever_is_not_signed_in_is_sent_to_sign_in(housing: Housing, draft: str) -> None:
    case, browser = housing.filed(), housing.browser()
    for route in objects(housing):
        path = address(route, draft, case)
        answer = browser.request(next(iter(route.methods)), path)
        assert answer.status_code == 303, path
        assert answer.headers["location"].startswith("/sign-in?next=%2F"), path


def test_what_is_somebody_elses_looks_like_what_is_not_there(housing: Housing, draft: str) -> None:
    case, missing = housing.filed(), str(uuid.uuid4())
    other = housing.browser("builder")
    events = housing.events()
    for route in objects(housing):
        if "{" not in route.path:
            continue
        theirs = ask(other, route, address(route, draft, case))
        nothing = ask(other, route, address(route, missing, missing))
        if route.path == "/drafts/{draft}/discard" and "POST" in route.methods:
            gone = (theirs.headers["location"], nothing.headers["location"])
            assert gone == ("/applications", "/applications")
            continue
        elsewhere = FOR_OFFICERS.match(route.path) or FOR_AUDITORS.match(route.path)
        expected = 403 if elsewhere else 404
        assert theirs.status_code == nothing.status_code == expected, route.path
        assert title(theirs.text) == title(nothing.text)
    assert housing.events() == events
    assert housing.office.filing.find(draft, housing.people.actors["fire"])


def title(html: str) -> str:
    return re.findall(r"<h1>(.*?)</h1>", html)[0]


def test_no_form_is_taken_without_its_token(housing: Housing, draft: str) -> None:
    case, owner = housing.filed(), housing.browser("fire")
    events = housing.events()
    for route in routes(housing.app):
        if "POST" in route.methods:
            path = address(route, draft, case)
            fields = {"key": str(uuid.uuid4()), "seen": "1"}
            assert owner.post(path, data=fields).status_code == 403, path
            assert owner.post(path, data={**fields, "csrf": "wrong"}).status_code == 403, path
    assert housing.events() == events


def test_officers_see_cases_of_their_department_and_no_drafts(
    housing: Housing, draft: str
) -> None:
    case = housing.granted()
    for who in ("window", "leader", "auditor"):
        browser = housing.browser(who)
        for route in objects(housing):
            if "GET" not in route.methods or "{upload}" in route.path or "{fee}" in route.path:
                continue
            path = address(route, draft, case)
            assert browser.get(path).status_code == expected_of(who, path), (who, path)


def expected_of(who: str, path: str) -> int:
    """What an officer or an auditor gets of an address of a case that was granted."""
    if FOR_APPLICANTS.match(path) or path.endswith("/obligations/report_completion"):
        return 403
    if FOR_AUDITORS.match(path):
        return 200 if who == "auditor" else 403
    if re.fullmatch(r"/office/parties/\w+", path):
        return 200
    if FOR_OFFICERS.match(path):
        if who == "auditor":
            return 403
        if path.startswith("/review/counter/"):
            return 404
        if re.search(r"/(for/|visits$|service$|counter$)", path):
            return 200 if who == "window" else 404
        # What the action or command of `PARTS` is not for, is not there.
        absent = r"/(actions|beside|heard|after|parties/\w+)/|entitlements/"
        return 404 if re.search(absent, path) else 200
    if path.endswith("/term"):
        return 404  # what was granted holds for good
    return 303 if re.fullmatch(r"/cases/[0-9a-f-]+", path) else 200


def test_figures_are_for_auditors_alone(housing: Housing) -> None:
    case = housing.granted()
    paths = ("/audit", "/audit/figures.csv", "/audit/cases", "/audit/cases.csv")
    for path in (*paths, f"/audit/cases/{case}"):
        assert housing.browser().get(path).status_code == 303, path
        for who in ("fire", "builder", "window", "examiner", "leader", "inspector", "supervisor"):
            assert housing.browser(who).get(path).status_code == 403, (who, path)
        assert housing.browser("auditor").get(path).status_code == 200, path


def test_looking_changes_nothing(housing: Housing, draft: str) -> None:
    case, people = housing.granted(), [housing.browser(w) for w in ("fire", "window", "auditor")]
    with housing.unchanged():
        for route in routes(housing.app):
            if "GET" in route.methods:
                for somebody in people:
                    somebody.get(address_of_any(route, draft, case))


def address_of_any(route: APIRoute, draft: str, case: str) -> str:
    parts = {**PARTS, "draft": draft, "case": case, "name": "x", "language": "zh"}
    parts |= {"permit": "plan_exempt", "number": "GXGH-20220609-0001"}
    return re.sub(r"\{(\w+)\}", lambda found: parts[found[1]], route.path)


def test_the_method_is_asked_for(housing: Housing, draft: str) -> None:
    case, owner = housing.filed(), housing.browser("fire")
    for route in objects(housing):
        assert owner.request("PUT", address(route, draft, case)).status_code == 405
