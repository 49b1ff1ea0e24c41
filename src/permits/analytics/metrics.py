"""The figures of a period: what was decided, what it saved, how long it took.

Every case is one row of `case_facts`, made by `permits.casework.figures.facts_row`. The database
only counts how many of them are alike, in what they saved, in their days and in how they went;
sums, medians and deciles are made of these counts, so that they come out the same on every
database, and the same whether rows are counted or totals are read.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, func, select

from permits.analytics import months
from permits.analytics.alike import alike
from permits.analytics.choosing import DECIDED, Chosen
from permits.analytics.months import Ask, Month
from permits.analytics.spread import Spread, spread
from permits.store.measured_tables import case_facts
from permits.store.total_tables import FACETS


class Days(msgspec.Struct, frozen=True):
    """So many cases that took and saved the same working days; None where those are not known."""

    result: str
    used: int | None
    suspended: int | None
    saved: int | None
    saved_statutory: int | None
    cases: int


class Materials(msgspec.Struct, frozen=True):
    """So many cases that saved the same materials, by cause."""

    result: str
    baseline: int
    exempt: int
    shared: int
    committed: int
    deferred: int
    cases: int

    @property
    def saved(self) -> int:
        return self.exempt + self.shared + self.committed


class Conduct(msgspec.Struct, frozen=True):
    """So many cases that went the same way."""

    result: str
    late: bool
    corrections: int
    visits: int
    cases: int


class Counted(msgspec.Struct, frozen=True):
    """Some cases, counted by each of what figures look at."""

    days: Sequence[Days] = ()
    materials: Sequence[Materials] = ()
    conduct: Sequence[Conduct] = ()


NOTHING = Counted()


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
    by_edition = counted(ask, chosen, ("permit", "definition", "track"), kept=kept)
    found = months.months(ask, chosen, kept=kept)
    return Overview(
        whole=figures(_together(by_edition.values())),
        by_track=_figures_by(by_edition, 2),
        by_permit=_figures_by(by_edition, 0),
        by_definition=_figures_by(by_edition, 1),
        by_month={name: found.get(name, months.NOTHING) for name in _months(chosen, found)},
    )


def by_month(connection: Connection, chosen: Chosen, *, kept: bool) -> dict[str, Figures]:
    """Every figure of each month, to be taken along; an overview tells them in short."""
    found = _figures_by(counted(connection.execute, chosen, ("month",), kept=kept), 0)
    return {name: found.get(name) or figures(NOTHING) for name in _months(chosen, found)}


_KINDS: Mapping[str, tuple[type[Any], tuple[str, ...]]] = {
    "days": (Days, ("result", "used_wd", "suspended_wd", "saved_wd", "saved_statutory_wd")),
    "materials": (
        Materials,
        (
            "result",
            "baseline_materials",
            "saved_exempt",
            "saved_shared",
            "saved_committed",
            "deferred",
        ),
    ),
    "conduct": (Conduct, ("result", "late", "corrections", "visits")),
}
"""What is made of the rows of a facet, and of which columns."""

Groups = dict[tuple[str, ...], Counted]


def counted(ask: Ask, chosen: Chosen, by: tuple[str, ...], *, kept: bool) -> Groups:
    """How many of the chosen cases are alike in each group; a query for each facet."""
    found: dict[tuple[str, ...], dict[str, list[Any]]] = {}
    for facet in FACETS:
        if facet.kind in _KINDS:
            kind, columns = _KINDS[facet.kind]
            query = select(alike(facet, (*by, *columns), chosen, kept=kept))
            for row in ask(query):
                group = found.setdefault(tuple(row[: len(by)]), {})
                group.setdefault(facet.kind, []).append(kind(*row[len(by) :]))
    return {group: Counted(**kinds) for group, kinds in found.items()}


def _together(groups: Iterable[Counted]) -> Counted:
    some = tuple(groups)
    return Counted(
        [one for group in some for one in group.days],
        [one for group in some for one in group.materials],
        [one for group in some for one in group.conduct],
    )


def _figures_by(groups: Groups, place: int) -> dict[str, Figures]:
    """The figures of each group, told apart by one of the words of its key."""
    some: dict[str, list[Counted]] = {}
    for key, one in groups.items():
        some.setdefault(key[place], []).append(one)
    return {name: figures(_together(some[name])) for name in sorted(some)}


def figures(found: Counted) -> Figures:
    """The figures of cases of which so many are alike."""
    results: Counter[str] = Counter()
    for one in found.conduct:
        results[one.result] += one.cases
    granted = [one for one in found.materials if one.result == "granted"]
    return Figures(
        cases=results.total(),
        granted=results["granted"],
        refused=results["refused"],
        revoked=results["revoked"],
        withdrawn=results["withdrawn"],
        not_accepted=results["not_accepted"],
        baseline=_sum(granted, lambda one: one.baseline),
        materials=spread(_often(granted, lambda one: one.saved)),
        exempt=_sum(granted, lambda one: one.exempt),
        with_exempt=_sum(granted, lambda one: one.exempt > 0),
        shared=_sum(granted, lambda one: one.shared),
        with_shared=_sum(granted, lambda one: one.shared > 0),
        committed=_sum(granted, lambda one: one.committed),
        with_committed=_sum(granted, lambda one: one.committed > 0),
        deferred=_sum(granted, lambda one: one.deferred),
        with_deferred=_sum(granted, lambda one: one.deferred > 0),
        **_of_days(found.days),
        **_of_conduct(found.conduct),
    )


def _of_days(found: Sequence[Days]) -> dict[str, Any]:
    granted = [one for one in found if one.result == "granted"]
    decided = [one for one in found if one.result in DECIDED]
    return {
        "days_saved": spread(_often(granted, lambda one: one.saved)),
        "slower": _sum(granted, lambda one: (one.saved or 0) < 0),
        "days_saved_statutory": spread(_often(granted, lambda one: one.saved_statutory)),
        "days_used": spread(_often(decided, lambda one: one.used)),
        "days_suspended": spread(_often(decided, lambda one: one.suspended)),
        "with_suspension": _sum(decided, lambda one: (one.suspended or 0) > 0),
        "unreckoned": _sum(decided, lambda one: one.used is None),
    }


def _of_conduct(found: Sequence[Conduct]) -> dict[str, Any]:
    decided = [one for one in found if one.result in DECIDED]
    return {
        "late": _sum(decided, lambda one: one.late),
        "corrected": _sum(found, lambda one: one.corrections > 0),
        "corrections": _sum(found, lambda one: one.corrections),
        "visits": spread(_often(found, lambda one: one.visits)),
        "without_visit": _sum(found, lambda one: one.visits == 0),
    }


Alike = TypeVar("Alike", Days, Materials, Conduct)


def _sum(found: Iterable[Alike], of: Callable[[Alike], int]) -> int:
    return sum(of(one) * one.cases for one in found)


def _often(found: Iterable[Alike], of: Callable[[Alike], int | None]) -> Counter[int]:
    """How often each value occurs; what is not known occurs nowhere."""
    often: Counter[int] = Counter()
    for one in found:
        value = of(one)
        if value is not None:
            often[value] += one.cases
    return often


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
