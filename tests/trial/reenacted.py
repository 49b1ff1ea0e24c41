"""Lives at whose end every case is gone through again from its log alone."""

from collections import Counter
from datetime import UTC, datetime
from functools import cache
from typing import ClassVar

from permits.casework.working_days import WorkingDays
from permits.evidence.findings import Finding
from permits.services.evidence.reenacting import Books, reenact
from permits.services.evidence.reenacting.desk import calendars_of
from tests.kit import years
from tests.trial.life import Life
from tests.trial.world import Kept

BEFORE = datetime(2000, 1, 1, tzinfo=UTC)


@cache
def calendars() -> dict[str, WorkingDays]:
    """Every calendar there was, by its digest: each year was published after the one before."""
    last = [year.year for year in years()]
    held = (WorkingDays(y for y in years() if y.year <= until) for until in last)
    return {calendar.digest: calendar for calendar in (WorkingDays(()), *held)}


def books_of(cases: list[Kept]) -> Books:
    """What the cases of a life were decided by: of each calendar, since when an event names it."""
    known = calendars()
    named = [
        (at.recorded_at, known[digest])
        for one in cases
        for at, event in one.log
        for digest in calendars_of([event])
    ]
    held = tuple(sorted(named, key=lambda one: one[0]))
    first = ((BEFORE, held[0][1]),) if held else ()
    return Books({one.edition.digest: one.edition for one in cases}, known, (*first, *held))


class GoneThrough(Life):
    """A life that is gone through again."""

    found: ClassVar[list[tuple[Kept, Finding]]] = []
    events: ClassVar[Counter[str]] = Counter()

    def teardown(self) -> None:
        super().teardown()
        cases = self.world.cases if hasattr(self, "world") else []
        books = books_of(cases)
        for one in cases:
            gone = reenact(one.case.id, one.log, books)
            type(self).found += [(one, finding) for finding in gone.findings]
            type(self).events.update(type(event).__name__ for _at, event in one.log)
            if not gone.findings:
                assert gone.case == one.case
