"""Tokens of programs: each opens the API as one account, to its last day or until it is ended."""

from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from permits.casework.api_tokens import Scope
from permits.casework.dates import as_text
from permits.store.people_tables import api_token


class Token(msgspec.Struct, frozen=True):
    """A token, known by the SHA-256 of what the program sends. `ends_on` is its last day in
    Beijing; `used_at` when it was used last, to the minute, if ever."""

    hash: str
    id: str
    account: str
    name: str
    scopes: frozenset[Scope]
    made_at: datetime
    ends_on: date
    used_at: datetime | None = None
    used_from: str = ""


def put(connection: Connection, new: Token) -> None:
    row = {
        "hash": new.hash,
        "id": new.id,
        "account": new.account,
        "name": new.name,
        "scopes": " ".join(sorted(new.scopes)),
        "made_at": as_text(new.made_at),
        "ends_on": new.ends_on.isoformat(),
        "used_at": None,
        "used_from": "",
    }
    connection.execute(insert(api_token), [row])


def find(connection: Connection, hash_: str) -> Token | None:
    row = connection.execute(select(api_token).where(api_token.c.hash == hash_)).one_or_none()
    return _token(row) if row is not None else None


def of_account(connection: Connection, account: str) -> list[Token]:
    """The tokens of an account, the newest first."""
    query = select(api_token).where(api_token.c.account == account)
    found = connection.execute(query.order_by(api_token.c.made_at.desc(), api_token.c.id))
    return [_token(row) for row in found]


def count(connection: Connection, account: str) -> int:
    query = select(func.count()).where(api_token.c.account == account)
    return int(connection.execute(query).scalar_one())


def use(connection: Connection, hash_: str, now: datetime, address: str) -> None:
    """Note that it was used."""
    used = update(api_token).where(api_token.c.hash == hash_)
    connection.execute(used.values(used_at=as_text(now), used_from=address))


def end(connection: Connection, account: str, token_id: str) -> bool:
    """The token opens nothing any more; False if the account has none of this id."""
    there = (api_token.c.account == account) & (api_token.c.id == token_id)
    return connection.execute(delete(api_token).where(there)).rowcount == 1


def forget(connection: Connection, before: date) -> int:
    """Tokens whose last day was before are gone; how many."""
    over = delete(api_token).where(api_token.c.ends_on < before.isoformat())
    return connection.execute(over).rowcount


def _token(row: Row[Any]) -> Token:
    return Token(
        row.hash,
        row.id,
        row.account,
        row.name,
        frozenset(map(Scope, row.scopes.split())),
        datetime.fromisoformat(row.made_at),
        date.fromisoformat(row.ends_on),
        datetime.fromisoformat(row.used_at) if row.used_at else None,
        row.used_from,
    )
