"""The letters about a case, on a page: nobody depends on a mail that arrives."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.access import owns
from permits.services.case_letters import written
from permits.web.deps import Applicant, TheRecord
from permits.web.dossier import dossier

router = APIRouter()


@router.get("/cases/{case}/letters")
def show(visit: Applicant, record: TheRecord) -> Response:
    """What the office has written to the applicant, the newest first."""
    if not owns(visit.actor, record.case):
        raise HTTPException(404)
    return visit.page(
        "applicant/letters.html",
        case=dossier(visit, record, record.values),
        letters=written(visit.office, record, visit.language),
    )
