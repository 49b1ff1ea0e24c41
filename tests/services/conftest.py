"""An office that is open, on each kind of database, with a clock that the test sets."""

import shutil
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from permits.casework.access import Actor
from permits.definitions.procedure import Role
from permits.services.accounts import NewAccount
from permits.services.cases import Ticket
from permits.services.demonstration.clock import Hands
from permits.services.demonstration.desk import People, Works
from permits.services.office import Office
from permits.services.records import new_id
from permits.services.requests import Given, Nothing
from permits.settings import Settings
from permits.store import people, tables
from tests.conftest import KINDS, administered, copied, named
from tests.definitions.shipped import resolved
from tests.kit import DEPARTMENT, OFFICE, OTHER_PARTY, PARTY, PLAIN_SIGN_IN, beijing, years
from tests.services import entitled

ROLES = {
    "window": Role.WINDOW,
    "examiner": Role.EXAMINER,
    "leader": Role.LEADER,
    "inspector1": Role.INSPECTOR,
    "inspector2": Role.INSPECTOR,
    "supervisor": Role.SUPERVISOR,
}

PASSWORD = "correct horse"
BEGINS = beijing("2022-06-09")

GAS = Works(
    party="applicant",
    name="特勤大队燃气工程",
    place="特勤大队营区",
    summary="接入燃气管线",
    row="short_line",
    facts={
        "length_m": "150",
        "road_class": "branch",
        "underground": "true",
        "breaks_road": "true",
        "starts_on": "2022-06-20",
    },
)


@dataclass
class Bureau:
    """An office with its people, for tests."""

    office: Office
    hands: Hands
    actors: dict[str, Actor] = field(default_factory=dict)

    @property
    def people(self) -> People:
        return People(self.office, self.actors)

    def at(self, day: str, hour: int = 10) -> None:
        self.hands.set(beijing(day, hour))

    def events(self) -> int:
        """How many events the whole log holds."""
        with self.office.database.read() as connection:
            return connection.execute(select(func.count()).select_from(tables.event)).scalar_one()

    def rows(self, table: Any) -> list[dict[str, Any]]:
        with self.office.database.read() as connection:
            return [dict(row._mapping) for row in connection.execute(select(table))]

    def act(self, who: str, case_id: str, action: str, given: Given | None = None, **ticket: Any):
        """What comes of an action, refusals included."""
        actor = self.actors[who]
        record = self.office.cases.read(case_id, actor)
        key = ticket.pop("key", None) or new_id()
        answer = self.office.cases.act(
            record, action, given or Nothing(), actor, Ticket(key, **ticket)
        )
        return answer.result() if hasattr(answer, "result") else answer


def settled(office: Office, hands: Hands) -> Bureau:
    """The office once it has the calendar, the permit type, and an account for each role."""
    hands.set(beijing("2022-06-01", 8))
    office.shelf.load_years(years(), actor="setup", now=hands())
    office.shelf.publish(resolved(), actor="setup", now=hands())
    for party, name in ((PARTY, "示例单位"), (OTHER_PARTY, "另一单位")):
        office.accounts.register_party(party, name, actor="setup")
    for username, party in (("applicant", PARTY), ("stranger", OTHER_PARTY)):
        roles = frozenset({Role.APPLICANT})
        new = NewAccount(
            username, username, PASSWORD, roles, party=party, email=f"{username}@x.invalid"
        )
        office.accounts.open(new, actor="setup")
    for username, role in ROLES.items():
        new = NewAccount(username, username, PASSWORD, frozenset({role}), OFFICE, DEPARTMENT)
        office.accounts.open(new, actor="setup")
    roles = frozenset({Role.AUDITOR})
    office.accounts.open(NewAccount("auditor", "auditor", PASSWORD, roles), actor="setup")
    return at_work(office, hands)


def at_work(office: Office, hands: Hands) -> Bureau:
    """An office that is settled, on the day on which tests begin."""
    with office.database.read() as connection:
        actors = {one.username: one.actor for one in people.everybody(connection)}
    hands.set(BEGINS)
    return Bureau(office, hands, actors)


def at_once(*acts: Callable[[], Any]) -> list[Exception]:
    """Do several things at the same time; what each raised."""
    raised: list[Exception] = []
    ready = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        ready.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test tells it
            raised.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def real_time() -> datetime:
    raise AssertionError("a test asked for the real time")


def settle(folder: Path, database: str) -> None:
    hands = Hands(real_time)
    settings = Settings(data=folder / "data", database=database, sign_in=PLAIN_SIGN_IN)
    office = Office(settings, hands)
    settled(office, hands)
    office.close()


@pytest.fixture(scope="session")
def settled_on_sqlite(sqlite_template, tmp_path_factory) -> Path:
    """A SQLite file with the office, copied for each test."""
    folder = tmp_path_factory.mktemp("settled")
    path = folder / "permits.db"
    shutil.copy(sqlite_template, path)
    settle(folder, f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def settled_on_postgresql(
    cheap_passwords, postgresql_server, postgresql_template, tmp_path_factory
) -> str:
    """The name of a PostgreSQL database with the office, copied for each test."""
    name = f"settled_{uuid.uuid4().hex[:12]}"
    with administered(postgresql_server) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {postgresql_template}")
    settle(tmp_path_factory.mktemp("settled"), named(postgresql_server, name))
    return name


@pytest.fixture(params=KINDS)
def settled_url(request, tmp_path) -> Iterator[str]:
    """The address of a database with the office, once on each kind."""
    if request.param == "sqlite":
        path = tmp_path / "permits.db"
        shutil.copy(request.getfixturevalue("settled_on_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    template = request.getfixturevalue("settled_on_postgresql")
    with copied(request.getfixturevalue("postgresql_server"), template) as address:
        yield address


@contextmanager
def opened(data: Path, database: str, now: datetime) -> Iterator[Bureau]:
    """An office that is settled, at a moment, with its people at work."""
    hands = Hands(real_time)
    hands.set(now)
    office = Office(Settings(data=data, database=database, sign_in=PLAIN_SIGN_IN), hands)
    bureau = at_work(office, hands)
    hands.set(now)
    yield bureau
    office.close()


@pytest.fixture
def bureau(settled_url, tmp_path) -> Iterator[Bureau]:
    """An office on each kind of database."""
    with opened(tmp_path / "data", settled_url, BEGINS) as bureau:
        yield bureau


@pytest.fixture
def payer(bureau) -> entitled.Payer:
    """An office that pays entitlements, with everybody who takes part."""
    return entitled.Payer(bureau.office, entitled.settle(bureau.office), bureau.at)
