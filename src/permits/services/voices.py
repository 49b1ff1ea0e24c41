"""The way in for everything that is said about cases from outside: read, decide, write at once."""

import secrets
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from permits.casework.access import Actor, speaks_as
from permits.casework.case import Case
from permits.casework.dates import as_text, day_of
from permits.casework.fold import fold_all as fold_case
from permits.casework.published import as_typed
from permits.casework.refusals import Reason, Refused
from permits.casework.streams import read_event
from permits.casework.voices import commands as c
from permits.casework.voices.decide import Desk, decide
from permits.casework.voices.events import stream_of
from permits.casework.voices.letters import letters_of
from permits.casework.voices.rows import Of, voice_rows
from permits.casework.voices.voices import Objection, Voices, fold_all
from permits.casework.waits import Pace
from permits.definitions.public_rules import PublicRules
from permits.services.once import digest_source
from permits.services.records import By, Records
from permits.services.sealer import Sealer
from permits.services.shelf import Shelf
from permits.services.throttle import Attempt, Throttle, Tried
from permits.store import voices as store
from permits.store.database import Database
from permits.store.event_log import EventLog, Overtaken
from permits.store.keys import Answered, Keys
from permits.store.outbox import Outbox, Task
from permits.store.vault import Vault

MOST_TRIES = 5
ANYBODY = "anybody"
"""Who acts where nobody has signed in."""

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Nothing that is read for something else."""

RECEIPT_LENGTH = 12

OBJECTING = Pace(free=5, within=timedelta(hours=1))
ASKING = Pace(free=20, within=timedelta(hours=1))
"""How often from one address somebody objects, or asks for an answer with a wrong code, before
they have to wait."""


class Done(msgspec.Struct, frozen=True):
    """What came of a command: the event, and the number of an objection."""

    event: str
    number: int = 0


class Said(msgspec.Struct, frozen=True):
    """The voices of a case, with the texts by their seals."""

    voices: Voices
    values: Mapping[str, str]


class Asked(msgspec.Struct, frozen=True):
    """Somebody's command: the key under which a repeat is known, and what was typed, before
    anything of it was sealed."""

    command: c.Command
    actor: Actor | None
    key: str
    typed: Mapping[str, object]


class Answer(msgspec.Struct, frozen=True):
    """An objection, and the reasons of its answer; empty while there is none."""

    objection: Objection
    reason: str


class TooMany(msgspec.Struct, frozen=True):
    """Somebody tried too often, and has to wait."""


class VoicesOfCases:
    """Everything that changes what is said about a case, and what is read of it."""

    def __init__(
        self,
        database: Database,
        shelf: Shelf,
        rules: PublicRules,
        now: Callable[[], datetime],
    ) -> None:
        self.database = database
        self.shelf = shelf
        self.rules = rules
        self.now = now
        self.throttle = Throttle(database, now)
        self._log = EventLog(database.dialect)
        self._records = Records(database)
        self._keys = Keys(database.dialect)
        self._outbox = Outbox(database.dialect)
        self._vault = Vault(database.dialect)

    @property
    def today(self) -> date:
        return day_of(self.now())

    def of(self, case_id: str) -> Said:
        """What was said about a case."""
        stream = stream_of(case_id)
        with self.database.read() as connection:
            return Said(self._voices(connection, case_id), self._vault.of(connection, stream))

    def desk(self, case: Case, actor: Actor | None) -> Desk:
        """The desk as it lies now, for pages."""
        edition = self.shelf.edition(case.definition)
        today = day_of(self.now())
        return Desk(case, edition, actor, today, self.shelf.calendar, self.rules)

    def handle(self, case_id: str, asked: Asked, sealer: Sealer) -> Done | Refused:
        """Do what is asked, once for each key; or say why not."""
        for _try in range(MOST_TRIES - 1):
            try:
                return self._once(case_id, asked, sealer)
            except (IntegrityError, Overtaken):  # somebody was faster: look at what there is now
                continue
        return self._once(case_id, asked, sealer)

    def _once(self, case_id: str, asked: Asked, sealer: Sealer) -> Done | Refused:
        by = asked.actor.id if asked.actor is not None else ANYBODY
        source = digest_source(case_id, type(asked.command).__name__, asked.typed)
        with self.database.write() as connection:
            request = self._keys.digest(connection, source)
            known = self._keys.find(connection, [asked.key]).get((by, asked.key))
            if known is not None:
                same = known[0] == request
                return msgspec.json.decode(known[1], type=Done) if same else _reused()
            done = self._decided(connection, case_id, asked, sealer)
            if isinstance(done, Refused):
                return done
            at, answer = as_text(self.now()), msgspec.json.encode(done)
            self._keys.put(connection, [Answered(by, asked.key, request, answer, at)])
        return done

    def _decided(
        self, connection: Connection, case_id: str, asked: Asked, sealer: Sealer
    ) -> Done | Refused:
        case = self._case(connection, case_id)
        if case is None:
            return Refused(Reason.NO_SUCH_CASE)
        voices = self._voices(connection, case_id)
        event = decide(voices, asked.command, self.desk(case, asked.actor))
        if isinstance(event, Refused):
            return event
        by = By(asked.actor.id, speaks_as(asked.actor)) if asked.actor is not None else By(ANYBODY)
        stream = stream_of(case_id)
        self._records.append_by(connection, stream, [event], by, self.now())
        after = self._voices(connection, case_id)
        of = Of(case.id, case.number, case.permit, case.authority, case.department)
        store.put(connection, voice_rows(after, of))
        self._vault.put(connection, sealer.values)
        at = self._records.events(connection, stream)[-1][0]
        tasks = [
            Task(f"{at.id}/{m.template}/{m.to}", "mail", stream, at.seq, msgspec.json.encode(m))
            for m in letters_of(event)
        ]
        self._outbox.put(connection, tasks, as_text(self.now()))
        return Done(type(event).__name__, getattr(event, "number", 0))

    def _case(self, connection: Connection, case_id: str) -> Case | None:
        found = self._log.read(connection, case_id)
        entries = [(at, read_event(at, body)) for at, body in found]
        return fold_case(Case(id=case_id), entries) if entries else None

    def _voices(self, connection: Connection, case_id: str) -> Voices:
        return fold_all(Voices(case_id), self._records.events(connection, stream_of(case_id)))

    def may_object(self, address: str) -> bool:
        """Whether somebody behind an address may send an objection now; each counts."""
        return self._tried(f"objection:{address}", OBJECTING) is not None

    def _tried(self, subject: str, pace: Pace) -> Attempt | None:
        attempt = self.throttle.begin([Tried(subject, pace)])
        return attempt if isinstance(attempt, Attempt) else None

    def answer_for(
        self, case_id: str | None, code: str, address: str
    ) -> "Answer | TooMany | None":
        """The objection to a case for whoever has the code of its receipt; None alike for a wrong
        code and for a case there is not."""
        attempt = self._tried(f"objection-code:{address}", ASKING)
        if attempt is None:
            return TooMany()
        said = self.of(case_id) if case_id is not None else None
        found = self._objection(said, code) if said is not None else None
        if said is None or found is None:
            return None
        self.throttle.take_back(attempt)
        return Answer(found, said.values.get(found.reason, ""))

    def _objection(self, said: Said, code: str) -> Objection | None:
        """The objection whose receipt has this code."""
        given = as_typed(code).encode()
        for one in said.voices.objections:
            known = as_typed(said.values.get(one.receipt, "")).encode()
            if known and secrets.compare_digest(known, given):
                return one
        return None


def receipt_code() -> str:
    """A new code by which whoever objects sees the answer."""
    return "".join(secrets.choice(_LETTERS) for _ in range(RECEIPT_LENGTH))


def _reused() -> Refused:
    return Refused(Reason.KEY_REUSED)
