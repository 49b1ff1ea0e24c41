"""What everybody may know: the public register, and one case by number and code."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from permits.casework.refusals import Reason, Refused
from permits.services.case_record import Record
from permits.services.public import NotFound
from permits.store import register as store
from permits.store.lists import After, Listed
from permits.store.register import Sought
from permits.text import shapes
from permits.text.troubles import Trouble
from permits.web import problems
from permits.web.api.asking import Anyone, refused
from permits.web.api.bodies import sent
from permits.web.api.describing import body, told
from permits.web.api.paging import BadCursor, Cursor, Limit, following, place
from permits.web.api.shown.parts import V1
from permits.web.api.shown.public import (
    FoundCase,
    PublicCase,
    Published,
    Register,
    found_case,
    public_case,
    published,
)
from permits.web.clients import address_of
from permits.web.dossier import public_dossier
from permits.web.problems import Wrong
from permits.web.visits import Visit

router = APIRouter(tags=["public"])

REGISTER = f"{V1}/register"
NUMBER = r"^[A-Za-z0-9-]{1,40}$"

Number = Annotated[str, Path(pattern=NUMBER)]


class AskedEntries(BaseModel):
    """Which entries are asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z0-9-]*$")] = Field(
        default="", description="the case number, or how it begins"
    )
    after: Cursor = ""
    limit: Limit = 20


class LookUp(BaseModel):
    """A number and the code that belongs to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Annotated[str, Field(pattern=NUMBER)]
    code: Annotated[str, Field(min_length=1, max_length=100, description="from the receipt")]


@router.get("/register", response_model=Register, responses=told(422))
def list_register(visit: Anyone, asked: Annotated[AskedEntries, Query()]) -> Register | Response:
    """Published decisions, the newest first; those whose number begins so by their number, the
    highest first."""
    try:
        after = place(asked.after)
    except BadCursor:
        says = shapes.sentence(shapes.CURSOR, {}, visit.language)
        errors = [Wrong(parameter="after", detail=says)]
        return problems.trouble(Trouble.UNFIT, visit.language, errors)
    sought = Sought(number=asked.number.strip().upper())
    with visit.office.database.read() as connection:
        found = store.found(connection, sought, after, asked.limit + 1)
    shown = found[: asked.limit]
    more = len(found) > asked.limit
    return Register(
        items=tuple(_entry(visit, one) for one in shown),
        next=following(REGISTER, asked, _ended(sought, shown[-1])) if more else None,
    )


def _ended(sought: Sought, last: Listed) -> After:
    row = last.row
    return After(row.number if sought.number else str(row.published_on), row.case_id)


def _entry(visit: Visit, listed: Listed) -> Published:
    definition = visit.office.shelf.edition(listed.row.definition).definition
    return published(listed, definition, f"{REGISTER}/{listed.row.number}", visit.language)


@router.get("/register/{number}", response_model=PublicCase, responses=told(404))
def show_entry(visit: Anyone, number: Number) -> PublicCase | Response:
    """A published case."""
    record = visit.office.public.entry(number.upper())
    if record is None:
        return refused(visit, Refused(Reason.NO_SUCH_CASE))
    return public_case(public_dossier(visit, record))


@router.post(
    "/lookups",
    response_model=FoundCase,
    responses=told(403, 404, 413, 415, 422, 429),
    openapi_extra=body(LookUp),
)
def look_up(
    visit: Anyone, given: Annotated[LookUp, Depends(sent(LookUp))]
) -> FoundCase | Response:
    """The case of a number, for whoever knows its code. It changes nothing, but the code does
    not belong in an address."""
    address = address_of(visit.request)
    found = visit.office.public.look_up(given.number, given.code, address)
    match found:
        case Record():
            return found_case(public_dossier(visit, found))
        case NotFound.WRONG:
            return refused(visit, Refused(Reason.NO_SUCH_CASE))
        case NotFound.TOO_MANY:
            return problems.trouble(Trouble.TOO_MANY_ATTEMPTS, visit.language)
