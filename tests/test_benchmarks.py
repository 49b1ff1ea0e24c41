"""The benchmarks still run. What they measure says nothing here: sizes are tiny, and others work
on the same machine."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.crowd import party
from benchmarks.lives import Lives
from benchmarks.measure import Figure, interleaved, percentile
from benchmarks.report import Section, document
from benchmarks.town import Town

from permits.casework.access import Actor
from permits.casework.identifiers import is_credit_code
from permits.definitions.procedure import Role
from permits.settings import now
from permits.store import lists
from permits.store.event_log import EventLog

CHECKOUT = Path(__file__).parents[1]


def test_everything_that_is_measured_can_be_measured() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = re.sub(r" [0-9.]+$", "", done.stdout, flags=re.MULTILINE).splitlines()
    for title in (
        "Definitions",
        "Decisions",
        "Outside logs",
        "The store on SQLite",
        "Whole commands on PostgreSQL",
        "Figures",
        "Commands over HTTP",
        "Pages over HTTP",
        "Away and back",
        "Queries of pages as cases grow",
    ):
        assert title in told
    assert any("HTTP, errors" in line for line in told)


def test_a_crowd_is_of_cases_like_those_that_were_lived_through(tmp_path: Path) -> None:
    lives = Lives(tmp_path / "lives", most_steps=2).lives
    town = Town(tmp_path / "town", lives, 40)
    office = town.open()
    log = EventLog(office.database.dialect)
    holder = Actor("", frozenset({Role.APPLICANT}), party=party(0))
    with office.database.read() as connection:
        streams = list(log.streams(connection, "case/"))
        assert len(streams) == 40
        for stream in streams:
            assert log.verify(connection, stream) > 0
        mine = lists.of_party(connection, holder, None, 40)
    for listed in mine:
        record = office.cases.recorded(listed.row.case_id)
        assert record is not None
        assert record.case.party == party(0)
        assert record.party_name == listed.party_name == "示例建设单位0"
        assert record.case.number == listed.row.number
        assert set(record.case.seals.values()) <= set(record.values)
    assert mine
    office.close()


def test_parties_of_the_crowd_have_codes_that_could_be() -> None:
    assert all(is_credit_code(party(number)) for number in range(50))


def test_the_report_says_what_was_missed_and_why() -> None:
    figures = [
        Figure("One thing", 12.0, "ms", 0.5, "bare", "≤ 20 ms", met=True),
        Figure("Another", 99.0, "ms", goal="≤ 20 ms", met=False, why="it was slow"),
    ]
    told = document([Section("Things", "Measured.", figures)], now())
    assert "- Another was 99 ms, the goal is ≤ 20 ms: it was slow." in told
    assert "| One thing | 0.50 × bare | 12 ms | ≤ 20 ms: reached |" in told
    assert "Every goal" not in told
    assert "Every goal was reached" in document([Section("Things", "", figures[:1])], now())


def test_works_take_turns_and_their_middle_counts() -> None:
    order: list[str] = []
    times = iter((1.0, 10.0, 3.0, 30.0, 2.0, 20.0))

    def work(name: str) -> float:
        order.append(name)
        return next(times)

    found = interleaved({"a": lambda: work("a"), "b": lambda: work("b")}, rounds=3)
    assert order == ["a", "b"] * 3
    assert found == {"a": 2.0, "b": 20.0}


@pytest.mark.parametrize(("share", "value"), [(0, 1), (0.5, 2.5), (1, 4)])
def test_a_percentile_lies_between_its_neighbours(share: float, value: float) -> None:
    assert percentile([4, 1, 3, 2], share) == value
