"""Forms that were sent after their session had ended, kept for whoever typed them."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, select

from permits.casework.dates import as_text
from permits.store.caseload import upsert
from permits.store.people_tables import unsent

Fields = Sequence[tuple[str, str]]
"""The names and texts of a form, in its order."""


def keep(connection: Connection, account: str, page: str, fields: Fields, now: datetime) -> None:
    """Keep what an account typed on a page, in the place of what it typed there before."""
    row = {
        "account": account,
        "page": page,
        "fields": msgspec.json.encode(fields),
        "kept_at": as_text(now),
    }
    connection.execute(upsert(unsent, connection.dialect), [row])


def find(connection: Connection, account: str, page: str) -> list[tuple[str, str]] | None:
    """What an account typed on a page; None if nothing is kept of it."""
    query = select(unsent.c.fields).where(unsent.c.account == account, unsent.c.page == page)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return msgspec.json.decode(bytes(row.fields), type=list[tuple[str, str]])


def remove(connection: Connection, account: str, page: str) -> None:
    connection.execute(delete(unsent).where(unsent.c.account == account, unsent.c.page == page))


def forget(connection: Connection, kept_before: datetime) -> int:
    """Forget what was kept before an instant; how many forms."""
    old = delete(unsent).where(unsent.c.kept_at < as_text(kept_before))
    return connection.execute(old).rowcount
