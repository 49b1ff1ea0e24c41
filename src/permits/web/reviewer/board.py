"""How the departments get on, at a glance; every figure leads to the cases behind it."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.dates import day_of
from permits.definitions.board_thresholds import CARDS, Card, Threshold
from permits.store import case_notes, overview
from permits.store.lists import Listed
from permits.store.overview import Counts
from permits.text.words import Language, words
from permits.web.deps import Officer
from permits.web.lights import Light
from permits.web.listing import in_list
from permits.web.reviewer.week import unit_of
from permits.web.rooms import rooms_of
from permits.web.visits import Member

router = APIRouter()

MOST = 200
"""Cases behind a figure that are listed; beyond, nobody reads on."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a department: what it counts, how many, and how that stands."""

    card: Card
    title: str
    count: int
    light: Light


@dataclass(frozen=True, slots=True)
class Room:
    """The figures of a department, and what it is called."""

    title: str
    figures: tuple[Figure, ...]


@router.get("/review/board")
def show(visit: Officer) -> Response:
    """The figures of the visitor's department; of each of their office if they oversee it."""
    today = day_of(visit.office.now())
    with visit.office.database.read() as connection:
        found = overview.counts(connection, visit.actor, today)
    held = visit.office.thresholds.on(today)
    rooms = [_room(visit, one, held.cards) for one in found or [_nothing(visit)]]
    return visit.page("reviewer/board.html", rooms=rooms, held=held, today=today)


@router.get("/review/board/{card}")
def behind(visit: Officer, card: str) -> Response:
    """The cases behind a figure."""
    known = next((one for one in CARDS if one == card), None)
    if known is None:
        raise HTTPException(404)
    today = day_of(visit.office.now())
    with visit.office.database.read() as connection:
        found = overview.behind(connection, visit.actor, known, today, MOST)
        handlers = case_notes.handlers(connection, [one.row.case_id for one in found])
    cases, rooms = [in_list(visit, one, "/review/cases") for one in found], rooms_of(visit)
    return visit.page(
        "reviewer/board_cases.html",
        heading=titles(visit.language)[known],
        cases=[
            (shown, unit_of(visit, rooms, shown.listed), _ours(visit, shown.listed))
            for shown in cases
        ],
        handlers=handlers,
        cut=len(found) == MOST,
        most=MOST,
    )


def titles(language: Language) -> Mapping[Card, str]:
    """What each figure counts."""
    _ = words(language).gettext
    return {
        "open": _("Open cases"),
        "late": _("Overdue"),
        "soon": _("Due soon"),
        "applicant": _("With the applicant"),
        "outside": _("Special procedure"),
        "departments": _("Waiting for departments"),
        "sent_back": _("Returned to the examiner"),
        "duties": _("Overdue after the grant"),
        "nobody": _("Seen to by nobody"),
    }


def _ours(visit: Member, listed: Listed) -> bool:
    return visit.actor.works_for(listed.row.authority, listed.row.department)


def _nothing(visit: Member) -> Counts:
    return Counts(visit.actor.department, dict.fromkeys(CARDS, 0))


def _room(visit: Member, counts: Counts, held: Mapping[Card, Threshold]) -> Room:
    names = titles(visit.language)
    figures = (
        Figure(card, names[card], counts.cards[card], _light(counts.cards[card], held[card]))
        for card in CARDS
    )
    title = str(rooms_of(visit).of(visit.actor.office, counts.department))
    return Room(title, tuple(figures))


def _light(count: int, threshold: Threshold) -> Light:
    if count >= threshold.alarm:
        return Light.RED
    return Light.YELLOW if count >= threshold.look else Light.GREEN
