"""What is kept only for a while is forgotten, and nothing else is."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from permits.casework.refusals import Reason
from permits.outside.store_folder import COMING
from permits.services.post import deliver
from permits.services.records import new_id
from permits.services.sessions import Client
from permits.services.tidying import Tidied, tidy
from permits.services.writer import Done
from permits.store import keys, outbox, people_tables, tables
from permits.worker import Worker
from tests.services.conftest import GAS, PASSWORD
from tests.services.test_post import Pigeonholes


@pytest.fixture
def entry(bureau):
    return bureau.office.entry


def later(bureau, **time):
    bureau.hands.set(bureau.hands() + timedelta(**time))


def test_keys_are_known_for_thirty_days_and_then_forgotten(bureau, monkeypatch):
    monkeypatch.setattr(keys, "MOST_AT_ONCE", 2)
    case, key = bureau.people.file(GAS, "commitment"), new_id()
    done = bureau.act("window", case, "accept", key=key)
    for _ in range(3):
        bureau.people.file(GAS, "commitment")
    later(bureau, days=30)
    assert tidy(bureau.office).keys == 0
    assert bureau.act("window", case, "accept", key=key) == done
    later(bureau, seconds=1)
    assert tidy(bureau.office).keys == 5
    assert bureau.rows(tables.idempotency) == []
    assert bureau.act("window", case, "accept", key=key).reason is Reason.NOT_NOW
    assert isinstance(done, Done)


def test_sessions_that_ran_out_and_old_failures_are_forgotten(bureau, entry):
    entry.sign_in("window", "wrong", Client("10.0.0.1"))
    entry.sign_in("window", PASSWORD, Client("10.0.0.1"))
    later(bureau, hours=12)
    assert tidy(bureau.office) == Tidied()
    later(bureau, days=1, minutes=1)
    entry.sign_in("leader", "wrong", Client("10.0.0.2"))
    entry.sign_in("leader", PASSWORD, Client("10.0.0.2"))
    assert tidy(bureau.office) == Tidied(sessions=1, failures=1)
    assert len(bureau.rows(people_tables.session)) == 1
    (left,) = bureau.rows(people_tables.attempt)
    assert (left["subject"], left["count"]) == ("address:10.0.0.2", 1)


def test_files_that_never_arrived_are_swept_up(bureau):
    coming = bureau.office.files.folder / f"{COMING}half"
    coming.write_bytes(b"%PDF-1.4 hal")
    at = bureau.hands().timestamp()
    os.utime(coming, (at, at))
    later(bureau, days=1)
    assert tidy(bureau.office).files == 0
    later(bureau, seconds=1)
    assert tidy(bureau.office).files == 1
    assert not coming.exists()


def test_what_was_done_outside_is_known_for_ninety_days_and_what_was_not_for_ever(
    bureau, monkeypatch
):
    monkeypatch.setattr(outbox, "MOST_AT_ONCE", 2)
    for _ in range(3):
        bureau.people.file(GAS, "commitment")
    deliver(bureau.office, Pigeonholes())
    bureau.office.documents.draw()
    sent = len(bureau.rows(tables.outbox))
    assert sent >= 3
    bureau.people.file(GAS, "commitment")
    with bureau.office.database.write() as connection:
        never_sent = tables.outbox.c.done_at.is_(None)
        given_up = update(tables.outbox).where(never_sent).values(attempts=outbox.MOST_ATTEMPTS)
        connection.execute(given_up)
    bureau.people.file(GAS, "commitment")
    undone = [row["id"] for row in bureau.rows(tables.outbox) if row["done_at"] is None]
    assert len(undone) >= 2
    later(bureau, days=90)
    assert tidy(bureau.office).tasks == 0
    later(bureau, seconds=1)
    assert tidy(bureau.office).tasks == sent
    later(bureau, days=3_650)
    assert tidy(bureau.office).tasks == 0
    assert [row["id"] for row in bureau.rows(tables.outbox)] == undone


def test_for_how_long_it_is_known_is_a_setting(bureau):
    bureau.people.file(GAS, "commitment")
    deliver(bureau.office, Pigeonholes())
    bureau.office.documents.draw()
    bureau.office.settings = replace(bureau.office.settings, keep_done_days=7)
    later(bureau, days=7)
    assert tidy(bureau.office).tasks == 0
    later(bureau, seconds=1)
    assert tidy(bureau.office).tasks > 0
    assert bureau.rows(tables.outbox) == []


def test_the_worker_tidies_up_once_an_hour(bureau, entry, monkeypatch):
    import threading

    from permits import worker as module

    tidied = threading.Semaphore(0)
    monkeypatch.setattr(module, "tidy", lambda _office: tidied.release())
    worker = Worker(bureau.office, every=0.01)
    assert tidied.acquire(timeout=20)
    assert not tidied.acquire(timeout=0.2)
    later(bureau, hours=1)
    assert tidied.acquire(timeout=20)
    worker.close()


def test_what_was_asked_cannot_be_found_by_trying(bureau):
    """The digest of a request is none that anybody without the secret could make."""
    import hashlib

    from permits.services.once import digest_source

    case = bureau.people.file(GAS, "commitment")
    (row,) = bureau.rows(tables.idempotency)
    asked = digest_source("file", case)
    assert bytes(row["request"]) != hashlib.sha256(asked).digest()
    database = bureau.office.database
    with database.read() as connection:
        assert keys.Keys(database.dialect).digest(connection, asked) == bytes(row["request"])
        secret = connection.execute(select(tables.note.c.value)).scalar_one()
    assert len(bytes.fromhex(secret)) == 32


def test_without_the_secret_nothing_is_written_under_a_weaker_one(bureau):
    with bureau.office.database.write() as connection:
        connection.execute(tables.note.delete())
    before = bureau.events()
    with pytest.raises(LookupError, match="secret"):
        bureau.people.file(GAS, "commitment")
    assert bureau.events() == before
