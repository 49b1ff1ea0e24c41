"""The rows that figures are counted in as Parquet files, for tools that count many at once.

A folder for each table holds a folder for each month of the result (`month=2022-06`, and
`month=open` for cases without one), with one file. Days stay ISO text, as in the tables, so the
same queries run on both. Stays and opinions carry the working days they took, by the calendar of
the export. Only what differs from the folder is written anew. No name and no title is among the
columns. Totals of the facts lie beside them, counted of the files, so that an overview need not
read every row.

The files are written and read by DuckDB, which comes with the extra `parquet`.
"""

import importlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    CompoundSelect,
    Integer,
    Select,
    Table,
)
from sqlalchemy.dialects import postgresql

from permits.analytics import file_totals
from permits.analytics.choosing import Chosen
from permits.analytics.measures import Measure
from permits.analytics.measuring import Asked, Found, folded, histogram
from permits.analytics.metrics import Overview, overview_of
from permits.casework.working_days import WorkingDays
from permits.store.measured_tables import case_duty, case_facts, case_fee, case_term, interval
from permits.store.pile_tables import opinion_row
from permits.store.tables import case_row
from permits.store.total_tables import figure_total

PART = "part.parquet"


class NoDuckDB(Exception):
    """DuckDB is not installed; it comes with the extra `parquet`."""


class Kind(NamedTuple):
    """A table of the export: its columns, and the two days its working days lie between."""

    table: Table
    columns: tuple[Column[Any], ...]
    days: tuple[str, str] | None = None


TABLES = (
    Kind(case_facts, tuple(case_facts.c)),
    Kind(case_row, (case_row.c.case_id, case_row.c.authority)),
    Kind(case_term, tuple(case_term.c)),
    Kind(case_duty, tuple(case_duty.c)),
    Kind(case_fee, tuple(case_fee.c)),
    Kind(interval, tuple(interval.c), ("entered_on", "left_on")),
    Kind(opinion_row, tuple(opinion_row.c), ("asked_on", "given_on")),
)

TOTALS = Kind(figure_total, file_totals.COLUMNS)
"""What is counted of the files of facts, and lies beside them."""


def types(kind: Kind) -> dict[str, str]:
    """The columns of the files of a table, and their types as DuckDB calls them."""
    types = {str(column.name): _type(column) for column in kind.columns}
    return {**types, "days": "INTEGER"} if kind.days else types


def _type(column: Column[Any]) -> str:
    match column.type:
        case Boolean():
            return "BOOLEAN"
        case BigInteger():
            return "BIGINT"
        case Integer():
            return "INTEGER"
        case _:
            return "VARCHAR"


def _text(path: Path) -> str:
    quoted = str(path).replace("'", "''")
    return f"'{quoted}'"


def sql(measure: Measure, asked: Asked) -> str:
    """The query of a figure with its values in it, as DuckDB and PostgreSQL understand it."""
    return said(histogram(measure, asked))


def said(query: Select[Any] | CompoundSelect[Any]) -> str:
    """A query with its values in it, as every engine over the files understands it."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call] # SQLAlchemy's
    return str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def columns() -> dict[str, dict[str, str]]:
    """The tables of an export with the columns of each and their types, as DuckDB calls them."""
    return {kind.table.name: types(kind) for kind in TABLES}


def views(folder: Path) -> Iterator[str]:
    """What to say to DuckDB before asking: each table of the export under its own name."""
    for kind in TABLES:
        name = kind.table.name
        if _are_there(folder, kind):
            yield _view(folder, kind)
        else:
            empty = (f'NULL::{type_} AS "{column}"' for column, type_ in types(kind).items())
            yield f'CREATE VIEW "{name}" AS SELECT * FROM (SELECT {", ".join(empty)}) WHERE false'  # noqa: S608 - our tables


def _are_there(folder: Path, kind: Kind) -> bool:
    return any((folder / kind.table.name).glob(f"*/{PART}"))


def _view(folder: Path, kind: Kind) -> str:
    """Months are words, whatever they look like."""
    files = _text(folder / kind.table.name / "*" / PART)
    source = f"read_parquet({files}, hive_partitioning = true, hive_types = {{'month': VARCHAR}})"
    return f'CREATE VIEW "{kind.table.name}" AS SELECT * FROM {source}'  # noqa: S608 - our tables, a quoted path


def total_up(engine: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The totals of the facts in the files that an engine has views of, month by month."""
    return file_totals.by_month(lambda query: engine.execute(said(query)).fetchall())


def measured(
    folder: Path, measures: Mapping[Measure, Asked], calendar: WorkingDays
) -> dict[Measure, dict[str, Found]]:
    """What figures come to by the files of an export alone. NoDuckDB if they cannot be read."""
    with closing(duckdb().connect()) as engine:
        for statement in views(folder):
            engine.execute(statement)
        return {
            measure: folded(measure, engine.execute(sql(measure, asked)).fetchall(), calendar)
            for measure, asked in measures.items()
        }


def overview(folder: Path, chosen: Chosen) -> Overview:
    """The overview of the chosen cases by the files of an export alone: from the totals among
    them, and from all rows where there are none. NoDuckDB if they cannot be read."""
    kept = _are_there(folder, TOTALS)
    with closing(duckdb().connect()) as engine:
        for statement in views(folder):
            engine.execute(statement)
        if kept:
            engine.execute(_view(folder, TOTALS))
            engine.execute(file_totals.GROUPS)
        return overview_of(lambda query: engine.execute(said(query)).fetchall(), chosen, kept=kept)


def duckdb() -> Any:
    """The library that reads and writes the files; NoDuckDB if it is not installed."""
    try:
        return importlib.import_module("duckdb")  # an extra, and slow to load
    except ImportError:
        raise NoDuckDB("install permits with the extra `parquet`, which brings DuckDB") from None
