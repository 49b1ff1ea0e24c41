"""Instants are UTC, days of the law are those of Beijing time."""

from datetime import UTC, date, datetime, time, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has used one time without daylight saving since 1991."""


def day_of(instant: datetime) -> date:
    """The day in Beijing on which an instant falls."""
    return instant.astimezone(BEIJING).date()


def as_text(instant: datetime) -> str:
    """An instant as tables keep it: UTC to the microsecond, always of one width, so that instants
    sort as text as they do in time."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def clock_of(instant: datetime) -> time:
    """The time of day in Beijing."""
    return instant.astimezone(BEIJING).time()
