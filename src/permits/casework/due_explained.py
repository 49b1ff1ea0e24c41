"""Explains a due date day by day: which days count, which do not, and why."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import msgspec

from permits.casework.due_dates import Course, Due, Length, Pause, course
from permits.casework.working_days import DayKind, Notice, Text, WorkingDays


class Reason(StrEnum):
    """Why a day counts or does not. Closed: a new reason needs a text wherever days are shown."""

    START_DAY = "start_day"
    COUNTED = "counted"
    MAKE_UP_DAY = "make_up_day"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAUSED = "paused"
    ROLLED_OVER = "rolled_over"
    LAST_DAY = "last_day"
    YEAR_NOT_PUBLISHED = "year_not_published"


class ExplainedDay(msgspec.Struct, frozen=True):
    """One day of a term: whether it counts, as which one (from 1), and why.

    `rolled_over` is a rest day on which the term cannot end, `last_day` the working day to which
    the end moved (民法典 art. 203). `year_not_published` is a day of an unpublished year, taken as
    if Monday to Friday were worked. `name` and `notice` are given for holidays and make-up days.
    """

    date: date
    counted: bool
    number: int | None
    reason: Reason
    name: Text | None = None
    notice: Notice | None = None


class Explanation(Due, frozen=True, kw_only=True):
    """A due date with every day from the start to it, or to the day an open pause begins."""

    days: tuple[ExplainedDay, ...]


def explain_used(
    calendar: WorkingDays, start: date, end: date, pauses: Sequence[Pause] = ()
) -> tuple[ExplainedDay, ...]:
    """Every day from `start` to `end` with why it counts among the working days used, or does
    not; they are as many as `days_used` says if no day is of an unpublished year."""
    days: list[ExplainedDay] = []
    number = 0
    for ordinal in range(start.toordinal(), end.toordinal() + 1):
        why = calendar.why(date.fromordinal(ordinal))
        paused = any(pause.covers(why.day) for pause in pauses)
        counted = bool(days) and not paused and calendar.table.works(ordinal)
        reason = Reason.PAUSED if paused else _working_day(why.kind)
        number += counted
        shown = number if counted else None
        first = reason if days else Reason.START_DAY
        days.append(ExplainedDay(why.day, counted, shown, first, why.name, why.notice))
    return tuple(days)


def explain(
    calendar: WorkingDays,
    start: date,
    length: Length,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Length] = (),
) -> Explanation:
    """What `reckon` says of the same term, with the reason for every day. Raises `OutOfRange`."""
    way = course(calendar, start, (length, *extensions), pauses)
    days: list[ExplainedDay] = []
    number = 0
    for ordinal in range(start.toordinal(), way.stop + 1):
        why = calendar.why(date.fromordinal(ordinal))
        if not days:
            counted, reason = False, Reason.START_DAY
        elif any(pause.covers(why.day) for pause in pauses):
            counted, reason = False, Reason.PAUSED
        else:
            counted, reason = _judge(calendar, way, why.day)
        number += counted
        shown = number if counted else None
        days.append(ExplainedDay(why.day, counted, shown, reason, why.name, why.notice))
    due = way.reckoned
    return Explanation(due.due, due.unknown_years, days=tuple(days))


def _judge(calendar: WorkingDays, way: Course, day: date) -> tuple[bool, Reason]:
    ordinal = day.toordinal()
    leg = next((leg for leg in way.legs if leg.end is None or ordinal <= leg.end), None)
    if leg is None:
        return False, Reason.LAST_DAY if ordinal == way.due else Reason.ROLLED_OVER
    if leg.unit == "wd":
        return calendar.table.works(ordinal), _working_day(calendar.why(day).kind)
    moved = ordinal == way.legs[-1].end != way.due
    return True, Reason.ROLLED_OVER if moved else Reason.COUNTED


def _working_day(kind: DayKind) -> Reason:
    match kind:
        case DayKind.WEEKDAY:
            return Reason.COUNTED
        case DayKind.MAKE_UP_DAY:
            return Reason.MAKE_UP_DAY
        case DayKind.WEEKEND:
            return Reason.WEEKEND
        case DayKind.HOLIDAY:
            return Reason.HOLIDAY
        case DayKind.YEAR_NOT_PUBLISHED:  # pragma: no branch - the set is closed
            return Reason.YEAR_NOT_PUBLISHED
