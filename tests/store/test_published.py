"""Published definitions stay what they were, and are never read as anything else."""

import hashlib

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from permits.store.published import Altered, content, keep
from permits.store.published_tables import definition

CONTENT = b'{"a":1}'
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def kept(database):
    with database.write() as connection:
        keep(connection, DIGEST, CONTENT)
    return database


def test_what_was_published_is_read_back_as_it_was(kept):
    with kept.write() as connection:
        keep(connection, DIGEST, CONTENT)
    with kept.read() as connection:
        assert content(connection, DIGEST) == CONTENT
        assert content(connection, "0" * 64) is None


@pytest.mark.parametrize(
    "statement",
    [
        update(definition).values(content=b"{}"),
        update(definition).values(digest="0" * 64),
        delete(definition),
    ],
    ids=["content", "digest", "delete"],
)
def test_nothing_published_is_changed_or_removed(kept, statement):
    with pytest.raises(DBAPIError, match="only inserts"), kept.write() as connection:
        connection.execute(statement)
    with kept.read() as connection:
        assert connection.execute(select(definition)).all() == [(DIGEST, CONTENT)]


def test_nothing_is_put_in_the_place_of_what_was_published(kept):
    ways = {
        "sqlite": "INSERT OR REPLACE INTO definition VALUES (:digest, '{}')",
        "postgresql": "TRUNCATE definition",
    }
    way = ways[kept.dialect.name]
    values = {"digest": DIGEST} if ":digest" in way else {}
    with pytest.raises(DBAPIError, match="only inserts"), kept.write() as connection:
        connection.execute(text(way), values)


def test_a_definition_that_does_not_fit_its_digest_is_not_read(database):
    with database.write() as connection:
        connection.execute(insert(definition), [{"digest": DIGEST, "content": b'{"a":2}'}])
    with database.read() as connection, pytest.raises(Altered, match=DIGEST):
        content(connection, DIGEST)
    with database.write() as connection, pytest.raises(Altered):
        keep(connection, DIGEST, CONTENT)
