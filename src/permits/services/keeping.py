"""How long what stands beside a stream of the log is kept, and what of it may go by now."""

from datetime import date

import msgspec
from sqlalchemy import Connection

from permits.casework.keeping import kept_until, material_until, values_until
from permits.casework.parts import Seal
from permits.definitions.edition import Edition
from permits.definitions.personal_rules import PersonalRules
from permits.services.shelf import Shelf
from permits.store import personal, vault
from permits.store.database import Database
from permits.store.drafts import Upload, Uploads
from permits.store.event_log import EventLog
from permits.store.personal import CaseKept
from permits.store.vault import SealedValue


class Kept(msgspec.Struct, frozen=True):
    """What is kept beside a stream. `until` holds the last day of each value and `files` that of
    each upload; both are empty while the case is open, for then nothing may go."""

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
            return Kept(stream, values, until=self._beside(connection, stream, values))
        edition = self._shelf.edition(case.definition)
        uploads = tuple(u for u in self._uploads.at(connection, stream) if u.erased_on is None)
        if not case.ended:
            return Kept(stream, values, uploads, case=case, edition=edition)
        fields = {one.seal: one.field for one in values}
        until = values_until(case.last, fields, edition)
        files = {u.id: material_until(case.last, u.material, edition) for u in uploads}
        return Kept(stream, values, uploads, until, files, case, edition)

    def _beside(
        self, connection: Connection, stream: str, values: tuple[SealedValue, ...]
    ) -> dict[Seal, date]:
        """Values of parties and of entitlements: from the last entry of their stream. A draft's
        case that was never filed has no stream, and nothing beside it."""
        entries = self._log.read(connection, stream)
        if not entries:
            return {}
        until = kept_until(entries[-1][0].effective_at, self._rules.beside.keep)
        return {one.seal: until for one in values}
