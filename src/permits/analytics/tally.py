"""How often each number occurs among some cases, kept so that tallies can be added."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from permits.analytics.choosing import DECIDED
from permits.store.total_tables import CONDUCT, DAYS, MATERIALS

FACETS = (DAYS, MATERIALS, CONDUCT)
"""The facets whose rows are tallied."""

CAUSES = ("exempt", "shared", "committed", "deferred")
"""Why a material was not handed in, in the order of the facet; what is deferred is not saved."""

Numbers = Counter[int]


class Tally(msgspec.Struct):
    """Some cases, by what figures look at.

    `results` counts all of them by their result; `sums` are whole numbers that need no spread, by
    the name of their figure. The others say how often each number occurs: of materials and days
    saved among the cases whose grant stands, of days used and suspended among those that were
    decided, of visits among all.
    """

    results: Counter[str] = msgspec.field(default_factory=Counter)
    sums: Counter[str] = msgspec.field(default_factory=Counter)
    materials: Numbers = msgspec.field(default_factory=Counter)
    days_saved: Numbers = msgspec.field(default_factory=Counter)
    days_saved_statutory: Numbers = msgspec.field(default_factory=Counter)
    days_used: Numbers = msgspec.field(default_factory=Counter)
    days_suspended: Numbers = msgspec.field(default_factory=Counter)
    visits: Numbers = msgspec.field(default_factory=Counter)

    def add(self, kind: str, cells: Sequence[Any], cases: int) -> None:
        """So many cases of which the columns of a facet say the same; `cells` are its columns, in
        their order."""
        _ADDS[kind](self, cells, cases)


def _days(tally: Tally, cells: Sequence[Any], cases: int) -> None:
    """Days that are not known occur nowhere; how many are not is counted."""
    result, used, suspended, saved, saved_statutory = cells
    if result not in DECIDED:
        return
    if used is None:
        tally.sums["unreckoned"] += cases
    else:
        tally.days_used[used] += cases
    if suspended is not None:
        tally.days_suspended[suspended] += cases
        tally.sums["with_suspension"] += cases if suspended > 0 else 0
    if result == "granted" and saved is not None:
        tally.days_saved[saved] += cases
        tally.sums["slower"] += cases if saved < 0 else 0
    if result == "granted" and saved_statutory is not None:
        tally.days_saved_statutory[saved_statutory] += cases


def _materials(tally: Tally, cells: Sequence[Any], cases: int) -> None:
    result, baseline, saved, *causes = cells
    if result != "granted":
        return
    tally.materials[saved] += cases
    tally.sums["baseline"] += baseline * cases
    for name, number in zip(CAUSES, causes, strict=True):
        if number:
            tally.sums[name] += number * cases
            tally.sums[f"with_{name}"] += cases


def _conduct(tally: Tally, cells: Sequence[Any], cases: int) -> None:
    result, late, corrections, visits = cells
    tally.results[result] += cases
    tally.visits[visits] += cases
    if late and result in DECIDED:
        tally.sums["late"] += cases
    if corrections:
        tally.sums["corrected"] += cases
        tally.sums["corrections"] += corrections * cases


_ADDS = {DAYS.kind: _days, MATERIALS.kind: _materials, CONDUCT.kind: _conduct}


def together(some: Iterable[Tally]) -> Tally:
    """What several come to as one."""
    found = Tally()
    for one in some:
        for name in Tally.__struct_fields__:
            getattr(found, name).update(getattr(one, name))
    return found
