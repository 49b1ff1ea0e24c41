"""The auditor's overview as cases grow: from totals, from rows, and from Parquet files; and how
fast those files are written."""

import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, func, insert, select

from benchmarks import filing
from benchmarks.facts import FIRST_YEAR, MONTHS, select_facts
from benchmarks.filing import ALL
from benchmarks.measure import Figure, interleaved, processor, stopwatch
from benchmarks.places import PostgreSQL
from benchmarks.size import Size
from permits.analytics import metrics
from permits.analytics.alike import alike
from permits.analytics.choosing import Chosen
from permits.store.caseload import unless_there
from permits.store.database import Database, open_database
from permits.store.measured_tables import case_facts
from permits.store.total_keys import group_row, id_of, row_of
from permits.store.total_tables import FACETS, GROUP, Facet, figure_group, figure_total

HOW = """\
Facts of made-up cases put straight into the tables: nine permit types in two editions, two tracks,
five years of results. The overview is everything its page shows: figures as a whole, by track,
permit type, edition and month. It is read from the totals that are kept with the facts, for all
time and for a period that begins and ends in the middle of a month; and for comparison from the
rows, as it is while totals have not been made. The plain scan adds up the same columns of the rows
and groups nothing. All of it takes turns; the overviews say the same numbers, or the run ends. On
DuckDB totals and rows are read from files as `permits export parquet` lays them out, each time by
an engine that has just begun. *Processor* is what this process took for one overview, which a
machine with much else to do lengthens least; on PostgreSQL that is the asking side alone."""

BROKEN = Chosen(first=date(FIRST_YEAR, 2, 11), last=date(FIRST_YEAR + MONTHS // 12 - 1, 11, 17))
GOAL = 0.2


def figures(folder: Path, server: PostgreSQL, size: Size) -> Iterator[Figure]:
    """Seconds of the overview, beside a plain scan."""
    for count in size.counted:
        path = folder / f"{count}.db"
        with _filled(f"sqlite:///{path}", count) as database:
            yield from compared(database, "SQLite", count, size)
            if count == min(size.counted):
                yield from filing.exported(database, count, size)
        path.unlink()
        with _filled(server.address_of_copy(), count) as database:
            yield from compared(database, "PostgreSQL", count, size)
    yield from filing.figures(size)


@contextmanager
def _filled(url: str, count: int) -> Iterator[Database]:
    database = open_database(url)
    with database.alone() as connection:  # however long a busy machine takes
        fill(connection, count)
    with database.writing.connect() as connection:
        _settle(connection.execution_options(isolation_level="AUTOCOMMIT"))
    yield database
    database.close()


def _settle(connection: Connection) -> None:
    """What a database does by itself in time: look at how its rows are spread."""
    connection.exec_driver_sql("ANALYZE")


def fill(connection: Connection, count: int) -> None:
    """Put the facts of so many cases into the tables, and the totals of them."""
    numbers = f"generate_series(CAST(0 AS BIGINT), {count - 1}) AS numbers(i)"
    if connection.dialect.name == "sqlite":
        made = f"SELECT 0 AS i UNION ALL SELECT i + 1 FROM n WHERE i < {count - 1}"
        numbers = f"(WITH RECURSIVE n(i) AS ({made}) SELECT i FROM n) AS numbers"
    names = ", ".join(column.name for column in case_facts.c)
    facts = f"INSERT INTO case_facts ({names}) {select_facts(numbers, count)}"
    connection.exec_driver_sql(facts.replace("%", "%%") if _formats(connection) else facts)
    for facet in FACETS:
        if facet.rows is case_facts:
            _fill_totals(connection, facet)


def _formats(connection: Connection) -> bool:
    """Whether the driver looks for places of values in a statement, so that a sign is doubled."""
    return connection.dialect.paramstyle in ("format", "pyformat")


def _fill_totals(connection: Connection, facet: Facet) -> None:
    """What the cases of a facet add to totals, counted by the database itself. One office decides
    for a department here: what it is called stands for the district too."""
    columns = ("month", *GROUP[:-1], *facet.columns)
    groups, rows = {}, []
    for month, *cells in connection.execute(select(alike(facet, columns, ALL, kept=False))):
        named, own, times = cells[: len(GROUP) - 1], cells[len(GROUP) - 1 : -1], cells[-1]
        group = (*named, named[-1])
        groups[group] = group_row(group)
        rows.append(row_of((facet.kind, month, id_of(group), *own), times))
    put = unless_there(figure_group, connection.dialect)
    connection.execute(put, list(groups.values()))
    connection.execute(insert(figure_total), rows)


def compared(
    database: Database, name: str, count: int, size: Size, broken: Chosen = BROKEN
) -> Iterator[Figure]:
    """The overview of all time and of a period with broken months, from totals, and from rows."""
    spent: list[float] = []
    works: dict[str, Callable[[], float]] = {
        "scan": partial(_scanned, database.reading),
        "totals": partial(_overview, database.reading, ALL, kept=True, spent=spent),
        "broken": partial(_overview, database.reading, broken, kept=True),
        "rows": partial(_overview, database.reading, ALL, kept=False),
    }
    _same(database.reading, broken)
    taken = interleaved(works, size.rounds)
    scan, of = taken["scan"], f"{name}, {count:,} cases"
    yield Figure(f"{of}: totals", _rows_of_totals(database.reading), "rows")
    yield Figure(f"{of}: the plain scan", scan * 1000, "ms")
    for work, says in (
        ("totals", "the overview, all time"),
        ("broken", "the overview, a period with broken months"),
        ("rows", "the overview from the rows"),
    ):
        seconds, judged = taken[work], work == "totals" and count == max(size.counted)
        yield Figure(
            f"{of}: {says}",
            seconds * 1000,
            "ms",
            seconds / scan,
            "the plain scan",
            f"≤ {GOAL * 1000:.0f} ms" if judged else "",
            seconds <= GOAL if judged else None,
        )
    worked = statistics.median(spent)
    yield Figure(f"{of}: the overview, all time, processor", worked * 1000, "ms")


def _same(engine: Engine, broken: Chosen) -> None:
    """Figures that are quick and wrong would be worth nothing."""
    with engine.connect() as connection:
        for chosen in (ALL, broken):
            found = [metrics.overview(connection, chosen, kept=kept) for kept in (True, False)]
            if found[0] != found[1]:
                raise SystemExit("the overview from totals is not that of the rows")


def _rows_of_totals(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(figure_total)).scalar_one())


def _overview(
    engine: Engine, chosen: Chosen, *, kept: bool, spent: list[float] | None = None
) -> float:
    with engine.connect() as connection, stopwatch() as taken, processor() as worked:
        metrics.overview(connection, chosen, kept=kept)
        metrics.span(connection)
    if spent is not None:
        spent += worked
    return taken[0]


def _scanned(engine: Engine) -> float:
    with engine.connect() as connection, stopwatch() as taken:
        connection.exec_driver_sql(filing.scan("case_facts")).all()
    return taken[0]
