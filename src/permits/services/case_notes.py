"""What officers keep about a case among themselves: notes, findings before the one notice, and
which of them sees to it. None of it is in the log: nothing in law follows from it, and applicants
are told what concerns them by the notice itself."""

from collections.abc import Callable, Iterable
from datetime import datetime

from permits.casework.access import Actor
from permits.casework.case import Case
from permits.casework.refusals import Refused
from permits.services.cases import Ticket
from permits.services.once import Asked, Once, digest_source
from permits.services.records import new_id
from permits.services.requests import DefectIn
from permits.store import case_notes, people
from permits.store.case_notes import Beside, Finding, NewNote
from permits.store.database import Database


class CaseNotes:
    """Notes, findings and handlers of cases; whoever calls has seen to it that the case is one of
    the actor's department."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.now = now
        self._once = Once(database, now)

    def of(self, case: Case) -> Beside:
        """Everything that is kept beside a case."""
        with self.database.read() as connection:
            return case_notes.of(connection, case.id)

    def findings(self, case: Case) -> tuple[Finding, ...]:
        """What was found so far, of whomever."""
        with self.database.read() as connection:
            return case_notes.findings(connection, case.id)

    def colleagues(self, office: str, department: str) -> dict[str, str]:
        """The officers of a department, by account."""
        with self.database.read() as connection:
            found = people.officers(connection, office, department)
        return {one.id: one.name for one in found}

    def write(self, case: Case, text: str, actor: Actor, ticket: Ticket) -> str | Refused:
        """Write a note, once for each key; its id."""
        note = NewNote(new_id(), case.id, actor.id, text)
        asked = Asked(actor.id, ticket.key, digest_source("note", case.id, text))
        return self._once.make(
            asked, note.id, lambda held: case_notes.write(held, note, self.now())
        )

    def tear_up(self, case: Case, note: str, actor: Actor) -> bool:
        """Take a note away; False if there is none that the actor wrote."""
        with self.database.write() as connection:
            return case_notes.tear_up(connection, note, case.id, actor.id)

    def note_findings(self, case: Case, found: Iterable[DefectIn], actor: Actor) -> bool:
        """What somebody found, in the place of what they had found before. False, and nothing is
        noted, if the case has moved on since it was read: the notice may have been given."""
        theirs = [Finding(actor.id, "", one.about, one.kind, one.fix) for one in found]
        with self.database.write() as connection:
            if not case_notes.stands_at(connection, case.id, case.version):
                return False
            case_notes.note_findings(connection, case.id, theirs, actor.id, self.now())
        return True

    def hand(self, case: Case, to: str, actor: Actor) -> bool:
        """Give a case to a colleague, or to nobody; False if there is no such colleague."""
        with self.database.write() as connection:
            found = people.officers(connection, case.authority, case.department)
            if to and to not in {one.id for one in found}:
                return False
            case_notes.hand(connection, case.id, to, actor.id, self.now())
        return True
