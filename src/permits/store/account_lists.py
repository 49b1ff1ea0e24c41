"""The accounts as lists of administrators show them."""

from typing import NamedTuple

from sqlalchemy import Connection, false, or_, select

from permits.casework.standings import KINDS
from permits.definitions.procedure import Role
from permits.store.people import ACCOUNTS, Account, account_of
from permits.store.people_tables import account, standing

STATES = ("open", "closed")


class Wanted(NamedTuple):
    """Which accounts: whose user name begins so, of one kind (by the name of a role of it, or
    `none` for those without a role), open or closed; what is empty narrows nothing."""

    begins: str = ""
    kind: str = ""
    state: str = ""


def auditors(connection: Connection) -> list[Account]:
    """The open accounts of auditors, by name."""
    query = ACCOUNTS.where(standing.c.open, standing.c.roles == Role.AUDITOR)
    return [account_of(row) for row in connection.execute(query.order_by(account.c.name))]


class Listed(NamedTuple):
    """An account in a list."""

    id: str
    username: str
    name: str
    roles: tuple[str, ...]
    office: str
    department: str
    party: str
    open: bool


def listed(connection: Connection, wanted: Wanted, after: str, most: int) -> list[Listed]:
    """Accounts by user name; `after` is where the last page ended."""
    may = standing.c
    query = (
        select(
            account.c.id, account.c.username, account.c.name,
            may.roles, may.office, may.department, may.party, may.open,
        )
        .join(standing, may.account == account.c.id)
        .order_by(account.c.username)
        .limit(most)
    )  # fmt: skip
    if wanted.begins:
        name = account.c.username
        query = query.where(name >= wanted.begins, name < wanted.begins + "\uffff")
    if wanted.kind == "none":
        query = query.where(may.roles == "")
    elif wanted.kind:
        roles = next((kind for kind in KINDS if wanted.kind in kind), frozenset())
        query = query.where(or_(false(), *(may.roles.contains(role.value) for role in roles)))
    if wanted.state:
        query = query.where(may.open.is_(wanted.state == "open"))
    if after:
        query = query.where(account.c.username > after)
    return [
        Listed(row[0], row[1], row[2], tuple(row[3].split()), *row[4:])
        for row in connection.execute(query)
    ]
