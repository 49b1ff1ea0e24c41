"""Instants are UTC, days of the law are those of Beijing time."""

from datetime import date, datetime, time, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has used one time without daylight saving since 1991."""


def day_of(instant: datetime) -> date:
    """The day in Beijing on which an instant falls."""
    return instant.astimezone(BEIJING).date()


def clock_of(instant: datetime) -> time:
    """The time of day in Beijing."""
    return instant.astimezone(BEIJING).time()
