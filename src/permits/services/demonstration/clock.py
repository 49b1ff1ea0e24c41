"""A clock whose hands can be set, for telling what happened earlier."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from permits.casework.dates import BEIJING
from permits.casework.working_days import WorkingDays


class Hands:
    """Shows the time it was set to, and runs with the real clock once it is let go."""

    def __init__(self, real: Callable[[], datetime]) -> None:
        self._real = real
        self._set: datetime | None = None

    def __call__(self) -> datetime:
        return self._set or self._real()

    def set(self, to: datetime) -> None:
        self._set = to

    def let_go(self) -> None:
        self._set = None


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """An instant of a day in Beijing."""
    return datetime.combine(day, time(hour, minute), BEIJING)


def working_day(calendar: WorkingDays, day: date) -> date:
    """The day itself if it is worked, or the next that is."""
    return calendar.after(day - timedelta(days=1), 1).day


def later(calendar: WorkingDays, day: date, count: int) -> date:
    """So many working days later."""
    return calendar.after(day, count).day
