"""What a log says, whatever file it comes from: events of cases, and what was odd about it."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

import msgspec

MOST_TOLD = 1_000
"""So many oddities are kept with their place; all are counted."""

Place: TypeAlias = int | str
"""Where in a file: a line, counted from 1, or the id of the element where there are no lines."""

Odd = Literal[
    "no_case", "no_activity", "no_time", "bad_time", "date_only", "twice_or_never", "short_row",
    "long_row", "case_again", "out_of_order", "no_object", "unknown_object",
]  # fmt: skip
"""What can be odd about a line or an element. Closed: each has its words in `wording`."""

Wrong = Literal[
    "encoding", "empty", "no_column", "column_twice", "no_zone", "csv", "xml", "entities",
    "no_log", "json", "no_type", "sqlite", "gzip",
]  # fmt: skip
"""Why a file cannot be read at all."""

LEFT_OUT: frozenset[Odd] = frozenset(
    {"no_case", "no_activity", "no_time", "bad_time", "long_row", "no_object"}
)
"""With these the event is not taken over; with the others it is."""


class LogEvent(msgspec.Struct, frozen=True, gc=False):
    """One event: which case, what was done, when (with its offset), and where the file says so."""

    case: str
    activity: str
    at: datetime
    place: Place


class Oddity(msgspec.Struct, frozen=True):
    """Something of the file that was met with tolerance: what, where, and the text it is about."""

    odd: Odd
    place: Place
    about: str = ""


class BadLog(ValueError):
    """A file of which no log can be made: why, where, and what it is about."""

    def __init__(self, wrong: Wrong, place: Place | None = None, about: str = "") -> None:
        super().__init__(f"{wrong} at {place}: {about}")
        self.wrong = wrong
        self.place = place
        self.about = about


class Oddities:
    """What was odd about a file: each counted, the first of them kept with their places."""

    def __init__(self) -> None:
        self.first: list[Oddity] = []
        self.counts: dict[Odd, int] = {}

    def __call__(self, odd: Odd, place: Place, about: str = "") -> None:
        self.counts[odd] = self.counts.get(odd, 0) + 1
        if len(self.first) < MOST_TOLD:
            self.first.append(Oddity(odd, place, about[:80]))

    @property
    def total(self) -> int:
        return sum(self.counts.values())


class How(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader of a file is told beforehand: what the file does not say itself.

    `zone` is for times without an offset; `case`, `activity` and `time` are the names of columns,
    or of attributes in XES; `object_type` says which objects of an OCEL file are the cases.
    """

    zone: ZoneInfo | None = None
    encoding: str = "utf-8"
    case: str = ""
    activity: str = ""
    time: str = ""
    object_type: str = ""


Tell = Callable[[Odd, Place, str], None]
"""Told of each oddity: what, where, and the text it is about."""


def is_utf8(encoding: str) -> bool:
    return encoding.lower().replace("_", "-") in {"utf-8", "utf8"}
