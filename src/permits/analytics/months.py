"""What a page shows of each month: a few figures, of which little has to be known."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from permits.analytics.choosing import DECIDED
from permits.analytics.spread import Spread, spread
from permits.analytics.tally import Tally
from permits.store.total_tables import CONDUCT, DAYS, MATERIALS

LOOKED_AT: Mapping[str, tuple[str, ...]] = {
    DAYS.kind: ("result", "used_wd", "saved_wd"),
    MATERIALS.kind: ("result", "saved_materials"),
    CONDUCT.kind: ("result", "late"),
}
"""The columns of facets that months look at."""

Rows = Iterable[tuple[str, str, tuple[Any, ...], int]]
"""Month, facet, what those columns say, how many cases."""


class Sum(msgspec.Struct, frozen=True):
    """What numbers come to, and no more."""

    total: int


class Month(msgspec.Struct, frozen=True):
    """The cases with a result in a month. Each figure is what it is in
    `permits.analytics.metrics.Figures`."""

    cases: int
    granted: int
    decided: int
    late: int
    materials: Sum
    days_saved: Sum
    days_used: Spread

    @property
    def on_time(self) -> int:
        return self.decided - self.late


def matters(kind: str, cells: tuple[Any, ...]) -> bool:
    """Whether such rows change anything that is told of a month. Every case stands in each facet
    once: that of days tells how many there are."""
    if kind == DAYS.kind:
        return True
    result, value = cells
    return bool(value) and (result == "granted" if kind == MATERIALS.kind else result in DECIDED)


def tallied(rows: Rows) -> dict[str, Tally]:
    """The tally of each month, as far as a month is told, of rows that matter."""
    found: dict[str, Tally] = {}
    for name, kind, cells, cases in rows:
        month = found.get(name)
        if month is None:
            month = found[name] = Tally()
        if kind == DAYS.kind:
            _days(month, cells, cases)
        elif kind == MATERIALS.kind:
            month.materials[cells[1]] += cases
        else:
            month.sums["late"] += cases
    return found


def _days(month: Tally, cells: tuple[Any, ...], cases: int) -> None:
    result, used, saved = cells
    month.results[result] += cases
    if result in DECIDED and used is not None:
        month.days_used[used] += cases
    if result == "granted" and saved is not None:
        month.days_saved[saved] += cases


def month(tally: Tally) -> Month:
    """What is told of a month."""
    results = tally.results
    return Month(
        cases=results.total(),
        granted=results["granted"],
        decided=sum(results[result] for result in DECIDED),
        late=tally.sums["late"],
        materials=Sum(_total(tally.materials)),
        days_saved=Sum(_total(tally.days_saved)),
        days_used=spread(tally.days_used),
    )


def _total(often: Mapping[int, int]) -> int:
    return sum(number * times for number, times in often.items())


NOTHING = month(Tally())
