"""One office is founded for all tests of pages; each test has a copy."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import KINDS, administered, copied, named
from tests.services.entitled import Payer, settle
from tests.web.audit import Audited, busy
from tests.web.housing import Browser, Housing, at, found_office
from tests.web.standings import look


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founded")
    found_office(folder)
    return folder


@pytest.fixture(scope="session")
def founded_on_postgresql(
    founded: Path, postgresql_server: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The name of a PostgreSQL database that holds the same office, copied for each test."""
    name = f"founded_{uuid.uuid4().hex[:12]}"
    with administered(postgresql_server) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    found_office(tmp_path_factory.mktemp("founded"), named(postgresql_server, name))
    return name


@pytest.fixture(params=KINDS)
def anywhere(
    request: pytest.FixtureRequest, make_housing: Callable[..., Housing]
) -> Iterator[Housing]:
    """An office once on each kind of database."""
    if request.param == "sqlite":
        yield make_housing()
        return
    server = request.getfixturevalue("postgresql_server")
    with copied(server, request.getfixturevalue("founded_on_postgresql")) as address:
        housing = make_housing(database=address)
        yield housing
        housing.close()


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


@pytest.fixture(scope="session")
def paying(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that pays entitlements, to be copied for each test."""
    folder = tmp_path_factory.mktemp("paying")
    housing = Housing(founded, folder)
    settle(housing.office)
    housing.close()
    return folder


@pytest.fixture
def house(paying: Path, tmp_path: Path) -> Iterator[Housing]:
    made = Housing(paying, tmp_path / "house")
    yield made
    made.close()


@pytest.fixture
def payer(house: Housing) -> Payer:
    def on(day: str) -> None:
        year, month, date = map(int, day.split("-"))
        house.clock.now = at(year, month, date)

    return Payer(house.office, dict(house.people.actors), on)


@pytest.fixture
def breached(housing: Housing) -> str:
    """A breach was ordered on 23 June 2022 to be put right by 7 July, and was not."""
    case = housing.found_breached()
    housing.clock.now = at(2022, 7, 8)
    look(housing)
    return case
