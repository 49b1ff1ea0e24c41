"""Departments with their people, for whoever opens accounts or gives roles."""

from fastapi import APIRouter
from starlette.responses import Response

from permits.services.departments import departments
from permits.web.administration.charges import Looking, may
from permits.web.rooms import rooms_of

router = APIRouter()

HOME = "/departments"


@router.get(HOME)
def listed(visit: Looking) -> Response:
    """Every department: what it decides, who works there, which roles nobody has."""
    office = visit.office
    found = departments(office.database, office.shelf.permits, office.standings.today)
    return visit.page(
        "administration/departments.html",
        departments=found,
        rooms=rooms_of(visit),
        may=lambda charge: may(visit, charge),
    )
