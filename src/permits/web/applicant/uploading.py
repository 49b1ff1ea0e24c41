"""Files as they come in: kept, or told why not."""

from fastapi import APIRouter
from starlette.responses import Response

from permits.casework.refusals import Reason, Refused
from permits.store.drafts import Upload
from permits.text.uploads import Unfit, sentence
from permits.web.amiss import Wrong
from permits.web.deps import Applicant, Form, TheRecord
from permits.web.disclosure import handed_in
from permits.web.errors import refused, status_of_file
from permits.web.forms import Posted
from permits.web.visits import Member, local, see_other

router = APIRouter()


def keep(visit: Member, place: str, name: str, form: Posted) -> Upload | Wrong:
    """Keep the file of a form for a draft or a case; `name` says what it is for."""
    chosen = form.file("file")
    kept: Upload | Unfit = Unfit.EMPTY
    if chosen is not None:
        kept = visit.office.uploading.upload(place, name, *chosen, visit.actor)
    if isinstance(kept, Upload):
        return kept
    says = sentence(kept, visit.office.uploading.limits, visit.language)
    return Wrong(name, says, status_of_file(kept))


@router.post("/cases/{case}/uploads/{upload}/remove")
def remove(visit: Applicant, record: TheRecord, upload: str, form: Form) -> Response:
    """Take a file away again that was not handed in yet. What is gone already stays gone."""
    home = f"/cases/{record.case.id.removeprefix('case/')}"
    if upload in handed_in(record):
        definition = visit.office.cases.edition(record.case).definition
        return refused(visit, Refused(Reason.NOT_NOW, ("remove",)), definition, back=home)
    visit.office.uploading.remove_upload(record.case.id, upload)
    return see_other(local(form.text("back"), home))
