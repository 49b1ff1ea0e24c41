"""Whatever fails while a command is written: it is kept wholly or not at all, the next command is
kept, and the tables are as the log says.

For every kind of command: each thing that its transaction asks of the driver fails before it is
done or after it was, the commit among them; and each step of making what is to be written.
"""

import functools
import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import insert, select

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework import party_commands as p
from permits.casework.access import Role
from permits.casework.working_days import Notice, PublishedYear
from permits.definitions.edition import edition
from permits.definitions.procedure import Act
from permits.services import batch, derived, rebuild
from permits.services import writer as writing
from permits.services.accounts import Accounts
from permits.services.batch import Batch
from permits.services.party_orders import PartyOrder
from permits.services.sessions import Sessions
from permits.services.shelf import Shelf
from permits.services.writer import AnyOrder, Done, Order, Writer
from permits.sign_in_rules import STRICT
from permits.store import tables
from permits.store.database import Database, open_database, sqlite_library
from permits.store.drafts import Ending
from tests.casework import joint, lots
from tests.definitions.shipped import resolved as shipped_resolved
from tests.kit import OTHER_PARTY, PARTY, PEOPLE, SEAL, beijing, officer, plan_exempt, years
from tests.services import commands
from tests.services.commands import STORIES, first_of_each
from tests.services.faults import Faults, Making, Names

KINDS = first_of_each()
CASE = "case/1"
EVERYBODY = (
    PEOPLE | joint.OTHERS | {"another_inspector": officer("another_inspector", Role.INSPECTOR)}
)
EVERYTHING = {
    name: str(select(table).order_by(*table.primary_key))
    for name, table in tables.metadata.tables.items()
}
Rows = dict[str, list[tuple[Any, ...]]]
NEXT_YEAR = PublishedYear(2027, (Notice("a notice"),))


class House:
    """A database and a writer, to whose statements faults can be done."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = beijing("2022-06-01")
        self.shelf = Shelf(database, lambda: self.now)
        self.writer = Writer(database, self.shelf, lambda: self.now)
        self.faults = Faults()
        self.faults.come_to(database)
        self._orders = itertools.count(1)
        self._borne_out: list[Rows] = []

    def order(self, step: commands.Step, case_id: str = CASE) -> Order:
        """The order of a step; its text, if it has one, is kept in the vault."""
        self.now = max(self.now, beijing(step.on, 10))
        command, sealed = commands.sealed(step.command, case_id)
        key = f"key {next(self._orders)}"
        order = Order(case_id, command, EVERYBODY[step.who], key, b"", sealed)
        if isinstance(command, c.File):
            ends = (Ending(self.draft(case_id), case_id, b"{}"),)
            order = replace(order, permit=step.permit, ends=ends)
        return order

    def draft(self, case_id: str) -> str:
        """A draft with a file, out of which a case is to come."""
        name = f"draft of {case_id}"
        texts = dict.fromkeys(("account", "party", "permit", "definition", "updated_at"), "-")
        names = dict.fromkeys(("account", "material", "filename", "media_type"), "-")
        one = {"id": name, **texts, "case_id": case_id, "content": b"typed", "version": 1}
        file = {"id": name, **names, "place": name, "sha256": "-", "size": 1, "uploaded_at": "-"}
        with self.database.write() as connection:
            connection.execute(insert(tables.draft), [one])
            connection.execute(insert(tables.upload), [file])
        return name

    def another(self) -> Order:
        """An application of somebody else."""
        new = commands.file(f"{self.now:%Y-%m-%d}")
        return self.order(new, f"case/another-{next(self._orders)}")

    def comes_to(self, kind: str, case_id: str = CASE) -> Order:
        """Play the story of a kind of command up to it; the order for it."""
        story, place = KINDS[kind]
        self.now = beijing(STORIES[story][0].on, 8)
        for step in STORIES[story][:place]:
            kept(self.writer.write([self.order(step, case_id)]))
        if kind in commands.AFTER_A_NEW_YEAR:
            self.shelf.load_years((NEXT_YEAR,), actor="setup", now=self.now)
        if kind in commands.AFTER_A_MERGER:
            self.merge(OTHER_PARTY, PARTY)
        return self.order(STORIES[story][place], case_id)

    def merge(self, code: str, into: str) -> None:
        """Register two parties and merge one into the other."""
        accounts = Accounts(Sessions(self.database, STRICT, lambda: self.now))
        for one in (code, into):
            accounts.register_party(one, "示例单位", actor="setup")
        command = p.MergeParty(into, SEAL)
        kept(self.writer.write([PartyOrder(code, command, PEOPLE["supervisor"], "merge", b"")]))

    def failing(self, order: AnyOrder, *, after: bool) -> Iterator[bool]:
        """Carry out an order with a fault at one place after the other, until there is no more
        and it is kept; whether each time the fault came when all was done."""
        for place in itertools.count(1):
            self.faults.arm(place, after=after)
            (answer,) = self.writer.write([order])
            self.faults.disarm()
            if not self.faults.hit:
                kept([answer])
                return
            assert isinstance(answer, Done if self.faults.committed else Exception)
            yield self.faults.committed

    def everything(self) -> Rows:
        """Every row there is."""
        with self.database.read() as connection:
            driver: Any = connection.connection.driver_connection
            return {
                name: driver.cursor().execute(query).fetchall()
                for name, query in EVERYTHING.items()
            }

    def of_case(self) -> list[str]:
        """Every row that is about the case."""
        rows = (repr(row) for found in self.everything().values() for row in found)
        return [row for row in rows if CASE in row]

    def goes_on(self, with_order: Order) -> None:
        """The next command is kept, and the tables are as the log says."""
        kept(self.writer.write([with_order]))
        self.is_as_the_log_says()

    def is_as_the_log_says(self) -> None:
        """The tables are as the log says; what stands as it stood already was looked at then."""
        stands = self.everything()
        if stands not in self._borne_out:
            assert rebuild.check(self.database) == ()
            self._borne_out.append(stands)


def kept(answers: list[Any]) -> None:
    for answer in answers:
        assert isinstance(answer, Done), answer
        assert answer.events


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """One try, and definitions that are compiled once. Lots fall as they fell in the stories, and
    what is done twice is named alike."""
    Names(monkeypatch)
    monkeypatch.setattr(Batch, "_inspectors", lambda *_edition: lots.THREE)
    monkeypatch.setattr(batch, "secrets", SimpleNamespace(token_hex=lambda _bytes: "0"))
    monkeypatch.setattr(writing, "MOST_TRIES", 1)
    monkeypatch.setattr(writing, "PATIENCE", 0)
    monkeypatch.setattr(derived, "edition", functools.cache(edition))


@pytest.fixture(scope="module")
def furnished(sqlite_template, tmp_path_factory):
    """A database file with the calendar and the permit type, copied for each kind of command."""
    path = tmp_path_factory.mktemp("furnished") / "permits.db"
    shutil.copy(sqlite_template, path)
    furnish(f"sqlite:///{path}")
    return path


def furnish(url: str) -> None:
    database = open_database(url)
    now = beijing("2022-06-01")
    shelf = Shelf(database, lambda: now)
    of_stories = tuple(year for year in years() if year.year in (2022, 2023, 2026))
    shelf.load_years(of_stories, actor="setup", now=now)
    shelf.publish(commands.with_fee(), actor="setup", now=now)
    shelf.publish(joint.resolved(), actor="setup", now=now)
    for permit in ("staged_construction", "early_start", "infrastructure_charge"):
        shelf.publish(shipped_resolved(permit), actor="setup", now=now)
    shelf.publish(lots.resolved(), actor="setup", now=now)
    database.close()


@pytest.fixture
def house(furnished, tmp_path) -> Iterator[House]:
    path = tmp_path / "permits.db"
    shutil.copy(furnished, path)
    database = open_database(f"sqlite:///{path}")
    yield House(database)
    database.close()


@contextmanager
def snapshot(house: House) -> Iterator[Callable[[], None]]:
    """Puts a SQLite database back to how it stands now, as often as it is called."""
    library = sqlite_library()
    with (
        closing(library.connect(house.database.writing.url.database)) as file,
        closing(library.connect(":memory:")) as as_it_stands,
    ):
        file.execute("PRAGMA synchronous=off")
        file.backup(as_it_stands)
        yield lambda: as_it_stands.backup(file)


def test_every_kind_of_command_is_among_them():
    of_chart = {action.act for action in plan_exempt().definition.chart.actions.values()}
    # A permit type drafts one of two ends of a tolerant case; this one ends by no law.
    elsewhere = {Act.DEEM_WITHDRAWN, Act.VOID, Act.EXPIRE}
    assert of_chart == set(i.INPUT_OF) - elsewhere, "the permit type has an action for every act"
    beside = {kind.__name__ for kind in c.Command.__args__} - {"File", "TakeAction"}
    assert beside | set(plan_exempt().definition.chart.actions) <= KINDS.keys()
    assert {"file", "file_ordinary", "file_at_counter"} <= KINDS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_each_statement_may_fail(house, kind):
    order, another = house.comes_to(kind), house.another()
    before = house.everything()
    with snapshot(house) as put_back:
        for after in (False, True):
            places = []
            for committed in house.failing(order, after=after):
                assert (house.everything() != before) == committed
                house.goes_on(another)
                put_back()
                places.append(committed)
            house.goes_on(another)
            put_back()
            assert len(places) >= (16 if isinstance(order.command, c.File) else 11)
            assert any(places) == after


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("kind", ["file", "grant_on_the_spot"])
def test_each_statement_may_fail_on_postgresql(database_url, kind):
    furnish(database_url)
    database = open_database(database_url)
    house = House(database)
    for after in (False, True):
        order = house.comes_to(kind, f"case/{after}")
        before = house.everything()
        for committed in house.failing(order, after=after):
            assert (house.everything() != before) == committed
            house.goes_on(house.another())
            before = house.everything()
        house.goes_on(house.another())
    database.close()


@pytest.mark.parametrize("kind", KINDS)
def test_each_step_of_making_what_is_written_may_fail(house, kind, monkeypatch):
    """The orders before it and behind it in the same batch are kept, and nothing of it."""
    order = house.comes_to(kind)
    one, other = house.another(), house.another()
    making = Making(order, monkeypatch)
    before = house.of_case()
    with snapshot(house) as put_back:
        for _ in making.places():
            first, answer, last = house.writer.write([one, order, other])
            making.place = 0
            kept([first, last])
            if making.hit:
                assert answer is making.error
                assert house.of_case() == before
            kept(house.writer.write([order]))
            house.is_as_the_log_says()
            put_back()
    assert making.steps >= len(making.STEPS)


@pytest.mark.parametrize("after", [False, True])
def test_each_statement_about_a_party_may_fail(house, after):
    """A breach was drafted by a refusal; the notice of the entry is kept wholly or not at all."""
    kept(house.writer.write([house.comes_to("refuse_unsupplied")]))
    supervisor = PEOPLE["supervisor"]
    notice = p.NoticeEntry("entry_1", "breach", SEAL)
    order = PartyOrder(PARTY, notice, supervisor, "a key of its own", b"")
    another = house.another()
    before = house.everything()
    with snapshot(house) as put_back:
        places = []
        for committed in house.failing(order, after=after):
            assert (house.everything() != before) == committed
            house.goes_on(another)
            put_back()
            places.append(committed)
        house.goes_on(another)
        assert len(places) >= 8
        assert any(places) == after
