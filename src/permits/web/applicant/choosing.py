"""Choosing a track and signing what belongs to it."""

from dataclasses import dataclass

from fastapi import APIRouter
from msgspec.structs import replace
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.due_dates import Length
from permits.casework.refusals import Reason, Refused
from permits.casework.savings import SAVED
from permits.casework.tracks import notice_digest, signatures_under, signed_for, treatments
from permits.definitions.schema import Track, TrackName, Treatment
from permits.services.filing import Lost, TrackChoice
from permits.text import refusals
from permits.web.applicant.writing import TheWriting, Writing
from permits.web.deps import Form, Writer
from permits.web.errors import status_of
from permits.web.visits import Visit, see_other

router = APIRouter()

OVERTAKEN = Refused(Reason.OVERTAKEN)


@dataclass(frozen=True, slots=True)
class ShownTrack:
    """A track beside the others: what it asks for, and what it spares against the ordinary one;
    `lost` if an entry in the record of the party shuts it."""

    name: str
    track: Track
    shut: str
    hand_in: tuple[str, ...]
    later: tuple[str, ...]
    sign: tuple[str, ...]
    spared_materials: int
    spared_days: int
    lost: bool


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
    shown = [_shown(writing, choice) for choice in choices]
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


def _shown(writing: Writing, choice: TrackChoice) -> ShownTrack:
    definition, language = writing.definition, writing.language
    track = definition.tracks[choice.name]
    ordinary = treatments(writing.edition, TrackName.ORDINARY, writing.read.answers)
    treated = treatments(writing.edition, choice.name, writing.read.answers)
    base = [name for name, what in ordinary.items() if what is Treatment.SUPPLIED]

    def titles(wanted: Treatment) -> tuple[str, ...]:
        return tuple(
            definition.materials[n].title.in_(language) for n, t in treated.items() if t is wanted
        )

    return ShownTrack(
        name=choice.name,
        track=track,
        shut=refusals.sentence(choice.shut, definition, language) if choice.shut else "",
        hand_in=titles(Treatment.SUPPLIED),
        later=titles(Treatment.DEFERRED),
        sign=tuple(t.title.in_(language) for t in signed_for(definition, choice.name).values()),
        spared_materials=sum(1 for name in base if treated[name] in SAVED),
        spared_days=_days(definition.tracks[TrackName.ORDINARY]) - _days(track),
        lost=choice.shut is not None and choice.shut.reason is Reason.TRACK_LOST,
    )


def _days(track: Track) -> int:
    return Length.parse(track.promised).count


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
    keys = signatures_under(writing.definition, commitment)
    ticks = {key: "agreed" if key == commitment else f"agreed:{key}" for key in keys}
    unticked = tuple(tick for tick in ticks.values() if form.text(tick) != "yes")
    if unticked:
        return _commitment(visit, writing, commitment, unticked=unticked)
    seen = replace(writing.draft, version=form.seen)
    signed = visit.office.filing.sign(seen, commitment, form.text("digest"), keys)
    match signed:
        case Lost():
            return _commitment(visit, writing, commitment, refused=OVERTAKEN)
        case Refused():
            return _commitment(visit, writing, commitment, refused=signed)
        case _:
            return see_other(writing.path)


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
    )
