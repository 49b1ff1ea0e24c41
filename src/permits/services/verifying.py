"""Whether a document is one of the office's and still holds, for whoever has it before them."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from permits.casework.published import as_typed, check_code
from permits.casework.waits import Pace, counted_as
from permits.services.case_record import Record
from permits.services.cases import Cases
from permits.services.throttle import Attempt, Throttle, Tried
from permits.store import documents, register
from permits.store.database import Database
from permits.text.subjects import Subject, numbered

PACE = Pace(free=30, within=timedelta(hours=1))
"""Behind one address there may be a whole counter, where documents are looked at all day."""


class NotShown(StrEnum):
    """Why nothing is said of a document. One that does not exist and a wrong code are not told
    apart."""

    WRONG = "wrong"
    TOO_MANY = "too_many"


class Genuine(msgspec.Struct, frozen=True):
    """A document or paper of the office, and the case it was drawn up in."""

    record: Record
    subject: Subject


class Verifying:
    """Says of documents whether they are genuine. Guessing is slowed down."""

    def __init__(self, database: Database, cases: Cases, now: Callable[[], datetime]) -> None:
        self.database = database
        self.cases = cases
        self.throttle = Throttle(database, now)

    def document(self, number: str, code: str, address: str) -> Genuine | NotShown:
        """The document of a number, for whoever knows its check code. That somebody was wrong is
        counted before it is known whether they were."""
        pace = Tried(f"verify:{counted_as(address)}", PACE)
        attempt = self.throttle.begin([pace])
        if not isinstance(attempt, Attempt):
            return NotShown.TOO_MANY
        found = self._found(number.strip(), as_typed(code))
        if found is None:
            return NotShown.WRONG
        self.throttle.take_back(attempt)
        return found

    def file(self, sha256: str) -> Genuine | None:
        """The document of which a file with this digest is kept. Nobody guesses one."""
        with self.database.read() as connection:
            found = documents.with_digest(connection, sha256)
        record = self.cases.recorded(found[0].case_id) if found else None
        return self._numbered(record, found[0].number) if record is not None else None

    def _numbered(self, record: Record, number: str) -> Genuine:
        edition = self.cases.edition(record.case)
        return Genuine(record, numbered(number, record.case, record.entries, edition))

    def _found(self, number: str, code: str) -> Genuine | None:
        with self.database.read() as connection:
            cases = register.cases_of_document(connection, number)
            cases += documents.cases_of(connection, number)
        for case_id in cases:
            record = self.cases.recorded(case_id)
            if record is None:
                continue
            if secrets.compare_digest(check_code(record.case, number).encode(), code.encode()):
                return self._numbered(record, number)
        return None
