"""Projects as they stand in the log: for decisions in the writer's transaction, and for pages."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection
from sqlalchemy.engine import Dialect

from permits.casework.access import Actor
from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.families.projects import fold_all as fold_projects
from permits.casework.fold import fold_all
from permits.casework.project import Project, stream_of
from permits.casework.streams import read_event
from permits.store import projects as stored
from permits.store.database import Database
from permits.store.event_log import NEW, EventLog, Head
from permits.store.projects import Listed


class Reader:
    """Reads projects from the log. One that was read before is only a head start: the log says
    how far it goes. Not to be shared by threads."""

    def __init__(self, dialect: Dialect) -> None:
        self._log = EventLog(dialect)
        self._known: dict[str, Project] = {}

    def read(
        self, connection: Connection, codes: Iterable[str]
    ) -> dict[str, tuple[Project, Head]]:
        """The projects of some codes, each with the head of its stream; new ones if nothing was
        filed in them."""
        wanted = sorted(set(codes))
        if not wanted:
            return {}
        heads = self._log.heads(connection, [stream_of(code) for code in wanted])
        found = {}
        for code in wanted:
            head = heads.get(stream_of(code), NEW)
            found[code] = self._at(connection, code, head.version), head
        return found

    def _at(self, connection: Connection, code: str, version: int) -> Project:
        project = self._known.pop(code, Project(code))
        if project.version > version:
            project = Project(code)
        told = self._log.read(connection, stream_of(code), project.version)
        return fold_projects(project, _opened(one for one in told if one[0].seq <= version))

    def keep(self, projects: Iterable[Project]) -> None:
        """Keep projects as a head start for the next look, the last thousand of them."""
        for project in projects:
            self._known.pop(project.code, None)
            self._known[project.code] = project
        while len(self._known) > _MOST_KNOWN:
            self._known.pop(next(iter(self._known)))

    def forget(self) -> None:
        self._known.clear()


_MOST_KNOWN = 1_000


class Projects:
    """What people may see of projects."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._log = EventLog(database.dialect)

    def of(self, codes: Iterable[str]) -> dict[str, Project]:
        """Projects by their codes, whoever asks: for offers and explanations."""
        streams = {code: stream_of(code) for code in codes}
        if not streams:
            return {}
        with self.database.read() as connection:
            told = self._log.read_each(connection, list(streams.values()))
        return {
            code: fold_projects(Project(code), _opened(told.get(stream, ())))
            for code, stream in streams.items()
        }

    def read(self, code: str, actor: Actor) -> Project | None:
        """A project the actor may see: its developer, a department with a case in it, auditors.
        None alike for one of others and for none at all."""
        project = self.recorded(code)
        return project if project is not None and self._sees(project, actor) else None

    def recorded(self, code: str) -> Project | None:
        """A project, whoever asks; None if nothing was ever filed in it."""
        project = self.of([code])[code]
        return project if project.version else None

    def cases(self, project: Project) -> dict[str, Case]:
        """The cases of a project as their logs leave them, those that left it too."""
        with self.database.read() as connection:
            told = self._log.read_each(connection, list(project.members))
        return {
            name: fold_all(Case(id=name), _opened(told.get(name, ()))) for name in project.members
        }

    def mine(self, actor: Actor) -> list[Listed]:
        """The projects the actor sees."""
        with self.database.read() as connection:
            return stored.mine(connection, actor)

    def _sees(self, project: Project, actor: Actor) -> bool:
        with self.database.read() as connection:
            return stored.seen(connection, project.code, actor)


def _opened(entries: Iterable[tuple[Envelope, bytes]]) -> Iterator[tuple[Envelope, Event]]:
    return ((envelope, read_event(envelope, body)) for envelope, body in entries)
