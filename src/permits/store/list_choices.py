"""How an account looks at lists: its columns, whether single keys do anything, lists it saved."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, func, select

from permits.casework.dates import as_text
from permits.store.caseload import upsert
from permits.store.office_tables import list_choice, saved_search


class Choice(msgspec.Struct, frozen=True):
    """The columns by their names, in the order of the page; whether single keys do anything."""

    columns: tuple[str, ...]
    shortcuts: bool


class Saved(msgspec.Struct, frozen=True):
    """A list somebody comes back to: what it is called, and the query of its address."""

    name: str
    query: str


def of(connection: Connection, account: str) -> Choice | None:
    """What an account has chosen; None if nothing yet."""
    c = list_choice.c
    row = connection.execute(select(c.shown, c.shortcuts).where(c.account == account)).first()
    if row is None:
        return None
    return Choice(tuple(one for one in row.shown.split(",") if one), bool(row.shortcuts))


def choose(connection: Connection, account: str, choice: Choice) -> None:
    row = {
        "account": account,
        "shown": ",".join(choice.columns),
        "shortcuts": choice.shortcuts,
    }
    connection.execute(upsert(list_choice, connection.dialect), [row])


def searches(connection: Connection, account: str) -> list[Saved]:
    """The lists an account has saved, by name."""
    c = saved_search.c
    query = select(c.name, c.query).where(c.account == account).order_by(c.name)
    return [Saved(row.name, row.query) for row in connection.execute(query)]


def save(connection: Connection, account: str, saved: Saved, now: datetime, most: int) -> bool:
    """Save a list in the place of one of the same name; False if an account has `most` others."""
    c = saved_search.c
    others = select(func.count()).where(c.account == account, c.name != saved.name)
    if connection.execute(others).scalar_one() >= most:
        return False
    row = {"account": account, "saved_at": as_text(now), **msgspec.structs.asdict(saved)}
    connection.execute(upsert(saved_search, connection.dialect), [row])
    return True


def drop(connection: Connection, account: str, name: str) -> None:
    c = saved_search.c
    connection.execute(delete(saved_search).where(c.account == account, c.name == name))


def forget_of(connection: Connection, account: str) -> None:
    """Nothing of an account is left."""
    for table in (list_choice, saved_search):
        connection.execute(delete(table).where(table.c.account == account))
