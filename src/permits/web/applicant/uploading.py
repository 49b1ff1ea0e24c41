"""Files as they come in: kept, or told why not."""

from fastapi import APIRouter
from starlette.responses import Response

from permits.casework.refusals import Reason, Refused
from permits.outside.files import Unfit
from permits.store.drafts import Upload
from permits.text.words import Language, words
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
    return Wrong(name, unfit(kept, visit.language), status_of_file(kept))


def unfit(why: Unfit, language: Language) -> str:
    """Why a file was not taken, and what to do."""
    _ = words(language).gettext
    match why:
        case Unfit.EMPTY:
            return _("Choose a file that is not empty, then press “Upload”.")
        case Unfit.TOO_LARGE:
            return _("The file is larger than 20 MB. Make it smaller or split it.")
        case Unfit.KIND:
            return _("The file is no PDF, PNG or JPEG. Save it as one of these and upload that.")
        case Unfit.TOO_MANY:
            return _("There are too many files here. Remove one first.")


@router.post("/cases/{case}/uploads/{upload}/remove")
def remove(visit: Applicant, record: TheRecord, upload: str, form: Form) -> Response:
    """Take a file away again that was not handed in yet. What is gone already stays gone."""
    home = f"/cases/{record.case.id.removeprefix('case/')}"
    if upload in handed_in(record):
        definition = visit.office.cases.edition(record.case).definition
        return refused(visit, Refused(Reason.NOT_NOW, ("remove",)), definition, back=home)
    visit.office.uploading.remove_upload(record.case.id, upload)
    return see_other(local(form.text("back"), home))
