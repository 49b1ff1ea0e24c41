"""Browsers for the journeys. Without one they fail: what nobody walked, nobody has seen."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright
from tools.browser import NAMES

from permits.text.words import Language
from tests.journeys.serving import served
from tests.journeys.town import House, People, Town
from tests.journeys.walking import Walk
from tests.papers import PDF
from tests.web.conftest import founded, make_housing
from tests.web.housing import Housing

__all__ = ["founded", "make_housing"]

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

MISSING = (
    "No Chromium for the browser journeys. `make install-dev` installs one where it can; else"
    " install the package 'chromium', or name a browser with PERMITS_TEST_BROWSER."
)


def executable() -> str | None:
    """The browser that is named or installed; None for the one Playwright keeps itself."""
    named = os.environ.get("PERMITS_TEST_BROWSER")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=executable(), args=list(ARGUMENTS)
            )
        except Error as error:
            pytest.fail(f"{MISSING}\n\n{error}")
        yield browser
        browser.close()


@pytest.fixture
def housing(make_housing: Callable[..., Housing]) -> Housing:
    return make_housing()


@pytest.fixture
def walks(housing: Housing, chromium: Browser) -> Iterator[Callable[..., Walk]]:
    """Begins walks through the pages of the office."""
    begun: list[Walk] = []
    with served(housing.app) as address:

        def begin(language: Language, *, scripts: bool = True) -> Walk:
            walk = Walk(chromium, address, language, scripts=scripts)
            begun.append(walk)
            walk.begin()
            return walk

        yield begin
        for walk in begun:
            walk.close()


@pytest.fixture(scope="module")
def people(chromium: Browser) -> Iterator[People]:
    house = House()
    with served(house) as address:
        everybody = People(chromium, house, address)
        yield everybody
        everybody.leave()


@pytest.fixture
def towns(housing: Housing, people: People) -> Callable[[Language, int], Town]:
    """Founds the town of a story, whose people read one language in browsers of one width."""
    return lambda language, width: Town(housing, people, language, width)


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> Language:
    return request.param


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def walk(request: pytest.FixtureRequest, walks: Callable[..., Walk], language: Language) -> Walk:
    """A walk in each language, with and without scripts."""
    return walks(language, scripts=request.param)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A document to upload."""
    file = tmp_path / "土地权属证明.pdf"
    file.write_bytes(PDF)
    return file
