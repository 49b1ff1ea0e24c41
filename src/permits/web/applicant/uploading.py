"""Files as they come in: kept, or told why not."""

from fastapi import APIRouter
from starlette.responses import Response

from permits.casework.refusals import Reason, Refused
from permits.web.deps import Applicant, Form, TheRecord
from permits.web.disclosure import handed_in
from permits.web.errors import refused
from permits.web.visits import local, see_other

router = APIRouter()


@router.post("/cases/{case}/uploads/{upload}/remove")
def remove(visit: Applicant, record: TheRecord, upload: str, form: Form) -> Response:
    """Take a file away again that was not handed in yet. What is gone already stays gone."""
    home = f"/cases/{record.case.id.removeprefix('case/')}"
    if upload in handed_in(record):
        definition = visit.office.cases.edition(record.case).definition
        return refused(visit, Refused(Reason.NOT_NOW, ("remove",)), definition, back=home)
    visit.office.uploading.remove_upload(record.case.id, upload)
    return see_other(local(form.text("back"), home))
