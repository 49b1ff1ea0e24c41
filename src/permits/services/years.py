"""Publishing a calendar year, and everything that is reckoned anew because of it."""

import msgspec
from sqlalchemy import Connection, or_, select

from permits.casework import rows
from permits.casework.case import Case
from permits.casework.fold import fold_all
from permits.casework.streams import read_event
from permits.casework.working_days import PublishedYear
from permits.services.office import Office
from permits.services.shelf import Shelf
from permits.services.timers import recompute_open
from permits.store.caseload import upsert
from permits.store.event_log import EventLog
from permits.store.tables import case_facts


class Loaded(msgspec.Struct, frozen=True):
    """Years that were new or changed, open cases whose dates changed, decided cases whose
    figures were made anew."""

    years: tuple[int, ...]
    recomputed: int
    figures: int


def load(office: Office, years: tuple[PublishedYear, ...], *, actor: str) -> Loaded:
    """Publish years; reckon open clocks anew as events, and the figures of what they touch."""
    shelf, database = office.shelf, office.database
    changed = shelf.load_years(years, actor=actor, now=office.now())
    if not changed:
        return Loaded((), 0, 0)
    recomputed = recompute_open(database, office.queue.submit, shelf.calendar.digest)
    with database.write() as connection:
        figures = _figures(connection, EventLog(database.dialect), shelf, changed)
    return Loaded(changed, recomputed, figures)


def _figures(connection: Connection, log: EventLog, shelf: Shelf, changed: tuple[int, ...]) -> int:
    """Make the figures of decided cases anew whose days lie in the changed years."""
    within = [
        (case_facts.c.accepted_on <= f"{year}-12-31")
        & (case_facts.c.decided_on >= f"{year}-01-01")
        for year in changed
    ]
    query = select(case_facts.c.case_id).where(or_(*within))
    found = list(connection.execute(query).scalars())
    for case_id in found:
        entries = log.read(connection, case_id)
        read = [(envelope, read_event(envelope, body)) for envelope, body in entries]
        case = fold_all(Case(id=case_id), read)
        facts = rows.facts_row(case, shelf.edition(case.definition), shelf.calendar)
        statement = upsert(case_facts, connection.dialect)
        connection.execute(statement, [msgspec.to_builtins(facts)])
    return len(found)
