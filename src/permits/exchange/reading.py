"""A file as the log that it is: what form it has is told by its first bytes, not by its name."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal, cast

from permits.exchange.csv_log import read_csv
from permits.exchange.log import BadLog, How, LogEvent, Tell
from permits.exchange.ocel_log import read_ocel_json, read_ocel_sqlite
from permits.exchange.xes_log import read_xes

Form = Literal["csv", "xes", "ocel-json", "ocel-sqlite"]

_SQLITE = b"SQLite format 3\x00"
_GZIP = b"\x1f\x8b"
_UTF8_MARK = b"\xef\xbb\xbf"


def read_log(path: Path, how: How, tell: Tell) -> Iterator[LogEvent]:
    """The events of a file in its order, as they are read; packed by gzip or not.

    What is odd is told; BadLog says why no log can be made of it; OSError if it cannot be read.
    """
    with path.open("rb") as raw:
        packed = raw.read(len(_GZIP)) == _GZIP
        raw.seek(0)
        source = cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if packed else raw
        try:
            yield from _read(path, source, how, tell)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise BadLog("gzip", None, str(error)) from None


def _read(path: Path, source: BinaryIO, how: How, tell: Tell) -> Iterator[LogEvent]:
    match form_of(source):
        case "xes":
            return read_xes(source, how, tell)
        case "ocel-json":
            return read_ocel_json(source.read().removeprefix(_UTF8_MARK), how, tell)
        case "ocel-sqlite":
            return read_ocel_sqlite(path, how, tell)
        case "csv":
            return read_csv(source, how, tell)


def form_of(source: BinaryIO) -> Form:
    """The form of a log by its first bytes; the source stands at its beginning afterwards."""
    first = source.read(512)
    source.seek(0)
    if first.startswith(_SQLITE):
        return "ocel-sqlite"
    text = first.removeprefix(_UTF8_MARK).lstrip()
    if text.startswith(b"<"):
        return "xes"
    return "ocel-json" if text.startswith(b"{") else "csv"
