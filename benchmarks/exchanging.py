"""What an office that brings an outside log waits for, beside a bare scan of the same file."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.measure import Figure, interleaved, stopwatch
from benchmarks.size import Size
from permits.casework.dates import BEIJING
from permits.casework.working_days import WorkingDays
from permits.cli.opening import shipped_years
from permits.exchange.figures import figures as figures_of
from permits.exchange.log import How, Oddities
from permits.exchange.reading import read_log

HOW = """\
A log of made-up cases as CSV, eight events in each and their cases mixed, read to its end: by the
`csv` module alone, as a log, and for its figures. All in one process and on one core."""

WANTED = 50_000
"""Events a second."""

CASE = 8


def figures(folder: Path, size: Size) -> Iterator[Figure]:
    """Events a second."""
    path = folder / "log.csv"
    _write(path, size.events)
    calendar = WorkingDays(shipped_years())
    taken = interleaved(
        {
            "scan": lambda: _scanned(path),
            "read": lambda: _read(path),
            "figures": lambda: _figures(path, calendar),
        },
        size.rounds,
    )
    scanned = size.events / taken["scan"]
    yield Figure("Rows scanned by `csv.reader`", scanned, "/s")
    rate = size.events / taken["read"]
    goal, met = f"> {WANTED:,} /s", rate > WANTED
    yield Figure("Events read", rate, "/s", scanned / rate, "a bare scan", goal, met)
    rate = size.events / taken["figures"]
    yield Figure("Events read for their figures", rate, "/s", scanned / rate, "a bare scan")


def _write(path: Path, events: int) -> None:
    begins = datetime(2022, 1, 4, 9, tzinfo=BEIJING)
    with path.open("w", encoding="utf-8", newline="") as target:
        rows = csv.writer(target)
        rows.writerow(("case:concept:name", "concept:name", "time:timestamp", "org:role"))
        for number in range(events):
            step, case = divmod(number, max(1, events // CASE))
            at = begins + timedelta(minutes=7 * case + 90 * step)
            rows.writerow((f"EX-{case:07}", f"step {step}", at.isoformat(), "examiner"))


def _scanned(path: Path) -> float:
    with stopwatch() as taken, path.open(encoding="utf-8", newline="") as source:
        for _row in csv.reader(source):
            pass
    return taken[0]


def _read(path: Path) -> float:
    with stopwatch() as taken:
        for _event in read_log(path, How(), Oddities()):
            pass
    return taken[0]


def _figures(path: Path, calendar: WorkingDays) -> float:
    with stopwatch() as taken:
        figures_of(read_log(path, How(), Oddities()), calendar)
    return taken[0]
