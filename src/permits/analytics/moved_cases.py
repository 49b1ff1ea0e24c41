"""Which cases a simulation rests on, read from the log, and which are left out and why."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, and_, case, func, or_, select

from permits.analytics.choosing import DECIDED, Chosen
from permits.analytics.simulating import Checks
from permits.casework.case import Case
from permits.casework.fold import fold
from permits.casework.moving import Moved, Terms, WhyNot, moved
from permits.casework.streams import read_event
from permits.casework.working_days import WorkingDays
from permits.definitions.edition import Edition
from permits.definitions.schema import TrackName
from permits.store.event_log import EventLog
from permits.store.measured_tables import case_duty, case_facts

MOST = 2000
"""Cases that are read for a simulation, at most: those decided last."""

_BATCH = 200

LeftOut = Literal["open", "undecided", "older", WhyNot]
"""Why a case of the ordinary track is left out: it is open; it ended without a decision; there are
`MOST` that were decided later; or nothing can be said of it."""


class Ordinary(msgspec.Struct, frozen=True):
    """The decided ordinary cases of a permit type, each as it would have gone, and how many are
    left out for which reason."""

    cases: tuple[Moved, ...]
    left_out: dict[LeftOut, int]


class Asked(msgspec.Struct, frozen=True):
    """Of which permit type, in today's edition, and decided in which period. `everyone` asks as if
    the track excluded nobody and admitted everybody."""

    today: Edition
    first: date | None = None
    last: date | None = None
    everyone: bool = False

    @property
    def chosen(self) -> Chosen:
        return Chosen(self.today.permit, TrackName.ORDINARY.value, self.first, self.last)


class Books(msgspec.Struct, frozen=True):
    """What cases are read with: the log, the edition of a digest, the calendar."""

    log: EventLog
    edition: Callable[[str], Edition]
    calendar: WorkingDays


def ordinary(connection: Connection, asked: Asked, books: Books) -> Ordinary:
    """The cases of the ordinary track that were decided in the period."""
    left: Counter[LeftOut] = Counter(_undecided(connection, asked))
    facts = case_facts.c
    query: Any = asked.chosen.narrow(select(facts.case_id)).where(facts.result.in_(DECIDED))
    newest = query.order_by(facts.result_on.desc(), facts.case_id.desc())
    ids = connection.execute(newest).scalars().all()
    if len(ids) > MOST:
        left["older"] = len(ids) - MOST
    cases = []
    for one in _moved(connection, sorted(ids[:MOST]), asked, books):
        if isinstance(one, Moved):
            cases.append(one)
        else:
            left[one] += 1
    return Ordinary(tuple(cases), {why: left[why] for why in sorted(left)})


def _undecided(connection: Connection, asked: Asked) -> Mapping[LeftOut, int]:
    """How many ordinary cases have no decision: those that are open, and those that ended in the
    period without one."""
    facts = case_facts.c
    counted: Any = select(func.count()).select_from(case_facts)
    still: Any = asked.chosen.whose(counted)
    ended: Any = asked.chosen.narrow(counted)
    found: dict[LeftOut, int] = {
        "open": connection.execute(still.where(facts.result == "open")).scalar_one(),
        "undecided": connection.execute(
            ended.where(facts.result.not_in((*DECIDED, "open")))
        ).scalar_one(),
    }
    return {why: times for why, times in found.items() if times}


def _moved(
    connection: Connection, ids: Sequence[str], asked: Asked, books: Books
) -> Iterator[Moved | WhyNot]:
    for start in range(0, len(ids), _BATCH):
        read = books.log.read_each(connection, ids[start : start + _BATCH])
        for name, records in read.items():
            entries = [(at, read_event(at, body)) for at, body in records]
            stands = Case(id=name)
            for at, event in entries:
                stands = fold(stands, event, at)
            own = books.edition(stands.definition)
            terms = Terms(own, asked.today, books.calendar, asked.everyone)
            yield moved(stands, entries, terms)


def checks(connection: Connection, permit: str) -> Checks | None:
    """The commitment cases of a permit type that officers checked after the grant, with those in
    which a breach was found; of all permit types if this one has none; None if there are none."""
    for own, chosen in ((True, Chosen(permit)), (False, Chosen())):
        found = _checked(connection, chosen)
        if found[0]:
            return Checks(*found, own=own)
    return None


def _checked(connection: Connection, chosen: Chosen) -> tuple[int, int]:
    duty = case_duty.c
    breached = or_(duty.ordered, duty.fate == "broken")
    made = or_(
        duty.fate.in_(("kept", "late", "rectified", "broken")),
        and_(duty.fate == "in_breach", duty.ordered),
    )
    query: Any = chosen.narrow(
        select(func.max(case((breached, 1), else_=0)).label("breached"))
        .select_from(case_facts)
        .join(case_duty, duty.case_id == case_facts.c.case_id)
    ).where(
        case_facts.c.track == TrackName.COMMITMENT.value,
        duty.method.in_(("verification", "lot")),
        duty.opened_on >= case_facts.c.decided_on,
        made,
    )
    each = query.group_by(case_facts.c.case_id).subquery("each")
    total = select(func.count(), func.coalesce(func.sum(each.c.breached), 0))
    cases, bad = connection.execute(total.select_from(each)).one()
    return int(cases), int(bad)


def planned_share(today: Edition) -> int:
    """Of a hundred commitment cases so many are checked by the definition: all if some check is
    made in every case, else the largest share that is drawn; 0 if nothing is ever checked."""
    checked = [
        100 if duty.sample is None else duty.sample.share
        for duty in today.definition.obligations.values()
        if duty.settled_by == "verification"
    ]
    return max(checked, default=0)
