"""Times as logs write them. A time without an offset needs a zone that somebody names."""

import re
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta

from permits.exchange.log import BadLog, How, Place, Tell

_SLASHES = re.compile(
    r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})"
    r"(?:[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?(.*)"
)
"""As spreadsheets write a day with the year first. With the day or the month first it cannot be
known which is which, so that such a time is no time."""

_SPACED = re.compile(r"(.*[0-9])\s+(Z|UTC|GMT|[+-][0-9:]{2,6})", re.IGNORECASE)
_DATE_ONLY = 10


def instant(written: str, how: How, place: Place, tell: Tell) -> datetime | None:
    """The instant that is written; None, with the oddity told, if it is none.

    Raises BadLog at a time without an offset if no zone was named.
    """
    text = written.strip()
    if not text:
        tell("no_time", place, "")
        return None
    at = _parsed(text)
    if at is None or not _in_range(at):
        tell("bad_time", place, text)
        return None
    if len(text) <= _DATE_ONLY and ":" not in text:
        tell("date_only", place, text)
    if at.tzinfo is not None:
        return at
    if how.zone is None:
        raise BadLog("no_zone", place, text)
    placed = at.replace(tzinfo=how.zone)
    if placed.utcoffset() != placed.replace(fold=1).utcoffset():
        tell("twice_or_never", place, text)
    return placed


def _in_range(at: datetime) -> bool:
    """Whether it stays a time in every zone: the first and the last day of all do not."""
    return MINYEAR < at.year < MAXYEAR


def _parsed(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    spaced = _SPACED.fullmatch(text)
    if spaced is not None:
        zone = spaced[2].upper().replace("UTC", "Z").replace("GMT", "Z")
        text = spaced[1] + zone
    found = _SLASHES.fullmatch(text)
    if found is not None:
        year, month, day, hour, minute, second, rest = found.groups()
        clock = f"{hour or '0':0>2}:{minute or '00'}:{second or '00'}"
        text = f"{year}-{month:0>2}-{day:0>2}T{clock}{rest}"
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 86_400_000_000
_SECOND = 1_000_000


def micros(at: datetime) -> int:
    """Microseconds since 1970 began in UTC."""
    since: timedelta = at - EPOCH
    return since.days * _DAY + since.seconds * _SECOND + since.microseconds
