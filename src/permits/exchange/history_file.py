"""A file of cases that were decided before this program came: dates only, and every fault told.

CSV with the columns below, by their English or Chinese names. Columns that are not known are left
alone: what stands in them is not kept, for it may be about a person.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Literal

import msgspec

from permits.casework.families.history import PastCaseRecorded, PastResult

COLUMNS: Mapping[str, str] = {
    "办件编号": "number",
    "事项": "permit",
    "办理方式": "track",
    "收件日期": "received_on",
    "受理日期": "accepted_on",
    "决定日期": "decided_on",
    "结果": "result",
}
"""The Chinese name of each column, and the English one."""

RESULTS: Mapping[str, PastResult] = {
    "granted": "granted",
    "准予": "granted",
    "准予许可": "granted",
    "refused": "refused",
    "不予": "refused",
    "不予许可": "refused",
}

Wrong = Literal[
    "encoding", "columns", "number", "twice", "known", "permit", "track", "date", "order", "later",
    "result", "empty",
]  # fmt: skip

_DATE = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with a line, and the text it is about."""

    line: int
    wrong: Wrong
    about: str = ""


class Known(msgspec.Struct, frozen=True):
    """What a file is held against: the tracks of each permit type, the numbers that are taken, and
    the day of the import, before which everything was decided."""

    tracks: Mapping[str, frozenset[str]]
    numbers: frozenset[str]
    today: date


class PastFile(msgspec.Struct, frozen=True):
    """What a file holds; the columns that were left alone; all its faults."""

    source: str
    cases: tuple[PastCaseRecorded, ...]
    ignored: tuple[str, ...]
    faults: tuple[Fault, ...]


def read_past(raw: bytes, known: Known) -> PastFile:
    """The cases of a file. With a fault in one line nothing of the file is to be imported."""
    source = sha256(raw).hexdigest()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return PastFile(source, (), (), (Fault(1, "encoding"),))
    rows = csv.reader(io.StringIO(text))
    heads = [COLUMNS.get(cell.strip(), cell.strip()) for cell in next(rows, [])]
    missing = sorted({*COLUMNS.values()} - {*heads})
    if missing:
        return PastFile(source, (), (), (Fault(1, "columns", ", ".join(missing)),))
    reading = _Reading(source, known)
    last = rows.line_num
    for cells in rows:
        line, last = last + 1, rows.line_num
        if any(map(str.strip, cells)):
            reading.line(line, dict(zip(heads, map(str.strip, cells), strict=False)))
    if not reading.cases and not reading.faults:
        reading.faults.append(Fault(1, "empty"))
    ignored = tuple(head for head in heads if head not in {*COLUMNS.values(), ""})
    return PastFile(source, tuple(reading.cases), ignored, tuple(reading.faults))


class _Reading:
    def __init__(self, source: str, known: Known) -> None:
        self.source, self.known = source, known
        self.cases: list[PastCaseRecorded] = []
        self.faults: list[Fault] = []
        self._numbers: set[str] = set()

    def line(self, line: int, cells: dict[str, str]) -> None:
        faults = [Fault(line, *wrong) for wrong in self._wrong(cells)]
        self._numbers.add(cells.get("number", ""))
        self.faults.extend(faults)
        if faults:
            return
        days = {name: _day(cells[name]) for name in ("received_on", "accepted_on", "decided_on")}
        self.cases.append(
            msgspec.convert(
                {
                    **days,
                    "source": self.source,
                    "line": line,
                    "number": cells["number"],
                    "permit": cells["permit"],
                    "track": cells["track"],
                    "result": RESULTS[cells["result"]],
                },
                PastCaseRecorded,
            )
        )

    def _wrong(self, cells: dict[str, str]) -> Iterator[tuple[Wrong, str]]:
        number, permit = cells.get("number", ""), cells.get("permit", "")
        track, result = cells.get("track", ""), cells.get("result", "")
        if not number:
            yield "number", ""
        elif number in self._numbers:
            yield "twice", number
        elif number in self.known.numbers:
            yield "known", number
        if permit not in self.known.tracks:
            yield "permit", permit
        elif track not in self.known.tracks[permit]:
            yield "track", track
        if result not in RESULTS:
            yield "result", result
        yield from self._wrong_days(cells)

    def _wrong_days(self, cells: dict[str, str]) -> Iterator[tuple[Wrong, str]]:
        """Days that cannot be read, that run backwards, or that are not over."""
        written = [cells.get(name, "") for name in ("received_on", "accepted_on", "decided_on")]
        bad = [text for text in (written[0], written[2]) if _day(text) is None]
        bad += [written[1]] if written[1] and _day(written[1]) is None else []
        yield from (("date", text) for text in bad)
        if bad:
            return
        days = [day for day in map(_day, written) if day is not None]
        if days != sorted(days):
            yield "order", " > ".join(map(str, days))
        if days[-1] >= self.known.today:
            yield "later", str(days[-1])


def _day(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None
