"""Several processes look after one office on PostgreSQL: each date is told once, each letter goes
once, whoever of them does it."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from permits.services.rebuild import check
from permits.store import outbox_state, tables
from tests.kit import beijing
from tests.services.conftest import GAS

PROCESSES, CASES = 4, 6
ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("settled_url", ["postgresql"], indirect=True)
def test_four_processes_do_everything_once(bureau, settled_url, tmp_path):
    cases = [bureau.people.file(GAS, "ordinary", leave_out=("land_title",)) for _ in range(CASES)]
    go = tmp_path / "go"
    words = [settled_url, str(tmp_path / "data"), beijing("2022-06-17").isoformat(), str(go)]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.services.instance", *words],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    try:
        for one in started:
            assert one.stdout.readline() == "ready\n"
        go.touch()
        done = [json.loads(one.communicate(timeout=240)[0]) for one in started]
    finally:
        for one in started:
            with one:
                one.kill()
    assert [one.returncode for one in started] == [0] * PROCESSES

    for case in cases:
        entries = bureau.people.record("window", case).entries
        lapsed = Counter(event.clock for e, event in entries if e.type == "ClockLapsed")
        assert set(lapsed.values()) == {1}
        assert len(lapsed) == 2, "the time to complete, and the promised time that had passed too"
    told = sum(one["told"] for one in done)
    assert told >= 2 * CASES, "whoever comes second is given the answer of the first"
    letters = Counter(name for one in done for name in one["letters"])
    assert letters
    assert set(letters.values()) == {1}
    with bureau.office.database.read() as connection:
        state = outbox_state.counts(connection, beijing("2022-06-17"))
        assert (state.waiting, state.given_up) == (0, 0)
        undone = select(tables.outbox.c.id).where(tables.outbox.c.done_at.is_(None))
        assert connection.execute(undone).all() == []
    assert check(bureau.office.database) == ()
