"""One office is founded for all tests of pages; each test has a copy."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.web.audit import Audited, busy
from tests.web.housing import Browser, Housing, found_office


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founded")
    found_office(folder)
    return folder


@pytest.fixture
def make_housing(founded: Path, tmp_path: Path) -> Iterator[Callable[..., Housing]]:
    made: list[Housing] = []

    def make(**how: object) -> Housing:
        housing = Housing(founded, tmp_path / f"office{len(made)}", **how)
        made.append(housing)
        return housing

    yield make
    for housing in made:
        housing.close()


@pytest.fixture
def housing(make_housing: Callable[..., Housing]) -> Housing:
    return make_housing()


@pytest.fixture
def anyone(housing: Housing) -> Browser:
    return housing.browser()


@pytest.fixture
def applicant(housing: Housing) -> Browser:
    return housing.browser("fire")


@pytest.fixture(scope="session")
def audited(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Audited]:
    """An office with cases of every kind, for tests that only look at it."""
    housing = Housing(founded, tmp_path_factory.mktemp("audited"))
    yield Audited(housing, busy(housing))
    housing.close()
