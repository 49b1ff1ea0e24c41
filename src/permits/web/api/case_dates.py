"""How the dates of a case are reckoned, day by day."""

from collections.abc import Callable

from fastapi import APIRouter, Response

from permits.casework.afterwards import TERM
from permits.casework.working_days import WorkingDays
from permits.services.case_record import Record
from permits.text.troubles import Trouble
from permits.web import explaining, problems
from permits.web.api.asking import Caller, Name, TheRecord
from permits.web.api.describing import told
from permits.web.api.shown.dates import ExplainedDate, explained_date
from permits.web.dossier import Dossier, dossier
from permits.web.explaining import Explained
from permits.web.visits import Member

router = APIRouter(tags=["dates"])

Explains = Callable[[Dossier, WorkingDays, str], Explained | None]

RESPONSES = told(401, 404)


@router.get("/cases/{case}/clocks/{clock}", response_model=ExplainedDate, responses=RESPONSES)
def explain_clock(visit: Caller, record: TheRecord, clock: Name) -> ExplainedDate | Response:
    """How the due date of a time limit is reckoned."""
    return _explained(visit, record, explaining.of_clock, clock)


@router.get(
    "/cases/{case}/obligations/{obligation}", response_model=ExplainedDate, responses=RESPONSES
)
def explain_obligation(
    visit: Caller, record: TheRecord, obligation: Name
) -> ExplainedDate | Response:
    """How the due date of an obligation is reckoned: it is the earliest of its terms."""
    return _explained(visit, record, explaining.of_obligation, obligation)


@router.get("/cases/{case}/fees/{fee}", response_model=ExplainedDate, responses=RESPONSES)
def explain_fee(visit: Caller, record: TheRecord, fee: Name) -> ExplainedDate | Response:
    """How the due date of a fee is reckoned: it is the earliest of its terms."""
    return _explained(visit, record, explaining.of_fee, fee)


@router.get("/cases/{case}/term", response_model=ExplainedDate, responses=RESPONSES)
def explain_term(visit: Caller, record: TheRecord) -> ExplainedDate | Response:
    """How the last day of a grant that holds for a term is reckoned."""
    return _explained(visit, record, explaining.of_term, TERM)


def _explained(
    visit: Member, record: Record, explains: Explains, name: str
) -> ExplainedDate | Response:
    shown = dossier(visit, record, {})
    found = explains(shown, visit.office.shelf.calendar, name)
    if found is None:
        return problems.trouble(Trouble.NOT_FOUND, visit.language)
    return explained_date(name, found, shown.definition.laws, visit.language)
