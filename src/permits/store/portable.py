"""Every table as a file that any database can be filled from, and that outlives all of them.

A file is gzip of JSON, one value a line. The first line names the table, its columns in order, and
those of them that hold bytes; each line after it is a row, as an array in that order. Bytes are
base64. Rows stand in the order of their primary key, so that the same rows make the same file.
"""

import gzip
import io
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, LargeBinary, MetaData, Table, delete, insert, select

from permits.store.event_log import Head, Record, verify_every

SUFFIX = ".jsonl.gz"
VERSIONS = "alembic_version"
"""The table that says which shape the database has; a dump says it elsewhere."""

AT_ONCE = 1_000

Rows = Iterator[dict[str, Any]]


class _Header(msgspec.Struct, frozen=True):
    table: str
    columns: tuple[str, ...]
    bytes: tuple[str, ...] = ()


class NotADump(Exception):
    """A file is not one of a table, or not the whole of it; the message says which and why."""


def tables_of(connection: Connection) -> list[Table]:
    """Every table there is but that of the shape, by name."""
    found = MetaData()
    found.reflect(connection)
    return [found.tables[name] for name in sorted(found.tables) if name != VERSIONS]


def dump(connection: Connection, folder: Path) -> dict[str, int]:
    """Write every table into the folder, as the transaction sees it; how many rows each has."""
    return {str(table.name): _dump(connection, table, folder) for table in tables_of(connection)}


def _dump(connection: Connection, table: Table, folder: Path) -> int:
    count = 0
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=AT_ONCE)
    raw = tuple(str(c.name) for c in table.columns if isinstance(c.type, LargeBinary))
    header = _Header(str(table.name), tuple(str(c.name) for c in table.columns), raw)
    encode = msgspec.json.Encoder().encode
    with _writing(folder / f"{table.name}{SUFFIX}") as target:
        target.write(encode(header) + b"\n")
        with connection.execute(query) as rows:
            for row in rows:
                count += 1
                target.write(encode(tuple(map(_plain, row))) + b"\n")
    return count


def _plain(value: Any) -> Any:
    """PostgreSQL's driver may give bytes as a view of them."""
    return bytes(value) if isinstance(value, memoryview) else value


@contextmanager
def _writing(path: Path) -> Iterator[io.BufferedIOBase]:
    """No name and no time go into the file, so that the same content makes the same bytes."""
    with (
        path.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=1, fileobj=raw, mtime=0) as target,
    ):
        yield target


@contextmanager
def rows_in(folder: Path, table: str) -> Iterator[Rows]:
    """The rows of a table of a dump. NotADump, when it is opened or later, if it is not whole."""
    path = folder / f"{table}{SUFFIX}"
    try:
        with gzip.open(path, "rb") as source:
            header = msgspec.json.decode(source.readline(), type=_Header)
            if header.table != table:
                raise NotADump(f"{path.name} is of the table {header.table}")
            yield _rows(header, source)
    except (OSError, EOFError, msgspec.DecodeError) as error:
        raise NotADump(f"{path.name} cannot be read: {error}") from error


def _rows(header: _Header, source: Any) -> Rows:
    raw = [header.columns.index(name) for name in header.bytes]
    decode = msgspec.json.Decoder(list[Any]).decode
    for line in source:
        values = decode(line)
        if len(values) != len(header.columns):
            raise NotADump(f"a row of {header.table} does not have as many values as columns")
        for place in raw:
            values[place] = None if values[place] is None else b64decode(values[place])
        yield dict(zip(header.columns, values, strict=True))


def load(connection: Connection, folder: Path) -> dict[str, int]:
    """Fill a database that has just been given the shape of the dump; how many rows each table
    got. What making the shape has put into a table gives way."""
    return {str(table.name): _load(connection, table, folder) for table in tables_of(connection)}


def _load(connection: Connection, table: Table, folder: Path) -> int:
    count = 0
    if connection.execute(select(table).limit(1)).first() is not None:
        connection.execute(delete(table))
    with rows_in(folder, table.name) as rows:
        while some := list(islice(rows, AT_ONCE)):
            connection.execute(insert(table), some)
            count += len(some)
    return count


def verify(folder: Path) -> int:
    """Check the chain of every stream of a dump; how many events there are. BrokenChain with the
    first place that is wrong, NotADump if a file is not whole."""
    with rows_in(folder, "stream") as rows:
        heads = {row["id"]: Head(row["version"], row["head"]) for row in rows}
    with rows_in(folder, "event") as rows:
        return verify_every(((row["stream"], _record(row)) for row in rows), heads)


def _record(row: dict[str, Any]) -> Record:
    return Record(row["seq"], row["id"], row["type"], row["record"], row["hash"])
