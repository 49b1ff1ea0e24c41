"""How long cases like this one took: an estimate beside the promise, and no promise itself."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from permits.analytics.choosing import DECIDED, Chosen
from permits.analytics.spread import Spread, spread
from permits.store.measured_tables import case_facts

LOOKS_BACK = timedelta(days=365)

LEAST = 5
"""Decided cases that an estimate rests on, at least: of fewer it would tell single cases."""


def estimate(connection: Connection, permit: str, track: str, today: date) -> Spread | None:
    """The working days that cases of a permit type and a track took from acceptance to the
    decision, suspensions left out, in the year before; None if too few were decided.

    Cases that ended otherwise (withdrawn, not accepted) say nothing of how long a decision takes.
    """
    facts = case_facts.c
    chosen = Chosen(permit=permit, track=track, first=today - LOOKS_BACK, last=today)
    query: Any = chosen.narrow(select(facts.used_wd, func.count()))
    alike = query.where(facts.result.in_(DECIDED), facts.used_wd.is_not(None))
    found = connection.execute(alike.group_by(facts.used_wd))
    taken = spread({int(days): int(cases) for days, cases in found})
    return taken if taken.count >= LEAST else None
