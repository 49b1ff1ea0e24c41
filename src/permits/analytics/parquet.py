"""The rows that figures are counted in as Parquet files, for tools that count many at once.

A folder for each table holds a folder for each month of the result (`month=2022-06`, and
`month=open` for cases without one), with one file. Days stay ISO text, as in the tables, so the
same queries run on both. Stays and opinions carry the working days they took, by the calendar of
the export. Only what differs from the folder is written anew. No name and no title is among the
columns.

The files are written and read by DuckDB, which comes with the extra `parquet`.
"""

import hashlib
import importlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    CompoundSelect,
    Connection,
    Integer,
    Select,
    Table,
    func,
    select,
)
from sqlalchemy.dialects import postgresql

from permits.analytics.choosing import Chosen
from permits.analytics.measures import Measure
from permits.analytics.measuring import Asked, Found, counting, folded, histogram
from permits.analytics.metrics import Overview, overview_of
from permits.casework.working_days import WorkingDays
from permits.store.measured_tables import case_duty, case_facts, case_fee, case_term, interval
from permits.store.pile_tables import opinion_row
from permits.store.tables import case_row

MANIFEST = "manifest.json"
PART = "part.parquet"
OPEN = "open"


class NoDuckDB(Exception):
    """DuckDB is not installed; it comes with the extra `parquet`."""


class NotOurs(Exception):
    """The folder holds something that no export wrote; the message says what."""


class Exported(NamedTuple):
    """Rows there are, files that were written, that stayed as they were, that were taken away."""

    rows: int
    written: int
    kept: int
    removed: int


class _Kind(NamedTuple):
    """A table of the export: its columns, and the two days its working days lie between."""

    table: Table
    columns: tuple[Column[Any], ...]
    days: tuple[str, str] | None = None


TABLES = (
    _Kind(case_facts, tuple(case_facts.c)),
    _Kind(case_row, (case_row.c.case_id, case_row.c.authority)),
    _Kind(case_term, tuple(case_term.c)),
    _Kind(case_duty, tuple(case_duty.c)),
    _Kind(case_fee, tuple(case_fee.c)),
    _Kind(interval, tuple(interval.c), ("entered_on", "left_on")),
    _Kind(opinion_row, tuple(opinion_row.c), ("asked_on", "given_on")),
)


class _File(msgspec.Struct, frozen=True):
    """What a manifest says of a file: its rows, and the digest of them."""

    rows: int
    sha256: str


_Files = dict[str, _File]


def export(connection: Connection, folder: Path, calendar: WorkingDays) -> Exported:
    """Bring a folder up to what one transaction sees. Its manifest is written last: an export that
    was cut short is made good by the next. NotOurs, NoDuckDB or a fault of the disk ends it."""
    database = duckdb()
    before = _manifest(folder)
    folder.mkdir(parents=True, exist_ok=True)
    found: _Files = {}
    written = 0
    with closing(database.connect()) as engine:
        for kind in TABLES:
            for month, rows in _partitions(connection, kind, calendar):
                place = f"{kind.table.name}/month={month}"
                lines, file = _lines(rows)
                found[place] = file
                if before.get(place) != file or not (folder / place / PART).is_file():
                    _write(engine, kind, lines, folder / place)
                    written += 1
    gone = [place for place in before if place not in found]
    for place in gone:
        (folder / place / PART).unlink(missing_ok=True)
        (folder / place).rmdir()
    _put(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(found), indent=1))
    total = sum(file.rows for file in found.values())
    return Exported(total, written, len(found) - written, len(gone))


def _manifest(folder: Path) -> _Files:
    """What the folder holds by its manifest; nothing if it is empty or not there."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=_Files)
    except FileNotFoundError:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise NotOurs(f"{folder} is not empty and holds no {MANIFEST} of an export") from None
        return {}
    except msgspec.DecodeError as error:
        raise NotOurs(f"{folder / MANIFEST} is none of an export: {error}") from None


def _partitions(
    connection: Connection, kind: _Kind, calendar: WorkingDays
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The rows of a table month by month, each in the order of its key."""
    month = func.coalesce(func.substr(case_facts.c.result_on, 1, 7), OPEN).label("month")
    query: Select[Any] = select(month, *kind.columns).select_from(case_facts)
    if kind.table is not case_facts:
        query = query.join(kind.table, kind.table.c.case_id == case_facts.c.case_id)
    ordered = query.order_by(month, *kind.table.primary_key.columns)
    rows = connection.execution_options(yield_per=1000).execute(ordered)
    between = counting(calendar)
    for name, some in groupby(rows, key=itemgetter(0)):
        yield name, [_row(kind, row[1:], between) for row in some]


def _row(kind: _Kind, cells: Any, between: Callable[[str, str], int | None]) -> dict[str, Any]:
    row = {str(column.name): cell for column, cell in zip(kind.columns, cells, strict=True)}
    if kind.days is not None:
        since, until = (row[name] for name in kind.days)
        row["days"] = between(since, until) if until is not None else None
    return row


def _lines(rows: list[dict[str, Any]]) -> tuple[bytes, _File]:
    """The rows as lines of JSON, and what a manifest says of them."""
    lines = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    return lines, _File(len(rows), hashlib.sha256(lines).hexdigest())


def _write(engine: Any, kind: _Kind, lines: bytes, folder: Path) -> None:
    """One file, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    source, target = folder / "rows.json", folder / f"{PART}.new"
    source.write_bytes(lines)
    try:
        rows = engine.read_json(str(source), columns=_types(kind), format="newline_delimited")
        rows.write_parquet(str(target), compression="zstd")
        target.replace(folder / PART)
    finally:
        source.unlink()
        target.unlink(missing_ok=True)


def _types(kind: _Kind) -> dict[str, str]:
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


def _put(file: Path, content: bytes) -> None:
    new = file.with_name(f"{file.name}.new")
    new.write_bytes(content)
    new.replace(file)


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
    return {kind.table.name: _types(kind) for kind in TABLES}


def views(folder: Path) -> Iterator[str]:
    """What to say to DuckDB before asking: each table of the export under its own name."""
    for kind in TABLES:
        name = kind.table.name
        if any((folder / name).glob(f"*/{PART}")):
            files = _text(folder / name / "*" / PART)
            source = f"read_parquet({files}, hive_partitioning = true)"
        else:
            empty = (f'NULL::{type_} AS "{column}"' for column, type_ in _types(kind).items())
            source = f"(SELECT {', '.join(empty)}) WHERE false"
        yield f'CREATE VIEW "{name}" AS SELECT * FROM {source}'  # noqa: S608 - our tables, a quoted path


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
    """The overview of the chosen cases by the files of an export alone. NoDuckDB if they cannot be
    read."""
    with closing(duckdb().connect()) as engine:
        for statement in views(folder):
            engine.execute(statement)
        return overview_of(
            lambda query: engine.execute(said(query)).fetchall(), chosen, kept=False
        )


def duckdb() -> Any:
    """The library that reads and writes the files; NoDuckDB if it is not installed."""
    try:
        return importlib.import_module("duckdb")  # an extra, and slow to load
    except ImportError:
        raise NoDuckDB("install permits with the extra `parquet`, which brings DuckDB") from None
