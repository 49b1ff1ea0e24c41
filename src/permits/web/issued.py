"""Whether a document is genuine: for whoever holds it, by the code on it or by its file."""

from typing import NamedTuple

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.case import Drawn
from permits.outside.stores import digest_of
from permits.services.case_record import Record
from permits.store.documents import DocumentFile
from permits.text.instruments import title_of
from permits.text.subjects import numbered
from permits.web.deps import Anyone, Form
from permits.web.document_files import sent
from permits.web.dossier import Dossier, public_dossier
from permits.web.visits import Visit, see_other

router = APIRouter()

LONGEST_CODE = 40


class Genuine(NamedTuple):
    """A document that was issued, with its files, what it is called, the name it is addressed to,
    and why it no longer holds, if it does not. `whole` if all that stands in it may be told
    whoever holds it."""

    case: Dossier
    drawn: Drawn
    files: tuple[DocumentFile, ...]
    title: str
    to: str
    undone: str

    @property
    def code(self) -> str:
        return self.files[0].code

    @property
    def whole(self) -> bool:
        return not any(one.says for one in self.files)


@router.get("/issued")
def ask(visit: Anyone, code: str = "") -> Response:
    """Where one asks whether a document is genuine."""
    wanted = plain(code)
    if wanted:
        return see_other(f"/issued/{wanted}")
    return visit.page("public/issued.html", found=None, code="", refused="")


@router.post("/issued/files")
def compare(visit: Anyone, form: Form) -> Response:
    """Whether a file is the one the office issued, byte by byte. It is read, and not kept."""
    chosen = form.file("file")
    if chosen is None:
        return visit.page("public/issued.html", status=422, found=None, code="", refused="empty")
    found = visit.office.documents.with_digest(digest_of(chosen[1]))
    genuine = _genuine(visit, found)
    if genuine is None:
        return visit.page("public/issued.html", status=422, found=None, code="", refused="altered")
    return visit.page("public/issued.html", found=genuine, code=genuine.code, same=found[0])


@router.get("/issued/{code}")
def verify(visit: Anyone, code: str) -> Response:
    """The document of a code."""
    genuine = _of_code(visit, code)
    if genuine is None:
        shown = code[:LONGEST_CODE]
        return visit.page(
            "public/issued.html", status=404, found=None, code=shown, refused="unknown"
        )
    return visit.page("public/issued.html", found=genuine, code=genuine.code)


@router.get("/issued/{code}/pdf")
def fetch(visit: Anyone, code: str, language: str = "") -> Response:
    """The file of a document that says nothing about people, for whoever holds its code."""
    genuine = _of_code(visit, code)
    if genuine is None or not genuine.whole:
        raise HTTPException(404)
    wanted = language or visit.language
    one = next((one for one in genuine.files if one.language == wanted), None)
    response = sent(visit, genuine.case.record, one) if one is not None else None
    if response is None:
        raise HTTPException(404)
    return response


def plain(code: str) -> str:
    """A code as it is kept, however it was typed."""
    signs = "".join(c for c in code.upper() if c.isascii() and c.isalnum())[:LONGEST_CODE]
    return "-".join(signs[i : i + 4] for i in range(0, len(signs), 4))


def _of_code(visit: Visit, code: str) -> Genuine | None:
    return _genuine(visit, visit.office.documents.with_code(plain(code)))


def _genuine(visit: Visit, found: tuple[DocumentFile, ...]) -> Genuine | None:
    if not found:
        return None
    record: Record | None = visit.office.cases.recorded(found[0].case_id)
    if record is None:
        return None
    case = public_dossier(visit, record)
    subject = numbered(found[0].number, record.case, record.entries, case.edition)
    drawn, one = subject.drawn, subject.instrument
    if one is None:
        title = case.definition.documents[drawn.document].title.in_(visit.language)
    else:
        title = title_of(one, case.definition, visit.language)
    files = tuple(visit.office.documents.of(record.case.id, drawn.number).values())
    return Genuine(case, drawn, files, title, case.party_on(drawn.on), case.undone(drawn))
