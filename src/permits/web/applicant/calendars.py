"""Dates to take along: a calendar file of one case, or of everything a party has to keep."""

from collections.abc import Iterator
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from permits.store import lists
from permits.store.lists import Listed
from permits.text.ics import Entry, calendar
from permits.text.words import words
from permits.web.applicant.dashboard import todo
from permits.web.deps import Applicant, TheRecord
from permits.web.files import attachment
from permits.web.listing import in_list
from permits.web.visits import Member

router = APIRouter()

MOST = 500
"""Dates of one file; the most urgent stand in it."""


@router.get("/applications/calendar.ics")
def of_party(visit: Applicant) -> Response:
    """Everything that is due in the cases of one's party."""
    _ = words(visit.language).gettext
    return _file(_("Permits"), "permits.ics", visit, _entries(visit))


@router.get("/cases/{case}/calendar.ics")
def of_case(visit: Applicant, record: TheRecord) -> Response:
    """What is due in one case."""
    case = record.case
    entries = (entry for entry in _entries(visit) if entry.of[0] == case.id)
    return _file(case.number, f"{case.number}.ics", visit, entries)


def _file(name: str, filename: str, visit: Member, entries: Iterator[Entry]) -> Response:
    content = calendar(name, entries, visit.office.now())
    headers = {"Content-Disposition": attachment(filename), "Cache-Control": "no-store"}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


def _entries(visit: Member) -> Iterator[Entry]:
    """What waits for the party, and by when the office has to act in its cases."""
    with visit.office.database.read() as connection:
        waiting = lists.waiting(connection, visit.actor, MOST)
        cases = lists.of_party(connection, visit.actor, None, MOST)
    home = visit.office.settings.address
    for one in waiting:
        row, shown = one.row, todo(visit, one)
        if row.due_on is not None:
            yield Entry(
                of=(row.case_id, row.kind, row.name),
                day=row.due_on,
                says=shown.says,
                about=f"{shown.title} · {shown.number}",
                address=f"{home}{shown.path}",
                provisional=shown.provisional,
            )
    for listed in cases:
        if listed.row.turn == "office" and not listed.row.ended and listed.row.due_on is not None:
            yield _of_office(visit, listed, listed.row.due_on)


def _of_office(visit: Member, listed: Listed, due: date) -> Entry:
    """By when the office has promised, or the law demands, that it acts."""
    row, shown = listed.row, in_list(visit, listed, "/cases")
    return Entry(
        of=(row.case_id, "office", row.due_name),
        day=due,
        says=shown.next_due,
        about=f"{shown.title} · {row.number}",
        address=f"{visit.office.settings.address}{shown.path}",
        provisional=shown.provisional,
    )
