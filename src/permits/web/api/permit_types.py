"""Permit types: which there are, and each edition as it was published."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Path, Response

from permits.casework.refusals import Reason, Refused
from permits.web.api.asking import Anyone, Name, refused
from permits.web.api.describing import REF, told
from permits.web.api.shown.permits import (
    PermitList,
    PermitType,
    permit_summary,
    permit_type,
)

router = APIRouter(tags=["permit types"])

Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]

FOR_GOOD = "public, max-age=31536000, immutable"


@router.get("/permits", responses=told())
def list_permits(visit: Anyone) -> PermitList:
    """What one can apply for."""
    editions = visit.office.shelf.permits
    return PermitList(items=tuple(permit_summary(one, visit.language) for one in editions))


@router.get("/permits/{permit}", response_model=PermitType, responses=told(404))
def show_permit(visit: Anyone, permit: Name) -> PermitType | Response:
    """A permit type with its newest edition: what to answer, to sign and to hand in."""
    edition = visit.office.shelf.current(permit)
    content = visit.office.shelf.content(edition.digest) if edition else None
    if edition is None or content is None:
        return refused(visit, Refused(Reason.NO_SUCH_PERMIT, (permit,)))
    return permit_type(edition, msgspec.json.decode(content), visit.language)


@router.get(
    "/definitions/{digest}",
    response_class=Response,
    responses={
        200: {
            "description": "The edition byte for byte: the SHA-256 of it is the digest",
            "content": {"application/json": {"schema": {"$ref": f"{REF}Definition"}}},
        },
        **told(404),
    },
)
def show_definition(visit: Anyone, digest: Digest) -> Response:
    """An edition of a permit type as it was published, to which cases are bound for life."""
    content = visit.office.shelf.content(digest)
    if content is None:
        return refused(visit, Refused(Reason.NO_SUCH_PERMIT, (digest,)))
    headers = {"Cache-Control": FOR_GOOD}
    return Response(content, media_type="application/json", headers=headers)
