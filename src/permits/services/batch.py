"""What one transaction of the writer gathers before it is written at once."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection
from sqlalchemy.engine import Dialect

from permits.casework.access import Actor
from permits.casework.case import Case
from permits.casework.commands import Command
from permits.casework.dates import as_text, day_of
from permits.casework.decide import Desk, Noted
from permits.casework.decide.minutes import Fact, Reported, ToldParty
from permits.casework.decide.party_minutes import PartyNoted
from permits.casework.families.parties import stream_of as party_stream
from permits.casework.party import Party
from permits.casework.party_messages import party_messages
from permits.casework.project import Project, stream_of
from permits.casework.project_rows import hold_rows, member_rows, project_row
from permits.casework.signed_texts import texts_signed
from permits.casework.standing import signers
from permits.casework.ties import codes
from permits.casework.working_days import WorkingDays
from permits.definitions.edition import Edition
from permits.definitions.procedure import Role
from permits.services.announcing import Announcing
from permits.services.appending import By, task_of, tasks_of, with_facts
from permits.services.case_rows import rows_after
from permits.services.party_orders import MadeOfParty, PartyReader
from permits.services.projects import Reader
from permits.services.records import new_id
from permits.store import case_notes, people
from permits.store.caseload import Caseload, CaseRows, Taken
from permits.store.compiled import of_kind
from permits.store.drafts import Ending, Endings
from permits.store.event_log import NEW, Appended, EventLog, Head, Overtaken
from permits.store.keys import Answered, Keys
from permits.store.numbers import Numbers, authority_and_period, places
from permits.store.outbox import Outbox, Task
from permits.store.parties import Parties, PartyRows, rows_of
from permits.store.projects import ProjectRows, Projects
from permits.store.receipts import FIELD, Entry, Receipts
from permits.store.signed_texts import SignedTexts
from permits.store.totals import TotalsWriter
from permits.store.vault import SealedValue, Vault


class Tables:
    """The statements of the write path, compiled once, and who is told what comes of it."""

    def __init__(self, dialect: Dialect, announcing: Announcing) -> None:
        self.announcing = announcing
        self.log = EventLog(dialect)
        self.caseload = of_kind(Caseload, dialect)
        self.totals = of_kind(TotalsWriter, dialect)
        self.projects = Reader(dialect)
        self.project_rows = of_kind(Projects, dialect)
        self.parties = PartyReader(dialect)
        self.party_rows = of_kind(Parties, dialect)
        self.keys = Keys(dialect)
        self.numbers = of_kind(Numbers, dialect)
        self.receipts = of_kind(Receipts, dialect)
        self.outbox = of_kind(Outbox, dialect)
        self.vault = of_kind(Vault, dialect)
        self.endings = of_kind(Endings, dialect)
        self.texts = of_kind(SignedTexts, dialect)


class Made(msgspec.Struct, frozen=True):
    """What a decision brings about, ready to be written: the case with everything that was so far
    added to it in this batch, and the new tasks and numbers. `texts` are those that were signed,
    under their digests. `notice_given` says that it is the one correction notice, for which
    nothing can be found any more."""

    case: Case
    appended: Appended
    rows: CaseRows
    tasks: list[Task]
    taken: dict[str, int]
    projects: "tuple[MadeOfProject, ...]" = ()
    parties: tuple[MadeOfParty, ...] = ()
    texts: Mapping[str, bytes] = {}
    notice_given: bool = False


class MadeOfProject(msgspec.Struct, frozen=True):
    """What a decision brings about in a project; no rows if the project was only looked at, and
    must be as it was."""

    project: Project
    appended: Appended
    rows: ProjectRows | None


class Batch:
    """Gathers the outcome of decisions; `cases` stand as the decisions so far leave them.

    What an order brings about is made first and then taken over in one step that cannot fail, so
    that an order stands in the batch wholly or not at all.
    """

    def __init__(
        self, tables: Tables, connection: Connection, calendar: WorkingDays, now: datetime
    ) -> None:
        self._tables = tables
        self._connection = connection
        self.calendar = calendar
        self.now = now
        self.at = as_text(now)
        self.cases: dict[str, Case] = {}
        self.heads: dict[str, Head] = {}
        self.projects: dict[str, Project] = {}
        self.parties: dict[str, Party] = {}
        self.vault: list[SealedValue] = []
        self._known: dict[tuple[str, str], tuple[bytes, bytes]] = {}
        self._answers: list[Answered] = []
        self._appended: dict[str, Appended] = {}
        self._rows: dict[str, CaseRows] = {}
        self._project_rows: dict[str, ProjectRows] = {}
        self._party_rows: dict[str, PartyRows] = {}
        self._read: dict[str, int] = {}
        self._taken: dict[str, int] = {}
        self._series: set[tuple[str, str]] = set()
        self._tasks: list[Task] = []
        self._endings: list[Ending] = []
        self._corrected: list[str] = []
        self._texts: dict[str, bytes] = {}

    def look_up(self, keys: Sequence[str], case_ids: Sequence[str]) -> None:
        """Read at once what is known of the keys and the heads of the cases."""
        self._known = self._tables.keys.find(self._connection, keys)
        self.heads = self._tables.log.heads(self._connection, sorted(set(case_ids)))

    def answered(self, actor: str, key: str) -> tuple[bytes, bytes] | None:
        """The request and answer under a key, of this batch or an earlier one."""
        return self._known.get((actor, key))

    def desk(
        self, edition: Edition, actor: Actor, case: Case, command: Command, party: Party | None
    ) -> Desk:
        """The desk of one decision; time never runs backwards within a case. The projects of the
        case and those who sign with its party lie there as the batch leaves them so far, or as
        they stand in the log. `party` is the one whose record is looked at, if one is."""
        now = max(self.now, case.recorded_at) if case.recorded_at else self.now
        series = (edition.definition.authority.id, f"{day_of(now):%Y%m%d}")
        if series not in self._series:
            self._read |= self._tables.numbers.read(self._connection, *series)
            self._series.add(series)
        numbers = {**self._read, **self._taken}
        projects = self._projects_of(codes(edition, case, command))
        lot = secrets.token_hex(16)
        return Desk(
            edition,
            actor,
            now,
            self.calendar,
            new_id(),
            numbers,
            lot,
            projects,
            party,
            inspectors=self._inspectors(edition),
            co_signers={code: self.party(code) for code in signers(edition, case, command)},
        )

    def party(self, code: str) -> Party:
        """The party of a code as the batch leaves it so far, or as it stands in the log."""
        if code not in self.parties:
            stream = party_stream(code)
            self.parties[code], self.heads[stream] = self._tables.parties.read(
                self._connection, code
            )
        return self.parties[code]

    def entered(self, entry: Entry) -> str:
        """The number of the case where the treasury's number of an entry stands already. One that
        this batch has yet to write is in no table: what comes together with it is tried again."""
        if any(one.field == FIELD and one.value == entry.receipt for one in self.vault):
            raise Overtaken
        return self._tables.receipts.standing(self._connection, entry)

    def _inspectors(self, edition: Edition) -> tuple[str, ...]:
        """The inspectors of the department, if the permit type draws lots among them."""
        if not edition.draws_inspectors:
            return ()
        authority = edition.definition.authority
        here = {"office": authority.id, "department": authority.department}
        found = people.with_role(self._connection, Role.INSPECTOR, **here, of_party="")
        return tuple(account.id for account in found)

    def _projects_of(self, codes: Sequence[str]) -> dict[str, Project]:
        new = [code for code in codes if code not in self.projects]
        for code, (project, head) in self._tables.projects.read(self._connection, new).items():
            self.projects[code] = project
            self.heads[stream_of(code)] = head
        return {code: self.projects[code] for code in codes}

    def make(self, before: Case, noted: Noted, edition: Edition, actor: Actor) -> Made | None:
        """Everything that is to be written of a decision; None if it changed nothing."""
        case = noted.case
        if not noted.facts:
            return None
        appended, tasks = self._append(noted, edition, actor)
        made_of_projects = tuple(
            self._made_of_project(reported, noted, edition, actor)
            for reported in noted.projects
            if reported.project.version
        )
        by = By(edition.digest, actor, noted.role, self.now, case.command, noted.on_behalf)
        return Made(
            projects=made_of_projects,
            parties=self._made_of_parties(noted.parties, by),
            case=case,
            appended=appended,
            rows=rows_after(before, case, edition, self.calendar, self._rows.get(case.id)),
            tasks=tasks,
            taken={place.series: place.place for place in places(f.event for f in noted.facts)},
            texts=texts_signed(edition.definition, (f.event for f in noted.facts)),
            notice_given=case.corrected and not before.corrected,
        )

    def _append(self, noted: Noted, edition: Edition, actor: Actor) -> tuple[Appended, list[Task]]:
        """What the batch adds to the log of the case, these facts included, and their tasks."""
        case = noted.case
        at = case.recorded_at or self.now
        by = By(edition.digest, actor, noted.role, at, case.command, noted.on_behalf)
        appended = self._appended_to(case.id, noted.facts, by)
        new = appended.entries[-len(noted.facts) :]
        tasks = [
            task
            for entry, fact in zip(new, noted.facts, strict=True)
            for task in (
                *tasks_of(fact.event, entry, edition),
                *self._tables.announcing.tasks_of(fact.event, entry, case, at),
            )
        ]
        return appended, tasks

    def _made_of_project(
        self, reported: Reported, noted: Noted, edition: Edition, actor: Actor
    ) -> MadeOfProject:
        """What a project is told. One that is told nothing is guarded all the same: nobody may
        have changed meanwhile what the decision was taken in view of."""
        project, case = reported.project, noted.case
        at = project.recorded_at or self.now
        by = By(edition.digest, actor, noted.role, at, case.command, noted.on_behalf)
        appended = self._appended_to(stream_of(project.code), reported.facts, by)
        rows = None
        if reported.facts:
            rows = ProjectRows(project_row(project), member_rows(project), hold_rows(project))
        return MadeOfProject(project, appended, rows)

    def make_of_party(
        self, noted: PartyNoted, actor: Actor, command: str
    ) -> tuple[MadeOfParty, ...]:
        """Everything that is to be written of a decision about a party, in its record and in
        those of others."""
        by = By("", actor, noted.role, self.now, command)
        told = (ToldParty(noted.party, noted.facts), *noted.others)
        return self._made_of_parties(told, by)

    def _made_of_parties(self, told: Iterable[ToldParty], by: By) -> tuple[MadeOfParty, ...]:
        """What parties are told. One of which nothing is known yet and that is told nothing has no
        stream that could be guarded."""
        return tuple(self._made_of_party(one, by) for one in told if one.party.version)

    def _made_of_party(self, told: ToldParty, by: By) -> MadeOfParty:
        party, facts = told
        by = by._replace(recorded_at=party.recorded_at or by.recorded_at)
        appended = self._appended_to(party_stream(party.code), facts, by)
        new = appended.entries[len(appended.entries) - len(facts) :]
        tasks = tuple(
            task_of(message, entry)
            for entry, fact in zip(new, facts, strict=True)
            for message in party_messages(fact.event)
        )
        return MadeOfParty(party, appended, rows_of(party) if facts else None, tasks)

    def _appended_to(self, stream: str, facts: Sequence[Fact], by: By) -> Appended:
        """What the batch adds to a stream, with these facts."""
        start = self.heads.get(stream, NEW)
        return with_facts(
            self._appended.get(stream, Appended(stream, start, start, ())), facts, by
        )

    def take_over(
        self,
        made: Made | None,
        sealed: Sequence[SealedValue],
        endings: Sequence[Ending],
        answered: Answered,
    ) -> None:
        """Take over what an order brings about. Nothing is made here, so nothing can fail."""
        self._known[answered.actor, answered.key] = (answered.request, answered.answer)
        self._answers.append(answered)
        self.vault.extend(sealed)
        self._endings.extend(endings)
        if made is not None:
            self.cases[made.case.id] = made.case
            self._appended[made.case.id] = made.appended
            self._rows[made.case.id] = made.rows
            self._tasks.extend(made.tasks)
            self._taken.update(made.taken)
            self._texts.update(made.texts)
            if made.notice_given:
                self._corrected.append(made.case.id)
            for told in made.projects:
                self.projects[told.project.code] = told.project
                self._appended[told.appended.stream] = told.appended
                if told.rows is not None:
                    self._project_rows[told.project.code] = told.rows
            self.take_over_parties(made.parties)

    def take_over_parties(self, made: Iterable[MadeOfParty]) -> None:
        """Take over what comes of it in the records of parties."""
        for told in made:
            self.parties[told.party.code] = told.party
            self._appended[told.appended.stream] = told.appended
            self._tasks.extend(told.tasks)
            if told.rows is not None:
                self._party_rows[told.party.code] = told.rows

    def flush(self) -> None:
        """Write everything gathered; Overtaken or a database error undoes the transaction."""
        connection, tables = self._connection, self._tables
        if not self._appended and not self._answers:
            return
        tables.log.append(connection, list(self._appended.values()))
        tables.texts.keep(connection, self._texts)
        tables.totals.put(connection, list(self._rows.values()))
        tables.caseload.put(connection, list(self._rows.values()))
        tables.project_rows.put(connection, list(self._project_rows.values()))
        tables.party_rows.put(connection, list(self._party_rows.values()))
        tables.vault.put(connection, self.vault)
        tables.endings.put(connection, self._endings, self.at)
        case_notes.findings_sent(connection, self._corrected)
        tables.outbox.put(connection, self._tasks, self.at)
        tables.keys.put(connection, self._answers)
        taken = [
            Taken(series, *authority_and_period(series), last, self._read.get(series, 0))
            for series, last in self._taken.items()
        ]
        if not tables.caseload.take(connection, taken):
            raise Overtaken
