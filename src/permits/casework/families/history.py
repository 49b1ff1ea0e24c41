"""The history family: cases that were decided before this program came, in one stream.

Of them only dates are known. They are no cases: nothing is decided on them, nothing is owed, and
what they saved cannot be told.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

from permits.casework.envelope import Envelope, Event, Strayed

STREAM = "history"

PastResult = Literal["granted", "refused"]


class PastCaseRecorded(Event, frozen=True):
    """A case of before, from a line of a file that was imported; `source` is the file's SHA-256.
    The number is the one the office gave it then."""

    source: str
    line: int
    number: str
    permit: str
    track: str
    received_on: date
    accepted_on: date | None
    decided_on: date
    result: PastResult


class PastCasesWithdrawn(Event, frozen=True):
    """A file was imported by mistake: none of its cases counts any more, and all stay told."""

    source: str


class PastImport(msgspec.Struct, frozen=True):
    """A file that counts, the day it was imported, and its cases in the order of the file."""

    source: str
    imported_on: date
    cases: tuple[PastCaseRecorded, ...]


def past_imports(entries: Iterable[tuple[Envelope, Event]]) -> tuple[PastImport, ...]:
    """The files that count, the oldest import first. A file that was withdrawn may come again."""
    held: dict[str, tuple[date, list[PastCaseRecorded]]] = {}
    for at, event in entries:
        if isinstance(event, PastCaseRecorded):
            held.setdefault(event.source, (at.effective_at, []))[1].append(event)
        elif isinstance(event, PastCasesWithdrawn):
            held.pop(event.source, None)
        else:
            raise Strayed(at)
    return tuple(PastImport(name, on, tuple(cases)) for name, (on, cases) in held.items())
