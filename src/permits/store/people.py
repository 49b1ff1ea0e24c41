"""Accounts, what they sign in with, and how often somebody guessed wrong."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, delete, func, select, text, update

from permits.casework.access import Actor
from permits.casework.dates import as_text
from permits.casework.families.access import Standing, Substitution
from permits.casework.sessions import Means
from permits.casework.standings import as_on
from permits.definitions.procedure import Role
from permits.store.caseload import inserting, unless_there, upsert
from permits.store.people_tables import account, attempt, party, second_factor, standing


class Account(msgspec.Struct, frozen=True):
    """An account with what it may do now."""

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


ACCOUNTS = (
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


def account_of(row: Any) -> Account:
    actor = Actor(
        id=row.id,
        roles=frozenset(Role(role) for role in row.roles.split()),
        office=row.office,
        department=row.department,
        party=row.party,
    )
    who = (row.id, row.username, row.name, row.email, row.language)
    return Account(*who, actor, bool(row.open), _read(row.places))


def by_id(connection: Connection, account_id: str) -> Account | None:
    row = connection.execute(ACCOUNTS.where(account.c.id == account_id)).one_or_none()
    return account_of(row) if row is not None else None


def by_ids(connection: Connection, ids: Iterable[str]) -> list[Account]:
    """Accounts by their ids; whatever is none is left out."""
    query = ACCOUNTS.where(account.c.id.in_(sorted(ids)))
    return [account_of(row) for row in connection.execute(query)]


class Known(NamedTuple):
    """An account with the hash of its password and what else it signs in with."""

    account: Account
    password_hash: str
    means: Means


WITH_MEANS = ACCOUNTS.add_columns(
    account.c.password_set_at,
    account.c.password_once,
    second_factor.c.account.is_not(None).label("second_factor"),
).outerjoin(second_factor, second_factor.c.account == account.c.id)


def means_of(row: Any) -> Means:
    set_at = datetime.fromisoformat(row.password_set_at)
    return Means(set_at, bool(row.password_once), bool(row.second_factor))


def by_username(connection: Connection, username: str) -> Known | None:
    """The account of a name, and its password's hash."""
    return _known(connection, account.c.username == username)


def known(connection: Connection, account_id: str) -> Known | None:
    """An account with what it signs in with."""
    return _known(connection, account.c.id == account_id)


def _known(connection: Connection, which: Any) -> Known | None:
    query = WITH_MEANS.add_columns(account.c.password_hash).where(which)
    row = connection.execute(query).one_or_none()
    return Known(account_of(row), row.password_hash, means_of(row)) if row is not None else None


def everybody(connection: Connection) -> list[Account]:
    """All accounts by name."""
    query = ACCOUNTS.order_by(account.c.username)
    return [account_of(row) for row in connection.execute(query)]


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
    query = ACCOUNTS.where(standing.c.open)
    if role is Role.APPLICANT:
        query = query.where(standing.c.party == of_party)
    else:
        query = query.where(standing.c.office == room[0], standing.c.department == room[1])
    return [account_of(row) for row in connection.execute(query)]


def officers(connection: Connection, office: str, department: str) -> list[Account]:
    """The open accounts of the officers of a department, by name."""
    query = ACCOUNTS.where(
        standing.c.open, standing.c.office == office, standing.c.department == department
    )
    found = [account_of(row) for row in connection.execute(query.order_by(account.c.name))]
    return [one for one in found if one.actor.officer]


def rooms(connection: Connection) -> set[tuple[str, str]]:
    """The offices and departments of open accounts that belong to one."""
    query = select(standing.c.office, standing.c.department).distinct()
    found = connection.execute(query.where(standing.c.open, standing.c.office != ""))
    return {(row.office, row.department) for row in found}


class Person(msgspec.Struct, frozen=True):
    """Whose account it is."""

    id: str
    username: str
    name: str
    email: str


class Password(msgspec.Struct, frozen=True):
    """The hash of a password, since when it is one, and whether it is for one sign-in only."""

    password_hash: str
    password_set_at: datetime
    password_once: bool = False


def add(connection: Connection, who: Person, password: Password) -> bool:
    """A new account; False if the user name is taken, or is being taken at this moment."""
    row = {**msgspec.structs.asdict(who), **_password(password), "language": ""}
    added = unless_there(account, connection.dialect).values(row).returning(account.c.id)
    return connection.execute(added).first() is not None


def set_password(connection: Connection, account_id: str, password: Password) -> None:
    changed = update(account).where(account.c.id == account_id)
    connection.execute(changed.values(_password(password)))


def rehash(connection: Connection, account_id: str, old: str, new: str) -> None:
    """Keep the same password as another hash, unless it was changed meanwhile."""
    same = update(account).where(account.c.id == account_id, account.c.password_hash == old)
    connection.execute(same.values(password_hash=new))


def set_language(connection: Connection, account_id: str, language: str) -> None:
    """In which language letters to the account are written; empty for both."""
    changed = update(account).where(account.c.id == account_id)
    connection.execute(changed.values(language=language))


def _password(new: Password) -> dict[str, object]:
    return {**msgspec.structs.asdict(new), "password_set_at": as_text(new.password_set_at)}


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
        "places": _kept(now.places),
        "substitutes": _kept(now.substitutes),
    }


def _kept(those: tuple[Substitution, ...]) -> str:
    return msgspec.json.encode(those).decode() if those else ""


def _read(kept: str) -> tuple[Substitution, ...]:
    return _substitutions.decode(kept) if kept else ()


_substitutions = msgspec.json.Decoder(tuple[Substitution, ...])


def standing_of(connection: Connection, account_id: str) -> Standing:
    """What an account may do, and who stands in for whom; of no account, nothing at all."""
    query = select(standing).where(standing.c.account == account_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return Standing()
    return Standing(
        roles=tuple(row.roles.split()),
        office=row.office,
        department=row.department,
        party=row.party,
        open=bool(row.open),
        places=_read(row.places),
        substitutes=_read(row.substitutes),
    )


def knows_party(connection: Connection, code: str) -> bool:
    """Whether an organisation is registered under a credit code."""
    return connection.execute(select(party.c.code).where(party.c.code == code)).first() is not None


def count_attempt(connection: Connection, subject: str, now: datetime) -> None:
    """Count a failed attempt of a subject (a name, an address) in this minute."""
    once_more = inserting(attempt, connection.dialect).on_conflict_do_update(
        index_elements=["subject", "minute"],
        set_={"count": attempt.c.count + 1, "last_at": as_text(now)},
    )
    row = {"subject": subject, "minute": _minute(now), "count": 1, "last_at": as_text(now)}
    connection.execute(once_more, [row])


def take_back_attempt(connection: Connection, subject: str, counted_at: datetime) -> None:
    """What was counted at an instant was no failure after all."""
    where = (attempt.c.subject == subject) & (attempt.c.minute == _minute(counted_at))
    fewer = update(attempt).where(where, attempt.c.count > 0)
    connection.execute(fewer.values(count=attempt.c.count - 1))


def forget_attempts_of(connection: Connection, subjects: Sequence[str]) -> None:
    connection.execute(delete(attempt).where(attempt.c.subject.in_(subjects)))


def forget_attempts(connection: Connection, now: datetime) -> int:
    """Forget the failures that are older than a day; how many rows they were."""
    old = _minute(now - timedelta(days=1))
    return connection.execute(delete(attempt).where(attempt.c.minute < old)).rowcount


def attempts_since(connection: Connection, subject: str, since: datetime) -> int:
    return failures(connection, subject, since)[0]


def failures(connection: Connection, subject: str, since: datetime) -> tuple[int, datetime]:
    """How often a subject failed since an instant, and when last; that instant if never."""
    total = func.coalesce(func.sum(attempt.c.count), 0)
    query = select(total, func.max(attempt.c.last_at)).where(
        attempt.c.subject == subject, attempt.c.minute >= _minute(since)
    )
    count, last = connection.execute(query).one()
    return int(count), datetime.fromisoformat(last) if last else since


def _minute(instant: datetime) -> str:
    return as_text(instant)[:16]


_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:subject, 1))")


def take_turns(connection: Connection, subjects: Sequence[str]) -> None:
    """Keep others from counting attempts of these subjects until the transaction ends, in one
    order, so that nobody waits for each other. On SQLite whoever writes is alone already."""
    if connection.dialect.name == "postgresql":
        for subject in sorted(subjects):
            connection.execute(_TURN, {"subject": subject})
