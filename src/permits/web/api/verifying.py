"""Whether a document is genuine and holds, by its number and check code, for programs."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from permits.casework.masks import masked
from permits.casework.published import Holds, holds
from permits.services.verifying import Genuine, NotShown
from permits.text.published import holds as in_words
from permits.text.troubles import Trouble
from permits.web import problems
from permits.web.api.asking import Anyone
from permits.web.api.bodies import sent
from permits.web.api.describing import body, told
from permits.web.api.shown import whose
from permits.web.api.shown.parts import V1, Named, Shown
from permits.web.clients import address_of
from permits.web.dossier import public_dossier
from permits.web.visits import Visit

router = APIRouter(tags=["public"])

_LONGEST = 80


class DocumentCode(BaseModel):
    """The number of a document and the check code that stands beside it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Annotated[str, Field(min_length=1, max_length=_LONGEST)]
    code: Annotated[str, Field(min_length=1, max_length=_LONGEST)]


class Verified(Shown):
    """What the office says of a document of its own; the holder is masked."""

    number: str
    document: str = Field(description="what the document is called")
    state: Named = Field(description="whether it still holds")
    holds: bool
    since: date | None = Field(description="since when it does not hold as it was drawn up")
    drawn_on: date
    authority: Named
    permit: Named
    holder: str = Field(description="the first character, the rest masked")
    place: str
    entry: str | None = Field(description="address of the decision in the register")


@router.post(
    "/verifications",
    response_model=Verified,
    responses=told(403, 404, 413, 415, 422, 429),
    openapi_extra=body(DocumentCode),
)
def verify_document(
    visit: Anyone, given: Annotated[DocumentCode, Depends(sent(DocumentCode))]
) -> Verified | Response:
    """Whether a document is this office's and still holds. A number there is not and a wrong code
    are answered alike. It changes nothing, but the code does not belong in an address."""
    address = address_of(visit.request)
    match visit.office.verifying.document(given.number, given.code, address):
        case Genuine() as found:
            return _verified(visit, found)
        case NotShown.TOO_MANY:
            return problems.trouble(Trouble.TOO_MANY_ATTEMPTS, visit.language)
        case _:
            return problems.trouble(Trouble.NOT_FOUND, visit.language)


def _verified(visit: Visit, found: Genuine) -> Verified:
    record, drawn = found.record, found.subject.drawn
    case = public_dossier(visit, record)
    what, since = holds(record.case, drawn)
    published = "published" in record.case.milestones
    return Verified(
        number=drawn.number,
        document=found.subject.title(case.definition, visit.language),
        state=Named(name=what, title=in_words(what, visit.language)),
        holds=what in (Holds.HOLDS, Holds.CORRECTED),
        since=record.case.milestones.get(since) if since is not None else None,
        drawn_on=drawn.on,
        authority=whose.authority(case),
        permit=whose.permit(case),
        holder=masked(record.name_on(drawn.on), "name"),
        place=case.place,
        entry=f"{V1}/register/{record.case.number}" if published else None,
    )
