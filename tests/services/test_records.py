"""Streams beside the cases: whoever appends at the same time waits, and nothing is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor

from permits.casework.families.access import stream_of
from permits.casework.families.parties import PartyRegistered
from permits.casework.families.parties import stream_of as party_stream
from permits.services.records import By, Records
from permits.services.sessions import Client
from permits.store.event_log import EventLog

THREADS = 4


def at_once(work, times=10):
    """Do something in several threads at once; what goes wrong in one of them is raised."""
    start = threading.Barrier(THREADS)

    def run():
        start.wait(20)
        for _ in range(times):
            work()

    with ThreadPoolExecutor(THREADS) as pool:
        running = [pool.submit(run) for _ in range(THREADS)]
    for one in running:
        one.result()


def length(bureau, stream):
    with bureau.office.database.read() as connection:
        return EventLog(connection.dialect).verify(connection, stream)


def test_everything_that_one_account_does_at_once_is_noted(bureau):
    who = bureau.actors["auditor"].id
    at_once(lambda: bureau.office.accounts.shown(who, "case/1"))
    assert length(bureau, stream_of(who)) == 1 + 40


def test_one_account_signs_in_from_several_places_at_once(bureau):
    entry = bureau.office.entry
    at_once(lambda: entry.sign_in("window", "correct horse", Client("10.0.0.1")), times=3)
    assert length(bureau, stream_of(bureau.actors["window"].id)) == 1 + 12


def test_a_stream_that_does_not_exist_yet_is_begun_once(bureau):
    database, stream = bureau.office.database, party_stream("11110000000000001X")
    records = Records(database)
    event = PartyRegistered(code="11110000000000001X", name="示例机关")

    def register():
        with database.write() as connection:
            records.append(connection, stream, [event], actor="setup", now=bureau.hands())

    at_once(register, times=1)
    assert length(bureau, stream) == THREADS


def test_what_was_appended_is_read_back_with_who_did_it_and_in_which_role(bureau):
    database, code = bureau.office.database, "11110000000000001X"
    stream, records = party_stream(code), Records(database)
    events = [PartyRegistered(code=code, name=name) for name in ("示例机关", "新名")]
    by = By("window", "window")
    with database.write() as connection:
        records.append_by(connection, stream, events, by, bureau.hands())
        told = records.events(connection, stream)
    assert [event for _, event in told] == events
    assert [(e.stream, e.seq, e.type) for e, _ in told] == [
        (stream, 1, "PartyRegistered"),
        (stream, 2, "PartyRegistered"),
    ]
    assert {(e.actor, e.role, e.recorded_at, e.command != "") for e, _ in told} == {
        ("window", "window", bureau.hands(), True)
    }
    assert len({e.command for e, _ in told}) == 1
    assert length(bureau, stream) == 2
