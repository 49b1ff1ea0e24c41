"""What a page shows of each month: a few figures, added up by the database as far as that goes, so
that many months are no more to read than a few."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import CompoundSelect, Select

from permits.analytics.alike import by_month
from permits.analytics.choosing import DECIDED, Chosen
from permits.analytics.spread import Spread, spread
from permits.store.total_tables import CONDUCT, DAYS, MATERIALS

Query = Select[Any] | CompoundSelect[Any]
Ask = Callable[[Query], Iterable[Any]]
"""What answers a query with rows."""


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


Rows = Sequence[Sequence[Any]]


def months(ask: Ask, chosen: Chosen, *, kept: bool) -> dict[str, Month]:
    """The months in which chosen cases had their result, in order; three queries."""
    days = _gathered(ask, by_month(DAYS, ("result", "used_wd"), "saved_wd", chosen, kept=kept))
    saved = by_month(MATERIALS, ("result",), "saved_materials", chosen, kept=kept)
    materials = _gathered(ask, saved)
    conduct = _gathered(ask, by_month(CONDUCT, ("result", "late"), "visits", chosen, kept=kept))
    return {
        name: month(days.get(name, ()), materials.get(name, ()), conduct[name])
        for name in sorted(conduct)
    }


def _gathered(ask: Ask, query: Query) -> dict[str, list[Sequence[Any]]]:
    found: dict[str, list[Sequence[Any]]] = {}
    for name, *cells in ask(query):
        found.setdefault(name, []).append(cells)
    return found


def month(days: Rows, materials: Rows, conduct: Rows) -> Month:
    """A month of rows: result, days used, cases, days saved; result, cases, materials saved;
    result, whether a limit was overrun, cases, visits."""
    results: Counter[str] = Counter()
    used: Counter[int] = Counter()
    late = 0
    for result, overrun, cases, _visits in conduct:
        results[result] += cases
        late += cases if overrun and result in DECIDED else 0
    for result, number, cases, _saved in days:
        if result in DECIDED and number is not None:
            used[number] += cases
    saved = (one for result, _used, _cases, one in days if result == "granted")
    handed = (one for result, _cases, one in materials if result == "granted")
    return Month(
        cases=results.total(),
        granted=results["granted"],
        decided=sum(results[result] for result in DECIDED),
        late=late,
        materials=Sum(sum(handed)),
        days_saved=Sum(sum(one or 0 for one in saved)),
        days_used=spread(used),
    )


NOTHING = month((), (), ())
