"""How somebody wants pages to look: large text, high contrast. A cookie says so, and the server
writes it into the page, so that it works without scripts and for whoever is not signed in."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.web.deps import Anyone
from permits.web.visits import DISPLAYS, LONGEST_PATH, local, see_other

router = APIRouter()

YEAR = 365 * 24 * 60 * 60

Next = Annotated[str, Query(alias="next", max_length=LONGEST_PATH)]

ON: Mapping[str, bool] = {"on": True, "off": False}


@router.get("/display/{what}/{state}")
def choose(visit: Anyone, what: str, state: str, after: Next = "/") -> Response:
    """Show pages like this from now on, or as usual again, and come back."""
    if what not in DISPLAYS or state not in ON:
        raise HTTPException(404)
    response = see_other(local(after))
    if ON[state]:
        visit.set_cookie(response, what, "on", most_seconds=YEAR)
    else:
        visit.drop_cookie(response, what)
    return response
