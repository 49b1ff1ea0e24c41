"""The rows of a hundred million events as Parquet files: each figure beside a plain scan of the
columns that its query reads."""

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Boolean, Column, Integer, Select, Table
from sqlalchemy.sql.visitors import iterate

from benchmarks import filing
from benchmarks.lives import Life
from benchmarks.measure import Figure, processor, stopwatch
from benchmarks.size import Size
from benchmarks.town import Town
from permits import settings as clock
from permits.analytics import parquet, parquet_export
from permits.analytics.choosing import Chosen
from permits.analytics.measures import RULES, Measure
from permits.analytics.measuring import Asked, histogram
from permits.analytics.parquet import PART, TABLES, TOTALS, Kind
from permits.casework.dates import day_of
from permits.store.measured_tables import case_facts

HOW = """\
Cases of nine or ten events on average, cast from the shorter lives of the demonstration's stories,
are exported; their rows are then there as often as so many events need, each time under ids of
their own, in the order of these, as an export of all of them would lay them out. An engine that
has just begun is asked each figure of all time, and beside it adds up the same columns of the same
files and groups nothing. Each is asked once; ratios are of the processor time of all threads, and
so is the last number of each row. Every answer is that of the cases that were cast, so many times,
or the run ends. The permit type has neither fees nor opinions, of which there are no rows."""

NUMBERED = 14
"""So many letters of a case's number stand before the digits that count up."""
MEMORY = "6GB"


class Took(NamedTuple):
    """Seconds on the clock, and of processor."""

    clock: float
    worked: float


def figures(folder: Path, lives: list[Life], size: Size) -> Iterator[Figure]:
    """What the files take, and how long they are asked."""
    town = Town(folder / "office", lives, size.small, whole=True)
    once, rows, totals = folder / "once", folder / "rows", folder / "totals"
    with closing(town.open()) as work, work.database.snapshot() as connection:
        parquet_export.export(connection, once, work.shelf.calendar)
    cases, events, _seconds = town.filled
    times = -(-size.filed // events)
    yield Figure("Events", times * events, "")
    yield Figure("Cases", times * cases, "")
    copied = _took(lambda: _copied(once, rows, times, cases))
    yield Figure("Files of them written", copied.clock, f"s, {copied.worked:,.0f} s of processor")
    yield from _sizes(rows, times * events)
    counted = _took(lambda: _totalled(rows, totals))
    yield Figure(
        "Totals of them counted", counted.clock, f"s, {counted.worked:,.0f} s of processor"
    )
    yield from _overviews(rows, totals)
    yield from _measures(once, rows, times)


def _took(work: Callable[[], Any]) -> Took:
    with stopwatch() as seconds, processor() as spent:
        work()
    return Took(seconds[0], spent[0])


def _copied(once: Path, folder: Path, times: int, cases: int) -> None:
    """The files of an export, with each case so many times."""
    own = {
        "case_id": "'case/' || md5(case_id || '/' || i)",
        "number": f"substr(number, 1, {NUMBERED})"
        f" || (i * {cases} + CAST(substr(number, {NUMBERED + 1}) AS BIGINT))",
    }
    with closing(parquet.duckdb().connect()) as engine:
        engine.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = '{folder}-spilt'")
        for kind in TABLES:
            columns = ", ".join(
                f'{own.get(name, name)} AS "{name}"' for name in parquet.types(kind)
            )
            order = ", ".join(str(column.name) for column in kind.table.primary_key)
            for file in sorted((once / kind.table.name).glob(f"*/{PART}")):
                target = folder / file.relative_to(once)
                target.parent.mkdir(parents=True)
                engine.execute(
                    f"COPY (SELECT {columns} FROM {_read(file)}, range({times}) AS copies(i)"
                    f" ORDER BY {order})"
                    f" TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
                )


def _there(folder: Path) -> list[Kind]:
    """The tables of which there are rows."""
    return [kind for kind in TABLES if (folder / kind.table.name).is_dir()]


def _files(folder: Path, table: Table) -> str:
    return _read(folder / table.name / "*" / PART)


def _read(files: Path) -> str:
    return f"read_parquet('{files}', hive_partitioning = false)"


def _sizes(folder: Path, events: int) -> Iterator[Figure]:
    whole = 0
    with closing(parquet.duckdb().connect()) as engine:
        for kind in _there(folder):
            query = f"SELECT count(*) FROM {_files(folder, kind.table)}"
            ((rows,),) = engine.execute(query).fetchall()
            size = sum(file.stat().st_size for file in (folder / kind.table.name).rglob(PART))
            whole += size
            yield Figure(f"`{kind.table.name}`", rows, f"rows, {size / rows:,.1f} bytes each")
    yield Figure("All files", whole / 1e9, f"GB, {whole / events:,.1f} bytes an event")


def _totalled(rows: Path, folder: Path) -> None:
    """The same files in another folder, with totals beside them."""
    folder.mkdir()
    for kind in _there(rows):
        (folder / kind.table.name).symlink_to(rows / kind.table.name)
    with closing(parquet.duckdb().connect()) as engine:
        for statement in parquet.views(rows):
            engine.execute(statement)
        for month, totals in parquet.total_up(engine):
            lines = b"".join(msgspec.json.encode(one) + b"\n" for one in totals)
            parquet_export.write(
                engine, TOTALS, lines, folder / TOTALS.table.name / f"month={month}"
            )


def _overviews(rows: Path, totals: Path) -> Iterator[Figure]:
    """The overview from totals and from rows."""
    if parquet.overview(totals, Chosen()) != parquet.overview(rows, Chosen()):
        raise SystemExit("the overview from totals is not that of the rows")
    scan = _scanned(rows, [filing.scan(_files(rows, case_facts))])
    yield _figure("A plain scan of the facts", scan)
    for says, folder in (("from totals", totals), ("from the rows", rows)):
        taken = _took(partial(parquet.overview, folder, Chosen()))
        yield _figure(f"The overview {says}", taken, scan)


def _figure(name: str, taken: Took, scan: Took | None = None) -> Figure:
    unit = f"s, {taken.worked:,.2f} s of processor"
    if scan is None:
        return Figure(name, taken.clock, unit)
    return Figure(name, taken.clock, unit, taken.worked / scan.worked, "a plain scan")


def _measures(once: Path, rows: Path, times: int) -> Iterator[Figure]:
    """Every figure of whose rows there are any."""
    there = {kind.table for kind in _there(rows)}
    today = day_of(clock.now())
    for measure in (one for one in Measure if RULES[one].rows in there):
        query = histogram(measure, Asked(Chosen(), today))
        scans = [scan(_files(rows, table), columns) for table, columns in read_by(query)]
        scanned = _scanned(rows, scans)
        found: list[Any] = []
        taken = _took(partial(_answered, rows, parquet.said(query), found))
        known: list[Any] = []
        _answered(once, parquet.said(query), known)
        if sorted(found) != sorted((*of, count * times) for *of, count in known):
            raise SystemExit(f"{measure} is not that of the cases that were cast, {times} times")
        yield _figure(f"{measure}", taken, scanned)


def _answered(folder: Path, query: str, found: list[Any]) -> None:
    """Ask the files of a folder; the rows of the answer, without those who come to nothing."""
    with closing(parquet.duckdb().connect()) as engine:
        for statement in parquet.views(folder):
            engine.execute(statement)
        found += engine.execute(query).fetchall()


def _scanned(folder: Path, scans: list[str]) -> Took:
    def scanned() -> None:
        with closing(parquet.duckdb().connect()) as engine:
            for statement in parquet.views(folder):
                engine.execute(statement)
            for query in scans:
                engine.execute(query).fetchall()

    return _took(scanned)


def read_by(query: Select[Any]) -> list[tuple[Table, list[Column[Any]]]]:
    """The columns that a query reads, by table."""
    found: dict[Table, dict[str, Column[Any]]] = {}
    for one in iterate(query):
        if isinstance(one, Column) and isinstance(one.table, Table):
            found.setdefault(one.table, {})[one.name] = one
    return [(table, list(columns.values())) for table, columns in found.items()]


def scan(source: str, columns: list[Column[Any]]) -> str:
    """A query that adds up columns and groups nothing: numbers themselves, words by length."""
    sums = ", ".join(f"sum({_number(column)})" for column in columns)
    return f"SELECT count(*), {sums} FROM {source}"


def _number(column: Column[Any]) -> str:
    match column.type:
        case Boolean():
            return f'CAST("{column.name}" AS INTEGER)'
        case Integer():
            return f'"{column.name}"'
        case _:
            return f'length("{column.name}")'
