"""A role with the rights that are printed can serve an office, and do nothing to its log."""

import uuid
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import inspect, make_url, select, text
from sqlalchemy.exc import ProgrammingError

from permits.services.office import Office
from permits.settings import Settings
from permits.store import tables
from permits.store.access_log import Wanted
from permits.store.database import open_database
from permits.store.rights import CLOSED, statements
from permits.store.shape import metadata
from tests.conftest import administered, copied
from tests.kit import beijing

ROLE = f"serving_{uuid.uuid4().hex[:8]}"


@pytest.fixture
def address(postgresql_server: str, postgresql_template: str) -> Iterator[str]:
    """A database of which another role than its owner has the rights that are printed."""
    with copied(postgresql_server, postgresql_template) as owned:
        with administered(owned) as connection:
            connection.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD 'of the test'")
            for statement in statements(ROLE):
                connection.execute(statement)
        yield (
            make_url(owned)
            .set(username=ROLE, password="of the test")
            .render_as_string(hide_password=False)
        )
        with administered(owned) as connection:
            connection.execute(f"DROP OWNED BY {ROLE}")
            connection.execute(f"DROP ROLE {ROLE}")


@pytest.fixture
def office(address: str, tmp_path: Path) -> Iterator[Office]:
    opened = Office(Settings(data=tmp_path, database=address), lambda: beijing("2022-06-09"))
    yield opened
    opened.close()


def test_an_office_is_opened_and_written_to(office: Office) -> None:
    office.watching.command("rights", ROLE, "somebody", actor="setup")
    with office.database.read() as connection:
        assert connection.execute(select(tables.event.c.seq)).scalars().all() == [1]
    assert [one.kind for one in office.watching.noted(Wanted())] == ["CommandRun"]


@pytest.mark.parametrize("table", sorted(CLOSED))
@pytest.mark.parametrize("change", ["DELETE FROM {}", "TRUNCATE {}", "DROP TABLE {}"])
def test_nothing_is_taken_from_the_record(office: Office, table: str, change: str) -> None:
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with refused, office.database.write() as connection:
        connection.execute(text(change.format(table)))


def test_the_triggers_that_keep_the_log_cannot_be_put_out(office: Office) -> None:
    refused = pytest.raises(ProgrammingError, match="must be owner")
    with refused, office.database.write() as connection:
        connection.execute(text("ALTER TABLE event DISABLE TRIGGER ALL"))


def test_every_table_of_the_database_is_among_them(address: str) -> None:
    opened = open_database(address)
    with opened.read() as connection:
        known = set(inspect(connection).get_table_names())
    opened.close()
    assert known == {*metadata.tables, "alembic_version"}
    assert set(metadata.tables) >= CLOSED


def test_no_name_of_a_role_is_a_statement() -> None:
    assert next(iter(statements('a"; DROP'))) == 'GRANT USAGE ON SCHEMA public TO "a""; DROP";'


def test_the_closed_tables_are_those_of_the_migrations() -> None:
    versions = "permits.store.migrations.versions"
    first = import_module(f"{versions}.0001_first").CLOSED
    assert {*first, import_module(f"{versions}.0004_signed_texts").TABLE} == CLOSED
