"""Reports of figures as they are kept: what is sent, when, to whom; what became of the last."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, delete, func, select, update

from permits.casework.dates import as_text
from permits.casework.report_days import Every, Rhythm
from permits.store.caseload import upsert
from permits.store.report_tables import figure_report, report_sent


class Plan(msgspec.Struct, frozen=True):
    """What is sent: under which name, the address of a page of figures, how often, in which
    language and form of file (`csv`, `xlsx`), to which accounts."""

    name: str
    question: str
    rhythm: Rhythm
    language: str
    form: str
    recipients: tuple[str, ...]


class Report(msgspec.Struct, frozen=True):
    """A plan with the account that made it, the day of the next report, that of the last one, and
    how many were left out before it."""

    id: str
    plan: Plan
    made_by: str
    made_at: str
    next_on: date
    last_on: date | None = None
    left_out: int = 0


class Outcome(StrEnum):
    """What became of a report for one of its recipients. Closed: each has a sentence on the
    page."""

    SENT = "sent"
    NO_RIGHT = "no_right"
    NO_ADDRESS = "no_address"


class Sent(msgspec.Struct, frozen=True):
    """What became of the report of a day for an account, and when (UTC)."""

    account: str
    due_on: date
    outcome: Outcome
    at: str


def every(connection: Connection) -> list[Report]:
    """All reports, by name."""
    query = select(figure_report).order_by(figure_report.c.name, figure_report.c.id)
    return [_report(row) for row in connection.execute(query)]


def find(connection: Connection, report: str) -> Report | None:
    query = select(figure_report).where(figure_report.c.id == report)
    row = connection.execute(query).one_or_none()
    return _report(row) if row is not None else None


def held(connection: Connection, report: str) -> Report | None:
    """A report that is being changed: kept from others until the transaction ends."""
    query = select(figure_report).where(figure_report.c.id == report).with_for_update()
    row = connection.execute(query).one_or_none()
    return _report(row) if row is not None else None


def count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(figure_report)).scalar_one()


def _report(row: Any) -> Report:
    rhythm = Rhythm(Every(row.every), row.day)
    to = tuple(row.recipients.split())
    plan = Plan(row.name, row.question, rhythm, row.language, row.form, to)
    last = date.fromisoformat(row.last_on) if row.last_on else None
    next_on = date.fromisoformat(row.next_on)
    return Report(row.id, plan, row.made_by, row.made_at, next_on, last, row.left_out)


def put(connection: Connection, report: Report) -> None:
    """Keep a report, in the place of what it was."""
    plan = report.plan
    row = {
        "id": report.id,
        "name": plan.name,
        "question": plan.question,
        "every": plan.rhythm.every.value,
        "day": plan.rhythm.day,
        "language": plan.language,
        "form": plan.form,
        "recipients": " ".join(plan.recipients),
        "made_by": report.made_by,
        "made_at": report.made_at,
        "next_on": report.next_on.isoformat(),
        "last_on": report.last_on.isoformat() if report.last_on else None,
        "left_out": report.left_out,
    }
    connection.execute(upsert(figure_report, connection.dialect), [row])


def drop(connection: Connection, report: str) -> None:
    connection.execute(delete(report_sent).where(report_sent.c.report == report))
    connection.execute(delete(figure_report).where(figure_report.c.id == report))


def due(connection: Connection, today: date) -> list[Report]:
    """The reports whose day has come, the oldest day first."""
    c = figure_report.c
    query = select(figure_report).where(c.next_on <= today.isoformat()).order_by(c.next_on, c.id)
    return [_report(row) for row in connection.execute(query)]


def move_on(connection: Connection, before: Report, after: Report) -> bool:
    """Bring a report to its next day; False if somebody else did, or changed it meanwhile."""
    c, rhythm = figure_report.c, before.plan.rhythm
    same = update(figure_report).where(
        c.id == before.id,
        c.next_on == before.next_on.isoformat(),
        c.every == rhythm.every.value,
        c.day == rhythm.day,
    )
    moved = same.values(
        next_on=after.next_on.isoformat(),
        last_on=after.last_on.isoformat() if after.last_on else None,
        left_out=after.left_out,
    )
    return connection.execute(moved).rowcount == 1


def note_sent(connection: Connection, report: str, sent: Sent) -> None:
    """Note what became of a report for an account."""
    row = {
        "report": report,
        "account": sent.account,
        "due_on": sent.due_on.isoformat(),
        "outcome": sent.outcome.value,
        "at": sent.at,
    }
    connection.execute(upsert(report_sent, connection.dialect), [row])


def sent(connection: Connection) -> dict[tuple[str, str], Sent]:
    """What became of the last report for each recipient, by report and account."""
    return {
        (row.report, row.account): Sent(
            row.account, date.fromisoformat(row.due_on), Outcome(row.outcome), row.at
        )
        for row in connection.execute(select(report_sent))
    }


def forget_of(connection: Connection, account: str) -> None:
    """Nothing goes to an account any more, and nothing says what did."""
    connection.execute(delete(report_sent).where(report_sent.c.account == account))
    for report in every(connection):
        if account in report.plan.recipients:
            rest = tuple(one for one in report.plan.recipients if one != account)
            put(connection, replace(report, plan=replace(report.plan, recipients=rest)))


def sent_at(account: str, due_on: date, outcome: Outcome, now: datetime) -> Sent:
    """What became of it at an instant."""
    return Sent(account, due_on, outcome, as_text(now))
