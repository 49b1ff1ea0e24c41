"""The week's list (周例会): what is late or due within days, by the unit that has to act."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.responses import Response, StreamingResponse

from permits.analytics import sheets
from permits.casework.dates import day_of
from permits.store import case_notes, overview
from permits.store.lists import Listed
from permits.store.overview import Owed
from permits.text.rooms import Rooms
from permits.text.titles import title_of
from permits.text.words import words
from permits.web.deps import Officer
from permits.web.files import attachment
from permits.web.lights import Light, by_date
from permits.web.listing import in_list
from permits.web.rooms import rooms_of
from permits.web.visits import Member

router = APIRouter()

MOST = 500
"""Rows of each kind: a list that is longer is read by nobody, and says that it is cut."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that is late or due soon: who has to act, in which case, what and until when.
    `path` is empty if the case is not for the reader to open."""

    unit: str
    number: str
    title: str
    path: str
    what: str
    due: date | None
    light: Light
    handler: str


@dataclass(frozen=True, slots=True)
class Week:
    """The lines by unit, the units in the order in which they are told."""

    units: Sequence[tuple[str, Sequence[Line]]]
    days: int
    whole: bool
    cut: bool

    @property
    def lines(self) -> Iterator[Line]:
        for _unit, lines in self.units:
            yield from lines


@router.get("/review/week")
def show(visit: Officer) -> Response:
    """The list as a page, to be printed for the meeting."""
    return visit.page("reviewer/week.html", week=week_of(visit), today=day_of(visit.office.now()))


@router.get("/review/week.csv")
def sheet(visit: Officer) -> Response:
    """The list for a spreadsheet."""
    _ = words(visit.language).gettext
    name = f"{_('week')}-{day_of(visit.office.now()).isoformat()}.csv"
    headers = {"Content-Disposition": attachment(name), "Cache-Control": "no-store"}
    rows = sheets.lines(_rows(visit, week_of(visit)))
    return StreamingResponse(rows, media_type=sheets.MEDIA_TYPE, headers=headers)


def _rows(visit: Member, week: Week) -> Iterator[list[object]]:
    _ = words(visit.language).gettext
    yield [
        _("Unit"), _("Number"), _("Case"), _("What"), _("Due"), _("Standing"), _("Handler"),
    ]  # fmt: skip
    late, soon = _("Overdue"), _("Due soon")
    for one in week.lines:
        standing = late if one.light is Light.RED else soon
        yield [one.unit, one.number, one.title, one.what, one.due, standing, one.handler]


def week_of(visit: Member) -> Week:
    """What is late or due within the days the office looks ahead; of the whole office for whoever
    oversees it. In a constant number of queries."""
    today = day_of(visit.office.now())
    days = visit.office.thresholds.on(today).week_days
    with visit.office.database.read() as connection:
        cases = overview.within(connection, visit.actor, today, days, MOST)
        owed = overview.opinions_within(connection, visit.actor, today, days, MOST)
        handlers = _handlers(connection, cases)
    rooms = rooms_of(visit)
    lines = [
        *(_line(visit, rooms, one, handlers) for one in cases if one.row.due_on is not None),
        *(_opinion(visit, one, today) for one in owed),
    ]
    lines.sort(key=lambda one: one.unit)
    units = [(unit, tuple(each)) for unit, each in groupby(lines, key=lambda one: one.unit)]
    cut = len(cases) == MOST or len(owed) == MOST
    return Week(units, days, visit.actor.oversees, cut)


def _handlers(connection: Connection, cases: Sequence[Listed]) -> Mapping[str, str]:
    return case_notes.handlers(connection, [one.row.case_id for one in cases])


def _line(visit: Member, rooms: Rooms, one: Listed, handlers: Mapping[str, str]) -> Line:
    shown, row = in_list(visit, one, "/review/cases"), one.row
    ours = visit.actor.works_for(row.authority, row.department)
    return Line(
        unit=unit_of(visit, rooms, one),
        number=row.number,
        title=shown.title,
        path=shown.path if ours else "",
        what=shown.next_due,
        due=row.due_on,
        light=shown.light,
        handler=handlers.get(row.case_id, ""),
    )


def unit_of(visit: Member, rooms: Rooms, one: Listed) -> str:
    """Who has to act in a case: the department, the applicant, or somebody outside."""
    _ = words(visit.language).gettext
    match one.row.turn:
        case "applicant":
            return _("Applicants")
        case "outside":
            return _("Special procedures")
        case _:
            return str(rooms.of(one.row.authority, one.row.department))


def _opinion(visit: Member, one: Owed, today: date) -> Line:
    definition = visit.office.shelf.edition(one.definition).definition
    ours = visit.actor.works_for(definition.authority.id, one.department)
    _ = words(visit.language).gettext
    return Line(
        unit=title_of(definition, one.asked, visit.language) or one.asked,
        number=one.number,
        title=one.title or definition.permit.title.in_(visit.language),
        path=f"/review/cases/{one.case_id.removeprefix('case/')}" if ours else "",
        what=_("Opinion asked for"),
        due=one.due_on,
        light=by_date(one.due_on, one.warn_on, today),
        handler="",
    )
