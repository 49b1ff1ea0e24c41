"""Writes the rows that figures are counted in as Parquet files, and only those that changed."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Select, func, select

from permits.analytics.measuring import counting
from permits.analytics.parquet import PART, TABLES, TOTALS, Kind, duckdb, total_up, types, views
from permits.casework.working_days import WorkingDays
from permits.store.measured_tables import case_facts

MANIFEST = "manifest.json"
OPEN = "open"


class NotOurs(Exception):
    """The folder holds something that no export wrote; the message says what."""


class Exported(NamedTuple):
    """Rows there are, files that were written, that stayed as they were, that were taken away."""

    rows: int
    written: int
    kept: int
    removed: int


class _File(msgspec.Struct, frozen=True):
    """What a manifest says of a file: its rows, and the digest of them."""

    rows: int
    sha256: str


_Files = dict[str, _File]
_Rows = list[dict[str, Any]]


def export(connection: Connection, folder: Path, calendar: WorkingDays) -> Exported:
    """Bring a folder up to what one transaction sees. Its manifest is written last: an export that
    was cut short is made good by the next. NotOurs, NoDuckDB or a fault of the disk ends it."""
    database = duckdb()
    under_way = _UnderWay(folder, _manifest(folder))
    folder.mkdir(parents=True, exist_ok=True)
    with closing(database.connect()) as engine:
        for kind in TABLES:
            under_way.bring(engine, kind, _partitions(connection, kind, calendar))
        under_way.take_away(TABLES)
        for statement in views(folder):
            engine.execute(statement)
        under_way.bring(engine, TOTALS, total_up(engine))
    under_way.take_away([TOTALS])
    return under_way.ended()


class _UnderWay:
    """A folder that is brought up to date: what it held by its manifest, and what was found."""

    def __init__(self, folder: Path, before: _Files) -> None:
        self._folder = folder
        self._before = before
        self._found: _Files = {}
        self._written = 0
        self._removed = 0

    def bring(self, engine: Any, kind: Kind, partitions: Iterable[tuple[str, _Rows]]) -> None:
        """Write the files of a table that are not as they should be."""
        for month, rows in partitions:
            place = f"{kind.table.name}/month={month}"
            lines, file = _lines(rows)
            self._found[place] = file
            if self._before.get(place) != file or not (self._folder / place / PART).is_file():
                write(engine, kind, lines, self._folder / place)
                self._written += 1

    def take_away(self, kinds: Iterable[Kind]) -> None:
        """Remove the files of tables that nothing was found for."""
        names = {kind.table.name for kind in kinds}
        for place in self._before:
            if place not in self._found and place.partition("/")[0] in names:
                (self._folder / place / PART).unlink(missing_ok=True)
                (self._folder / place).rmdir()
                self._removed += 1

    def ended(self) -> Exported:
        """Write the manifest; what came of it."""
        manifest = msgspec.json.format(msgspec.json.encode(self._found), indent=1)
        _put(self._folder / MANIFEST, manifest)
        rows = sum(file.rows for file in self._found.values())
        as_it_was = len(self._found) - self._written
        return Exported(rows, self._written, as_it_was, self._removed)


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
    connection: Connection, kind: Kind, calendar: WorkingDays
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


def _row(kind: Kind, cells: Any, between: Callable[[str, str], int | None]) -> dict[str, Any]:
    row = {str(column.name): cell for column, cell in zip(kind.columns, cells, strict=True)}
    if kind.days is not None:
        since, until = (row[name] for name in kind.days)
        row["days"] = between(since, until) if until is not None else None
    return row


def _lines(rows: _Rows) -> tuple[bytes, _File]:
    """The rows as lines of JSON, and what a manifest says of them."""
    lines = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    return lines, _File(len(rows), hashlib.sha256(lines).hexdigest())


def write(engine: Any, kind: Kind, lines: bytes, folder: Path) -> None:
    """One file, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    source, target = folder / "rows.json", folder / f"{PART}.new"
    source.write_bytes(lines)
    try:
        rows = engine.read_json(str(source), columns=types(kind), format="newline_delimited")
        rows.write_parquet(str(target), compression="zstd")
        target.replace(folder / PART)
    finally:
        source.unlink()
        target.unlink(missing_ok=True)


def _put(file: Path, content: bytes) -> None:
    new = file.with_name(f"{file.name}.new")
    new.write_bytes(content)
    new.replace(file)
