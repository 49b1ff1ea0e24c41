"""The working-day calendar of China: which days are worked, and how many lie between two dates."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

import msgspec

_WEEK = 7
_WORK_WEEK = 5


class Text(msgspec.Struct, frozen=True):
    """A text in both languages."""

    zh: str
    en: str


class Notice(msgspec.Struct, frozen=True):
    """The State Council notice that announced a day; number (文号) and address where known."""

    title: str
    number: str | None = None
    url: str | None = None

    @property
    def cited(self) -> str:
        return f"{self.title}（{self.number}）" if self.number else self.title


class SpecialDay(msgspec.Struct, frozen=True):
    """One day that a notice gave off or made up: its festival, and the notice that says so."""

    day: date
    name: Text
    notice: Notice


class MisplacedDay(ValueError):
    """A year's record names a day of another year, or one day twice."""


class PublishedYear(msgspec.Struct, frozen=True):
    """What the notices say of one calendar year: `off` days and made-up `work` days.

    `off` holds every announced day off, weekends included; `work` the Saturdays and Sundays that
    are worked (调休上班日). All other days follow the week. Raises `MisplacedDay`.
    """

    year: int
    notices: tuple[Notice, ...]
    off: tuple[SpecialDay, ...] = ()
    work: tuple[SpecialDay, ...] = ()

    def __post_init__(self) -> None:
        days = [special.day for special in (*self.off, *self.work)]
        for day in days:
            if day.year != self.year or days.count(day) > 1:
                raise MisplacedDay(f"{day} in {self.year}")

    @property
    def source(self) -> str:
        """The notices of the year, cited."""
        return "；".join(notice.cited for notice in self.notices)

    @property
    def digest(self) -> str:
        """SHA-256, in hex, over the canonical bytes of the record."""
        return _digest(self)


class DayKind(StrEnum):
    """Why a day is worked or not. Closed: a new kind needs a text wherever days are explained."""

    WEEKDAY = "weekday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP_DAY = "make_up_day"
    YEAR_NOT_PUBLISHED = "year_not_published"


class Why(msgspec.Struct, frozen=True):
    """The kind of one day, and for a holiday or a make-up day its festival and its notice."""

    day: date
    kind: DayKind
    name: Text | None = None
    notice: Notice | None = None


class Reached(msgspec.Struct, frozen=True):
    """A day found by counting; provisional if days of `unknown_years` had to be counted."""

    day: date
    unknown_years: tuple[int, ...] = ()

    @property
    def provisional(self) -> bool:
        return bool(self.unknown_years)


class UnknownYear(LookupError):
    """The days of these years are not published, so the question has no answer yet."""

    def __init__(self, years: tuple[int, ...]) -> None:
        super().__init__(f"no calendar is published for {', '.join(map(str, years))}")
        self.years = years


class DayTable:
    """Counts working days by proleptic day number (`date.toordinal`), in O(log special days).

    Days of which no notice speaks follow the week, in unpublished years too. `WorkingDays` is the
    one that knows which years those are.
    """

    __slots__ = ("_counts", "_days", "_sums")

    def __init__(self, off: Iterable[int], work: Iterable[int]) -> None:
        steps = [(day, -1) for day in off if _on_a_weekday(day)]
        steps += [(day, +1) for day in work if not _on_a_weekday(day)]
        self._days: list[int] = []
        self._sums = [0]
        self._counts: list[int] = []
        for day, step in sorted(steps):
            self._days.append(day)
            self._sums.append(self._sums[-1] + step)
            self._counts.append(self.counted(day))

    def counted(self, day: int) -> int:
        """The working days up to and including `day`; only differences mean anything."""
        weeks, rest = divmod(day, _WEEK)
        weekdays = _WORK_WEEK * weeks + min(rest, _WORK_WEEK)
        return weekdays + self._sums[bisect_right(self._days, day)]

    def reached(self, count: int) -> int:
        """The first day on which `counted` is `count`; always a working day."""
        step = bisect_left(self._counts, count)
        weeks, rest = divmod(count - self._sums[step] - 1, _WORK_WEEK)
        day = _WEEK * weeks + rest + 1
        return min(day, self._days[step]) if step < len(self._days) else day

    def works(self, day: int) -> bool:
        return self.counted(day) > self.counted(day - 1)


class WorkingDays:
    """The calendar: an immutable set of published years.

    Working days are Monday to Friday without the holidays, plus the make-up days, as the State
    Council's notices set them year by year (行政许可法 art. 82). No year is ever guessed:
    `is_working`, `ordinal` and `between` raise `UnknownYear`, `after` marks its answer
    provisional. Raises `ValueError` if a year is given twice.
    """

    __slots__ = (
        "_base",
        "_first",
        "_known",
        "_last",
        "_off",
        "_whole",
        "_work",
        "digest",
        "table",
    )

    def __init__(self, years: Iterable[PublishedYear]) -> None:
        ordered = sorted(years, key=lambda year: year.year)
        self._known = {year.year: year for year in ordered}
        if len(self._known) < len(ordered):
            raise ValueError("a year is given twice")
        self._off = {s.day.toordinal(): s for year in ordered for s in year.off}
        self._work = {s.day.toordinal(): s for year in ordered for s in year.work}
        self.table = DayTable(self._off, self._work)
        self.digest: str = _digest(ordered)
        first, last = (ordered[0].year, ordered[-1].year) if ordered else (1, 1)
        self._whole = bool(ordered) and last - first + 1 == len(ordered)
        self._first = date(first, 1, 1)
        self._last = date(last, 12, 31)
        self._base = self.table.counted(self._first.toordinal() - 1)

    @property
    def years(self) -> tuple[PublishedYear, ...]:
        """The published years, oldest first."""
        return tuple(self._known.values())

    def with_year(self, year: PublishedYear) -> "WorkingDays":
        """The calendar with this year added, or put in the place of its earlier record."""
        return WorkingDays({**self._known, year.year: year}.values())

    def knows(self, day: date) -> bool:
        return day.year in self._known

    def unknown_years(self, first: date, last: date) -> tuple[int, ...]:
        """The years of the days from `first` to `last`, both included, that are not published."""
        if self._whole and self._first <= first and last <= self._last:
            return ()
        return tuple(y for y in range(first.year, last.year + 1) if y not in self._known)

    def is_working(self, day: date) -> bool:
        self._must_know(day, day)
        return self.table.works(day.toordinal())

    def ordinal(self, day: date) -> int:
        """The number of working days from the first published day up to and including `day`.

        A duration in working days is a subtraction of two ordinals. Raises `UnknownYear` also if
        an unpublished year lies between the first published one and `day`.
        """
        self._must_know(min(self._first, day), day)
        return self.table.counted(day.toordinal()) - self._base

    def between(self, start: date, end: date) -> int:
        """The working days after `start` up to and including `end`; negative if it is earlier."""
        if end < start:
            return -self.between(end, start)
        if start < end:
            self._must_know(date.fromordinal(start.toordinal() + 1), end)
        return self.table.counted(end.toordinal()) - self.table.counted(start.toordinal())

    def after(self, start: date, count: int) -> Reached:
        """The `count`-th working day after `start`, which is never counted (民法典 art. 201).

        Zero gives `start` itself. Unpublished years are counted as if Monday to Friday were
        worked, and listed. Raises `ValueError` for a negative count.
        """
        if count < 0:
            raise ValueError("the count of working days is negative")
        if count == 0:
            return Reached(start)
        number = start.toordinal()
        day = date.fromordinal(self.table.reached(self.table.counted(number) + count))
        return Reached(day, self.unknown_years(date.fromordinal(number + 1), day))

    def why(self, day: date) -> Why:
        """The kind of a day with the festival and the notice that decide it."""
        if not self.knows(day):
            return Why(day, DayKind.YEAR_NOT_PUBLISHED)
        number = day.toordinal()
        if number in self._off:
            return _named(DayKind.HOLIDAY, self._off[number])
        if number in self._work:
            return _named(DayKind.MAKE_UP_DAY, self._work[number])
        return Why(day, DayKind.WEEKDAY if _on_a_weekday(number) else DayKind.WEEKEND)

    def _must_know(self, first: date, last: date) -> None:
        unknown = self.unknown_years(first, last)
        if unknown:
            raise UnknownYear(unknown)


def _on_a_weekday(day: int) -> bool:
    return 1 <= day % _WEEK <= _WORK_WEEK


def _named(kind: DayKind, special: SpecialDay) -> Why:
    return Why(special.day, kind, special.name, special.notice)


def _digest(content: object) -> str:
    return sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


def published(record: Mapping[str, Any]) -> PublishedYear:
    """The year in a record as `CalendarYear.record()` writes it, or as it was stored.

    Raises `msgspec.ValidationError` for a record of another shape and `MisplacedDay` as above.
    """
    return msgspec.convert(record, PublishedYear)
