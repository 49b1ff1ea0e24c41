"""When a report of figures is due, and of which period it tells: the one that was over then."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

import msgspec

LAST_DAY = 28
"""The last day of a month that every month has."""

_MONTHS = 12


class Every(StrEnum):
    """How often a report is due. Closed: each has a name on pages."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_LENGTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: _MONTHS}


class Rhythm(msgspec.Struct, frozen=True):
    """How often, and on which day: of the week from 1 for Monday to 7; else of the month that
    follows the period, from 1 to `LAST_DAY`."""

    every: Every
    day: int

    @property
    def fits(self) -> bool:
        """Whether there is such a day in every period."""
        return 1 <= self.day <= (7 if self.every is Every.WEEK else LAST_DAY)

    def next_after(self, day: date) -> date:
        """The first day after another on which a report is due."""
        if self.every is Every.WEEK:
            return day + timedelta(days=(self.day - day.isoweekday() - 1) % 7 + 1)
        begins = _first_of(self.every, day)
        due = begins.replace(day=self.day)
        return due if due > day else _moved(begins, _LENGTHS[self.every]).replace(day=self.day)

    def period(self, due: date) -> tuple[date, date]:
        """The first and the last day a report tells of that is due on a day: the calendar week,
        month, quarter or year before."""
        if self.every is Every.WEEK:
            monday = due - timedelta(days=due.isoweekday() - 1)
            return monday - timedelta(days=7), monday - timedelta(days=1)
        begins = _first_of(self.every, due)
        return _moved(begins, -_LENGTHS[self.every]), begins - timedelta(days=1)

    def due_within(self, first: date, last: date) -> Iterator[date]:
        """The days on which a report is due, from one that is to another."""
        while first <= last:
            yield first
            first = self.next_after(first)


def _first_of(every: Every, day: date) -> date:
    """The first day of the month, quarter or year of a day."""
    months = _LENGTHS[every]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def _moved(first: date, months: int) -> date:
    """The first of a month so many months on."""
    of_all = first.year * _MONTHS + first.month - 1 + months
    return date(of_all // _MONTHS, of_all % _MONTHS + 1, 1)
