"""Files for the materials a track asks for: uploaded one by one, replaced, removed."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.web.amiss import Wrong
from permits.web.applicant.writing import TheWriting, Writing
from permits.web.deps import Form, Writer
from permits.web.file_receipts import receipt
from permits.web.files import download
from permits.web.kept_files import keep
from permits.web.visits import Visit, see_other

router = APIRouter()


@router.get("/drafts/{draft}/materials")
@router.get("/review/counter/{draft}/materials")
def ask(visit: Writer, writing: TheWriting) -> Response:
    """The materials that are asked for, with what is there."""
    return _page(visit, writing)


@router.post("/drafts/{draft}/materials/{material}/files")
@router.post("/review/counter/{draft}/materials/{material}/files")
def upload(visit: Writer, writing: TheWriting, material: str, form: Form) -> Response:
    """Keep a file for a material; it takes the place of an earlier one."""
    if material not in (*writing.asked, *writing.may_follow):
        raise HTTPException(404)
    uploading, place = visit.office.uploading, writing.draft.id
    kept = keep(visit, place, material, form)
    if isinstance(kept, Wrong):
        return _page(visit, writing, wrong=kept)
    for earlier in uploading.uploads(place):
        if earlier.material == material and earlier.id != kept.id:
            uploading.remove_upload(place, earlier.id)
    return see_other(f"{writing.path}/materials#{material}")


@router.get("/drafts/{draft}/uploads/{upload}")
@router.get("/review/counter/{draft}/uploads/{upload}")
def file(visit: Writer, writing: TheWriting, upload: str) -> Response:
    """A file that was uploaded."""
    return download(visit.office.files, visit.office.uploading.uploads(writing.draft.id), upload)


@router.get("/drafts/{draft}/uploads/{upload}/receipt")
@router.get("/review/counter/{draft}/uploads/{upload}/receipt")
def file_receipt(visit: Writer, writing: TheWriting, upload: str) -> Response:
    """The receipt of a file, with its fingerprint."""
    there = visit.office.uploading.uploads(writing.draft.id)
    return receipt(visit, there, upload, writing.definition.materials)


@router.post("/drafts/{draft}/uploads/{upload}/remove")
@router.post("/review/counter/{draft}/uploads/{upload}/remove")
def remove(visit: Writer, writing: TheWriting, upload: str, form: Form) -> Response:
    """Take a file away again."""
    del form
    visit.office.uploading.remove_upload(writing.draft.id, upload)
    return see_other(f"{writing.path}/materials")


def _page(visit: Visit, writing: Writing, *, wrong: Wrong | None = None) -> Response:
    errors = {wrong.name: wrong.says} if wrong else {}
    status = wrong.status if wrong else 200
    return visit.page("applicant/materials.html", status=status, w=writing, errors=errors)
