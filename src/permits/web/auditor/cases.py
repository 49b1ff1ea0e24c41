"""The cases behind a figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from permits.analytics import cases
from permits.analytics.before import AMONG
from permits.analytics.cases import Counted
from permits.analytics.choosing import Which
from permits.analytics.measures import By
from permits.store.lists import After
from permits.text.words import words
from permits.web.auditor import tables
from permits.web.auditor.asking import Asked, Asking
from permits.web.auditor.filters import filters, wrong
from permits.web.auditor.measures import HISTORY, Past, before_of
from permits.web.auditor.naming import group
from permits.web.auditor.reading import reading
from permits.web.auditor.wording import titles
from permits.web.deps import Auditor
from permits.web.visits import Visit

router = APIRouter()

AT_ONCE = 25


Day = Annotated[str, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
Id = Annotated[str, Query(pattern=r"^([0-9a-f-]{36})?$")]
Yes = Annotated[str, Query(pattern=r"^(yes)?$")]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the last page ended; or that the slowest cases are wanted, of which there is one."""

    ended: After | None
    slowest: bool


def place(day: Day = "", after: Id = "", slowest: Yes = "") -> Place:
    """What the address says of it: `day` and `after` are those of the last row."""
    return Place(After(day, f"case/{after}") if day and after else None, bool(slowest))


@dataclass(frozen=True, slots=True)
class Line:
    """A case of the list."""

    counted: Counted
    title: str
    permit: str
    path: str


@router.get("/audit/cases")
def listed(
    visit: Auditor,
    asked: Asking,
    place: Annotated[Place, Depends(place)],
    which: Which = Which.ALL,
) -> Response:
    """The cases a page at a time, or the slowest of them."""
    if asked.errors:
        return wrong(visit, asked, which)
    ended = place.ended
    with reading(visit, asked.known) as source:
        connection = source.connection
        if place.slowest:
            found = cases.slowest(connection, asked.chosen, which, AT_ONCE)
        else:
            found = cases.listed(connection, asked.chosen, which, ended, AT_ONCE + 1)
        count = cases.how_many(connection, asked.chosen, which)
    shown = found[:AT_ONCE]
    return visit.page(
        "auditor/cases.html",
        form=filters(visit, asked, which),
        heading=titles(visit.language)[which],
        lines=[_line(visit, asked, which, one) for one in shown],
        count=count,
        slowest=place.slowest,
        at_once=AT_ONCE,
        first=asked.address("/audit/cases", which=which) if ended else "",
        onwards=_onwards(asked, which, shown[-1]) if len(found) > AT_ONCE else "",
        past=len(_past(visit, asked, which)),
        of_before=asked.address(HISTORY) if asked.before else "",
    )


def _past(visit: Visit, asked: Asked, which: Which) -> Past:
    """The cases of before in a list, if they are asked for; in some there can be none."""
    found = before_of(visit, asked, asked.chosen)
    return [one for one in found if one.result in AMONG.get(which, ())]


@router.get("/audit/cases.csv")
def sheet(visit: Auditor, asked: Asking, which: Which = Which.ALL) -> Response:
    """All of the cases, for a spreadsheet."""
    if asked.errors:
        return wrong(visit, asked, which)
    _ = words(visit.language).gettext
    found = cases_of(visit, asked, which)
    if asked.before:
        past = _past(visit, asked, which)
        called = group(visit, By.PERMIT)
        rows = tables.with_before(found, past, visit.office.shelf.edition, called, visit.language)
    else:
        rows = tables.cases(found, visit.office.shelf.edition, visit.language)
    more = () if which is Which.ALL else (titles(visit.language)[which],)
    return tables.sent(rows, tables.name(_("list of cases"), asked.chosen, *more))


def cases_of(visit: Visit, asked: Asked, which: Which) -> Iterable[Counted]:
    """The cases as they are read while they are sent, or those of a past day at once."""
    if asked.known is None:
        return cases.every(visit.office.database, asked.chosen, which)
    with visit.office.known.at_the_end_of(asked.known) as past:
        return list(cases.every(past, asked.chosen, which))


def _line(visit: Visit, asked: Asked, which: Which, one: Counted) -> Line:
    definition = visit.office.shelf.edition(one.facts.definition).definition
    permit = definition.permit.title.in_(visit.language)
    path = f"/audit/cases/{one.facts.case_id.removeprefix('case/')}"
    return Line(one, one.title or permit, permit, asked.address(path, which=which))


def _onwards(asked: Asked, which: Which, last: Counted) -> str:
    ended = cases.where(last)
    case = ended.case_id.removeprefix("case/")
    return asked.address("/audit/cases", which=which, day=ended.value, after=case)
