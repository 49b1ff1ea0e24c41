"""Identities at issuers, each linked with one account."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, select

from permits.casework.dates import as_text
from permits.store.caseload import unless_there
from permits.store.people_tables import identity


class Linked(msgspec.Struct, frozen=True):
    """An identity that an account signs in with, and since when."""

    issuer: str
    subject: str
    account: str
    linked_at: datetime


def link(connection: Connection, new: Linked) -> bool:
    """Link an identity with an account; False if it is linked with one already."""
    row = {**msgspec.structs.asdict(new), "linked_at": as_text(new.linked_at)}
    added = unless_there(identity, connection.dialect).values(row).returning(identity.c.subject)
    return connection.execute(added).first() is not None


def find(connection: Connection, issuer: str, subject: str) -> Linked | None:
    """Whose identity it is; None if nobody's."""
    there = (identity.c.issuer == issuer) & (identity.c.subject == subject)
    row = connection.execute(select(identity).where(there)).one_or_none()
    return None if row is None else _linked(*row)


def of_account(connection: Connection, account: str) -> list[Linked]:
    """The identities of an account, by their issuers."""
    query = select(identity).where(identity.c.account == account)
    found = connection.execute(query.order_by(identity.c.issuer, identity.c.linked_at))
    return [_linked(*row) for row in found]


def unlink(connection: Connection, account: str, issuer: str) -> int:
    """The account no longer signs in with the issuer; how many identities it had there."""
    there = (identity.c.account == account) & (identity.c.issuer == issuer)
    return connection.execute(delete(identity).where(there)).rowcount


def _linked(issuer: str, subject: str, account: str, linked_at: str) -> Linked:
    return Linked(issuer, subject, account, datetime.fromisoformat(linked_at))
