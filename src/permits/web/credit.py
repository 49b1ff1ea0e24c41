"""The public list of credit entries: those that were published, stand, and are not repaired."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import Response

from permits.services.party_post import titles_of
from permits.web.deps import Anyone

router = APIRouter()

AT_ONCE = 20
Text = Annotated[str, Query(max_length=40)]


@router.get("/credit")
def listed(visit: Anyone, at: Text = "", code: Text = "", entry: Text = "") -> Response:
    """The entries, the newest first; `at`, `code` and `entry` say where the last page ended."""
    ended = (at, code, entry) if at and code and entry else None
    found = visit.office.parties.published(ended, AT_ONCE + 1)
    shown, more = found[:AT_ONCE], len(found) > AT_ONCE
    following = ""
    if more:
        last = shown[-1]
        place = {"at": last.published_on, "code": last.code, "entry": last.entry}
        following = f"/credit?{urlencode(place)}"
    return visit.page(
        "public/credit.html",
        found=shown,
        titles=titles_of(visit.office, visit.language),
        first="/credit" if ended else "",
        next=following,
        terms=visit.office.parties.terms,
        laws=visit.office.shelf.terms.laws,
    )
