"""Rows made of projects: written with the events, never alone; and what lists read of them."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.engine import Dialect

from permits.casework.access import Actor
from permits.casework.project_rows import HoldRow, MemberRow, ProjectRow
from permits.store import scope
from permits.store.caseload import plain, upsert
from permits.store.database import Prepared
from permits.store.project_tables import gate_hold, project_case, project_row


class ProjectRows(msgspec.Struct, frozen=True):
    """Everything tables hold of one project after a command."""

    row: ProjectRow
    members: tuple[MemberRow, ...]
    holds: tuple[HoldRow, ...]


class Projects:
    """Writes the rows of projects within the caller's transaction."""

    def __init__(self, dialect: Dialect) -> None:
        self._row = Prepared(upsert(project_row, dialect), dialect)
        self._member = Prepared(upsert(project_case, dialect), dialect)
        self._no_hold = Prepared(
            delete(gate_hold).where(gate_hold.c.code == bindparam("of")), dialect
        )
        self._hold = Prepared(upsert(gate_hold, dialect), dialect)

    def put(self, connection: Connection, projects: Sequence[ProjectRows]) -> None:
        """Put the rows of projects, each once, in the order of their codes; a case never leaves
        the rows of a project, what holds a gate shut does."""
        ordered = sorted(projects, key=lambda one: one.row.code)
        self._row.many(connection, [plain(one.row) for one in ordered])
        self._member.many(connection, [plain(m) for one in ordered for m in one.members])
        self._no_hold.many(connection, [{"of": one.row.code} for one in ordered])
        self._hold.many(connection, [plain(h) for one in ordered for h in one.holds])


class Listed(NamedTuple):
    """A project as lists show it."""

    code: str
    name: str
    party: str
    cases: int
    shut: int
    critical_on: str | None


_COLUMNS = (
    project_row.c.code,
    project_row.c.name,
    project_row.c.party,
    project_row.c.cases,
    project_row.c.shut,
    project_row.c.critical_on,
)
MOST = 200


def mine(connection: Connection, actor: Actor) -> list[Listed]:
    """The projects the actor sees: for its developer those first that changed last, for others
    those whose next date comes first; at most `MOST`."""
    newest = (project_row.c.updated_at.desc(), project_row.c.code)
    critical = (project_row.c.critical_on.is_(None), project_row.c.critical_on)
    order = newest if actor.party else (*critical, *newest)
    query = select(*_COLUMNS).where(scope.projects(actor)).order_by(*order).limit(MOST)
    return [Listed(*row) for row in connection.execute(query)]


def seen(connection: Connection, code: str, actor: Actor) -> bool:
    """Whether a project is among those the actor sees."""
    query = select(project_row.c.code).where(project_row.c.code == code, scope.projects(actor))
    return connection.execute(query).first() is not None
