"""The figures of a period: what was decided, what it saved, how long it took.

Every case is one row of `case_facts`, made by `permits.casework.figures.facts_row`. The database
only counts how many of them are alike; sums, medians and deciles are made of these counts, so that
they come out the same on every database.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from permits.analytics.choosing import DECIDED, Chosen
from permits.analytics.spread import Spread, spread
from permits.store.measured_tables import case_facts


class Alike(msgspec.Struct, frozen=True):
    """So many cases of a month that do not differ in anything that is counted."""

    permit: str
    definition: str
    track: str
    month: str
    result: str
    late: bool
    corrections: int
    baseline: int
    exempt: int
    shared: int
    committed: int
    deferred: int
    used: int | None
    suspended: int | None
    saved: int | None
    saved_statutory: int | None
    visits: int
    cases: int

    @property
    def materials(self) -> int:
        """The materials each of them saved."""
        return self.exempt + self.shared + self.committed


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
    """The figures of a period as a whole, and by track, permit type, edition and month."""

    whole: Figures
    by_track: dict[str, Figures]
    by_permit: dict[str, Figures]
    by_definition: dict[str, Figures]
    by_month: dict[str, Figures]


def overview(connection: Connection, chosen: Chosen) -> Overview:
    """The figures of the chosen cases. Months in which nothing happened are among the months."""
    found = counted(connection, chosen)
    months = _apart(found, lambda alike: alike.month)
    return Overview(
        whole=figures(found),
        by_track=_apart(found, lambda alike: alike.track),
        by_permit=_apart(found, lambda alike: alike.permit),
        by_definition=_apart(found, lambda alike: alike.definition),
        by_month={m: months.get(m) or figures(()) for m in _months(chosen, months)},
    )


def counted(connection: Connection, chosen: Chosen) -> list[Alike]:
    """How many of the chosen cases are alike; one query."""
    facts = case_facts.c
    kinds = (
        facts.permit,
        facts.definition,
        facts.track,
        func.substr(facts.result_on, 1, 7).label("month"),
        facts.result,
        facts.late,
        facts.corrections,
        facts.baseline_materials,
        facts.saved_exempt,
        facts.saved_shared,
        facts.saved_committed,
        facts.deferred,
        facts.used_wd,
        facts.suspended_wd,
        facts.saved_wd,
        facts.saved_statutory_wd,
        facts.visits,
    )
    query: Any = chosen.narrow(select(*kinds, func.count())).group_by(*kinds)
    return [Alike(*row) for row in connection.execute(query)]


def figures(found: Iterable[Alike]) -> Figures:
    """The figures of cases of which so many are alike."""
    found = tuple(found)
    results = _often(found, lambda alike: alike.result)
    granted = tuple(alike for alike in found if alike.result == "granted")
    decided = tuple(alike for alike in found if alike.result in DECIDED)
    return Figures(
        cases=_sum(found, lambda _alike: 1),
        granted=results["granted"],
        refused=results["refused"],
        revoked=results["revoked"],
        withdrawn=results["withdrawn"],
        not_accepted=results["not_accepted"],
        baseline=_sum(granted, lambda alike: alike.baseline),
        materials=spread(_often(granted, lambda alike: alike.materials)),
        exempt=_sum(granted, lambda alike: alike.exempt),
        with_exempt=_sum(granted, lambda alike: alike.exempt > 0),
        shared=_sum(granted, lambda alike: alike.shared),
        with_shared=_sum(granted, lambda alike: alike.shared > 0),
        committed=_sum(granted, lambda alike: alike.committed),
        with_committed=_sum(granted, lambda alike: alike.committed > 0),
        deferred=_sum(granted, lambda alike: alike.deferred),
        with_deferred=_sum(granted, lambda alike: alike.deferred > 0),
        days_saved=spread(_often(granted, lambda alike: alike.saved)),
        slower=_sum(granted, lambda alike: (alike.saved or 0) < 0),
        days_saved_statutory=spread(_often(granted, lambda alike: alike.saved_statutory)),
        days_used=spread(_often(decided, lambda alike: alike.used)),
        days_suspended=spread(_often(decided, lambda alike: alike.suspended)),
        with_suspension=_sum(decided, lambda alike: (alike.suspended or 0) > 0),
        unreckoned=_sum(decided, lambda alike: alike.used is None),
        late=_sum(decided, lambda alike: alike.late),
        corrected=_sum(found, lambda alike: alike.corrections > 0),
        corrections=_sum(found, lambda alike: alike.corrections),
        visits=spread(_often(found, lambda alike: alike.visits)),
        without_visit=_sum(found, lambda alike: alike.visits == 0),
    )


def _sum(found: Iterable[Alike], of: Callable[[Alike], int]) -> int:
    return sum(of(alike) * alike.cases for alike in found)


def span(connection: Connection) -> tuple[date, date] | None:
    """The days of the first and of the last result there is; None before there is any."""
    on = case_facts.c.result_on
    first, last = connection.execute(select(func.min(on), func.max(on))).one()
    return (date.fromisoformat(first), date.fromisoformat(last)) if first else None


def _often(found: Iterable[Alike], of: Callable[[Alike], Any]) -> Counter[Any]:
    """How often each value occurs; what is not known occurs nowhere."""
    often: Counter[Any] = Counter()
    for alike in found:
        value = of(alike)
        if value is not None:
            often[value] += alike.cases
    return often


def _apart(found: Iterable[Alike], by: Callable[[Alike], str]) -> dict[str, Figures]:
    groups: dict[str, list[Alike]] = {}
    for alike in found:
        groups.setdefault(by(alike), []).append(alike)
    return {name: figures(groups[name]) for name in sorted(groups)}


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
