"""How long cases like this one took: an estimate beside the promise, and no promise itself."""

from calendar import monthrange
from datetime import date, timedelta

from sqlalchemy import Connection, select

from permits.analytics.alike import TIMES, alike
from permits.analytics.choosing import DECIDED, Chosen
from permits.analytics.spread import Spread, spread
from permits.store.total_tables import DAYS

LEAST = 5
"""Decided cases that an estimate rests on, at least: of fewer it would tell single cases."""


def estimate(connection: Connection, permit: str, track: str, today: date) -> Spread | None:
    """The working days that cases of a permit type and a track took from acceptance to the
    decision, suspensions left out, in twelve months with this one; None if too few were decided.

    Cases that ended otherwise (withdrawn, not accepted) say nothing of how long a decision takes.
    Whole months are looked at because totals are kept of them: it is part of a page that many ask
    for, and takes as long with a million cases as with a thousand.
    """
    a_year_ago = today.replace(year=today.year - 1, day=1)
    first = (a_year_ago + timedelta(days=31)).replace(day=1)
    last = today.replace(day=monthrange(today.year, today.month)[1])
    chosen = Chosen(permit=permit, track=track, first=first, last=last)
    facts = alike(DAYS, ("result", "used_wd"), chosen, kept=True).c
    query = select(facts.used_wd, facts[TIMES])
    told = query.where(facts.result.in_(DECIDED), facts.used_wd.is_not(None))
    often: dict[int, int] = {}
    for days, cases in connection.execute(told):
        often[int(days)] = often.get(int(days), 0) + int(cases)
    taken = spread(often)
    return taken if taken.count >= LEAST else None
