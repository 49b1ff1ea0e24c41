"""A statement is compiled once for a kind of database, and never used for another kind."""

from contextlib import closing

import pytest
from sqlalchemy import bindparam, event, select
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import CacheStats

from permits.store import tables
from permits.store.compiled import kind, of_kind
from permits.store.database import Database, open_database


def asked(database: Database, statement, **values) -> list[CacheStats]:
    """Whether a statement was compiled already when it was sent over each pool."""
    told = []

    def sent(_connection, _cursor, _sql, _values, context, _many):
        told.append(context.cache_hit)

    for pool in (database.reading, database.writing):
        event.listen(pool, "before_cursor_execute", sent)
        with pool.begin() as connection:
            connection.execute(statement, values)
        event.remove(pool, "before_cursor_execute", sent)
    return told


def test_a_statement_is_compiled_for_one_pool_of_all(database, database_url):
    row = tables.case_row.c
    statement = select(row.case_id).where(row.case_id == bindparam("never asked elsewhere"))
    values = {"never asked elsewhere": "case/1"}
    assert asked(database, statement, **values) == [CacheStats.CACHE_MISS, CacheStats.CACHE_HIT]
    with closing(open_database(database_url)) as another:
        assert asked(another, statement, **values) == [CacheStats.CACHE_HIT] * 2


@pytest.mark.parametrize("one", [SQLiteDialect_pysqlite, PGDialect_psycopg])
def test_what_another_version_or_another_database_is_told_is_compiled_for_it(one):
    old, new = one(), one()
    assert kind(old) == kind(new)
    old.server_version_info, new.server_version_info = (3, 20), (3, 51)
    assert kind(old) != kind(new)
    other = {SQLiteDialect_pysqlite: PGDialect_psycopg, PGDialect_psycopg: SQLiteDialect_pysqlite}
    assert kind(one()) != kind(other[one]())


def test_another_library_for_the_same_database_is_told_what_is_compiled_for_it():
    import sqlite3

    one, other = SQLiteDialect_pysqlite(dbapi=sqlite3), SQLiteDialect_pysqlite()
    assert kind(one) != kind(other)


def test_what_is_made_of_statements_is_made_once_for_a_kind():
    made = []

    def make(dialect):
        made.append(dialect)
        return object()

    one, alike, other = SQLiteDialect_pysqlite(), SQLiteDialect_pysqlite(), PGDialect_psycopg()
    assert of_kind(make, one) is of_kind(make, alike)
    assert of_kind(make, other) is not of_kind(make, one)
    assert made == [one, other]
