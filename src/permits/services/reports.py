"""Reports of figures: who may have which sent to whom, and the days on which they go out.

They are the office's: every auditor sees all of them, may change and stop them, and the access log
says who did. When a day has come the report is put into the outbox and moved on to its next day in
one transaction, so that it goes out once however many look. Of several days that passed while
nobody looked, only the last gets its report: it says which were left out, and what these would
have told can be asked at any time.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from permits.casework.access import TIMER, Actor
from permits.casework.dates import as_text, day_of
from permits.casework.families.access import stream_of
from permits.casework.families.watching import FileTaken, OfficeAdministered
from permits.definitions.procedure import Role
from permits.services.records import By, Records, new_id
from permits.store import account_lists, outbox, people, reports
from permits.store.database import Database
from permits.store.outbox import Outbox, Task
from permits.store.people import Account
from permits.store.reports import Outcome, Plan, Report, Sent

MOST = 50
"""Reports that an office has at most."""

LONGEST_NAME = 60


class Fault(StrEnum):
    """Why a report is not to be. Closed: each has a sentence on the page."""

    TOO_MANY = "too_many"
    NO_READER = "no_reader"
    GONE = "gone"


class Due(msgspec.Struct, frozen=True):
    """The payload of a task: the day the report was due, the days before it that were left out,
    and, once some of its letters went, the accounts that still wait for theirs."""

    due_on: date
    before: tuple[date, ...] = ()
    left: tuple[str, ...] = ()


class Kept(NamedTuple):
    """Every report; the accounts they go to, by id; what became of the last of each, by report
    and account."""

    reports: list[Report]
    people: Mapping[str, Account]
    sent: Mapping[tuple[str, str], Sent]


class Reports:
    """Keeps reports, and hands those that are due to the outbox."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.now = now
        self._records = Records(database)
        self._outbox = Outbox(database.dialect)

    def kept(self) -> Kept:
        with self.database.read() as connection:
            every = reports.every(connection)
            ids = {one for report in every for one in (*report.plan.recipients, report.made_by)}
            accounts = {one.id: one for one in people.by_ids(connection, ids)}
            return Kept(every, accounts, reports.sent(connection))

    def find(self, report: str) -> Report | None:
        with self.database.read() as connection:
            return reports.find(connection, report)

    def readers(self) -> list[Account]:
        """Whom a report may go to: open accounts that may see figures and have an address."""
        with self.database.read() as connection:
            return [one for one in account_lists.auditors(connection) if one.email]

    def make(self, plan: Plan, by: Actor) -> Fault | None:
        """Begin to send a report; the first on the first of its days that comes."""
        now = self.now()
        made = Report(new_id(), plan, by.id, as_text(now), plan.rhythm.next_after(day_of(now)))
        with self.database.write() as connection:
            if reports.count(connection) >= MOST:
                return Fault.TOO_MANY
            if not self._readable(connection, plan):
                return Fault.NO_READER
            reports.put(connection, made)
            self._tell(connection, "report_made", made, by)
        return None

    def change(self, report: str, plan: Plan, by: Actor) -> Fault | None:
        """Send something else from now on, or to others, or on other days."""
        with self.database.write() as connection:
            before = reports.held(connection, report)
            if before is None:
                return Fault.GONE
            if not self._readable(connection, plan):
                return Fault.NO_READER
            after = replace(before, plan=plan)
            if plan.rhythm != before.plan.rhythm:
                after = replace(after, next_on=plan.rhythm.next_after(day_of(self.now())))
            reports.put(connection, after)
            self._tell(connection, "report_changed", after, by)
        return None

    def stop(self, report: str, by: Actor) -> None:
        """Send it no more; nothing, if somebody has stopped it already."""
        with self.database.write() as connection:
            before = reports.held(connection, report)
            if before is not None:
                reports.drop(connection, report)
                self._tell(connection, "report_stopped", before, by)

    def _readable(self, connection: Connection, plan: Plan) -> bool:
        """Whether it goes to somebody, and to nobody who may not have it."""
        may = {one.id for one in account_lists.auditors(connection)}
        return bool(plan.recipients) and may.issuperset(plan.recipients)

    def _tell(self, connection: Connection, act: str, report: Report, by: Actor) -> None:
        done = OfficeAdministered(act, f"{report.plan.name} {report.plan.question}")
        role = By(by.id, Role.AUDITOR)
        self._records.append_by(connection, stream_of(by.id), [done], role, self.now())

    def hand_over(self) -> int:
        """Put every report whose day has come into the outbox; how many."""
        today = day_of(self.now())
        with self.database.read() as connection:
            waiting = reports.due(connection, today)
        return sum(self._hand_over(report, today) for report in waiting)

    def _hand_over(self, report: Report, today: date) -> bool:
        *before, due = report.plan.rhythm.due_within(report.next_on, today)
        following = report.plan.rhythm.next_after(due)
        after = replace(report, next_on=following, last_on=due, left_out=len(before))
        task = Task(
            id=f"report/{report.id}/{due.isoformat()}",
            kind=outbox.REPORT,
            stream=f"report/{report.id}",
            seq=0,
            payload=msgspec.json.encode(Due(due, tuple(before))),
        )
        with self.database.write() as connection:
            moved = reports.move_on(connection, report, after)
            if moved:
                self._outbox.put(connection, [task], as_text(self.now()))
        return moved

    def recipient(self, account: str) -> tuple[Account | None, Outcome]:
        """Whether an account may have a report at this moment, and where it would go."""
        with self.database.read() as connection:
            found = people.by_id(connection, account)
        if found is None or not found.open or not found.actor.audits:
            return None, Outcome.NO_RIGHT
        return (found, Outcome.SENT) if found.email else (None, Outcome.NO_ADDRESS)

    def note(self, report: Report, due: date, account: str, outcome: Outcome) -> None:
        """Note what became of a report for an account. What was sent was taken out of the house,
        and stands in the access log like every table that is."""
        now = self.now()
        first, last = report.plan.rhythm.period(due)
        of = (report.plan.question, first.isoformat(), last.isoformat())
        with self.database.write() as connection:
            reports.note_sent(connection, report.id, reports.sent_at(account, due, outcome, now))
            if outcome is Outcome.SENT:
                taken = FileTaken("/audit/reports", of)
                stream = stream_of(account)
                self._records.append(connection, stream, [taken], actor=TIMER.id, now=now)
