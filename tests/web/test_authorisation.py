"""Of every address: its forms want their token, looking changes nothing, the method is asked for.

Who gets what is in `test_matrix.py`."""

import re
import uuid

import pytest
from fastapi.routing import APIRoute

from tests.web.housing import FIRE_BRIGADE, Housing, routes

PUBLIC = {
    "/sign-in/with/{issuer}", "/sign-in/back/{issuer}",
    "/", "/static/{name}", "/healthz", "/readyz", "/sign-in", "/sign-out", "/language/{language}",
    "/display/{what}/{state}",
    "/sign-in/code", "/sign-in/password", "/sign-in/second-factor",
    "/guide/{permit}", "/guide/{permit}/flow", "/find", "/find/{permit}", "/lookup",
    "/register", "/register/{number}", "/register.csv",
    "/verify", "/verify/{number}", "/statistics", "/statistics.csv", "/ratings", "/notices",
    "/notices/{number}", "/notices/{number}/objection", "/objections", "/privacy",
    "/accessibility", "/projects/{code}",
    "/credit",
    "/verify/file",
    "/entitlements", "/entitlements/policies/{policy}", "/entitlements/lists/{round}",
}  # fmt: skip
"""Open to everybody; signing out is for whoever is signed in, and asks for their token."""

PARTS = {
    "section": "works",
    "issuer": "province",
    "material": "land_title",
    "thing": "counter.paper",
    "commitment": "true_declaration",
    "upload": "unknown",
    "report": "01a22337-424f-726e-8fc7-a65f72bf9ac5",
    "invitation": "unknown",
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
    "account": "nobody",
    "number": "1",
    "matter": "result",
    "session": "none",
    "token": "none",
    "note": "none",
    "card": "open",
    "proposal": "none",
    "digest": "none",
    "rate": "none",
    "state": "on",
    "measure": "days_used",
    "permit": "plan_exempt",
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


def test_figures_are_for_auditors_alone(housing: Housing) -> None:
    case = housing.granted()
    paths = (
        "/audit", "/audit/figures.csv", "/audit/cases", "/audit/cases.csv", "/audit/measures",
        "/audit/measures/days_used", "/audit/states", "/audit/commitments", "/audit/simulate",
        "/audit/history", "/audit/reports",
    )  # fmt: skip
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
