"""Every table made from the log is compared with it: whatever cell is changed is found, and
everything can be made anew."""

import shutil
import threading
import time
import uuid
from collections.abc import Iterator
from datetime import date
from itertools import zip_longest

import pytest
from msgspec.structs import replace
from sqlalchemy import delete, insert, select, text, update

from permits.analytics.choosing import Chosen
from permits.analytics.metrics import overview
from permits.services import rebuild as rebuilding
from permits.services.demonstration import telling
from permits.services.rebuild import Difference, Unfit, check, rebuild
from permits.services.sessions import Client
from permits.services.shelf import Shelf
from permits.store import published_tables, tables
from permits.store.event_log import BrokenChain
from permits.store.published import Altered
from permits.store.total_keys import group_of, group_row, id_of, row_of
from permits.store.total_tables import figure_group, figure_total
from tests.conftest import KINDS, administered, copied, named
from tests.definitions.shipped import resolved
from tests.services.conftest import GAS, PASSWORD, Bureau, at_once, opened
from tests.services.lived import LivedIn, living
from tests.store.test_totals import GRANTED

COLUMNS = [
    [column for column in those if column is not None]
    for those in zip_longest(*(table.columns for table in tables.DERIVED))
]
"""The first column of every derived table, the second of every one, and so on."""


@pytest.fixture(scope="module")
def lived_on_sqlite(settled_on_sqlite, tmp_path_factory) -> LivedIn:
    folder = tmp_path_factory.mktemp("lived")
    shutil.copy(settled_on_sqlite, folder / "permits.db")
    return living(folder / "data", f"sqlite:///{folder / 'permits.db'}")


@pytest.fixture(scope="module")
def lived_on_postgresql(settled_on_postgresql, postgresql_server, tmp_path_factory) -> LivedIn:
    with administered(postgresql_server) as connection:
        name = f"lived_{uuid.uuid4().hex[:12]}"
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {settled_on_postgresql}")
    return living(tmp_path_factory.mktemp("lived") / "data", named(postgresql_server, name))


@pytest.fixture(params=KINDS)
def lived_in(request, tmp_path) -> Iterator[Bureau]:
    """A copy of an office with something in every derived table, on each kind of database."""
    lived = request.getfixturevalue(f"lived_on_{request.param}")
    shutil.copytree(lived.data, tmp_path / "data")
    if request.param == "sqlite":
        path = tmp_path / "permits.db"
        shutil.copy(lived.file, path)
        with opened(tmp_path / "data", f"sqlite:///{path}", lived.now) as bureau:
            yield bureau
        return
    server = request.getfixturevalue("postgresql_server")
    with (
        copied(server, lived.name) as address,
        opened(tmp_path / "data", address, lived.now) as bureau,
    ):
        yield bureau


def another(column, value):
    """A value of the column's kind that is not the one that stands there."""
    kind = column.type.python_type
    if kind is bool:
        return not value
    if kind is int:
        return (value or 0) + 1000
    if kind is bytes:
        return bytes(value) + b" "
    return f"{value}x"


def alter(database, column):
    """Put something else into one cell of a column; the statement that puts it back."""
    table = column.table
    with database.read() as connection:
        row = connection.execute(select(table).limit(1)).one()
    was = getattr(row, column.name)
    wrong = another(column, was)
    here = [c == getattr(row, c.name) for c in table.primary_key]
    now = [c == (wrong if c is column else getattr(row, c.name)) for c in table.primary_key]
    with database.write() as connection:
        connection.execute(update(table).where(*here).values({column.name: wrong}))
    return update(table).where(*now).values({column.name: was})


def test_an_untouched_office_bears_its_log_out(lived_in):
    assert check(lived_in.office.database) == ()
    assert {t.name for t in tables.DERIVED if not lived_in.rows(t)} == set()


def test_each_derived_column_is_compared(lived_in):
    """Corrupt one cell of each table, column by column; each is found by table, column and row."""
    database = lived_in.office.database
    for columns in COLUMNS:
        altered = [alter(database, column) for column in columns]
        found = check(database)
        for column in columns:
            table = column.table
            here = [d for d in found if d.table == table.name]
            assert here, str(column)
            if not column.primary_key:
                assert [d.column for d in here] == [column.name]
                assert column.name in str(here[0])
        assert {d.table for d in found} == {column.table.name for column in columns}
        with database.write() as connection:
            for back in altered:
                connection.execute(back)
    assert check(database) == ()


def test_a_missing_row_is_found(lived_in):
    """Of each table in turn every row is taken away, found to be missing, and put back."""
    database = lived_in.office.database
    for table in tables.DERIVED:
        with database.write() as connection:
            rows = [dict(row._mapping) for row in connection.execute(select(table))]
            connection.execute(delete(table))
        found = check(database)
        assert len(found) == len(rows) > 0, table.name
        assert all(d.table == table.name and "missing" in str(d) for d in found), table.name
        with database.write() as connection:
            connection.execute(insert(table), rows)
    assert check(database) == ()


def test_a_row_too_many_is_found(lived_in):
    row = {"case_id": "case/ghost", "kind": "clock", "name": "x", "due_on": "2022-06-09"}
    with lived_in.office.database.write() as connection:
        connection.execute(insert(tables.due_row), [row])
    (found,) = check(lived_in.office.database)
    assert found == Difference("due_row", ("case/ghost", "clock", "x"), "", row, None)
    assert "no such row" in str(found)


def test_everything_is_made_anew_from_the_log(lived_in):
    before = {t.name: sorted(map(str, lived_in.rows(t))) for t in tables.DERIVED}
    with lived_in.office.database.write() as connection:
        for table in tables.DERIVED:
            connection.execute(delete(table))
    rebuild(lived_in.office.database)
    assert {t.name: sorted(map(str, lived_in.rows(t))) for t in tables.DERIVED} == before
    assert check(lived_in.office.database) == ()


def test_a_group_whose_parts_come_to_nothing_is_no_difference(lived_in):
    """Two who wrote at once left a case in one part of a total and took it out in another."""
    database = lived_in.office.database
    group = group_of(replace(GRANTED, permit="left"), "")
    total = ("days", "2022-06", id_of(group), "granted", 0, 0, 2, 30)
    with database.write() as connection:
        connection.execute(insert(figure_group), [group_row(group)])
        rows = [row_of(total, times, part) for part, times in enumerate((1, -1))]
        connection.execute(insert(figure_total), rows)
    assert check(database) == ()
    with database.write() as connection:
        connection.execute(delete(figure_total).where(figure_total.c.times == -1))
    assert {found.table for found in check(database)} == {"figure_group", "figure_total"}


@pytest.fixture
def slow_folding(monkeypatch):
    """Folding the log takes a while, and says when it has read it."""
    has_read = threading.Event()
    at_once_ = rebuilding.gather

    def gather(connection, log, made):
        yield from at_once_(connection, log, made)
        has_read.set()
        time.sleep(0.3)

    monkeypatch.setattr(rebuilding, "gather", gather)
    return has_read


@pytest.mark.parametrize("what", [check, rebuild])
def test_a_case_filed_meanwhile_is_neither_missed_nor_removed(lived_in, slow_folding, what):
    """The comparison looks at one moment; while tables are made anew nobody else writes."""
    told = []

    def file():
        slow_folding.wait()
        told.append(lived_in.people.file(GAS, "commitment"))

    database = lived_in.office.database
    found = []
    assert at_once(lambda: found.append(what(database)), file) == []
    assert found[0] in (None, ())
    assert told[0] in {row["case_id"] for row in lived_in.rows(tables.case_row)}
    assert told[0] in {row["case_id"] for row in lived_in.rows(tables.due_row)}
    assert check(database) == ()


def test_tables_are_made_anew_among_people_who_work(lived_in):
    """Whoever waits for whom, nobody waits for ever and nothing is lost."""
    office = lived_in.office

    def file():
        for _ in range(4):
            lived_in.people.file(GAS, "commitment")

    def sign_in():
        for _ in range(8):
            office.entry.sign_in("window", PASSWORD, Client("10.0.0.1"))

    def make_anew():
        for _ in range(4):
            rebuild(office.database)

    assert at_once(make_anew, file, sign_in) == []
    assert len(lived_in.rows(tables.case_row)) == 12
    assert check(office.database) == ()


def unguarded(database, table):
    """What somebody with the rights of the database's owner could do first."""
    guards = (
        [f"DROP TRIGGER {table}_no_{act}" for act in ("update", "delete")]
        if database.is_sqlite
        else [f"ALTER TABLE {table} DISABLE TRIGGER USER"]
    )
    with database.write() as connection:
        for guard in guards:
            connection.execute(text(guard))


def test_nothing_is_made_from_a_log_that_was_changed(lived_in):
    database = lived_in.office.database
    unguarded(database, "event")
    with database.write() as connection:
        connection.execute(update(tables.event).where(tables.event.c.seq == 2).values(hash=b"x"))
    rows = lived_in.rows(tables.case_row)
    for what in (check, rebuild):
        with pytest.raises(BrokenChain):
            what(database)
    assert lived_in.rows(tables.case_row) == rows


PLAN_EXEMPT = published_tables.definition.c.digest == resolved().digest


@pytest.mark.parametrize(
    "change",
    [
        lambda: delete(published_tables.definition),
        lambda: update(published_tables.definition).values(content=b"{}"),
        lambda: update(published_tables.definition).where(PLAN_EXEMPT).values(digest="0" * 64),
    ],
    ids=["gone", "content", "digest"],
)
def test_nothing_is_made_by_a_definition_that_was_changed(lived_in, change):
    """A looser list or another limit in the published definition would rewrite every figure."""
    database = lived_in.office.database
    unguarded(database, "definition")
    with database.write() as connection:
        connection.execute(change())
    rows = lived_in.rows(tables.case_facts)
    for what in (check, rebuild):
        with pytest.raises(Altered):
            what(database)
    assert lived_in.rows(tables.case_facts) == rows


def test_cases_are_not_decided_by_a_definition_that_was_changed(lived_in):
    database = lived_in.office.database
    unguarded(database, "definition")
    with database.write() as connection:
        content = lived_in.rows(published_tables.definition)[0]["content"]
        looser = bytes(content).replace(b"length_m < 200", b"length_m < 900")
        assert looser != bytes(content)
        connection.execute(update(published_tables.definition).values(content=looser))
    with pytest.raises(Altered):
        Shelf(database, lived_in.hands)


VALUES = tables.sealed_value.c
NAME = VALUES.field == "contact_name"


@pytest.mark.parametrize(
    "changed",
    [
        {"value": "another"},
        {"salt": b"another"},
        {"seal": "0" * 64},
        {"stream": "case/another"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_value_that_is_not_what_was_sealed_is_told_and_not_repeated(lived_in, changed):
    database = lived_in.office.database
    one = next(r for r in lived_in.rows(tables.sealed_value) if r["field"] == "contact_name")
    with database.write() as connection:
        here = update(tables.sealed_value).where(VALUES.seal == one["seal"])
        connection.execute(here.values(changed))
    now = {**one, **changed}
    assert check(database) == (Unfit(now["seal"], now["stream"], "contact_name"),)
    assert "another" not in str(Unfit(one["seal"], one["stream"], "contact_name"))
    rebuild(database)
    assert len(check(database)) == 1, "a value cannot be made anew"


def test_a_value_that_was_erased_is_no_difference(lived_in):
    with lived_in.office.database.write() as connection:
        connection.execute(delete(tables.sealed_value).where(NAME))
    assert check(lived_in.office.database) == ()


def test_the_demonstration_bears_its_log_out(database_url, tmp_path, monkeypatch):
    """Two real works and a dozen of every story, told up to a fixed day on each database."""
    from permits.definitions import loader
    from permits.services.demonstration.clock import Hands
    from permits.services.office import Office
    from permits.settings import Settings
    from tests.kit import beijing, years
    from tests.services.conftest import real_time
    from tests.workflows.kinds import FOLDER

    monkeypatch.setattr(telling, "MANY", 40)
    hands = Hands(real_time)
    hands.set(beijing("2022-06-01"))
    office = Office(Settings(data=tmp_path / "data", database=database_url), hands)
    office.shelf.load_years(years(), actor="setup", now=hands())
    for file in FOLDER.glob("*.yaml"):
        office.shelf.publish(loader.load(file), actor="setup", now=hands())
    telling.tell(office, hands, date(2026, 11, 24))
    assert check(office.database) == ()
    with office.database.read() as connection:
        kept, counted = (overview(connection, Chosen(), kept=kept) for kept in (True, False))
        assert kept == counted
        assert kept.whole.cases > 10
        query = select(tables.case_facts).where(tables.case_facts.c.decided_on < "2022-12-31")
        real = connection.execute(query).all()
    assert {(row.saved_materials, row.saved_wd) for row in real} == {(5, 2)}
    assert len(real) == 2
    office.close()
