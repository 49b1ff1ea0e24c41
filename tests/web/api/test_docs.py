"""The page of the document: a list without scripts, drawn by Swagger UI with them, and nobody else
is asked for anything."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from tools.browser import NAMES

from tests.web.api.program import V1, Contract
from tests.web.housing import Housing


def test_without_scripts_every_operation_is_listed(housing: Housing, contract: Contract) -> None:
    page = housing.browser().get("/api/docs")
    assert page.status_code == 200
    for method, path in contract.operations:
        assert f'<code class="mono">{method} {path}</code>' in page.text
    assert f'href="{V1}/openapi.json"' in page.text


def test_the_page_is_linked_from_every_page(housing: Housing) -> None:
    assert 'href="/api/docs"' in housing.browser().get("/").text


@pytest.fixture
def address(housing: Housing) -> Iterator[str]:
    """The office on a port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = uvicorn.Config(housing.app, host="127.0.0.1", port=port, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def chromium() -> Iterator[Browser]:
    """A Chromium: the one PERMITS_TEST_BROWSER names, the system's, or Playwright's own."""
    found = (shutil.which(name) for name in NAMES)
    path = os.environ.get("PERMITS_TEST_BROWSER") or next((one for one in found if one), None)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Page:
    opened = chromium.new_page()
    opened.set_default_timeout(60_000)
    return opened


def seen(page: Page, one: Locator) -> Locator:
    """Something on the page, which draws no more than what is in view."""
    page.wait_for_selector(".opblock")
    for _ in range(60):
        if one.count():
            return one
        page.mouse.move(400, 400)
        page.mouse.wheel(0, 150)
        page.wait_for_timeout(100)
    raise AssertionError("it never came into view")


def test_swagger_ui_shows_operations_and_asks_nobody_else(page: Page, address: str) -> None:
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/api/docs")
    page.wait_for_selector(".opblock")
    seen(page, page.locator("#operations-permit_types-list_permits"))
    page.evaluate("window.scrollTo(0, 0)")
    page.get_by_role("button", name="Authorize").first.click()
    page.get_by_text("Cookies are not looked at").first.wait_for()
    assert page.locator(".errors-wrapper").count() == 0
    assert complaints == []
    elsewhere = [url for url in asked if not url.startswith((f"{address}/", "data:"))]
    assert elsewhere == []


def test_a_program_can_be_tried_out_on_the_page(page: Page, address: str) -> None:
    page.goto(f"{address}/api/docs")
    operation = seen(page, page.locator("#operations-permit_types-list_permits"))
    operation.locator(".opblock-control-arrow").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table tbody .response-col_status").first
    answer.wait_for()
    assert "200" in answer.inner_text()
