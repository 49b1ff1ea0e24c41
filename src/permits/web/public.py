"""Pages for everybody: the guide of a permit type, and look-up."""

from datetime import date

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.dates import day_of
from permits.services.case_record import Record
from permits.services.public import NotFound
from permits.web.clients import address_of
from permits.web.deps import Anyone, Form
from permits.web.dossier import public_dossier

router = APIRouter()

LONGEST_NUMBER = 40


@router.get("/guide/{permit}")
def guide(visit: Anyone, permit: str, on: date | None = None) -> Response:
    """What the definition says about a permit type (办事指南), today or as it holds on a day."""
    shelf, today = visit.office.shelf, day_of(visit.office.now())
    edition, current = shelf.current(permit, on or today), shelf.current(permit, today)
    if edition is None:
        raise HTTPException(404)
    return visit.page(
        "public/guide.html",
        definition=edition.definition,
        digest=edition.digest,
        of_today=edition is current,
        open=edition.definition.permit.effective_from <= today,
        coming=shelf.coming(permit, today),
    )


@router.get("/lookup")
def ask(visit: Anyone) -> Response:
    """Where one asks for a case by number and code."""
    return visit.page("public/lookup.html", number="", refused="")


@router.post("/lookup")
def look_up(visit: Anyone, form: Form) -> Response:
    """The case, if number and code belong together. Nothing is kept of the code."""
    address = address_of(visit.request)
    number = form.text("number").strip()[:LONGEST_NUMBER]
    found = visit.office.public.look_up(number, form.text("code"), address)
    match found:
        case Record():
            return visit.page("public/found.html", case=public_dossier(visit, found))
        case NotFound.WRONG:
            return visit.page("public/lookup.html", status=422, number=number, refused="wrong")
        case NotFound.TOO_MANY:
            return visit.page("public/lookup.html", status=429, number=number, refused="too_many")
