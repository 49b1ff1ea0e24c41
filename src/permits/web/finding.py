"""Which permit somebody needs, and by which track: a few questions, and no account."""

from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.answers import Fault
from permits.casework.dates import day_of
from permits.casework.screening import screen
from permits.web.deps import Anyone
from permits.web.fields import errors, fields
from permits.web.forms import LONGEST_KEY, shown
from permits.web.tracks_shown import ShownTrack, shown_track
from permits.web.visits import Visit

router = APIRouter()

LONGEST_ANSWER = LONGEST_KEY


@router.get("/find")
def find(visit: Anyone) -> Response:
    """What people have in mind, for each permit type."""
    return visit.page("public/find.html", editions=visit.office.shelf.permits)


@router.get("/find/{permit}")
def screened(visit: Anyone, permit: str) -> Response:
    """The questions that decide; once all are answered, what each track asks for and spares.

    Everything is in the address, so that it can be sent to somebody; none of it is personal.
    """
    edition = visit.office.shelf.current(permit, day_of(visit.office.now()))
    if edition is None:
        raise HTTPException(404)
    typed, put = _typed(visit)
    found = screen(edition, typed)
    wrong = [p for p in found.problems if p.field in put or p.fault is not Fault.MISSING]
    tracks = [
        shown_track(edition, found.answers, name, shut, visit.language)
        for name, shut in found.tracks.items()
    ]
    kept = {question.id: typed.get(question.id, "") for question in found.questions}
    query = {**kept, "put": ""} if found.questions else {}
    return visit.page(
        "public/screening.html",
        definition=edition.definition,
        fields=fields(edition, found.questions, typed, visit.language),
        errors=errors(edition, wrong, visit.language),
        more=bool(put) and not wrong and not tracks,
        tracks=tracks,
        best=_best(tracks),
        kept=kept,
        here=f"/find/{permit}?{urlencode(query)}",
    )


def _typed(visit: Visit) -> tuple[dict[str, str], frozenset[str]]:
    """What the address says to each question, and which questions its page had put."""
    query = visit.request.query_params
    texts = {name: shown(value)[:LONGEST_ANSWER] for name, value in query.items()}
    return texts, frozenset(query.getlist("put"))


def _best(tracks: list[ShownTrack]) -> str:
    """The open track that spares most, if one spares anything."""
    open_ones = [t for t in tracks if not t.shut and (t.spared_materials or t.spared_days > 0)]
    best = max(open_ones, key=lambda t: (t.spared_materials, t.spared_days), default=None)
    return best.name if best else ""
