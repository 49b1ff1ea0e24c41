"""What time brings to the voices of cases: whoever has not rated is asked to, and answers that are
overdue are told."""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from typing import NamedTuple

from permits.casework.access import TIMER
from permits.casework.dates import day_of
from permits.casework.refusals import Refused
from permits.casework.voices import commands as c
from permits.casework.voices.decide import ended_until
from permits.casework.voices.events import stream_of
from permits.services.sealer import Sealer
from permits.services.voices import Asked, VoicesOfCases
from permits.store import voices as store

log = logging.getLogger(__name__)

LATEST = timedelta(days=30)
"""How long after its result a case is still looked at for a rating: an office that begins to ask
does not write to everybody it ever decided about."""

AT_ONCE = 200


class Told(NamedTuple):
    """Something that time brings to a case."""

    case_id: str
    command: c.ByTime


def tell_in_time(voices: VoicesOfCases, now: datetime) -> int:
    """Ask for ratings and tell what is overdue; how many were told. What is not to be told yet
    is passed over until the next look, and stands in nobody's way."""
    today = day_of(now)
    due = chain(_overdue(voices, today), _unrated(voices, today))
    return sum(_tell(voices, one) for one in due)


def _overdue(voices: VoicesOfCases, today: date) -> Iterator[Told]:
    with voices.database.read() as connection:
        found = store.overdue(connection, today)
    for case_id, kind, name in found:
        yield Told(case_id, c.TellOverdue("rating" if kind == "rating" else "objection", name))


def _unrated(voices: VoicesOfCases, today: date) -> Iterator[Told]:
    """Whoever has not rated for a while, a page at a time."""
    rule = voices.rules.inviting
    if rule is None:
        return
    until = ended_until(
        voices.shelf.calendar, rule.length, (today - LATEST, today - timedelta(days=1))
    )
    after = None
    while until is not None:
        within = (today - LATEST, until)
        with voices.database.read() as connection:
            found = store.unrated(connection, within, after, AT_ONCE)
        for one in found:
            yield Told(one.case_id, c.InviteRating("result"))
        if len(found) < AT_ONCE:
            return
        after = found[-1]


def _tell(voices: VoicesOfCases, one: Told) -> bool:
    """Tell it, once; whether it was."""
    key = f"{one.case_id}/{_name(one.command)}"
    asked = Asked(one.command, TIMER, key, {})
    try:
        done = voices.handle(one.case_id, asked, Sealer(stream_of(one.case_id)))
    except Exception:  # it is asked again at the next look, and the others go on
        log.exception("%s failed", key)
        return False
    return not isinstance(done, Refused)


def _name(command: c.ByTime) -> str:
    """What is told once of a case."""
    match command:
        case c.InviteRating(matter=matter):
            return f"invitation/{matter}"
        case c.TellOverdue(kind=kind, name=name):
            return f"overdue/{kind}/{name}"
