"""What every answer carries, and which requests are turned away before any page is asked."""

import re
from pathlib import Path

import pytest

from permits.settings import shipped
from permits.web.security import MOST_BODY, POLICY
from tests.web.housing import Browser, Housing, routes

TEMPLATES = sorted(shipped("templates").rglob("*.*"))


def addresses(housing: Housing) -> list[str]:
    """Every address that can be asked for with GET, its parts filled with something unknown."""
    return [
        re.sub(r"\{[^}]+\}", "unknown", route.path)
        for route in routes(housing.app)
        if "GET" in route.methods
    ]


def test_every_answer_has_the_headers(housing: Housing, anyone: Browser) -> None:
    found = addresses(housing)
    assert "/" in found
    for address in [*found, "/nothing/here"]:
        answer = anyone.get(address)
        assert answer.headers["content-security-policy"] == POLICY, address
        assert answer.headers["x-content-type-options"] == "nosniff", address
        assert answer.headers["referrer-policy"] == "same-origin", address
        assert answer.headers["cross-origin-opener-policy"] == "same-origin", address
        assert "strict-transport-security" not in answer.headers, address
        assert re.fullmatch("[0-9a-f]{16}", answer.headers["x-request-id"])


def test_over_tls_browsers_are_told_to_stay_there(make_housing) -> None:
    answer = make_housing(https=True).browser().get("/")
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")


def test_pages_are_not_kept_by_browsers_but_style_sheets_are(anyone: Browser) -> None:
    page = anyone.get("/")
    assert page.headers["cache-control"] == "no-store"
    style = re.search(r'href="(/static/permits\.[0-9a-f]{12}\.css)"', page.text)
    assert style
    answer = anyone.get(style[1])
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    plain = anyone.get(style[1], headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == answer.text


def test_an_old_or_invented_name_of_a_style_sheet_is_not_found(anyone: Browser) -> None:
    assert anyone.get("/static/permits.000000000000.css").status_code == 404
    assert anyone.get("/static/LICENSE-govuk-frontend.txt").status_code == 404
    assert anyone.get("/static/..%2Fpyproject.toml").status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", ""])
def test_a_host_that_is_not_ours_is_turned_away(anyone: Browser, host: str) -> None:
    assert anyone.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_this_machine_is_answered_under_its_names(anyone: Browser, host: str) -> None:
    assert anyone.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
    ],
)
def test_a_form_from_another_site_is_turned_away(anyone: Browser, headers: dict[str, str]) -> None:
    fields = {**anyone.hidden("/sign-in"), "username": "fire", "password": "correct horse"}
    answer = anyone.post("/sign-in", data=fields, headers=headers)
    assert answer.status_code == 403
    assert "session" not in anyone.cookies


def test_a_form_of_ours_passes_as_browsers_send_it(anyone: Browser) -> None:
    fields = {**anyone.hidden("/sign-in"), "username": "fire", "password": "correct horse"}
    headers = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
    assert anyone.post("/sign-in", data=fields, headers=headers).status_code == 303


def test_a_body_that_is_too_large_is_refused_with_a_page(anyone: Browser) -> None:
    fields = {**anyone.hidden("/sign-in"), "username": "x" * MOST_BODY}
    answer = anyone.post("/sign-in", data=fields)
    assert answer.status_code == 413
    assert "<h1>内容过大</h1>" in answer.text


def test_a_body_without_a_length_is_counted(anyone: Browser) -> None:
    def endless():
        for _ in range(20):
            yield b"a" * 100_000

    answer = anyone.post(
        "/sign-in",
        content=endless(),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 413


def test_too_many_fields_are_no_form(anyone: Browser) -> None:
    fields = {f"f{number}": "1" for number in range(1000)}
    assert anyone.post("/sign-in", data=fields).status_code == 400


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_no_template_needs_inline_style_or_script_or_trusts_html(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"\|\s*safe\b", text)
    assert "autoescape" not in text


def test_style_sheets_fetch_nothing() -> None:
    for file in shipped("static").rglob("*.css"):
        text = file.read_text(encoding="utf-8")
        assert all(target.startswith("data:") for target in re.findall(r'url\("?([^")]*)', text))
        assert "@font-face" not in text
        assert "@import" not in text
