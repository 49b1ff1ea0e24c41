"""Sends the reports that are due: a letter with the figures in words, and the table beside it.

Whether somebody may have it is asked at the moment it is sent. Figures are those of that moment,
of the period that was over on the day the report was due; the letter bears that day, and says when
the figures were counted if that was later.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, time

import msgspec
from msgspec.structs import replace

from permits.analytics import sheets, workbook
from permits.casework.dates import BEIJING, day_of
from permits.exchange.figure_report import in_words, question, told
from permits.outside.mail import Attached, Letter, Post
from permits.services.office import Office
from permits.services.outgoing import settle
from permits.services.post import handed_over, in_turn, unreachable
from permits.services.reports import Due
from permits.services.resting import Rest, on_at_once
from permits.store.outbox import REPORT, Task
from permits.store.reports import Report
from permits.text.jinja import environment
from permits.text.words import language_of

log = logging.getLogger(__name__)


def deliver_reports(office: Office, post: Post, rest: Rest = on_at_once) -> int:
    """Send every report that waits; how many were sent to all they go to. A server that cannot be
    reached ends the look."""
    return in_turn(office, REPORT, lambda task: _do(office, post, task), rest)


def _do(office: Office, post: Post, task: Task) -> Exception | None:
    """Do a task; what went wrong. Whatever that is, it counts as an attempt. Whoever has had the
    letter is not sent it again, unless it could not be noted who had."""
    due = msgspec.json.decode(task.payload, type=Due)
    try:
        left, fault = _send(office, post, task, due)
    except Exception as error:  # whatever it is, the report is tried again and told of
        log.warning("task %s could not be done", task.id, exc_info=True)
        left, fault = due.left, error
    again = replace(task, payload=msgspec.json.encode(replace(due, left=left)))
    settle(office.database, again, office.now(), fault)
    return fault


def _send(
    office: Office, post: Post, task: Task, due: Due
) -> tuple[tuple[str, ...], Exception | None]:
    """Send a report to whoever still waits for it: those it did not go to, and why one."""
    report = office.reports.find(task.stream.removeprefix("report/"))
    if report is None:  # it was stopped meanwhile
        return (), None
    letter: Letter | None = None
    left: list[str] = []
    fault: Exception | None = None
    for account in due.left or report.plan.recipients:
        found, outcome = office.reports.recipient(account)
        if found is not None:
            letter = letter or composed(office, report, due)
            one = replace(letter, id=f"{task.id}/{account}", to=found.email)
            error = fault if unreachable(fault) else handed_over(post, one)
            if error is not None:
                left.append(account)
                fault = error
                continue
        office.reports.note(report, due.due_on, account, outcome)
    return tuple(left), fault


def composed(office: Office, report: Report, due: Due) -> Letter:
    """The letter of a report, to nobody yet. LookupError if its question is none any more."""
    asked, language = question(report.plan.question), language_of(report.plan.language)
    if asked is None:
        raise LookupError(report.plan.question)
    rhythm = report.plan.rhythm
    period = rhythm.period(due.due_on)
    found = told(office, asked, period, language)
    site, today = office.settings.address, day_of(office.now())
    text = (
        environment(language)
        .get_template("mail/figures.txt")
        .render(
            language=language,
            report=report.plan.name,
            found=found,
            period=in_words(period, language),
            address=f"{site}{asked.address(*period)}",
            home=f"{site}/audit/reports",
            due_on=due.due_on,
            counted_on=today if today > due.due_on else None,
            left_out=[
                (in_words(missed, language), f"{site}{asked.address(*missed)}")
                for missed in map(rhythm.period, due.before)
            ],
        )
    )
    subject, _, body = text.strip().partition("\n")
    written_at = datetime.combine(due.due_on, time(), BEIJING)
    name = "_".join((found.sheet.name, *(one.isoformat() for one in period))).replace(" ", "-")
    file = _file(name, report.plan.form, found.sheet)
    return Letter("", "", subject.strip(), body.strip(), written_at, (file,))


def _file(name: str, form: str, sheet: sheets.Sheet) -> Attached:
    heads = [title for _word, title in sheet.columns]
    if form == "xlsx":
        body = workbook.written(sheet.name, heads, sheet.rows)
        return Attached(f"{name}.xlsx", workbook.MEDIA_TYPE, body)
    rows: Sequence[Sequence[object]] = [heads, *sheet.rows]
    return Attached(f"{name}.csv", sheets.MEDIA_TYPE, "".join(sheets.lines(rows)).encode())
