"""The stretches of time for which a policy pays once: calendar years and quarters."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from permits.definitions.policies.schema import PeriodKind

_WRITTEN = re.compile(r"(20\d\d)(?:Q([1-4]))?", re.ASCII)


class Period(NamedTuple):
    """A year, or a quarter of one; quarter 0 is the whole year."""

    year: int
    quarter: int = 0

    def __str__(self) -> str:
        return f"{self.year}Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def kind(self) -> PeriodKind:
        return "quarter" if self.quarter else "year"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * max(self.quarter, 1) - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        if self.quarter in (0, 4):
            return date(self.year, 12, 31)
        return date(self.year, 3 * self.quarter + 1, 1) - timedelta(days=1)


def parse(text: str) -> Period | None:
    """The period that is written `2022` or `2022Q2`; None if it is written otherwise."""
    found = _WRITTEN.fullmatch(text)
    return Period(int(found[1]), int(found[2] or 0)) if found else None


def period_of(kind: PeriodKind, day: date) -> Period:
    """The period in which a day lies."""
    return Period(day.year, (day.month + 2) // 3 if kind == "quarter" else 0)
