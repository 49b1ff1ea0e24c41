"""Every route of the API."""

from fastapi import APIRouter
from fastapi.routing import APIRoute

from permits.web.api import (
    case_dates,
    case_papers,
    case_voices,
    cases,
    cosigning,
    counter,
    doing,
    drafts,
    entitlement_evidence,
    entitlements,
    filing,
    kinds,
    listing,
    metrics,
    notices,
    pages,
    parties,
    permit_types,
    projects,
    ratings,
    register,
    sessions,
    simulations,
    verifying,
)
from permits.web.api.shown.parts import V1

PARTS = (
    sessions,
    permit_types,
    drafts,
    cosigning,
    filing,
    listing,
    cases,
    doing,
    case_voices,
    ratings,
    counter,
    case_dates,
    case_papers,
    projects,
    parties,
    register,
    notices,
    verifying,
    entitlements,
    entitlement_evidence,
    metrics,
    simulations,
)


def _name(route: APIRoute) -> str:
    return route.name


router = APIRouter(generate_unique_id_function=_name)
for part in PARTS:
    router.include_router(part.router, prefix=V1)
router.include_router(kinds.router, prefix="/api")
router.include_router(pages.router, prefix="/api")
