"""How many working days the cases of an outside log took, each by itself."""

from collections.abc import Callable, Iterable
from datetime import date
from zoneinfo import ZoneInfo

import msgspec

from permits.casework.due_dates import days_used
from permits.casework.working_days import WorkingDays
from permits.definitions.procedure import Act
from permits.definitions.schema import Definition
from permits.exchange.log import LogEvent
from permits.exchange.mapping import Declared

DECIDING = frozenset({Act.GRANT, Act.REFUSE})


class LogDays(msgspec.Struct, frozen=True):
    """The working days of the cases of a log; how many cases have no beginning or no end in it,
    and how many lie in a year that is not published."""

    days: tuple[int, ...]
    unended: int
    unreckoned: int


class Bounds(msgspec.Struct, frozen=True):
    """Which activities begin and end the office's time: all of them where no mapping says."""

    begins: Callable[[str], bool]
    ends: Callable[[str], bool]


def bounds(mapping: Declared | None, definition: Definition) -> Bounds:
    """With a mapping, from what means acceptance to what means grant or refusal; without, from the
    first event to the last."""
    if mapping is None:
        return Bounds(lambda _activity: True, lambda _activity: True)
    acts = {
        activity: definition.chart.actions[meaning.action].act
        for activity, meaning in mapping.activities.items()
    }
    return Bounds(
        lambda activity: acts.get(activity) is Act.ACCEPT,
        lambda activity: acts.get(activity) in DECIDING,
    )


def log_days(
    events: Iterable[LogEvent], calendar: WorkingDays, zone: ZoneInfo | None, within: Bounds
) -> LogDays:
    """The working days of each case: after the day it begins, up to and including the day it ends.
    Nothing is known of suspensions, so they are counted in."""
    begun: dict[str, date | None] = {}
    ended: dict[str, date] = {}
    for event in events:
        day = (event.at if zone is None else event.at.astimezone(zone)).date()
        first = begun.setdefault(event.case, None)
        if within.begins(event.activity) and (first is None or day < first):
            begun[event.case] = day
        if within.ends(event.activity):
            ended[event.case] = max(day, ended.get(event.case, day))
    days, unended, unreckoned = list[int](), 0, 0
    for case, first in begun.items():
        last = ended.get(case)
        if first is None or last is None or last < first:
            unended += 1
        elif (used := days_used(calendar, first, last)) is None:
            unreckoned += 1
        else:
            days.append(used)
    return LogDays(tuple(days), unended, unreckoned)
