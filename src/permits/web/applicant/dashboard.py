"""What an applicant has: what waits for them, applications being written, and cases."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from permits.casework.dates import day_of
from permits.definitions.procedure import Code
from permits.services.overview import folded
from permits.store import lists
from permits.store.lists import After
from permits.web.applicant.writing import Writing
from permits.web.deps import Applicant
from permits.web.lights import Light, of_obligation
from permits.web.listing import ShownCase, in_list
from permits.web.visits import Member

router = APIRouter()

AT_ONCE = 20
LONGEST = 40

Text = Annotated[str, Query(max_length=LONGEST)]


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something the applicant has to do in a case."""

    case: ShownCase
    path: str
    says: str
    due: str
    provisional: bool
    light: Light


@router.get("/applications")
def dashboard(visit: Applicant, at: Text = "", after: Text = "") -> Response:
    """What there is to do, the drafts, and the cases; `at` and `after` say where the last page
    of cases ended."""
    office, party = visit.office, visit.actor.party
    ended = After(at, f"case/{after}") if at and after else None
    with office.database.read() as connection:
        waiting = lists.waiting_for_party(connection, party, AT_ONCE)
        found = lists.of_party(connection, party, ended, AT_ONCE + 1)
    return visit.page(
        "applicant/dashboard.html",
        todo=_todo(visit, [in_list(visit, one, "/cases") for one in waiting]),
        drafts=[
            Writing(office, draft, visit.language) for draft in office.filing.mine(visit.actor)
        ],
        cases=[in_list(visit, one, "/cases") for one in found[:AT_ONCE]],
        more=len(found) > AT_ONCE,
        paged=ended is not None,
    )


def _todo(visit: Member, waiting: list[ShownCase]) -> list[ToDo]:
    """What waits for the applicant in each of the cases, read from their logs at once."""
    ids = [shown.listed.row.case_id for shown in waiting]
    cases = folded(visit.office.database, ids) if ids else {}
    found: list[ToDo] = []
    for shown in waiting:
        case = cases[shown.listed.row.case_id]
        if case.code == Code.CORRECTION_BEGUN:
            row = shown.listed.row
            due = row.due_on.isoformat() if row.due_on else ""
            path = f"{shown.path}/corrections"
            found.append(ToDo(shown, path, "", due, shown.provisional, shown.light))
        rules = visit.office.cases.edition(case).definition.obligations
        today = day_of(visit.office.now())
        found += [
            ToDo(
                case=shown,
                path=f"{shown.path}/obligations/{name}",
                says=rules[name].title.in_(visit.language),
                due=held.due.isoformat() if held.due else "",
                provisional=held.provisional,
                light=of_obligation(held, today),
            )
            for name, held in case.obligations.items()
            if held.status == "open" and rules[name].debtor == "applicant"
        ]
    return found
