"""Whether a document is genuine and holds, by its number and check code or the square on it."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from permits.casework.masks import masked
from permits.casework.published import Holds, holds
from permits.outside.stores import digest_of
from permits.services.verifying import Genuine, NotShown
from permits.text.published import holds as in_words
from permits.web.clients import address_of
from permits.web.deps import Anyone, Form
from permits.web.dossier import public_dossier
from permits.web.visits import Visit

router = APIRouter()

LONGEST = 80
"""Characters of a number or a code that anybody types."""

COLOURS = {Holds.HOLDS: "good", Holds.CORRECTED: "warn"}


@router.get("/verify")
def ask(visit: Anyone) -> Response:
    """Where one asks whether a document is genuine."""
    return _form(visit, "")


@router.get("/verify/{number}")
def scanned(
    visit: Anyone, number: str, code: Annotated[str, Query(max_length=LONGEST)] = ""
) -> Response:
    """Where the square on a document leads: the answer, or the form if the code is not with it."""
    number = number.strip()[:LONGEST]
    return _answer(visit, number, code) if code else _form(visit, number)


@router.post("/verify/file")
def compare(visit: Anyone, form: Form) -> Response:
    """Whether a file is the one the office issued, byte by byte. It is read, and not kept."""
    chosen = form.file("file")
    if chosen is None:
        return _form(visit, "", "empty", 422)
    found = visit.office.verifying.file(digest_of(chosen[1]))
    if found is None:
        return _form(visit, "", "altered", 422)
    return _genuine(visit, found, same=True)


@router.post("/verify")
def verify(visit: Anyone, form: Form) -> Response:
    """The answer for a number and a code that were typed."""
    return _answer(visit, form.text("number").strip()[:LONGEST], form.text("code")[:LONGEST])


def _form(visit: Visit, number: str, refused: str = "", status: int = 200) -> Response:
    return visit.page("public/verify.html", status=status, number=number, refused=refused)


def _answer(visit: Visit, number: str, code: str) -> Response:
    found = visit.office.verifying.document(number, code, address_of(visit.request))
    match found:
        case NotShown.WRONG:
            return _form(visit, number, "wrong", 422)
        case NotShown.TOO_MANY:
            return _form(visit, number, "too_many", 429)
        case Genuine():
            return _genuine(visit, found)


def _genuine(visit: Visit, found: Genuine, *, same: bool = False) -> Response:
    """What the office says of a document; `same` if the file of it was compared."""
    record, drawn = found.record, found.subject.drawn
    case = public_dossier(visit, record)
    what, since = holds(record.case, drawn)
    return visit.page(
        "public/verified.html",
        case=case,
        drawn=drawn,
        called=found.subject.title(case.definition, visit.language),
        same=same,
        says=in_words(what, visit.language),
        colour=COLOURS.get(what, "bad"),
        since=record.case.milestones.get(since) if since is not None else None,
        holder=masked(record.name_on(drawn.on), "name"),
        published="published" in record.case.milestones,
    )
