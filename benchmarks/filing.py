"""The rows of figures as Parquet files: how fast they are written, and an overview of very many
cases read from them."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from benchmarks.facts import FIRST_YEAR, MONTHS, select_facts
from benchmarks.measure import Figure, interleaved, stopwatch
from benchmarks.size import Size
from permits.analytics import file_totals, parquet, parquet_export
from permits.analytics.alike import alike
from permits.analytics.choosing import Chosen
from permits.analytics.tally import FACETS
from permits.casework.working_days import WorkingDays
from permits.store.database import Database
from permits.store.total_tables import GROUP

ALL = Chosen()
GOAL = 1.0
_SCANNED = (
    "used_wd",
    "suspended_wd",
    "saved_wd",
    "saved_statutory_wd",
    "baseline_materials",
    "saved_exempt",
    "saved_shared",
    "saved_committed",
    "deferred",
    "corrections",
    "visits",
)
_WORDS = ("permit", "definition", "track", "result", "result_on")


def exported(database: Database, count: int, size: Size) -> Iterator[Figure]:
    """Rows a second of an export into an empty folder, and of one that finds nothing to write."""
    of = f"SQLite, {count:,} cases: rows exported"
    with tempfile.TemporaryDirectory(prefix="permits-bench-export-") as name:
        folder = Path(name)
        taken = interleaved(
            {
                "scan": partial(_read, database),
                "first": lambda: _exported(database, Path(tempfile.mkdtemp(dir=folder))),
                "again": lambda: _exported(database, folder / "again"),
            },
            size.rounds,
        )
    scanned = count / taken["scan"]
    yield Figure(f"{of}: read by the driver alone", scanned, "/s")
    for says, work in (("into an empty folder", "first"), ("again, nothing changed", "again")):
        rate = count / taken[work]
        yield Figure(f"{of} {says}", rate, "/s", scanned / rate, "the driver alone")


def _read(database: Database) -> float:
    with database.snapshot() as connection, stopwatch() as taken:
        for _row in connection.exec_driver_sql("SELECT * FROM case_facts ORDER BY case_id"):
            pass
    return taken[0]


def _exported(database: Database, folder: Path) -> float:
    with database.snapshot() as connection, stopwatch() as taken:
        parquet_export.export(connection, folder, WorkingDays(()))
    return taken[0]


def scan(source: str) -> str:
    sums = ", ".join(f"sum({name})" for name in _SCANNED)
    words = ", ".join(f"sum(length({name}))" for name in _WORDS)
    return f"SELECT count(*), {sums}, {words} FROM {source}"


def figures(size: Size) -> Iterator[Figure]:
    """Seconds of the overview from files with totals and from files without, beside a scan."""
    with tempfile.TemporaryDirectory(prefix="permits-bench-files-") as name:
        rows, totals, count = Path(name) / "rows", Path(name) / "totals", size.in_files
        write_files(rows, count)
        of = f"DuckDB, {count:,} cases"
        yield Figure(f"{of}: totals", write_totals(rows, totals), "rows")
        if parquet.overview(totals, ALL) != parquet.overview(rows, ALL):
            raise SystemExit("the overview from totals is not that of the rows")
        works: dict[str, Callable[[], float]] = {
            "scan": partial(_scanned, rows),
            "totals": partial(_overview, totals),
            "rows": partial(_overview, rows),
        }
        taken = interleaved(works, size.rounds)
    scanned = taken["scan"]
    yield Figure(f"{of}: the plain scan", scanned * 1000, "ms")
    for work, says in (
        ("totals", "the overview, all time"),
        ("rows", "the overview from the rows"),
    ):
        seconds, judged = taken[work], work == "totals"
        yield Figure(
            f"{of}: {says}",
            seconds * 1000,
            "ms",
            seconds / scanned,
            "the plain scan",
            f"≤ {GOAL * 1000:.0f} ms" if judged else "",
            seconds <= GOAL if judged else None,
        )


def write_files(folder: Path, count: int) -> None:
    """Facts as files, a month of results each, as an export lays them out."""
    with closing(parquet.duckdb().connect()) as engine:
        for month in range(MONTHS):
            first, last = (-(-place * count // MONTHS) for place in (month, month + 1))
            if first == last:
                continue
            year, of_year = FIRST_YEAR + month // 12, month % 12 + 1
            place = folder / "case_facts" / f"month={year}-{of_year:02}"
            place.mkdir(parents=True)
            numbers = f"(SELECT range AS i FROM range({first}, {last})) AS numbers"
            rows = engine.sql(select_facts(numbers, count))
            rows.filter("result_on IS NOT NULL").write_parquet(
                str(place / parquet.PART), compression="zstd"
            )


def write_totals(rows: Path, folder: Path) -> int:
    """The same facts in another folder with totals beside them, as an export counts them; how many
    there are. One office decides for a department here: what it is called stands for the district
    too."""
    folder.mkdir()
    (folder / "case_facts").symlink_to(rows / "case_facts")
    found: dict[str, list[dict[str, Any]]] = {}
    with closing(parquet.duckdb().connect()) as engine:
        for statement in parquet.views(rows):
            engine.execute(statement)
        for facet in FACETS:
            query = alike(facet, ("month", *GROUP[:-1], *facet.columns), ALL, kept=False)
            for month, *cells in engine.execute(parquet.said(select(query))).fetchall():
                named, own = cells[: len(GROUP) - 1], tuple(cells[len(GROUP) - 1 : -1])
                total = file_totals.row((facet.kind, month), (*named, named[-1]), own, cells[-1])
                found.setdefault(month, []).append(total)
        for month, totals in found.items():
            place = folder / parquet.TOTALS.table.name / f"month={month}"
            lines = b"".join(
                msgspec.json.encode(one) + b"\n"
                for one in sorted(totals, key=file_totals.IN_ORDER)
            )
            parquet_export.write(engine, parquet.TOTALS, lines, place)
    return sum(map(len, found.values()))


def _scanned(folder: Path) -> float:
    files = folder / "case_facts" / "*" / parquet.PART
    with closing(parquet.duckdb().connect()) as engine, stopwatch() as taken:
        engine.execute(scan(f"read_parquet('{files}')")).fetchall()
    return taken[0]


def _overview(folder: Path) -> float:
    with stopwatch() as taken:
        parquet.overview(folder, ALL)
    return taken[0]
