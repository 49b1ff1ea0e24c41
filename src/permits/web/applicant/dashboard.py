"""What an applicant has: what waits for them, applications being written, and cases."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import Response

from permits.casework.dates import as_text, day_of
from permits.casework.waiting_rows import WaitingRow
from permits.definitions.schema import Definition
from permits.store import lists
from permits.store.lists import After, Waiting
from permits.text.words import words
from permits.web.applicant.writing import Writing
from permits.web.deps import Applicant
from permits.web.lights import Light, by_date
from permits.web.listing import ShownCase, in_list
from permits.web.visits import Member

router = APIRouter()

AT_ONCE = 20
LONGEST = 40

Text = Annotated[str, Query(max_length=LONGEST)]


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something the applicant has to do in a case; `title` is what the case is called."""

    path: str
    says: str
    title: str
    number: str
    due: date | None
    provisional: bool
    light: Light


@router.get("/applications")
def dashboard(visit: Applicant, at: Text = "", after: Text = "") -> Response:
    """What there is to do, the drafts, and the cases; `at` and `after` say where the last page
    of cases ended."""
    office, actor = visit.office, visit.actor
    ended = After(at, f"case/{after}") if at and after else None
    with office.database.read() as connection:
        waiting = lists.waiting(connection, actor, AT_ONCE + 1)
        found = lists.of_party(connection, actor, ended, AT_ONCE + 1)
    shown = [in_list(visit, one, "/cases") for one in found[:AT_ONCE]]
    return visit.page(
        "applicant/dashboard.html",
        todo=[todo(visit, one) for one in waiting[:AT_ONCE]],
        most=AT_ONCE if len(waiting) > AT_ONCE else None,
        drafts=[
            Writing(office, draft, visit.language) for draft in office.filing.mine(visit.actor)
        ],
        invited=sum(1 for one in office.cosigning.mine(actor) if one.waits),
        cases=shown,
        first="/applications" if ended else "",
        next=_next(shown[-1]) if len(found) > AT_ONCE else "",
    )


def _next(last: ShownCase) -> str:
    row = last.listed.row
    place = {"at": as_text(row.updated_at), "after": row.case_id.removeprefix("case/")}
    return f"/applications?{urlencode(place)}"


def todo(visit: Member, waiting: Waiting) -> ToDo:
    row, definition = waiting.row, visit.office.shelf.edition(waiting.definition).definition
    path, says = _where(visit, row, definition)
    return ToDo(
        path=path,
        says=says,
        title=waiting.title or definition.permit.title.in_(visit.language),
        number=waiting.number,
        due=row.due_on,
        provisional=row.provisional,
        light=by_date(row.due_on, row.warn_on, day_of(visit.office.now())),
    )


def _where(visit: Member, row: WaitingRow, definition: Definition) -> tuple[str, str]:
    """The page on which it is done, and what it is called. What a check of the office settles has
    no page of its own."""
    _, case = words(visit.language).gettext, f"/cases/{row.case_id.removeprefix('case/')}"
    if row.kind == "correction":
        return f"{case}/corrections", _("Supply the corrections")
    if row.kind == "term":
        renewed = definition.term is not None and definition.term.renewal is not None
        if renewed:
            return f"{case}/after/ask_renewal", _("The grant ends: ask for renewal in time")
        return f"{case}/term", _("The grant ends")
    if row.kind == "statement":
        return f"{case}/statement", _("State your case before a revocation")
    if row.kind == "payment":
        fee = definition.fees[row.name].title.in_(visit.language)
        return f"{case}/fees/{row.name}", _("Pay: %(fee)s") % {"fee": fee}
    rule = definition.obligations[row.name]
    if row.kind == "late_payment":
        duty = rule.title.in_(visit.language)
        return case, _("Ordered to be paid: %(duty)s") % {"duty": duty}
    reported = rule.settled_by == "report" or (
        row.kind == "rectification" and rule.settled_by == "verification"
    )
    ledger = f"{case}/fees/{rule.pays}" if rule.pays else case
    path = f"{case}/obligations/{row.name}" if reported else ledger
    title = rule.title.in_(visit.language)
    return path, _("Put right: %(duty)s") % {
        "duty": title
    } if row.kind == "rectification" else title
