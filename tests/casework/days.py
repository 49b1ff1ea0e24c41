"""The office's calendar, and dates written as text, for tests of due dates."""

from datetime import date, timedelta

from permits.casework.due_dates import Length, Pause, reckon
from permits.casework.working_days import WorkingDays, published
from permits.definitions.calendar_file import read_calendar
from permits.settings import shipped

FILE = shipped("workflows") / "shared" / "calendar.yaml"
CALENDAR = WorkingDays(
    published(year.record()) for year in read_calendar(FILE.read_text(encoding="utf-8"))
)
DAY = timedelta(days=1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def due(start: str, length: str, *extensions: str, pauses: tuple[Pause, ...] = ()) -> date | None:
    extended = [Length.parse(extension) for extension in extensions]
    reckoned = reckon(CALENDAR, day(start), Length.parse(length), pauses, extended)
    assert not reckoned.provisional
    return reckoned.due


def pause(text: str) -> Pause:
    after, _, until = text.partition("..")
    return Pause(day(after), day(until) if until else None)
