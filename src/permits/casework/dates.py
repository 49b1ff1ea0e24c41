"""Instants are UTC, days of the law are those of Beijing time."""

from datetime import UTC, date, datetime, time, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has used one time without daylight saving since 1991."""


def day_of(instant: datetime) -> date:
    """The day in Beijing on which an instant falls."""
    return instant.astimezone(BEIJING).date()


def clock_of(instant: datetime) -> time:
    """The time of day in Beijing."""
    return instant.astimezone(BEIJING).time()


def begins(day: date) -> datetime:
    """The instant at which a day begins in Beijing, in UTC."""
    return datetime.combine(day, time(0), BEIJING).astimezone(UTC)
