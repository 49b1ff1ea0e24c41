"""A log in a CSV file: read row by row, whatever its size."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from permits.exchange.instants import instant
from permits.exchange.log import BadLog, How, LogEvent, Tell, is_utf8

if TYPE_CHECKING:
    from _csv import Reader

CASE = (
    "case:concept:name", "case_id", "caseid", "case id", "case", "case number", "trace_id",
    "办件编号", "案件编号", "业务编号", "流水号",
)  # fmt: skip
ACTIVITY = (
    "concept:name", "activity", "activity_name", "activity name", "task", "event", "event_type",
    "环节", "活动", "事项环节",
)  # fmt: skip
TIME = (
    "time:timestamp", "timestamp", "time", "complete_timestamp", "complete timestamp",
    "end_timestamp", "date", "datetime", "时间", "办理时间",
)  # fmt: skip
"""Names of columns that are known, the likeliest first."""

DELIMITERS = (",", ";", "\t", "|")
_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def read_csv(source: BinaryIO, how: How, tell: Tell) -> Iterator[LogEvent]:
    """The events of a file, in its order. Raises BadLog where no log can be made of it."""
    if is_utf8(how.encoding):
        _look_at_mark(source)
    text = io.TextIOWrapper(source, encoding=_codec(how), newline="")
    try:
        yield from _rows(text, how, tell)
    except UnicodeDecodeError:
        raise _misread(source, how) from None
    finally:
        text.detach()


def _codec(how: How) -> str:
    return "utf-8-sig" if is_utf8(how.encoding) else how.encoding


def _look_at_mark(source: BinaryIO) -> None:
    mark = source.read(2)
    source.seek(0)
    if mark in _MARKS:
        raise BadLog("encoding", 1, _MARKS[mark])


def _misread(source: BinaryIO, how: How) -> BadLog:
    """The line that is not in the encoding, and what it is in if that can be told."""
    source.seek(0)
    for number, line in enumerate(source, start=1):
        try:
            line.decode(how.encoding)
        except UnicodeDecodeError:
            return BadLog("encoding", number, _likely(line))
    return BadLog("encoding", None, "")


def _likely(line: bytes) -> str:
    try:
        line.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "GB18030"


def _rows(text: io.TextIOWrapper, how: How, tell: Tell) -> Iterator[LogEvent]:
    head = text.readline()
    if not head.strip():
        raise BadLog("empty", 1)
    text.seek(0)
    rows = csv.reader(text, delimiter=_delimiter(head))
    try:
        names = next(rows)
        columns = _columns(names, how)
        yield from _events(rows, len(names), columns, how, tell)
    except csv.Error as error:
        # A quote that is never closed ends here too: a cell has at most 131,072 characters.
        raise BadLog("csv", rows.line_num, str(error)) from None


def _delimiter(head: str) -> str:
    """What parts the head into the most cells; a comma if nothing does."""
    counts = {each: len(next(csv.reader([head], delimiter=each))) for each in DELIMITERS}
    return max(DELIMITERS, key=counts.__getitem__)


def _columns(names: Sequence[str], how: How) -> tuple[int, int, int]:
    case = _column(names, how.case, CASE, "case")
    activity = _column(names, how.activity, ACTIVITY, "activity")
    return case, activity, _column(names, how.time, TIME, "time")


def _column(names: Sequence[str], given: str, known: Sequence[str], what: str) -> int:
    """Where the column stands that is named, or else the first that is known by its name."""
    plain = [name.strip() for name in names]
    if not given:
        plain = [name.lower() for name in plain]
    wanted = [given] if given else [name for name in known if name in plain]
    if not wanted or wanted[0] not in plain:
        raise BadLog("no_column", 1, f"{what}: {given}" if given else what)
    if plain.count(wanted[0]) > 1:
        raise BadLog("column_twice", 1, wanted[0])
    return plain.index(wanted[0])


def _events(
    rows: "Reader", width: int, columns: tuple[int, int, int], how: How, tell: Tell
) -> Iterator[LogEvent]:
    case_at, activity_at, time_at = columns
    parse = datetime.fromisoformat
    last = rows.line_num
    for cells in rows:
        line, last = last + 1, rows.line_num
        if len(cells) != width and not _usable(cells, width, line, tell):
            continue
        case, activity, written = cells[case_at], cells[activity_at], cells[time_at]
        if not case or case.isspace():
            tell("no_case", line, activity)
            continue
        if not activity or activity.isspace():
            tell("no_activity", line, case)
            continue
        try:  # what nearly every line has; the rest has time for more
            at: datetime | None = parse(written)
        except ValueError:
            at = None
        if at is None or at.tzinfo is None or not 1 < at.year < 9999:
            at = instant(written, how, line, tell)
            if at is None:
                continue
        yield LogEvent(case, activity, at, line)


def _usable(cells: list[str], width: int, line: int, tell: Tell) -> bool:
    """Whether the event of a row can be read that has not as many cells as the head.

    A short row has lost its last cells; in a long one a cell was parted, so that any may be wrong.
    """
    if not cells:
        return False  # an empty line says nothing
    if len(cells) < width:
        tell("short_row", line, "")
        cells.extend([""] * (width - len(cells)))
        return True
    if any(map(str.strip, cells[width:])):
        tell("long_row", line, "")
        return False
    return True
