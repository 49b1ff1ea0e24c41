"""Tables as CSV that spreadsheets open as they are meant: Chinese, dates, and no formulas."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

MEDIA_TYPE = "text/csv; charset=utf-8"

BOM = "\ufeff"
"""Without it spreadsheets take the characters for something else."""

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that begins like this would be run by a spreadsheet as a formula."""


class Sheet(NamedTuple):
    """A table: its name, the columns with their words for programs and for people, and the
    cells."""

    name: str
    columns: Sequence[tuple[str, str]]
    rows: Iterable[Sequence[object]]


def lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The file, row by row: UTF-8 with its mark, ended by CR and LF (RFC 4180)."""
    yield BOM
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def cell(value: object) -> Any:
    """A value as it is written: numbers stay numbers, dates are ISO, texts are never formulas."""
    match value:
        case None:
            return ""
        case bool():
            return int(value)
        case int() | float():
            return value
        case date():
            return value.isoformat()
        case _:
            text = str(value)
            return f"'{text}" if text.startswith(_FORMULAS) else text
