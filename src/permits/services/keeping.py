"""How long what stands beside a stream of the log is kept, and what of it may go by now."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from sqlalchemy import Connection

from permits.casework.dates import day_of
from permits.casework.entitlement.claim_events import EntitlementApplied
from permits.casework.entitlement.claim_fold import fold_all as fold_claims
from permits.casework.entitlement.claims import Holding
from permits.casework.entitlement.claims import stream_of as claim_stream
from permits.casework.entitlement.rounds import Round
from permits.casework.entitlement.rounds import fold_all as fold_round
from permits.casework.envelope import Envelope, Event
from permits.casework.keeping import (
    holding_ended,
    kept_until,
    material_until,
    party_ended,
    round_ended,
    values_until,
)
from permits.casework.parts import Seal
from permits.casework.party import Party
from permits.casework.party_fold import fold_all as fold_party
from permits.casework.streams import read_event
from permits.definitions.edition import Edition
from permits.definitions.personal_rules import PersonalRules
from permits.services.shelf import Shelf
from permits.store import personal, vault
from permits.store.database import Database
from permits.store.drafts import Upload, Uploads
from permits.store.event_log import EventLog
from permits.store.personal import CaseKept
from permits.store.vault import SealedValue

Entries = Sequence[tuple[Envelope, Event]]

CLAIMS = claim_stream("")
"""How the streams begin of what enterprises have of policies."""


class Kept(msgspec.Struct, frozen=True):
    """What is kept beside a stream. `until` holds the last day of each value and `files` that of
    each upload; nothing is in them of which a case is open, or that something rests on, for then
    it may not go."""

    stream: str
    values: tuple[SealedValue, ...]
    uploads: tuple[Upload, ...] = ()
    until: dict[Seal, date] = {}
    files: dict[str, date] = {}
    case: CaseKept | None = None
    edition: Edition | None = None

    @property
    def called(self) -> str:
        """The number of the case, or the stream as the log names it."""
        return self.case.number if self.case is not None else self.stream

    def over(self, today: date) -> frozenset[Seal]:
        """The values whose time was over before a day."""
        return frozenset(seal for seal, until in self.until.items() if until < today)

    def files_over(self, today: date) -> tuple[Upload, ...]:
        """The uploads whose time was over before a day."""
        return tuple(one for one in self.uploads if self.files.get(one.id, today) < today)


def _ended(stream: str, entries: Entries) -> date | None:
    """From which day nothing rests on what a stream says; None if that is not known yet."""
    kind, _, name = stream.partition("/")
    last = entries[-1][0].effective_at
    match kind:
        case "party":
            return party_ended(fold_party(Party(name), entries), last)
        case "entitled":
            return holding_ended(fold_claims(Holding(name), entries), last)
        case "round":
            return round_ended(fold_round(Round(name), entries), last)
        case _:
            return last


class Keeping:
    """Reads what is kept, within the caller's transaction."""

    def __init__(self, database: Database, shelf: Shelf, rules: PersonalRules) -> None:
        self._shelf = shelf
        self._rules = rules
        self._log = EventLog(database.dialect)
        self._uploads = Uploads(database.dialect)

    def of(self, connection: Connection, stream: str) -> Kept:
        """What is kept beside a stream, and until when."""
        values = tuple(one for one in vault.kept(connection, stream) if one.erased_on is None)
        case = personal.case_kept(connection, stream)
        if case is None:
            return self._of_no_case(connection, stream, values)
        edition = self._shelf.edition(case.definition)
        uploads = tuple(u for u in self._uploads.at(connection, stream) if u.erased_on is None)
        if not case.ended:
            return Kept(stream, values, uploads, case=case, edition=edition)
        fields = {one.seal: one.field for one in values}
        until = values_until(case.last, fields, edition)
        files = {u.id: material_until(case.last, u.material, edition) for u in uploads}
        return Kept(stream, values, uploads, until, files, case, edition)

    def _of_no_case(
        self, connection: Connection, stream: str, values: tuple[SealedValue, ...]
    ) -> Kept:
        told = self._log.read(connection, stream)
        entries = [(envelope, read_event(envelope, body)) for envelope, body in told]
        until = self._beside(stream, entries, values)
        if not stream.startswith(CLAIMS):
            return Kept(stream, values, until=until)
        uploads, files = self._evidence(connection, stream, entries)
        return Kept(stream, values, uploads, until, files)

    def _beside(
        self, stream: str, entries: Entries, values: tuple[SealedValue, ...]
    ) -> dict[Seal, date]:
        """Values of parties and of entitlements: from the last entry of their stream, or from when
        nothing rests on it any more. A draft's case that was never filed has no stream, and
        nothing beside it."""
        if not entries:
            return {}
        ended = _ended(stream, entries)
        if ended is None:
            return {}
        until = kept_until(ended, self._rules.beside.keep)
        return {one.seal: until for one in values}

    def _evidence(
        self, connection: Connection, stream: str, entries: Entries
    ) -> tuple[tuple[Upload, ...], dict[str, date]]:
        """What an enterprise uploaded for its claims, and the last day of each: what was handed in
        is kept with the claims, and anything else no longer than it may lie about."""
        uploads = self._uploads.under(connection, f"{stream}/")
        applied = (event for _at, event in entries if isinstance(event, EntitlementApplied))
        handed_in = {one.sha256 for event in applied for one in event.handed_in}
        ended = _ended(stream, entries) if entries else None
        files: dict[str, date] = {}
        for one in uploads:
            came = day_of(datetime.fromisoformat(one.uploaded_at))
            if one.sha256 not in handed_in:
                files[one.id] = kept_until(came, self._rules.unhanded.keep)
            elif ended is not None:
                files[one.id] = kept_until(ended, self._rules.beside.keep)
        return uploads, files
