"""Where cases wait: the states of each permit type with how many stand there and how long they do,
drawn in order, the longest waits in full colour."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from permits.analytics import bottlenecks, measuring, wording
from permits.analytics.bottlenecks import Standing
from permits.analytics.measure_table import cells, parts
from permits.analytics.measures import By, Measure, Unit
from permits.analytics.measuring import NOTHING, Found
from permits.analytics.sheets import Sheet
from permits.analytics.wording import Shown
from permits.exchange.figure_reading import Reading
from permits.text.words import Language, words
from permits.web.auditor.asking import Asked, Asking
from permits.web.auditor.filters import Place, filters, wrong
from permits.web.auditor.measures import Taken, forms
from permits.web.auditor.naming import group
from permits.web.auditor.reading import reading
from permits.web.auditor.taking import Form, taken
from permits.web.deps import Auditor
from permits.web.visits import Visit

router = APIRouter()

PATH = "/audit/states"
STAYS = f"/audit/measures/{Measure.STAYS}"


@dataclass(frozen=True, slots=True)
class StateLine:
    """A state: how many cases stand in it now, and the stays in it that ended. `weight` is the
    share, of a hundred, of all days that were spent in states."""

    key: str
    title: str
    standing: int
    longest: int | None
    found: Found
    shown: Shown
    weight: float
    path: str


@router.get(PATH)
def show(visit: Auditor, asked: Asking, form: Taken = Form.PAGE) -> Response:
    """Every state in which a case stands or stood, in the order of the definitions."""
    place = Place(PATH)
    if asked.errors:
        return wrong(visit, asked, place=place)
    with reading(visit, asked.known) as source:
        found = {by: _measured(source, asked, *by) for by in ((Measure.STAYS, By.STATE), *WAITS)}
        here = bottlenecks.standing(source.connection, asked.chosen)
    longest = {key: one.longest(source.today, source.calendar) for key, one in here.items()}
    lines = _lines(visit, asked, found[Measure.STAYS, By.STATE], (here, longest))
    if form is not Form.PAGE:
        return taken(_sheet(visit, lines), form)
    return visit.page(
        "auditor/states.html",
        form=filters(visit, asked, place=place),
        lines=lines,
        waits=[_wait(visit, asked, by, found[by]) for by in WAITS],
        taken_as=forms(lambda form: asked.address(PATH, **form)),
    )


WAITS = (
    (Measure.WAIT_OFFICE, By.DEPARTMENT),
    (Measure.WAIT_APPLICANT, By.ALL),
    (Measure.WAIT_OUTSIDE, By.ALL),
    (Measure.WAIT_DEPARTMENTS, By.ASKED),
)
"""Whom cases wait for, and how those are told apart."""


def _measured(source: Reading, asked: Asked, measure: Measure, by: By) -> dict[str, Found]:
    of = measuring.Asked(asked.chosen, source.today, by, source.kept)
    return measuring.measured(source.connection, measure, of, source.calendar)


Here = tuple[Mapping[str, Standing], Mapping[str, int | None]]


def _lines(
    visit: Visit, asked: Asked, found: Mapping[str, Found], standing: Here
) -> list[StateLine]:
    here, longest = standing
    called, order = group(visit, By.STATE), _order(visit)
    everything = sum(one.spread.total for one in found.values())
    return [
        _line(
            (key, called(key), asked.address(STAYS, by=By.STATE, group=key)),
            found.get(key, NOTHING),
            (here[key].cases if key in here else 0, longest.get(key)),
            everything,
            visit.language,
        )
        for key in sorted(found.keys() | here.keys(), key=lambda key: (order.get(key, 999), key))
    ]


def _line(
    named: tuple[str, str, str],
    found: Found,
    standing: tuple[int, int | None],
    everything: int,
    language: Language,
) -> StateLine:
    key, title, path = named
    return StateLine(
        key=key,
        title=title,
        standing=standing[0],
        longest=standing[1],
        found=found,
        shown=wording.shown(Unit.DAYS, found.spread, language),
        weight=100 * found.spread.total / everything if everything else 0.0,
        path=path,
    )


def _order(visit: Visit) -> dict[str, int]:
    """The place of each state in the first of today's definitions that has it."""
    found: dict[str, int] = {}
    for edition in visit.office.shelf.permits:
        for place, name in enumerate(edition.definition.chart.states):
            found.setdefault(name, place)
    return found


@dataclass(frozen=True, slots=True)
class Wait:
    """Whom cases wait for, as a whole or told apart."""

    title: str
    explains: str
    rows: list[tuple[str, Found, Shown, str]]


def _wait(visit: Visit, asked: Asked, of: tuple[Measure, By], found: Mapping[str, Found]) -> Wait:
    measure, by = of
    said, called = wording.said(measure, visit.language), group(visit, by)
    path = f"/audit/measures/{measure}"
    return Wait(
        said.title,
        said.explains,
        [
            (
                called(key),
                one,
                wording.shown(Unit.DAYS, one.spread, visit.language),
                asked.address(path, by=by, group=key),
            )
            for key, one in found.items()
        ],
    )


def _sheet(visit: Visit, lines: list[StateLine]) -> Sheet:
    _ = words(visit.language).gettext
    columns = [
        ("state", wording.way(By.STATE, visit.language)),
        ("name", _("Name")),
        ("standing", _("Cases there now")),
        ("longest", _("Longest there, working days")),
        *parts(visit.language),
    ]
    rows = [[one.title, one.key, one.standing, one.longest, *cells(one.found)] for one in lines]
    return Sheet(_("where cases wait"), columns, rows)
