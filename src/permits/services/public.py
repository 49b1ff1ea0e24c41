"""What anybody may read: published cases, and one case with its number and code."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from permits.casework.waits import counted_as
from permits.definitions.procedure import Milestone
from permits.services.case_record import Record
from permits.services.cases import Cases
from permits.store import lists, people
from permits.store.database import Database

WINDOW = timedelta(minutes=10)
MOST_FAILURES = 20


class NotFound(StrEnum):
    """Why a look-up shows nothing. A wrong number and a wrong code are not told apart."""

    WRONG = "wrong"
    TOO_MANY = "too_many"


class Public:
    """Reads for people without an account."""

    def __init__(self, database: Database, cases: Cases, now: Callable[[], datetime]) -> None:
        self.database = database
        self.cases = cases
        self.now = now

    def entry(self, number: str) -> Record | None:
        """A published case; None alike for one that is not published and for none at all."""
        record = self._numbered(number)
        if record is None or Milestone.PUBLISHED not in record.case.milestones:
            return None
        return record

    def look_up(self, number: str, code: str, address: str) -> Record | NotFound:
        """The case of a number for whoever knows its code. Guessing is slowed down."""
        now, subject = self.now(), f"lookup:{counted_as(address)}"
        if not self._may_try(subject, now):
            return NotFound.TOO_MANY
        record = self._numbered(number.strip().upper())
        wanted = record.values.get(record.case.lookup, "") if record is not None else ""
        given = code.strip().upper().encode()
        if record is not None and wanted and secrets.compare_digest(wanted.encode(), given):
            with self.database.write() as connection:
                people.take_back_attempt(connection, subject, now)
            return record
        return NotFound.WRONG

    def _may_try(self, subject: str, now: datetime) -> bool:
        """Count a look-up before it is looked at, so that of many at the same time each is counted
        before the next one looks."""
        with self.database.write() as connection:
            people.take_turns(connection, [subject])
            if people.attempts_since(connection, subject, now - WINDOW) >= MOST_FAILURES:
                return False
            people.count_attempt(connection, subject, now)
        return True

    def _numbered(self, number: str) -> Record | None:
        with self.database.read() as connection:
            case_id = lists.case_of(connection, number)
        return self.cases.recorded(case_id) if case_id is not None else None
