"""The treasury's own file read back: what it knows and the ledgers do not, and the other way.

The file is CSV in UTF-8 with the columns `number`, `day` and `amount` (or 凭证号、日期、金额): the
treasury's number of a payment, the day as 2022-06-09, and yuan with at most two decimals; a refund
is negative.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

import msgspec

from permits.analytics.treasury import Entry, moved

MOST_BYTES = 5_000_000

_HEADS: Mapping[str, str] = {"凭证号": "number", "日期": "day", "金额": "amount"}
_AMOUNT = re.compile(r"(-?)([0-9]{1,13})(?:\.([0-9]{1,2}))?", re.ASCII)

Wrong = Literal["encoding", "columns", "number", "day", "amount"]


class Line(msgspec.Struct, frozen=True):
    """A payment of the treasury's file; a refund is negative."""

    line: int
    number: str
    on: date
    fen: int


class BadFile(ValueError):
    """A file that cannot be read: what is wrong with it, and in which line."""

    def __init__(self, wrong: Wrong, line: int) -> None:
        super().__init__(f"line {line}: {wrong}")
        self.wrong = wrong
        self.line = line


Kind = Literal["only_treasury", "only_ledger", "amount", "day", "twice"]


class Difference(msgspec.Struct, frozen=True):
    """A number on which the two do not agree. `twice` stands for one that either has twice."""

    kind: Kind
    number: str
    theirs: Line | None
    ours: Entry | None


def read(raw: bytes) -> list[Line]:
    """The lines of a file; BadFile says where it cannot be read."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile("encoding", 1) from None
    rows = csv.reader(io.StringIO(text))
    heads = [_HEADS.get(cell.strip(), cell.strip().lower()) for cell in next(rows, [])]
    if not {"number", "day", "amount"} <= {*heads}:
        raise BadFile("columns", 1)
    return [_line(rows.line_num, heads, cells) for cells in rows if any(map(str.strip, cells))]


def _line(place: int, heads: list[str], cells: list[str]) -> Line:
    held = dict(zip(heads, map(str.strip, cells), strict=False))
    number, day = held.get("number", "").lstrip("'"), held.get("day", "")
    if not number:
        raise BadFile("number", place)
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise BadFile("day", place) from None
    found = _AMOUNT.fullmatch(held.get("amount", "").replace(",", "").lstrip("'"))
    if found is None:
        raise BadFile("amount", place)
    fen = int(found[2]) * 100 + int((found[3] or "").ljust(2, "0"))
    return Line(place, number, on, -fen if found[1] else fen)


def compare(ours: Iterable[Entry], theirs: Iterable[Line]) -> Iterator[Difference]:
    """Where the ledgers and the file do not agree, by the treasury's numbers."""
    here, there = defaultdict(list), defaultdict(list)
    for entry in moved(iter(ours)):
        here[entry.receipt].append(entry)
    for line in theirs:
        there[line.number].append(line)
    for number in sorted(here.keys() | there.keys()):
        yield from _differ(number, here[number], there[number])


def _differ(number: str, ours: list[Entry], theirs: list[Line]) -> Iterator[Difference]:
    if not number or not theirs:
        yield from (Difference("only_ledger", number, None, one) for one in ours)
    elif not ours:
        yield from (Difference("only_treasury", number, one, None) for one in theirs)
    elif len(ours) > 1 or len(theirs) > 1:
        yield Difference("twice", number, theirs[0], ours[0])
    elif theirs[0].fen != -ours[0].amount_fen:
        yield Difference("amount", number, theirs[0], ours[0])
    elif theirs[0].on != ours[0].on:
        yield Difference("day", number, theirs[0], ours[0])
