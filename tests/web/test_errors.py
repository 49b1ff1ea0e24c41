"""Error pages in the reader's language, problems for programs, and no traceback for anybody."""

import logging

import pytest
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from permits.casework.envelope import Strayed
from permits.casework.refusals import Reason, Refused
from permits.services.queue import TooBusy
from permits.store.condition import Broken, NoRoom, Unsure
from permits.store.event_log import BrokenChain
from permits.store.published import Altered
from permits.text.refusals import sentence
from permits.web import problems
from tests.kit import Play
from tests.web.browsing import hidden_in
from tests.web.housing import Housing

FAULTS = {
    "400": HTTPException(400),
    "403": HTTPException(403),
    "404": HTTPException(404),
    "409": Strayed(Play().granted("2022-06-09").log[0][0]),
    "409-unreadable": BrokenChain("case/1", 1, "secret"),
    "409-definition": Altered("secret"),
    "413": HTTPException(413),
    "429": HTTPException(429),
    "503": TooBusy(),
    "503-broken": Broken(),
    "503-full": NoRoom(),
    "503-unsure": Unsure(),
    "503-database": OperationalError("SELECT secret", {}, Exception("locked")),
    "500": RuntimeError("secret"),
}


@pytest.fixture
def faulty(housing: Housing) -> Housing:
    async def raising(name: str) -> None:
        raise FAULTS[name]

    housing.app.add_api_route("/faulty/{name}", raising)
    housing.app.add_api_route("/api/faulty/{name}", raising)
    return housing


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_fault_is_told_in_words_and_without_a_traceback(
    faulty: Housing, name: str, language: str
) -> None:
    browser = faulty.browser()
    browser.get(f"/language/{language}")
    answer = browser.get(f"/faulty/{name}")
    assert answer.status_code == int(name[:3])
    assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in answer.text
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "<h1>" in answer.text
    assert ("retry-after" in answer.headers) == (answer.status_code == 503)


@pytest.mark.parametrize("name", FAULTS)
def test_a_program_is_told_a_problem(faulty: Housing, name: str) -> None:
    answer = faulty.browser().get(f"/api/faulty/{name}")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == int(name[:3])
    assert "secret" not in answer.text


def test_nobody_is_told_that_nothing_was_kept_where_that_is_not_known(faulty: Housing) -> None:
    browser = faulty.browser()
    browser.get("/language/en")
    page = browser.get("/faulty/503-unsure").text
    assert "nobody can say yet whether it was kept" in page
    assert "nothing was changed" not in page
    problem = browser.get("/api/faulty/503-unsure").json()
    assert problem["reason"] == "outcome_unknown"
    assert "nothing was changed" in browser.get("/faulty/503-broken").text
    assert "was not kept" in browser.get("/faulty/503-full").text


def test_a_fault_of_ours_is_logged_with_the_request(
    faulty: Housing, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "permits.web"):
        answer = faulty.browser().get("/faulty/500?name=somebody")
    assert answer.headers["x-request-id"] in caplog.text
    assert "RuntimeError" in caplog.text
    assert "somebody" not in caplog.text
    assert "/faulty/{name}" in caplog.text


def test_another_method_is_refused_with_a_page(housing: Housing) -> None:
    answer = housing.browser().delete("/")
    assert answer.status_code == 405
    assert "<h1>" in answer.text


SIGN_IN, SIGN_OUT = 'href="/sign-in"', 'action="/sign-out"'


@pytest.mark.parametrize(
    "asked", [("GET", "/nothing/here"), ("DELETE", "/"), ("POST", "/nothing")]
)
@pytest.mark.parametrize(("who", "place"), [("fire", "/applications"), ("window", "/review")])
def test_whoever_is_signed_in_is_so_where_there_is_no_page(
    housing: Housing, who: str, place: str, asked: tuple[str, str]
) -> None:
    browser = housing.browser(who)
    with housing.unchanged():
        answer = browser.request(*asked)
    assert answer.status_code in (404, 405)
    assert SIGN_OUT in answer.text
    assert SIGN_IN not in answer.text
    assert f'href="{place}"' in answer.text
    browser.post("/sign-out", data=hidden_in(answer.text, "/sign-out"))
    answer = browser.request(*asked)
    assert SIGN_IN in answer.text
    assert SIGN_OUT not in answer.text


def test_what_is_not_there_is_no_refusal_that_the_access_log_notes(
    housing: Housing, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[tuple[object, ...]] = []
    monkeypatch.setattr(housing.office.watching, "refused", lambda *what: noted.append(what))
    browser = housing.browser("window")
    assert browser.get("/favicon.ico").status_code == 404
    assert noted == []
    assert browser.get("/audit").status_code == 403
    assert [route for _who, route, *_more in noted] == ["/audit"]


@pytest.mark.parametrize(
    "fault", [OperationalError("SELECT secret", {}, Exception("gone")), RuntimeError("secret")]
)
def test_of_whom_nobody_can_say_whether_they_are_signed_in_the_page_says_nothing(
    housing: Housing, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def away(*_args: object) -> None:
        raise fault

    browser, nobody = housing.browser("fire"), housing.browser()
    monkeypatch.setattr(housing.office.sessions, "of", away)
    for path, status in (("/nothing/here", 404), ("/", 500 if str(fault) == "secret" else 503)):
        answer = browser.get(path)
        assert answer.status_code == status
        assert "<h1>" in answer.text
        assert "secret" not in answer.text
        assert SIGN_IN not in answer.text
        assert SIGN_OUT not in answer.text
    assert SIGN_IN in nobody.get("/nothing/here").text


def test_head_is_answered_like_get(housing: Housing) -> None:
    assert housing.browser().head("/").status_code == 200


def test_even_a_page_for_faults_that_fails_says_something(
    housing: Housing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_values: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("permits.web.visits.Visit.page", broken)
    answer = housing.browser().get("/")
    assert (answer.status_code, answer.text) == (500, "500")
    assert "content-security-policy" in answer.headers


def test_a_problem_says_why_and_of_what() -> None:
    refused = Refused(Reason.MATERIALS_MISSING, ("land_title",))
    answer = problems.refusal(409, refused, None, "en")
    assert b'"reason":"materials_missing"' in answer.body
    assert b'"about":["land_title"]' in answer.body
    assert sentence(refused, None, "en").encode() in answer.body
