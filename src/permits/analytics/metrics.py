"""The figures of a period: what was decided, what it saved, how long it took.

Every case is one row of `case_facts`, made by `permits.casework.figures.facts_row`. The database
only counts how many of them are alike, in what they saved, in their days and in how they went;
sums, medians and deciles are made of these counts, so that they come out the same on every
database, and the same whether rows are counted or totals are read.
"""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec
from sqlalchemy import Connection, func, select

from permits.analytics import months
from permits.analytics.choosing import Chosen
from permits.analytics.months import Month
from permits.analytics.parts import Ask, Groups, parts, tallied
from permits.analytics.spread import Spread, spread
from permits.analytics.tally import CAUSES, Tally, together
from permits.store.measured_tables import case_facts


class Figures(msgspec.Struct, frozen=True):
    """The figures of some cases.

    Materials and working days saved are those of the cases whose grant stands; days used, days
    suspended and lateness those of all that were decided. `baseline` is how many materials the
    ordinary track asks of the granted cases. `unreckoned` cases were decided in a year whose
    calendar is not published, so nothing is said of their days. What begins with `with_` counts
    cases, like `slower`: granted ones that took longer than the ordinary track promises. `visits`
    are those to the counter, in all cases with a result.
    """

    cases: int
    granted: int
    refused: int
    revoked: int
    withdrawn: int
    not_accepted: int
    baseline: int
    materials: Spread
    exempt: int
    with_exempt: int
    shared: int
    with_shared: int
    committed: int
    with_committed: int
    deferred: int
    with_deferred: int
    days_saved: Spread
    slower: int
    days_saved_statutory: Spread
    days_used: Spread
    days_suspended: Spread
    with_suspension: int
    unreckoned: int
    late: int
    corrected: int
    corrections: int
    visits: Spread
    without_visit: int

    @property
    def decided(self) -> int:
        return self.granted + self.refused + self.revoked

    @property
    def on_time(self) -> int:
        """The decided cases of which no time limit was overrun."""
        return self.decided - self.late


class Overview(msgspec.Struct, frozen=True):
    """The figures of a period as a whole, and by track, permit type and edition; those of each
    month in short."""

    whole: Figures
    by_track: dict[str, Figures]
    by_permit: dict[str, Figures]
    by_definition: dict[str, Figures]
    by_month: dict[str, Month]


def overview(connection: Connection, chosen: Chosen, *, kept: bool = False) -> Overview:
    """The figures of the chosen cases. Months in which nothing happened are among the months.
    `kept` says that totals are kept in this database."""
    return overview_of(connection.execute, chosen, kept=kept)


def overview_of(ask: Ask, chosen: Chosen, *, kept: bool) -> Overview:
    """The same of whatever answers these queries."""
    found = parts(ask, chosen, kept=kept)
    return Overview(
        whole=figures(together(found.by_edition.values())),
        by_track=_figures_by(found.by_edition, 2),
        by_permit=_figures_by(found.by_edition, 0),
        by_definition=_figures_by(found.by_edition, 1),
        by_month={
            name: months.month(found.by_month[name]) if name in found.by_month else months.NOTHING
            for name in _months(chosen, found.by_month)
        },
    )


def by_month(connection: Connection, chosen: Chosen, *, kept: bool) -> dict[str, Figures]:
    """Every figure of each month, to be taken along; an overview tells them in short."""
    found = _figures_by(tallied(connection.execute, chosen, ("month",), kept=kept), 0)
    return {name: found.get(name) or figures(NOTHING) for name in _months(chosen, found)}


def _figures_by(groups: Groups, place: int) -> dict[str, Figures]:
    """The figures of each group, told apart by one of the words of its key."""
    some: dict[str, list[Tally]] = {}
    for key, one in groups.items():
        some.setdefault(key[place], []).append(one)
    return {name: figures(together(some[name])) for name in sorted(some)}


NOTHING = Tally()
"""No cases."""


def figures(found: Tally) -> Figures:
    """The figures of cases that are tallied."""
    results, sums = found.results, found.sums
    return Figures(
        cases=results.total(),
        granted=results["granted"],
        refused=results["refused"],
        revoked=results["revoked"],
        withdrawn=results["withdrawn"],
        not_accepted=results["not_accepted"],
        materials=spread(found.materials),
        days_saved=spread(found.days_saved),
        days_saved_statutory=spread(found.days_saved_statutory),
        days_used=spread(found.days_used),
        days_suspended=spread(found.days_suspended),
        visits=spread(found.visits),
        without_visit=found.visits[0],
        **{name: sums[name] for name in _SUMS},
    )


_SUMS = (
    "baseline",
    *CAUSES,
    *(f"with_{cause}" for cause in CAUSES),
    "slower",
    "with_suspension",
    "unreckoned",
    "late",
    "corrected",
    "corrections",
)


def span(connection: Connection) -> tuple[date, date] | None:
    """The days of the first and of the last result there is; None before there is any."""
    on = case_facts.c.result_on
    ends = (select(func.min(on)).scalar_subquery(), select(func.max(on)).scalar_subquery())
    first, last = connection.execute(select(*ends)).one()
    return (date.fromisoformat(first), date.fromisoformat(last)) if first else None


def _months(chosen: Chosen, found: Iterable[str]) -> Iterator[str]:
    """Every month of the period, or from the first to the last in which something happened."""
    known = sorted(found)
    first = f"{chosen.first:%Y-%m}" if chosen.first else known[0] if known else ""
    last = f"{chosen.last:%Y-%m}" if chosen.last else known[-1] if known else ""
    while first and first < last:
        yield first
        first = f"{next_month(date.fromisoformat(f'{first}-01')):%Y-%m}"
    if first and first == last:
        yield last


def next_month(day: date) -> date:
    """The first day of the month after a day's."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
