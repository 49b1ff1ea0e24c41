"""Due dates: from a start day and a length, through pauses and extensions, to the last day."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Literal, get_args

import msgspec

from permits.casework.working_days import WorkingDays

Unit = Literal["wd", "d", "m"]

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)
MOST: dict[Unit, int] = {"wd": 3_660, "d": 3_660, "m": 120}

_WRITTEN = re.compile(r"(0|[1-9][0-9]{0,8})(wd|d|m)")
_MONTHS = 12
_LAST = LATEST.toordinal()


class BadLength(ValueError):
    """The text or number is not a length of time that a term can have."""


class BadPause(ValueError):
    """A pause ends before it begins."""


class OutOfRange(ValueError):
    """A date lies outside `EARLIEST`..`LATEST`, or the reckoning leads out of it."""


class Length(msgspec.Struct, frozen=True):
    """How long a term is: working days (`wd`), natural days (`d`) or months (`m`).

    Raises `BadLength` for a negative count, an unknown unit, or more than `MOST` of the unit.
    """

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.unit not in get_args(Unit):
            raise BadLength(f"the unit '{self.unit}' is none of wd, d, m")
        if not 0 <= self.count <= MOST[self.unit]:
            raise BadLength(f"{self} is not between 0{self.unit} and {MOST[self.unit]}{self.unit}")

    @classmethod
    def parse(cls, text: str) -> "Length":
        """The length written as `7wd`, `60d` or `2m`; raises `BadLength`."""
        written = _WRITTEN.fullmatch(text)
        if written is None:
            raise BadLength(
                f"'{text}' is not a length; write a whole number and wd (working days), d (days)"
                " or m (months), such as 7wd, 60d or 2m"
            )
        unit: Unit = "wd" if written[2] == "wd" else "d" if written[2] == "d" else "m"
        return cls(int(written[1]), unit)

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


class Pause(msgspec.Struct, frozen=True):
    """A suspension: the days after `after` up to and including `until` are not counted.

    `after` is the day it begins and still belongs to the running term, as the start day of a
    period never belongs to the period (民法典 art. 201); the time of hearings, inspections, expert
    reviews and the like is left out (行政许可法 art. 45). While `until` is None the term is
    suspended and has no due date. Raises `BadPause` if it ends before it begins.
    """

    after: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.after:
            raise BadPause(f"the pause ends on {self.until}, before it begins on {self.after}")

    def covers(self, day: date) -> bool:
        return self.after < day and (self.until is None or day <= self.until)


class Due(msgspec.Struct, frozen=True):
    """The last day of a term, None while it is suspended.

    If days of `unknown_years` decided it, it is provisional: those days were taken as if Monday to
    Friday were worked, and nothing may happen because of such a date.
    """

    due: date | None
    unknown_years: tuple[int, ...] = ()

    @property
    def provisional(self) -> bool:
        return bool(self.unknown_years)


class Leg(msgspec.Struct, frozen=True):
    """A part of a term in one unit; `end` is None if the term is suspended in it."""

    unit: Unit
    end: int | None


class Course(msgspec.Struct, frozen=True):
    """A term in day numbers (`date.toordinal`): its legs, where it ends, or where it stopped.

    `stop` is the due day, or the day on which the open pause begins.
    """

    legs: tuple[Leg, ...]
    due: int | None
    stop: int
    unknown_years: tuple[int, ...]

    @property
    def reckoned(self) -> Due:
        due = None if self.due is None else date.fromordinal(self.due)
        return Due(due, self.unknown_years)


def reckon(
    calendar: WorkingDays,
    start: date,
    length: Length,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Length] = (),
) -> Due:
    """The due date of a term of `length` that starts on `start`.

    The start day is not counted (民法典 art. 201). Working days are those of the calendar, make-up
    days included (行政许可法 art. 82); months end on the corresponding day, or on the last of the
    month where there is none (art. 202). A term in days or months whose last day is a rest day
    ends on the next working day (art. 203), or, if that lies in a pause, on the first one after
    it. Days in a pause are not counted, whatever the unit; a pause that begins on the due day or
    later changes nothing. An extension in the unit of what it extends makes that longer, months
    being anchored at its start; in another unit it continues from the unrolled end.
    So it is with a term of no days or months at all that starts within a pause. Raises
    `OutOfRange`.
    """
    return course(calendar, start, (length, *extensions), pauses).reckoned


def course(
    calendar: WorkingDays, start: date, lengths: Sequence[Length], pauses: Sequence[Pause]
) -> Course:
    """The way to the due date of `reckon`: `lengths` is the length, then its extensions."""
    if not EARLIEST <= start <= LATEST:
        raise OutOfRange(f"{start} is not between {EARLIEST} and {LATEST}")
    clock = _Clock(calendar, pauses)
    at: int | None = start.toordinal()
    legs: list[Leg] = []
    for count, unit in _parts(lengths):
        if at is not None:
            at = clock.run(at, count, unit)
            legs.append(Leg(unit, at))
    due = at if at is None or legs[-1].unit == "wd" else clock.roll(at)
    return Course(tuple(legs), due, clock.stop, tuple(sorted(clock.unknown)))


def days_used(
    calendar: WorkingDays, start: date, end: date, pauses: Sequence[Pause] = ()
) -> int | None:
    """The working days after `start` up to and including `end` that lie in no pause.

    Periods that follow each other share no working day and lose none. None if a day of an
    unpublished year would have to be counted. Raises `ValueError` if `end` lies before `start`.
    """
    if end < start:
        raise ValueError(f"the period ends on {end}, before it starts on {start}")
    used, last = 0, end.toordinal()
    for lo, hi in _running(start.toordinal(), pauses):
        to = last if hi is None else min(hi, last)
        if lo < to:
            if _unknown(calendar, lo, to):
                return None
            used += calendar.table.counted(to) - calendar.table.counted(lo)
    return used


def warn_from(calendar: WorkingDays, start: date, due: date, left_working_days: int) -> date:
    """The first day, `start` or later, with `left_working_days` or fewer left until `due`.

    From that day the case is shown as close to its due date; as provisional as `due` is.
    """
    count = calendar.table.counted(due.toordinal()) - left_working_days
    return max(start, date.fromordinal(calendar.table.reached(count)))


def _parts(lengths: Sequence[Length]) -> list[tuple[int, Unit]]:
    wanted = [length for length in lengths if length.count] or lengths[:1]
    by_unit = groupby(wanted, key=attrgetter("unit"))
    return [(sum(length.count for length in same), unit) for unit, same in by_unit]


class _Clock:
    """Runs through the days outside the pauses and notes the unpublished years it relied on."""

    __slots__ = ("calendar", "pauses", "stop", "unknown")

    def __init__(self, calendar: WorkingDays, pauses: Sequence[Pause]) -> None:
        self.calendar = calendar
        self.pauses = pauses
        self.stop = 0
        self.unknown: set[int] = set()

    def run(self, at: int, count: int, unit: Unit) -> int | None:
        """The day on which `count` of the unit after `at` are used up, or None if suspended."""
        table = self.calendar.table
        left = months_later(at, count) - at if unit == "m" else count
        working = unit == "wd" and left > 0
        for lo, hi in _running(at, self.pauses):
            end = table.reached(table.counted(lo) + left) if working else lo + left
            self.stop = end if hi is None else min(end, hi)
            if self.stop > _LAST:
                raise OutOfRange(f"the term does not end by {LATEST}")
            if working:
                self.unknown.update(_unknown(self.calendar, lo, self.stop))
            if end == self.stop:
                return end
            left -= table.counted(self.stop) - table.counted(lo) if working else self.stop - lo
        return None

    def roll(self, end: int) -> int | None:
        """The day on which a term in days or months ends that is used up on `end`."""
        self.unknown.update(_unknown(self.calendar, end - 1, end))
        day = date.fromordinal(end)
        ends = self.calendar.table.works(end) and not any(p.covers(day) for p in self.pauses)
        return end if ends else self.run(end, 1, "wd")


def _running(at: int, pauses: Sequence[Pause]) -> Iterator[tuple[int, int | None]]:
    """The stretches of running time after `at`: the day before the first one, and the last one.

    The last stretch has no end unless the term is suspended.
    """
    for pause in sorted(pauses, key=attrgetter("after")):
        begins = max(pause.after.toordinal(), at)
        if pause.until is None:
            yield at, begins
            return
        ends = pause.until.toordinal()
        if ends > begins:
            yield at, begins
            at = ends
    yield at, None


def months_later(at: int, months: int) -> int:
    start = date.fromordinal(at)
    years, month = divmod(start.month - 1 + months, _MONTHS)
    year = start.year + years
    if year > LATEST.year:
        raise OutOfRange(f"the term does not end by {LATEST}")
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)).toordinal()


def _unknown(calendar: WorkingDays, after: int, until: int) -> tuple[int, ...]:
    if after == until:
        return ()
    return calendar.unknown_years(date.fromordinal(after + 1), date.fromordinal(until))
