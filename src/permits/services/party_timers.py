"""What time brings to parties: entries are published on their day, cases follow a merger."""

from datetime import datetime

from sqlalchemy import select

from permits.casework.access import TIMER
from permits.casework.commands import TakeOver
from permits.casework.dates import day_of
from permits.casework.party_commands import PublishEntry
from permits.services.once import digest_source
from permits.services.party_orders import PartyOrder
from permits.services.writer import Order
from permits.store.database import Database
from permits.store.party_tables import credit_entry
from permits.store.people_tables import party
from permits.store.tables import case_row

AT_ONCE = 200


def publications(database: Database, now: datetime) -> list[PartyOrder]:
    """An order for every entry that is to be published today or was before. The key names the
    entry and its day, so that it is published once however many look."""
    e = credit_entry.c
    query = (
        select(e.code, e.entry, e.publish_on)
        .where(e.publish_on <= day_of(now).isoformat())
        .order_by(e.publish_on, e.code, e.entry)
    )
    with database.read() as connection:
        found = [tuple(row) for row in connection.execute(query)]
    return [_order(code, entry, day) for code, entry, day in found]


def _order(code: str, entry: str, day: str) -> PartyOrder:
    key = f"party/{code}/{entry}/publication/{day}"
    return PartyOrder(code, PublishEntry(entry), TIMER, key, digest_source(key))


def successions(database: Database) -> list[Order]:
    """An order for every case that has not yet followed its party into the one that it was merged
    into."""
    query = (
        select(case_row.c.case_id, party.c.successor)
        .join(party, party.c.code == case_row.c.party)
        .where(party.c.successor != "")
        .order_by(case_row.c.case_id)
        .limit(AT_ONCE)
    )
    with database.read() as connection:
        found = [tuple(row) for row in connection.execute(query)]
    return [_succession(case, successor) for case, successor in found]


def _succession(case: str, successor: str) -> Order:
    key = f"{case}/succession/{successor}"
    return Order(case, TakeOver(successor), TIMER, key, digest_source(key))
