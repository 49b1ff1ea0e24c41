"""The head of an office adds a device, signs in with its code and without the device, and proves
once more who they are before a grant is revoked."""

import base64
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from permits.casework.sessions import FRESH
from permits.outside.one_time_codes import STEP_SECONDS, code_of
from permits.services.requests import Notice, State
from permits.sign_in_rules import STRICT
from permits.text import grounds
from permits.text.words import Language
from tests.journeys.walking import Walk
from tests.web.housing import Housing

REASON = "查明以欺骗手段取得。"


@pytest.fixture
def housing(make_housing: Callable[..., Housing]) -> Housing:
    """An office as it is on a network."""
    return make_housing(sign_in=STRICT)


@pytest.fixture(params=[("zh", True), ("en", False)], ids=["zh", "en, no scripts"])
def walk(request: pytest.FixtureRequest, walks: Callable[..., Walk]) -> Walk:
    language: Language
    language, scripts = request.param
    return walks(language, scripts=scripts)


def revocable(housing: Housing) -> str:
    """A granted case whose holder was told and heard."""
    case = housing.granted()
    housing.people.beside("leader", f"case/{case}", Notice(ground="69-2", reason=REASON))
    housing.people.beside("fire", f"case/{case}", State(statement="没有异议"))
    return case


class Head:
    """The head of the office with a phone."""

    def __init__(self, walk: Walk, housing: Housing) -> None:
        self.walk, self.housing = walk, housing
        self.secret = b""

    def gives(self, label: str, text: str, button: str) -> None:
        self.walk.fill(self.walk.says(label), text)
        self.walk.press(self.walk.says(button), self.walk.main)

    def code(self) -> str:
        self.housing.clock.now += timedelta(seconds=STEP_SECONDS)
        return code_of(self.secret, int(self.housing.clock.now.timestamp()) // STEP_SECONDS)

    def signs_in(self) -> None:
        if self.walk.page.get_by_role("button", name=self.walk.says("Sign out")).count():
            self.walk.press(self.walk.says("Sign out"))
        self.walk.follow(self.walk.says("Sign in"))
        self.walk.sign_in("leader")

    def adds_the_phone(self) -> list[str]:
        """The office wants it; the codes for when the phone is not at hand."""
        walk, shown = self.walk, self.walk.main.locator(".device .mono")
        assert walk.path == "/sign-in/second-factor"
        typed = shown.inner_text()
        self.secret = base64.b32decode(typed.replace(" ", ""))
        assert walk.main.locator(".device img").evaluate("one => one.naturalWidth") > 0
        self.gives("Code", "000000", "Add the device")
        assert shown.inner_text() == typed
        self.gives("Code", self.code(), "Add the device")
        spare = walk.main.locator(".codes li").all_inner_texts()
        walk.follow(walk.says("I have kept them"), walk.main)
        assert walk.path == "/review"
        return spare


def test_a_device_a_code_a_spare_code_and_a_proof(housing: Housing, walk: Walk) -> None:
    case, head = revocable(housing), Head(walk, housing)
    head.signs_in()
    spare = head.adds_the_phone()
    assert len(spare) == 10

    head.signs_in()
    head.gives("Code", head.code(), "Continue")
    assert walk.path == "/review"
    head.signs_in()
    head.gives("Code", spare[4], "Continue")
    assert walk.path == "/review"
    walk.go("/account")
    expect(walk.main).to_contain_text(walk.says("this one"))

    housing.clock.now += FRESH + timedelta(seconds=1)
    walk.go(f"/review/cases/{case}/actions/revoke")
    revoke = walk.main.locator("h1").inner_text()
    walk.choose(walk.says("Ground"), grounds.revocation("69-2", walk.language))
    walk.fill(walk.says("Reason"), REASON)
    walk.press(revoke, walk.main)
    expect(walk.main.locator("h1")).to_have_text(walk.says("Is it you?"))
    assert "revoked" not in housing.record(case).case.milestones
    head.gives("Password", "wrong", "Continue")
    head.gives("Or the code of your device", head.code(), "Continue")
    assert walk.path == f"/review/cases/{case}?done=revoke"
    record = housing.record(case)
    assert "revoked" in record.case.milestones
    assert REASON in record.values.values()
