"""The same office with a real database: everything is written by the real writers, two of which
take turns, as two processes would."""

import functools
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime, timedelta
from pathlib import Path

from permits.casework import commands as c
from permits.casework.decide import Noted
from permits.casework.decide.minutes import Fact
from permits.casework.families.parties import stream_of
from permits.casework.families.projects import fold_project
from permits.casework.fold import fold
from permits.casework.party_commands import PartyCommand
from permits.casework.party_fold import fold_party
from permits.casework.project import Project
from permits.casework.project import stream_of as project_stream
from permits.casework.refusals import Refused
from permits.casework.rows import stays
from permits.casework.streams import read_event
from permits.casework.ties import codes
from permits.definitions.procedure import Role
from permits.services.accounts import Accounts
from permits.services.party_orders import PartyOrder
from permits.services.sessions import Sessions
from permits.services.shelf import Shelf
from permits.services.timers import lapse_due
from permits.services.writer import Answer, AnyOrder, Order, Writer
from permits.sign_in_rules import STRICT
from permits.store.database import Database, open_database
from permits.store.event_log import EventLog
from tests.definitions.shipped import resolved
from tests.kit import beijing, years
from tests.trial import kinds
from tests.trial.parties import NAMES
from tests.trial.people import PEOPLE
from tests.trial.world import Kept, PartyStep, Step, World

FIRST_YEARS = 2023


@functools.cache
def furnished() -> Path:
    """A database in which every permit type and the years up to 2023 are published."""
    path = Path(tempfile.mkdtemp(prefix="permits-trial-")) / "permits.db"
    now = beijing("2022-06-01", 8)
    database = open_database(f"sqlite:///{path}")
    shelf = Shelf(database, lambda: now)
    known = tuple(year for year in years() if 2022 <= year.year <= FIRST_YEARS)
    shelf.load_years(known, actor="setup", now=now)
    accounts = Accounts(Sessions(database, STRICT, lambda: now))
    for code, name in NAMES.items():
        accounts.register_party(code, name, actor="setup")
    for permit in kinds.PERMITS:
        shelf.publish(resolved(permit), actor="setup", now=now)
    database.close()
    return path


class Bureau(World):
    """Cases as the database holds them. What is told is written, and read back from the log."""

    def __init__(self, now: datetime, last_year: int) -> None:
        super().__init__(now, FIRST_YEARS)
        self.folder = tempfile.TemporaryDirectory(prefix="permits-trial-")
        path = Path(self.folder.name) / "permits.db"
        shutil.copy(furnished(), path)
        self.database = open_database(f"sqlite:///{path}")
        self.writers = [self._writer(self.database) for _ in range(2)]
        self._log = EventLog(self.database.dialect)
        self.publish(last_year)

    def _writer(self, database: Database) -> Writer:
        return Writer(database, Shelf(database, lambda: self.now), lambda: self.now)

    def close(self) -> None:
        self.database.close()
        self.folder.cleanup()

    def publish(self, year: int) -> None:
        new = tuple(y for y in years() if self.last_year < y.year <= year)
        super().publish(year)
        if new:
            shelf = Shelf(self.database, lambda: self.now)
            shelf.load_years(new, actor="setup", now=self.now)

    def order(self, one: Kept, who: str, command: c.Command, seen: int | None = None) -> Order:
        """The order of a command, with a key of its own."""
        self.commands += 1
        permit = one.edition.permit if isinstance(command, c.File) else ""
        key = f"key {self.commands}"
        request = key.encode()
        return Order(one.case.id, command, PEOPLE[who], key, request, (), seen, permit)

    def tell_party(self, code: str, who: str, command: PartyCommand) -> PartyStep | Refused:
        self.commands += 1
        before, key = self.registry.parties[code], f"key {self.commands}"
        spoken_of = self.spoken_of(command)
        case_id = spoken_of.id if spoken_of is not None else ""
        order = PartyOrder(code, command, PEOPLE[who], key, key.encode(), case_id=case_id)
        (answer,) = self.write(self.commands % 2, order)
        self.count(command, answer)
        self.read_parties()
        return answer if isinstance(answer, Refused) else PartyStep(self, code, before, command)

    def read_parties(self) -> None:
        """Read on in the records of the parties, and fold what stands there."""
        parties, logs = self.registry.parties, self.registry.logs
        with self.database.read() as connection:
            for code, log in logs.items():
                for envelope, body in self._log.read(connection, stream_of(code), len(log)):
                    event = read_event(envelope, body)
                    parties[code] = fold_party(parties[code], event, envelope)
                    log.append((envelope, event))
                    self.tried[f"event {envelope.type}"] += 1

    def write(self, writer: int, *orders: AnyOrder) -> Sequence[Answer]:
        """Write orders together; a fault of ours is raised, not told."""
        self.now += timedelta(seconds=1)
        answers = self.writers[writer].write(orders)
        for answer in answers:
            if isinstance(answer, Exception):
                raise answer
        return answers  # type: ignore[return-value]

    def tell(self, one: Kept, who: str, command: c.Command) -> Step | Refused:
        order = self.order(one, who, command)
        (answer,) = self.write(self.commands % 2, order)
        return self.came(one, order, answer)

    def came(self, one: Kept, order: Order, answer: Answer) -> Step | Refused:
        """What came of an order, as the log tells it."""
        self.count(order.command, answer)
        if isinstance(answer, Refused):
            return answer
        self.read_parties()
        before, facts = one.case, self.read(one)
        self._read_projects(one, order.command)
        assert (answer.version, len(answer.events)) == (one.case.version, len(facts))
        if not before.version and facts:
            self.cases.append(one)
        role = Role(one.log[-1][0].role) if one.log else Role.TIMER
        desk = super().desk(one, order.actor.id, order.command)
        return Step(self, one, before, desk, order.command, Noted(facts, one.case, role))

    def read(self, one: Kept) -> tuple[Fact, ...]:
        """Read on in the log of a case, and fold what stands there."""
        facts = []
        with self.database.read() as connection:
            for envelope, body in self._log.read(connection, one.case.id, len(one.log)):
                event = read_event(envelope, body)
                before = one.case
                one.case = fold(one.case, event, envelope)
                one.log.append((envelope, event))
                one.seen.add(envelope.type)
                one.stays.update({stay.seq: stay for stay in stays(before, one.case)})
                facts.append(Fact(event, envelope.effective_at))
                self.tried[f"event {envelope.type}"] += 1
        one.replayed = one.case
        return tuple(facts)

    def _read_projects(self, one: Kept, command: c.Command) -> None:
        """Read on in the logs of the projects that a command had to do with."""
        with self.database.read() as connection:
            for code in codes(one.edition, one.case, command):
                project = self.projects.get(code, Project(code))
                for envelope, body in self._log.read(
                    connection, project_stream(code), project.version
                ):
                    project = fold_project(project, read_event(envelope, body), envelope)
                if project.version:
                    self.projects[code] = project

    def look(self) -> None:
        """The timer looks at what has passed."""
        lapse_due(self.database, self.submit, self.now)
        self.read_parties()
        for one in self.cases:
            self.read(one)

    @property
    def submit(self) -> Callable[[AnyOrder], "Future[Answer]"]:
        def submitted(order: AnyOrder) -> "Future[Answer]":
            future: Future[Answer] = Future()
            future.set_result(self.write(0, order)[0])
            return future

        return submitted
