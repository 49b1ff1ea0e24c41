"""Choosing a track and signing what belongs to it."""

from fastapi import APIRouter
from msgspec.structs import replace
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import notice_digest, signatures_under
from permits.services.filing import Lost
from permits.text import refusals
from permits.web.applicant.writing import TheWriting, Writing
from permits.web.deps import Form, Writer
from permits.web.signatures import shown_in
from permits.web.statuses import status_of
from permits.web.step_up import demand
from permits.web.tracks_shown import shown_track
from permits.web.visits import Visit, see_other

router = APIRouter()

OVERTAKEN = Refused(Reason.OVERTAKEN)


@router.get("/drafts/{draft}/track")
@router.get("/review/counter/{draft}/track")
def ask(visit: Writer, writing: TheWriting) -> Response:
    """The tracks side by side."""
    return _tracks(visit, writing)


@router.post("/drafts/{draft}/track")
@router.post("/review/counter/{draft}/track")
def choose(visit: Writer, writing: TheWriting, form: Form) -> Response:
    """Choose a track that is open for the answers."""
    track = form.text("track")
    if not track or not writing.answered:
        return _tracks(visit, writing, unchosen=True)
    seen = replace(writing.draft, version=form.seen)
    chosen = visit.office.filing.choose(seen, track)
    match chosen:
        case Lost():
            return _tracks(visit, writing, refused=OVERTAKEN)
        case Refused():
            return _tracks(visit, writing, refused=chosen)
        case _:
            return see_other(writing.path)


def _tracks(
    visit: Visit,
    writing: Writing,
    *,
    refused: Refused | None = None,
    unchosen: bool = False,
) -> Response:
    choices = visit.office.filing.tracks(writing.draft)
    says = refusals.sentence(refused, writing.definition, visit.language) if refused else ""
    edition, answers = writing.edition, writing.read.answers
    shown = [shown_track(edition, answers, c.name, c.shut, visit.language) for c in choices]
    return visit.page(
        "applicant/track.html",
        status=_status(refused, wanting=unchosen),
        w=writing,
        tracks=shown,
        says=says,
        unchosen=unchosen,
    )


def _status(refused: Refused | None, *, wanting: bool) -> int:
    if refused is not None:
        return status_of(refused.reason)
    return status_of(Reason.BAD_ANSWERS) if wanting else 200


@router.get("/drafts/{draft}/commitments/{commitment}")
@router.get("/review/counter/{draft}/commitments/{commitment}")
def read(visit: Writer, writing: TheWriting, commitment: str) -> Response:
    """The notice and the statement, whole."""
    return _commitment(visit, writing, commitment)


@router.post("/drafts/{draft}/commitments/{commitment}")
@router.post("/review/counter/{draft}/commitments/{commitment}")
def sign(visit: Writer, writing: TheWriting, commitment: str, form: Form) -> Response:
    """Sign what was shown; the form says which text that was."""
    if commitment not in writing.wanted:
        raise HTTPException(404)
    open_ones = _open(visit, writing, commitment)
    ticks = {key: "agreed" if key == commitment else f"agreed:{key}" for key in open_ones}
    unticked = tuple(tick for tick in ticks.values() if form.text(tick) != "yes")
    if unticked:
        return _commitment(visit, writing, commitment, unticked=unticked)
    if not writing.at_counter:
        demand(visit, form)  # on paper it is signed before the window, which has seen it
    seen = replace(writing.draft, version=form.seen)
    filing, digest = visit.office.filing, form.text("digest")
    signed = filing.sign(seen, commitment, digest, open_ones, shown_in(form))
    match signed:
        case Lost():
            return _commitment(visit, writing, commitment, refused=OVERTAKEN)
        case Refused():
            return _commitment(visit, writing, commitment, refused=signed)
        case _:
            return see_other(writing.path)


def _open(visit: Visit, writing: Writing, commitment: str) -> tuple[str, ...]:
    """The signatures that are given here: not those that stand already, nor those of units that
    were invited to give them in their own account."""
    invited = visit.office.cosigning.of_draft(writing.draft)
    keys = signatures_under(writing.definition, commitment)
    theirs = {key for key, one in invited.items() if one.invitation.declined_at is None}
    return tuple(k for k in keys if k not in writing.draft.signed and k not in theirs)


def _commitment(
    visit: Visit,
    writing: Writing,
    name: str,
    *,
    refused: Refused | None = None,
    unticked: tuple[str, ...] = (),
) -> Response:
    if name not in writing.wanted:
        raise HTTPException(404)
    commitment = writing.texts[name]
    says = refusals.sentence(refused, writing.definition, visit.language) if refused else ""
    return visit.page(
        "applicant/commitment.html",
        status=_status(refused, wanting=bool(unticked)),
        w=writing,
        name=name,
        commitment=commitment,
        digest=notice_digest(commitment),
        says=says,
        unticked=unticked,
        here=_open(visit, writing, name),
        invited=visit.office.cosigning.of_draft(writing.draft),
    )
