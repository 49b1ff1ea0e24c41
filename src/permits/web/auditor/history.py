"""Cases of before, for an auditor: what was imported, what it comes to, and every case with the
file it came from. They stand apart: of them only dates are known, and they are among
other figures only where that is asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from permits.analytics.before import narrowed
from permits.analytics.sheets import Sheet
from permits.casework.families.history import PastCaseRecorded, PastImport
from permits.exchange import history
from permits.exchange.history import Days
from permits.text import figures as named
from permits.text.words import Language, words
from permits.web.auditor.asking import Asked, Asking
from permits.web.auditor.filters import Place, filters, wrong
from permits.web.auditor.measures import Taken, forms
from permits.web.auditor.taking import Form, taken
from permits.web.deps import Auditor
from permits.web.visits import Visit

router = APIRouter()

PATH = "/audit/history"
PLACE = Place(PATH)
AT_ONCE = 50
"""Cases that are shown at once."""


@dataclass(frozen=True, slots=True)
class Line:
    """A case of before, and the day its file was imported."""

    case: PastCaseRecorded
    permit: str
    track: str
    imported_on: date


@dataclass(frozen=True, slots=True)
class GroupLine:
    """Cases of a permit type on a track, and what they come to."""

    permit: str
    track: str
    found: Days


Page = Annotated[int, Query(ge=1, le=1_000_000)]


@router.get(PATH)
def show(visit: Auditor, asked: Asking, page: Page = 1, form: Taken = Form.PAGE) -> Response:
    """What was imported, by permit type and track and case by case, the newest decision first."""
    if asked.errors:
        return wrong(visit, asked, place=PLACE)
    held = history.imports(visit.office, asked.known)
    lines = _lines(visit, asked, held)
    if form is not Form.PAGE:
        return taken(_sheet(lines, visit.language), form)
    first = (page - 1) * AT_ONCE
    cases = [line.case for line in lines]
    return visit.page(
        "auditor/history.html",
        form=filters(visit, asked, place=PLACE),
        imports=held,
        groups=[
            GroupLine(_permit(visit, one.permit), named.track(one.track, visit.language), one)
            for one in history.days_of(cases, visit.office.shelf.calendar)
        ],
        lines=lines[first : first + AT_ONCE],
        total=len(lines),
        earlier=asked.address(PATH, page=str(page - 1)) if page > 1 else "",
        onwards=asked.address(PATH, page=str(page + 1)) if first + AT_ONCE < len(lines) else "",
        taken_as=forms(lambda form: asked.address(PATH, **form)),
    )


def _lines(visit: Visit, asked: Asked, held: Sequence[PastImport]) -> list[Line]:
    every = ((case, one.imported_on) for one in held for case in narrowed(one.cases, asked.chosen))
    return [
        Line(case, _permit(visit, case.permit), named.track(case.track, visit.language), on)
        for case, on in sorted(
            every, key=lambda one: (one[0].decided_on, one[0].number), reverse=True
        )
    ]


def _permit(visit: Visit, permit: str) -> str:
    """What a permit type is called; its id, if it is published no more."""
    edition = visit.office.shelf.current(permit)
    return edition.definition.permit.title.in_(visit.language) if edition is not None else permit


def _sheet(lines: Sequence[Line], language: Language) -> Sheet:
    _ = words(language).gettext
    columns = [
        ("number", _("Case number")),
        ("permit", _("Permit type")),
        ("track", _("Track")),
        ("received_on", _("Received on")),
        ("accepted_on", _("Accepted on")),
        ("decided_on", _("Decided on")),
        ("result", _("Result")),
        ("imported_on", _("Imported on")),
        ("source", _("File (SHA-256)")),
    ]
    return Sheet(_("cases of before"), columns, list(_rows(lines, language)))


def _rows(lines: Sequence[Line], language: Language) -> Iterator[list[object]]:
    for one in lines:
        case = one.case
        yield [
            case.number,
            one.permit,
            one.track,
            case.received_on,
            case.accepted_on,
            case.decided_on,
            named.outcome(case.result, language),
            one.imported_on,
            case.source,
        ]
