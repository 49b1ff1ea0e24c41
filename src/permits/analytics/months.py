"""What a page shows of each month: a few figures, added up by the database as far as that goes, so
that many months are no more to read than a few."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Select, cast, func

from permits.analytics.alike import TIMES, side_by_side, summed
from permits.analytics.choosing import DECIDED, Chosen
from permits.analytics.spread import Spread, spread
from permits.store.total_tables import CONDUCT, DAYS, MATERIALS, Facet

Ask = Callable[[Select[Any]], Iterable[Any]]
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
    days = _by_month(ask, _query(DAYS, ("result", "used_wd"), "saved_wd", chosen, kept=kept))
    materials = _by_month(
        ask, _query(MATERIALS, ("result",), "saved_materials", chosen, kept=kept)
    )
    conduct = _by_month(ask, _query(CONDUCT, ("result", "late"), "", chosen, kept=kept))
    return {
        name: month(days.get(name, ()), materials.get(name, ()), conduct[name])
        for name in sorted(conduct)
    }


def _query(
    facet: Facet, columns: tuple[str, ...], value: str, chosen: Chosen, *, kept: bool
) -> Select[Any]:
    """Month, columns, how many cases, and the sum of a value."""
    names = ("month", *columns)
    rows = side_by_side(facet, (*names, value) if value else names, chosen, kept=kept)
    query = summed([rows.c[name] for name in names], rows.c[TIMES])
    if value:
        total = func.sum(rows.c[value] * rows.c[TIMES])
        query = query.add_columns(cast(total, BigInteger).label("total"))
    return query


def _by_month(ask: Ask, query: Select[Any]) -> dict[str, list[Sequence[Any]]]:
    found: dict[str, list[Sequence[Any]]] = {}
    for name, *cells in ask(query):
        found.setdefault(name, []).append(cells)
    return found


def month(days: Rows, materials: Rows, conduct: Rows) -> Month:
    """A month of rows: result, days used, cases, days saved; result, cases, materials saved;
    result, whether a limit was overrun, cases."""
    results: Counter[str] = Counter()
    used: Counter[int] = Counter()
    late = 0
    for result, overrun, cases in conduct:
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
