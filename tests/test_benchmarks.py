"""The benchmarks still run. What they measure says nothing here: sizes are tiny, and others work
on the same machine."""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from benchmarks import competing
from benchmarks.competing import Peer
from benchmarks.crowd import Crowd, party, shorter
from benchmarks.filed import read_by, scan
from benchmarks.filling import CAST, fill
from benchmarks.growing import Grown
from benchmarks.lives import Life, Lives
from benchmarks.measure import Figure, interleaved, percentile
from benchmarks.report import Section, document
from benchmarks.room import of_file
from benchmarks.size import QUICK
from benchmarks.town import Town
from sqlalchemy import select

from permits.analytics.choosing import Chosen
from permits.analytics.measures import Measure
from permits.analytics.measuring import Asked, histogram
from permits.casework.access import Actor
from permits.casework.identifiers import is_credit_code
from permits.definitions.procedure import Role
from permits.services.evidence.auditing import audit
from permits.settings import now
from permits.store import lists
from permits.store.database import Database
from permits.store.event_log import EventLog
from permits.store.measured_tables import case_facts
from permits.store.tables import case_row, due_row

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
        "What a case leaves on SQLite",
        "Whole commands on PostgreSQL",
        "What a case leaves on PostgreSQL",
        "Figures",
        "Commands over HTTP",
        "Pages over HTTP",
        "Away and back",
        "Queries of pages as cases grow",
    ):
        assert title in told
    assert any("HTTP, errors" in line for line in told)


def test_the_large_run_can_be_run_by_itself() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick", "--only", "large"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = {line[:64].rstrip() for line in done.stdout.splitlines()}
    assert {
        "180 cases in a database",
        "`event`",
        "SQLite, 180 cases: the overview, all time",
        "A case, for an officer, queries",
        "`rebuild --check` of 60 cases",
        "Rows exported",
        "2,000 events in files",
        "`interval`",
        "The overview from totals",
        "days_used",
        "wait_office",
    } <= told
    assert "fees_owed" not in told, "there are no fees"


def test_each_table_of_a_file_is_told_with_its_indexes(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE small (id PRIMARY KEY) WITHOUT ROWID")
        connection.execute("CREATE TABLE large (id, word)")
        connection.execute("CREATE INDEX words ON large (word)")
        rows = [(number, f"{number:0100}") for number in range(500)]
        connection.executemany("INSERT INTO large VALUES (?, ?)", rows)
        connection.commit()
    found = of_file(path)
    assert set(found) == {"sqlite_schema", "small", "large"}
    assert found["small"] == found["sqlite_schema"] == 4096
    assert found["large"] > 2 * 500 * 100
    assert sum(found.values()) == path.stat().st_size


def test_what_a_case_leaves_is_told_by_case_and_by_event() -> None:
    grown = Grown({"few": 5, "case_row": 300, "event": 700}, cases=10, events=100)
    assert list(grown.figures()) == [
        Figure("The database", 100.5, "bytes a case, 10 an event"),
        Figure("`event`", 70, "bytes a case, 7 an event", 700 / 1005, "the database"),
        Figure("`case_row`", 30, "bytes a case, 3 an event", 300 / 1005, "the database"),
    ]


@pytest.mark.parametrize(
    ("measure", "columns"),
    [
        (
            Measure.DAYS_GROSS,
            {"case_facts": {"result", "result_on", "used_wd", "suspended_wd"}},
        ),
        (
            Measure.STAYS,
            {
                "case_facts": {"case_id", "result_on"},
                "interval": {"case_id", "entered_on", "left_on"},
            },
        ),
    ],
)
def test_a_plain_scan_reads_the_columns_that_a_figure_reads(
    measure: Measure, columns: dict[str, set[str]]
) -> None:
    query = histogram(measure, Asked(Chosen(), date(2026, 11, 28)))
    assert {table.name: {one.name for one in some} for table, some in read_by(query)} == columns


def test_a_plain_scan_adds_up_numbers_and_the_lengths_of_words() -> None:
    of = case_facts.c
    assert scan("there", [of.used_wd, of.late, of.track]) == (
        'SELECT count(*), sum("used_wd"), sum(CAST("late" AS INTEGER)), sum(length("track"))'
        " FROM there"
    )


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> list[Life]:
    return Lives(tmp_path_factory.mktemp("told") / "lives", most_steps=2).lives


@pytest.mark.parametrize("placed", [True, False])
def test_a_crowd_is_there_several_times_and_its_events_have_their_places(
    database: Database, database_url: str, lives: list[Life], *, placed: bool
) -> None:
    crowd = Crowd(lives, 80, date(2026, 11, 28), 80)
    filled = fill(database_url, crowd, 3, placed=placed)
    assert filled.cases == 240
    assert crowd.texts
    with database.read() as connection:
        rows = connection.execute(select(case_row.c.case_id, case_row.c.number)).all()
        dues = connection.execute(select(due_row.c.case_id)).scalars().all()
    assert len({row.case_id for row in rows}) == len({row.number for row in rows}) == 240
    assert all(row.case_id.startswith(CAST) for row in rows)
    assert len(dues) % 3 == 0 < len(dues)
    assert set(dues) <= {row.case_id for row in rows}
    found = audit(database, replay=None)
    assert (found.streams, found.events, found.good) == (80, filled.events, placed)


def test_the_shorter_lives_have_so_many_events_on_average(lives: list[Life]) -> None:
    some = [len(life.rows["event"]) for life in shorter(lives, 6) if not life.ended]
    more = [len(life.rows["event"]) for life in lives if not life.ended]
    assert sum(some) / len(some) <= 6 < max(more)
    assert len(some) < len(more)


def test_a_crowd_is_of_cases_like_those_that_were_lived_through(
    tmp_path: Path, lives: list[Life]
) -> None:
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


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Peer]:
    """Makes a program that is run as a peer is."""

    def made(text: str) -> Peer:
        (tmp_path / "made_up.py").write_text(text, encoding="utf-8")
        return Peer("Made up", "made_up")

    monkeypatch.setattr(competing, "PROGRAMS", tmp_path)
    return made


TOLD = {"steps": 20, "seconds": 4.0, "journal": "WAL", "synchronous": "FULL"}


def test_a_peer_counts_by_what_a_step_took(program: Callable[[str], Peer], tmp_path: Path) -> None:
    peer = program(f"print('a remark'); print('''{json.dumps(TOLD)}''')")
    assert competing.run(Path(sys.executable), peer, tmp_path / "turn", 2) == 0.2


@pytest.mark.parametrize("loose", [{"synchronous": "NORMAL"}, {"journal": "DELETE"}])
def test_a_peer_that_may_lose_what_it_committed_is_not_compared(
    program: Callable[[str], Peer], tmp_path: Path, loose: dict[str, str]
) -> None:
    peer = program(f"print('''{json.dumps({**TOLD, **loose})}''')")
    with pytest.raises(competing.Failed, match="Made up does not keep every commit"):
        competing.run(Path(sys.executable), peer, tmp_path / "turn", 2)


def test_a_peer_that_fails_is_named_with_the_reason(
    program: Callable[[str], Peer], tmp_path: Path
) -> None:
    peer = program("raise SystemExit('there is no such thing')")
    with pytest.raises(competing.Failed, match="Made up failed:\nthere is no such thing"):
        competing.run(Path(sys.executable), peer, tmp_path / "turn", 2)


def test_ours_are_measured_beside_the_floor_and_peers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(competing, "PEERS", (Peer("The same again", "floor"),))
    found = list(competing.figures(tmp_path, QUICK, Path(sys.executable)))
    assert [figure.name for figure in found] == [
        "The floor",
        "The floor on the peers' SQLite",
        "Whole commands of ours, 1 caller",
        "Whole commands of ours, 32 callers",
        "The same again",
    ]
    floor = found[0].value
    for figure in found[1:]:
        assert figure.ratio == pytest.approx(figure.value / floor)
    assert [figure.goal for figure in found if figure.goal] == [
        "≥ 0.23 × the floor",
        "≥ 0.5 × the floor",
    ]


def test_without_the_peers_the_report_says_how_to_have_them(tmp_path: Path) -> None:
    assert list(competing.figures(tmp_path, QUICK, tmp_path / "no-python")) == []
    told = document([Section("Peers", competing.ABSENT, [])], now())
    assert "`make peers`" in told
    assert "| what |" not in told


def test_peers_are_locked_and_no_part_of_the_product() -> None:
    folder = competing.PROGRAMS
    names = (folder / "peers.in").read_text(encoding="utf-8").lower().split()
    locked = (folder / "peers.lock").read_text(encoding="utf-8")
    ours = (CHECKOUT / "requirements-dev.lock").read_text(encoding="utf-8")
    for name in names:
        assert f"\n{name}==" in f"\n{locked}"
        assert f"\n{name}==" not in f"\n{ours}"
