"""What time brings to parties: entries are published on their day, cases follow a merger."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from permits.casework.access import TIMER
from permits.casework.commands import TakeOver
from permits.casework.dates import day_of
from permits.casework.party_commands import PublishEntry
from permits.services.once import digest_source
from permits.services.party_orders import PartyOrder
from permits.services.resting import AT_ONCE
from permits.services.writer import Order
from permits.store.database import Database
from permits.store.party_tables import credit_entry
from permits.store.people_tables import party
from permits.store.tables import case_row


def publications(database: Database, now: datetime) -> Iterator[list[PartyOrder]]:
    """Orders for every entry that is to be published today or was before, a few at a time. The key
    names the entry and its day, so that it is published once however many look."""
    e = credit_entry.c
    query = (
        select(e.code, e.entry, e.publish_on)
        .where(e.publish_on <= day_of(now).isoformat())
        .order_by(e.publish_on, e.code, e.entry)
    )
    with database.read() as connection:
        found = [_order(code, entry, day) for code, entry, day in connection.execute(query)]
    for n in range(0, len(found), AT_ONCE):
        yield found[n : n + AT_ONCE]


def _order(code: str, entry: str, day: str) -> PartyOrder:
    key = f"party/{code}/{entry}/publication/{day}"
    return PartyOrder(code, PublishEntry(entry), TIMER, key, digest_source(key))


def successions(database: Database) -> Iterator[list[Order]]:
    """Orders for every case that has not yet followed its party into the one that it was merged
    into, a few at a time. A case that cannot follow now is passed over until the next look."""
    last = ""
    while page := _following(database, last):
        yield [_succession(case, successor) for case, successor in page]
        last = page[-1][0]


def _following(database: Database, after: str) -> list[tuple[str, str]]:
    query = (
        select(case_row.c.case_id, party.c.successor)
        .join(party, party.c.code == case_row.c.party)
        .where(party.c.successor != "", case_row.c.case_id > after)
        .order_by(case_row.c.case_id)
        .limit(AT_ONCE)
    )
    with database.read() as connection:
        return [(case, successor) for case, successor in connection.execute(query)]


def _succession(case: str, successor: str) -> Order:
    key = f"{case}/succession/{successor}"
    return Order(case, TakeOver(successor), TIMER, key, digest_source(key))
