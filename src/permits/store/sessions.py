"""Sessions: opened, found, seen, given another token, ended."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.engine import Dialect

from permits.casework.dates import as_text
from permits.casework.sessions import Means, Times
from permits.store.database import Prepared
from permits.store.people import WITH_MEANS, Account, account_of, means_of
from permits.store.people_tables import account, session


class Session(msgspec.Struct, frozen=True):
    """A session that is open. Its token is known only to the browser; here stands the hash.
    `coded` if the second factor was given in it, `address` and `agent` where it was opened from
    (the network address and what the program there calls itself; empty if not known)."""

    token_hash: str
    id: str
    account: str
    csrf: str
    times: Times
    coded: bool
    address: str
    agent: str


class Found(msgspec.Struct, frozen=True):
    """A session with its account, and what that signs in with by now."""

    session: Session
    account: Account
    means: Means


def hash_of(token: str) -> str:
    """What is kept of the token of a session."""
    return hashlib.sha256(token.encode()).hexdigest()


def put(connection: Connection, new: Session) -> None:
    """Keep a new session."""
    row = {**msgspec.structs.asdict(new), **_texts(new.times)}
    del row["times"]
    connection.execute(insert(session), [row])


def renew(connection: Connection, old: Session, new: Session) -> bool:
    """The session goes on under another token; False if it has ended meanwhile."""
    changed = update(session).where(session.c.token_hash == old.token_hash)
    values = {"token_hash": new.token_hash, "coded": new.coded, **_texts(new.times)}
    return connection.execute(changed.values(values)).rowcount == 1


def _texts(times: Times) -> dict[str, str]:
    return {name: as_text(at) for name, at in msgspec.structs.asdict(times).items()}


_COLUMNS = (
    session.c.id.label("session"),
    session.c.csrf,
    session.c.opened_at,
    session.c.seen_at,
    session.c.closes_at,
    session.c.proved_at,
    session.c.coded,
    session.c.address,
    session.c.agent,
)

_FIND = (
    WITH_MEANS.add_columns(*_COLUMNS)
    .join(session, session.c.account == account.c.id)
    .where(session.c.token_hash == bindparam("token_hash"))
)


class _Row(NamedTuple):
    """A row of `_FIND`."""

    id: str
    username: str
    name: str
    email: str
    language: str
    roles: str
    office: str
    department: str
    party: str
    open: bool
    places: str
    password_set_at: str
    password_once: bool
    second_factor: bool
    session: str
    csrf: str
    opened_at: str
    seen_at: str
    closes_at: str
    proved_at: str
    coded: bool
    address: str
    agent: str


class Sessions:
    """Finds who asks: one query, compiled once, because every request asks it."""

    def __init__(self, dialect: Dialect) -> None:
        self._find = Prepared(_FIND, dialect)

    def find(self, connection: Connection, token_hash: str) -> Found | None:
        """A session with its account, whether or not it has ended by itself."""
        for row in self._find.all(connection, token_hash=token_hash):
            found = _Row(*row)
            kept = _session(found, token_hash, found.id)
            return Found(kept, account_of(found), means_of(found))
        return None


def of_account(connection: Connection, account_id: str) -> list[Session]:
    """Every session of an account, the one used last first."""
    query = select(session.c.token_hash, *_COLUMNS).where(session.c.account == account_id)
    rows = connection.execute(query.order_by(session.c.seen_at.desc(), session.c.id.desc()))
    return [_session(row, row.token_hash, account_id) for row in rows]


def _session(row: Any, token_hash: str, account_id: str) -> Session:
    return Session(
        token_hash=token_hash,
        id=row.session,
        account=account_id,
        csrf=row.csrf,
        times=Times(
            datetime.fromisoformat(row.opened_at),
            datetime.fromisoformat(row.seen_at),
            datetime.fromisoformat(row.closes_at),
            datetime.fromisoformat(row.proved_at),
        ),
        coded=bool(row.coded),
        address=row.address,
        agent=row.agent,
    )


def touch(connection: Connection, token_hash: str, now: datetime) -> None:
    seen = update(session).where(session.c.token_hash == token_hash)
    connection.execute(seen.values(seen_at=as_text(now)))


def end(connection: Connection, account_id: str, ids: Sequence[str]) -> tuple[str, ...]:
    """End these sessions of an account; the ids of those that there were."""
    mine = (session.c.account == account_id) & session.c.id.in_(ids)
    gone = delete(session).where(mine).returning(session.c.id)
    return tuple(row.id for row in connection.execute(gone))


def forget(connection: Connection, ended_before: datetime) -> int:
    """Forget the sessions that had run out before an instant; how many."""
    out = delete(session).where(session.c.closes_at < as_text(ended_before))
    return connection.execute(out).rowcount


def end_all(connection: Connection) -> int:
    """End every session there is; how many."""
    return connection.execute(delete(session)).rowcount
