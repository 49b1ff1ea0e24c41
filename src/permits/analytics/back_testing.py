"""The simulation held against what happened: ordinary cases predict the commitment cases.

Where a permit type has cases of both tracks, what the ordinary ones would have saved is predicted
for as many cases as there are granted commitment cases, and stands beside what these saved.
"""

from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, func, select

from permits.analytics.choosing import Chosen
from permits.analytics.moved_cases import Asked, Books, ordinary
from permits.analytics.simulating import Estimate, Figure, Interval, Plan, simulated
from permits.definitions.edition import Edition
from permits.definitions.schema import TrackName
from permits.store.measured_tables import case_facts


class Held(msgspec.Struct, frozen=True):
    """A prediction, as the mean of a case, beside what happened. `covered` is None where there is
    no interval to hold it against."""

    predicted: float
    predicted_in: Interval | None
    happened: float

    @property
    def covered(self) -> bool | None:
        return None if self.predicted_in is None else self.predicted_in.covers(self.happened)


class Tried(msgspec.Struct, frozen=True):
    """One permit type: how many cases of each track, and materials and working days. Both are None
    if a track has no case, which `lacks` says."""

    permit: str
    ordinary: int
    commitment: int
    lacks: Literal["", "ordinary", "commitment"]
    materials: Held | None = None
    days: Held | None = None


def tried(connection: Connection, today: Edition, books: Books, plan: Plan) -> Tried:
    """The back-test of a permit type with a commitment track. The ordinary cases are those of
    everyone, for whoever may use the track has seldom stayed on the ordinary one."""
    found = ordinary(connection, Asked(today, everyone=True), books)
    cases, materials, days = _happened(connection, today.permit)
    if not cases or not found.cases:
        lacks: Literal["ordinary", "commitment"] = "commitment" if found.cases else "ordinary"
        return Tried(today.permit, len(found.cases), cases, lacks)
    coming = msgspec.structs.replace(plan, ahead=cases)
    figures = simulated(found.cases, coming, None).figures
    before = figures[Figure.DAYS_ORDINARY].mean
    return Tried(
        permit=today.permit,
        ordinary=len(found.cases),
        commitment=cases,
        lacks="",
        materials=_held(figures[Figure.MATERIALS_SAVED], cases, materials),
        days=_held(figures[Figure.DAYS_SAVED], cases, round(before - days, 2)),
    )


def _held(estimate: Estimate, cases: int, happened: float) -> Held:
    total = estimate.total_in
    each = None
    if total is not None:
        each = Interval(round(total.low / cases, 2), round(total.high / cases, 2))
    return Held(estimate.mean, each, round(happened, 2))


def _happened(connection: Connection, permit: str) -> tuple[int, float, float]:
    """Granted commitment cases whose days are reckoned: how many, and their mean materials saved
    and days used."""
    facts = case_facts.c
    chosen = Chosen(permit, TrackName.COMMITMENT.value)
    sums: Any = select(func.count(), func.sum(facts.saved_materials), func.sum(facts.used_wd))
    query: Any = chosen.narrow(sums).where(facts.result == "granted", facts.used_wd.is_not(None))
    cases, materials, days = connection.execute(query).one()
    return (int(cases), materials / cases, days / cases) if cases else (0, 0.0, 0.0)
