"""The way in for everything that changes a case: requests are sealed, ordered, answered."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from datetime import datetime

import msgspec
from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.access import Actor, sees
from permits.casework.answers import Problem, read_answers
from permits.casework.case import Case
from permits.casework.dates import day_of
from permits.casework.decide import Desk, Outcome, decide
from permits.casework.entries import with_totals
from permits.casework.envelope import CannotFollow
from permits.casework.families.obligations import ObligationVerified
from permits.casework.families.succession import PartyChanged
from permits.casework.fold import fold_all
from permits.casework.following import why
from permits.casework.refusals import Reason, Refused
from permits.casework.streams import read_event
from permits.casework.ties import codes
from permits.definitions.edition import Edition
from permits.definitions.procedure import Role
from permits.services.after import AskAmendment, AskExtension, AskRenewal
from permits.services.authorisations import Authorisations
from permits.services.case_record import (
    Record,
    as_it_stands,
    chosen,
    kept_seals,
    newly_typed,
    officers_of,
)
from permits.services.once import digest_source
from permits.services.projects import Projects
from permits.services.requests import (
    REQUEST_OF,
    BesideChart,
    Given,
    Report,
    Supplement,
    Supply,
    Verify,
)
from permits.services.sealer import Sealer
from permits.services.sealing import sealed_beside, sealed_input
from permits.services.shelf import Shelf
from permits.services.unfollowed import WRONG
from permits.services.writer import Answer as Reply
from permits.services.writer import Order
from permits.store import people, scope
from permits.store.database import Database
from permits.store.drafts import Upload, Uploads, handing_over
from permits.store.event_log import BrokenChain, EventLog
from permits.store.names import Names
from permits.store.vault import Vault

Submit = Callable[[Order], "Future[Reply]"]


class Ticket(msgspec.Struct, frozen=True):
    """What comes with every request: the key under which a repeat is known, and the version of
    the case the person had before them, if they say so."""

    key: str
    seen: int | None = None


class BadAnswers(msgspec.Struct, frozen=True):
    """Answers that do not fit, each with what is wrong; nothing was sent to the writer."""

    problems: tuple[Problem, ...]


class Chain(msgspec.Struct, frozen=True):
    """How the log of a case stands: how many events, the hash of the newest, and the first of
    them that is not what it was when it was written, if there is one."""

    events: int
    head: str
    broken: int | None


class Cases:
    """Reads cases, and orders what is to become of them."""

    def __init__(
        self, database: Database, shelf: Shelf, submit: Submit, now: Callable[[], datetime]
    ) -> None:
        self.database = database
        self.shelf = shelf
        self.submit = submit
        self.now = now
        self.projects = Projects(database)
        self.authorisations = Authorisations(database)
        self._log = EventLog(database.dialect)
        self._vault = Vault(database.dialect)
        self._uploads = Uploads(database.dialect)
        self._names = Names(database.dialect)

    def read(self, case_id: str, actor: Actor) -> Record | None:
        """A case the actor may see; None alike for a case of others and for none at all. What
        cannot be followed is told to those whose it is as its row says."""
        try:
            record = self.recorded(case_id)
        except WRONG:
            with self.database.read() as connection:
                if not scope.seen(connection, case_id, actor):
                    return None
            raise
        return record if record is not None and sees(actor, record.case) else None

    def recorded(self, case_id: str) -> Record | None:
        """A case, whoever asks: for ways in that have a rule of their own. BrokenChain or
        CannotFollow if its log is not what was written, or cannot have happened."""
        record = self._read(case_id)
        if record is not None:
            self._placed(record)
        return record

    def _placed(self, record: Record) -> None:
        """A case stands where its definition has a place, or nothing can be said of it."""
        try:
            self.edition(record.case).chart.state(record.case.leaves)
        except LookupError as error:
            raise CannotFollow(record.entries[-1][0], why(error)) from error

    def _read(self, case_id: str) -> Record | None:
        with self.database.read() as connection:
            entries = [
                (envelope, read_event(envelope, body))
                for envelope, body in self._log.read(connection, case_id)
            ]
            if not entries:
                return None
            case = fold_all(Case(id=case_id), entries)
            checked = [e for _at, e in entries if isinstance(e, ObligationVerified)]
            earlier = [e.was for _at, e in entries if isinstance(e, PartyChanged)]
            called = self._names.of(connection, {*earlier, case.party}, officers_of(case, checked))
            kept = self._vault.opened(connection, case_id)
            return Record(
                case,
                called.parties[case.party],
                tuple(entries),
                kept.values,
                tuple(self._uploads.at(connection, case_id)),
                called.borne,
                called.people,
                kept.fields,
                kept.erased,
            )

    def chain(self, case: Case) -> Chain:
        """Check the log of a case event by event."""
        with self.database.read() as connection:
            head = self._log.heads(connection, [case.id])[case.id]
            try:
                self._log.verify(connection, case.id)
            except BrokenChain as broken:
                return Chain(head.version, head.hash.hex(), broken.seq)
        return Chain(head.version, head.hash.hex(), None)

    def edition(self, case: Case) -> Edition:
        return self.shelf.edition(case.definition)

    def desk(self, case: Case, actor: Actor) -> Desk:
        """The desk as it lies now, for offers and explanations; not for deciding."""
        edition = self.edition(case)
        projects = self.projects.of(codes(edition, case))
        return Desk(
            edition,
            actor,
            self.now(),
            self.shelf.calendar,
            "",
            {},
            projects=projects,
            party=self.authorisations.party(actor.party) if actor.party else None,
        )

    def foresee(self, case: Case, command: c.Command, actor: Actor) -> Outcome:
        """What a command would bring about now. Nothing is written and no number is taken."""
        return decide(case, command, self.desk(case, actor))

    def act(
        self, record: Record, action: str, given: Given, actor: Actor, ticket: Ticket
    ) -> "Future[Reply] | Refused | BadAnswers":
        """Order an action of the chart."""
        case = record.case
        edition = self.edition(case)
        rule = edition.definition.chart.actions.get(action)
        if rule is None:
            return Refused(Reason.NO_SUCH_ACTION, (action,))
        if not isinstance(given, REQUEST_OF[rule.act]):
            return Refused(Reason.WRONG_INPUT, (action,))
        sealer = Sealer(case.id)
        if isinstance(given, Supplement):
            read = self.supplement(record, given, sealer)
            if isinstance(read, Refused | BadAnswers):
                return read
            given_input: i.Input = read
        else:
            given_input = sealed_input(given, sealer, {}, ())
        order = Order(
            case_id=case.id,
            command=c.TakeAction(action, given_input),
            actor=actor,
            key=ticket.key,
            request=digest_source(case.id, action, given.model_dump(mode="json")),
            sealed=tuple(sealer.values),
            seen=ticket.seen,
        )
        return self.submit(order)

    def beside(
        self, record: Record, given: BesideChart, actor: Actor, ticket: Ticket, tray: str = ""
    ) -> "Future[Reply] | Refused":
        """Order something beside the chart. What lies in the actor's tray for it belongs to the
        case from then on; a request that is sent twice finds it there."""
        case = record.case
        sealer = Sealer(case.id)
        own = bool(tray) or isinstance(given, Verify)
        at_hand = self._at_hand(record, actor, tray) if own else record
        command = self.command(at_hand, given, sealer)
        if isinstance(command, Refused):
            return command
        order = Order(
            case_id=case.id,
            command=command,
            actor=actor,
            key=ticket.key,
            request=digest_source(case.id, type(given).__name__, given.model_dump(mode="json")),
            sealed=tuple(sealer.values),
            seen=ticket.seen,
            ends=(handing_over(tray, case.id),) if tray else (),
        )
        return self.submit(order)

    def _at_hand(self, record: Record, actor: Actor, tray: str) -> Record:
        """The record with what lies in a tray, and nothing that others uploaded."""
        with self.database.read() as connection:
            lying = self._uploads.at(connection, tray)
        own = (one for one in record.uploads if one.account == actor.id)
        return replace(record, uploads=(*own, *lying))

    def command(self, record: Record, given: BesideChart, sealer: Sealer) -> c.Command | Refused:
        """A command beside the chart with its files, answers and people looked up, sealed."""
        case = record.case
        if isinstance(given, AskAmendment):
            return self._amendment(record, given, sealer)
        files: tuple[Upload, ...] = ()
        if isinstance(given, Report | Supply | Verify | AskExtension | AskRenewal):
            found = chosen(record.uploads, given.uploads)
            if isinstance(found, Refused):
                return found
            files = found
        command = sealed_beside(given, sealer, tuple(f.handed_in for f in files))
        if isinstance(command, c.VerifyObligation):
            known = self.inspectors(case).keys() >= {*command.inspectors}
            command = command if known else replace(command, inspectors=())
        if isinstance(command, h.CallHearing) and command.chair not in self.officers(case):
            command = replace(command, chair="")
        if isinstance(command, h.RecordHearing) and command.recorder not in self.officers(case):
            command = replace(command, recorder="")
        if isinstance(command, h.AskRecusal) and command.officer not in self.officers(case):
            command = replace(command, officer="")
        return command

    def _amendment(
        self, record: Record, given: AskAmendment, sealer: Sealer
    ) -> a.AskAmendment | Refused:
        """A change as the form reads it; whether it may be made is decided with the case."""
        edition, typed = self.edition(record.case), given.answers
        unknown = tuple(name for name in typed if name not in edition.questions)
        if unknown:
            return Refused(Reason.NO_SUCH_FIELD, unknown)
        read = read_answers(edition, {**as_it_stands(record), **typed})
        wrong = tuple(problem.field for problem in read.problems if problem.field in typed)
        if wrong:
            return Refused(Reason.BAD_ANSWERS, wrong)
        files = chosen(record.uploads, given.uploads)
        if isinstance(files, Refused):
            return files
        named = with_totals(edition.questions.values(), typed)
        personal = {n: value for n, value in newly_typed(record, read).items() if n in typed}
        return a.AskAmendment(
            {name: read.answers[name] for name in named if name in read.answers},
            sealer.text("reason", given.reason),
            sealer.texts(personal),
            tuple(upload.handed_in for upload in files),
        )

    def supplement(
        self, record: Record, given: Supplement, sealer: Sealer
    ) -> i.Supplement | Refused | BadAnswers:
        """The whole form as corrected: what was sent over what stood there before."""
        edition = self.edition(record.case)
        read = read_answers(edition, {**as_it_stands(record), **given.answers})
        if read.problems:
            return BadAnswers(read.problems)
        files = chosen(record.uploads, given.uploads)
        if isinstance(files, Refused):
            return files
        seals = kept_seals(record, read) | sealer.texts(newly_typed(record, read))
        today = day_of(self.now())
        shown_in = given.shown_in or ""
        sent = (i.Signing(*one, shown_in=shown_in) for one in given.signed.items())
        signed = self.authorisations.signing(edition, read, sent, today)
        return i.Supplement(read.answers, seals, tuple(f.handed_in for f in files), signed)

    def inspectors(self, case: Case) -> dict[str, str]:
        """Who can be named in a check, with their names: the inspectors of the department.
        Whoever names somebody else has named nobody."""
        with self.database.read() as connection:
            found = people.with_role(
                connection,
                Role.INSPECTOR,
                office=case.authority,
                department=case.department,
                of_party="",
            )
        return {account.id: account.name for account in found}

    def officers(self, case: Case) -> dict[str, str]:
        """The officers of the department, with their names."""
        with self.database.read() as connection:
            found = people.officers(connection, case.authority, case.department)
        return {account.id: account.name for account in found}

    def people(self, ids: Iterable[str]) -> dict[str, str]:
        """The names of accounts."""
        with self.database.read() as connection:
            return self._names.of(connection, (), set(ids)).people

    def party_name(self, code: str) -> str:
        """The registered name of an organisation; its credit code if it has none."""
        with self.database.read() as connection:
            return self._names.party(connection, code)
