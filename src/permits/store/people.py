"""Accounts, sessions and parties, and how often somebody guessed wrong."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Dialect

from permits.casework.access import Actor
from permits.casework.dates import as_text
from permits.casework.families.access import Standing, Substitution
from permits.casework.standings import as_on
from permits.definitions.procedure import Role
from permits.store.caseload import inserting, unless_there, upsert
from permits.store.database import Prepared
from permits.store.people_tables import account, attempt, party, session, standing


class Account(msgspec.Struct, frozen=True):
    """An account with what it may do by itself; `places` are those it takes for others, with their
    days."""

    id: str
    username: str
    name: str
    email: str
    language: str
    actor: Actor
    open: bool
    places: tuple[Substitution, ...] = ()

    def on(self, day: date) -> "Account":
        """The account as it may act on a day, for others too."""
        actor = as_on(self.actor, self.places, day) if self.places else self.actor
        return self if actor is self.actor else replace(self, actor=actor)


class Session(msgspec.Struct, frozen=True):
    """A session that is open. Its token is known only to the browser; here stands the hash."""

    token_hash: str
    account: str
    csrf: str
    opened_at: datetime
    seen_at: datetime
    closes_at: datetime


_accounts = (
    select(
        account.c.id,
        account.c.username,
        account.c.name,
        account.c.email,
        account.c.language,
        standing.c.roles,
        standing.c.office,
        standing.c.department,
        standing.c.party,
        standing.c.open,
        standing.c.places,
    )
    .select_from(account)
    .join(standing, standing.c.account == account.c.id)
)

_sessions = (
    _accounts.add_columns(
        session.c.csrf, session.c.opened_at, session.c.seen_at, session.c.closes_at
    )
    .join(session, session.c.account == account.c.id)
    .where(session.c.token_hash == bindparam("token_hash"))
)


def _account(row: Any) -> Account:
    actor = Actor(
        id=row.id,
        roles=frozenset(Role(role) for role in row.roles.split()),
        office=row.office,
        department=row.department,
        party=row.party,
    )
    places = _places.decode(row.places) if row.places else ()
    who = (row.id, row.username, row.name, row.email, row.language)
    return Account(*who, actor, bool(row.open), places)


_places = msgspec.json.Decoder(tuple[Substitution, ...])


def by_id(connection: Connection, account_id: str) -> Account | None:
    row = connection.execute(_accounts.where(account.c.id == account_id)).one_or_none()
    return _account(row) if row is not None else None


def by_ids(connection: Connection, ids: Iterable[str]) -> list[Account]:
    """Accounts by their ids; whatever is none is left out."""
    query = _accounts.where(account.c.id.in_(sorted(ids)))
    return [_account(row) for row in connection.execute(query)]


def by_username(connection: Connection, username: str) -> tuple[Account, str] | None:
    """The account of a name, and its password's hash."""
    query = _accounts.add_columns(account.c.password_hash).where(account.c.username == username)
    row = connection.execute(query).one_or_none()
    return (_account(row), row.password_hash) if row is not None else None


def everybody(connection: Connection) -> list[Account]:
    """All accounts by name."""
    query = _accounts.order_by(account.c.username)
    return [_account(row) for row in connection.execute(query)]


def with_role(
    connection: Connection, role: Role, *, office: str, department: str, of_party: str
) -> list[Account]:
    """Open accounts that have a role of their own in a case."""
    found = _around(connection, role, (office, department), of_party)
    return [one for one in found if role in one.actor.roles]


def to_tell(
    connection: Connection, role: Role, room: tuple[str, str], of_party: str, day: date
) -> list[Account]:
    """Open accounts a message for a role of a case goes to on a day: substitutes are told too."""
    found = _around(connection, role, room, of_party)
    return [one for one in found if role in one.on(day).actor.roles]


def _around(
    connection: Connection, role: Role, room: tuple[str, str], of_party: str
) -> list[Account]:
    query = _accounts.where(standing.c.open)
    if role is Role.APPLICANT:
        query = query.where(standing.c.party == of_party)
    else:
        query = query.where(standing.c.office == room[0], standing.c.department == room[1])
    return [_account(row) for row in connection.execute(query)]


def officers(connection: Connection, office: str, department: str) -> list[Account]:
    """The open accounts of the officers of a department, by name."""
    query = _accounts.where(
        standing.c.open, standing.c.office == office, standing.c.department == department
    )
    found = [_account(row) for row in connection.execute(query.order_by(account.c.name))]
    return [one for one in found if one.actor.officer]


class Person(msgspec.Struct, frozen=True):
    """Whose account it is."""

    id: str
    username: str
    name: str
    email: str


def add(connection: Connection, who: Person, password_hash: str) -> bool:
    """A new account; False if the user name is taken, or is being taken at this moment."""
    row = {**msgspec.structs.asdict(who), "password_hash": password_hash, "language": ""}
    added = unless_there(account, connection.dialect).values(row).returning(account.c.id)
    return connection.execute(added).first() is not None


def set_password(connection: Connection, account_id: str, password_hash: str) -> None:
    changed = update(account).where(account.c.id == account_id)
    connection.execute(changed.values(password_hash=password_hash))


def put_standing(connection: Connection, account_id: str, now: Standing) -> None:
    """What an account may do from now on."""
    row = standing_row(account_id, now)
    connection.execute(upsert(standing, connection.dialect), [row])


def standing_row(account_id: str, now: Standing) -> dict[str, object]:
    return {
        "account": account_id,
        "roles": " ".join(sorted(now.roles)),
        "office": now.office,
        "department": now.department,
        "party": now.party,
        "open": now.open,
        "places": msgspec.json.encode(now.places).decode() if now.places else "",
    }


def knows_party(connection: Connection, code: str) -> bool:
    """Whether an organisation is registered under a credit code."""
    return connection.execute(select(party.c.code).where(party.c.code == code)).first() is not None


def hash_of(token: str) -> str:
    """What is kept of the token of a session."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(connection: Connection, new: Session) -> None:
    """Keep a new session."""
    row = {
        "token_hash": new.token_hash,
        "account": new.account,
        "csrf": new.csrf,
        "opened_at": as_text(new.opened_at),
        "seen_at": as_text(new.seen_at),
        "closes_at": as_text(new.closes_at),
    }
    connection.execute(insert(session), [row])


class _Found(NamedTuple):
    """A row of `_sessions`."""

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
    csrf: str
    opened_at: str
    seen_at: str
    closes_at: str


class Sessions:
    """Finds who asks: one query, compiled once, because every request asks it."""

    def __init__(self, dialect: Dialect) -> None:
        self._find = Prepared(_sessions, dialect)

    def find(self, connection: Connection, token_hash: str) -> tuple[Session, Account] | None:
        """An open session with its account."""
        for row in self._find.all(connection, token_hash=token_hash):
            found = _Found(*row)
            return _session(found, token_hash), _account(found)
        return None


def _session(row: _Found, token_hash: str) -> Session:
    return Session(
        token_hash,
        row.id,
        row.csrf,
        datetime.fromisoformat(row.opened_at),
        datetime.fromisoformat(row.seen_at),
        datetime.fromisoformat(row.closes_at),
    )


def touch_session(connection: Connection, token_hash: str, now: datetime) -> None:
    seen = update(session).where(session.c.token_hash == token_hash)
    connection.execute(seen.values(seen_at=as_text(now)))


def close_session(connection: Connection, token_hash: str) -> None:
    connection.execute(delete(session).where(session.c.token_hash == token_hash))


def close_sessions_of(connection: Connection, account_id: str) -> None:
    connection.execute(delete(session).where(session.c.account == account_id))


def forget_sessions(connection: Connection, ended_before: datetime) -> int:
    """Forget the sessions that had run out before an instant; how many."""
    out = delete(session).where(session.c.closes_at < as_text(ended_before))
    return connection.execute(out).rowcount


def count_attempt(connection: Connection, subject: str, now: datetime) -> None:
    """Count a failed attempt of a subject (a name, an address) in this minute."""
    minute = now.isoformat()[:16]
    once_more = inserting(attempt, connection.dialect).on_conflict_do_update(
        index_elements=["subject", "minute"], set_={"count": attempt.c.count + 1}
    )
    connection.execute(once_more, [{"subject": subject, "minute": minute, "count": 1}])


def forget_attempts(connection: Connection, now: datetime) -> int:
    """Forget the failures that are older than a day; how many rows they were."""
    old = (now - timedelta(days=1)).isoformat()[:16]
    return connection.execute(delete(attempt).where(attempt.c.minute < old)).rowcount


def attempts_since(connection: Connection, subject: str, since: datetime) -> int:
    query = select(func.coalesce(func.sum(attempt.c.count), 0)).where(
        attempt.c.subject == subject, attempt.c.minute >= since.isoformat()[:16]
    )
    return int(connection.execute(query).scalar_one())
