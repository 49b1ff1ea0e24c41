"""An audit whose cases are gone through by several processes finds what one alone finds, in the
same order."""

import os
import signal
from datetime import date

import pytest

from permits.evidence.findings import Amiss
from permits.services.evidence import going_together
from permits.services.evidence.auditing import audit
from permits.services.evidence.going_through import sources
from permits.services.evidence.going_together import ALONE, Going, ProcessDied, Sharing
from permits.store import evidence_reading
from tests.services.conftest import GAS
from tests.services.evidence.test_attacks import chain_anew, due_of, edit, place_anew

AT_ONCE = Sharing(processes=2, batch=1, worth=1)
"""Every stream but the first is handed over, each by itself."""


@pytest.fixture
def cases(scene, granted) -> list[str]:
    """Three cases that were granted on the spot, and everything signed."""
    people = scene.bureau.people
    found = [granted]
    for _ in range(2):
        case_id = people.file(GAS, "commitment")
        people.act("window", case_id, "accept")
        people.act("window", case_id, "grant_on_the_spot")
        found.append(case_id)
    scene.run()
    return sorted(found)


def test_what_is_amiss_is_found_whoever_goes_through_it(scene, cases):
    trusted = [scene.signer.verifier]
    whole = audit(scene.database, trusted, replay=AT_ONCE)
    assert whole == audit(scene.database, trusted)
    assert (whole.good, whole.cases) == (True, 3)

    later = date(2023, 1, 3).isoformat()
    for case_id in cases[::2]:  # the first and the last
        seq = due_of(scene, case_id, "ClockStarted")
        edit(scene, case_id, seq, lambda body: body.update(due=later))
        chain_anew(scene, case_id)
    place_anew(scene, scene.signer)
    together, alone = (audit(scene.database, trusted, replay=how) for how in (AT_ONCE, ALONE))
    assert together == alone
    found = [one.where for one in together.findings if one.what is Amiss.DUE_DIFFERS]
    assert list(dict.fromkeys(found)) == cases[::2]


def rows_of(scene):
    with scene.database.read() as connection:
        return sources(connection), list(evidence_reading.all_events(connection))


def told(going, rows):
    for number, row in enumerate(rows):
        going.add(row)
        if number + 1 == len(rows) or rows[number + 1].stream != row.stream:
            going.ended(row.stream)


def test_for_little_no_process_is_begun(scene, cases, monkeypatch):
    monkeypatch.setattr(going_together, "Crew", None)
    made_of, rows = rows_of(scene)
    with Going(made_of, Sharing(processes=2, worth=len(rows) + 1)) as going:
        told(going, rows)
        assert going.found() == []
        assert going.cases == 3


def test_what_waits_is_bounded_and_nothing_is_left_out(scene, cases):
    """Many more streams than may wait; one in each turn has an event that cannot be read."""
    made_of, rows = rows_of(scene)
    case = [row for row in rows if row.stream == cases[0]]
    turns = 40
    with Going(made_of, AT_ONCE) as going:
        for turn in range(turns):
            stream = f"case/{turn:02}"
            told(going, [case[0]._replace(stream=stream, record=b"{}")])
            assert len(going.crew._asked) <= AT_ONCE.processes
        found = going.found()
    assert going.cases == turns
    unknown = [one.where for one in found if one.what is Amiss.UNKNOWN_EVENT]
    assert unknown == [f"case/{turn:02}" for turn in range(turns)]


def test_a_process_that_dies_is_no_clean_bill(scene, cases):
    made_of, rows = rows_of(scene)
    with Going(made_of, AT_ONCE) as going:
        told(going, rows[:2])
        for process in going.crew.processes:
            process.kill()
        with pytest.raises(ProcessDied):
            told(going, rows[2:])
            going.found()


def test_a_key_pressed_in_the_terminal_ends_nobody_but_the_audit(scene, cases):
    """It reaches every process of the audit; the others are ended by it, and say nothing."""
    made_of, rows = rows_of(scene)
    with Going(made_of, AT_ONCE) as going:
        told(going, rows)
        going.found()
        for process in going.crew.processes:
            os.kill(process.pid, signal.SIGINT)
        for _ in going.crew.processes:
            going.crew.take([row for row in rows if row.stream == cases[0]])
        assert going.found() == []
        assert all(process.is_alive() for process in going.crew.processes)
