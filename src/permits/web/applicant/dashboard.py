"""What an applicant has: applications being written, and cases."""

from fastapi import APIRouter
from starlette.responses import Response

from permits.web.deps import Applicant

router = APIRouter()


@router.get("/applications")
def dashboard(visit: Applicant) -> Response:
    """Drafts and cases of the party."""
    return visit.page("applicant/dashboard.html", drafts=visit.office.filing.mine(visit.actor))
