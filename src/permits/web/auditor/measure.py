"""One figure: its groups, how its numbers are spread, and every row behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.analytics import before, behind, measuring, wording
from permits.analytics.behind import Behind, Looked, Wanted
from permits.analytics.bins import Bin, bins
from permits.analytics.measure_table import marked, of_groups
from permits.analytics.measures import RULES, By, Measure, Unit
from permits.analytics.measuring import NOTHING, Found, together
from permits.analytics.sheets import Sheet
from permits.analytics.wording import Shown
from permits.exchange.figure_reading import Reading
from permits.store.lists import After
from permits.text.figures import number
from permits.text.words import words
from permits.web.auditor import row_lines
from permits.web.auditor.asking import Asked, Asking
from permits.web.auditor.cases import Day, Id
from permits.web.auditor.filters import Place, filters, wrong
from permits.web.auditor.measures import HISTORY, PATH, Taken, before_of, forms
from permits.web.auditor.naming import group
from permits.web.auditor.reading import reading
from permits.web.auditor.taking import Form, taken
from permits.web.deps import Auditor
from permits.web.visits import Visit

router = APIRouter()

AT_ONCE = 25
"""Cases of which the rows are shown at once."""


class Narrowed(NamedTuple):
    """Which rows of the figure are looked at: told apart by what, of which group, with which
    number; and where the last page ended."""

    by: By
    group: str
    number: int | None
    ended: After | None

    @property
    def typed(self) -> dict[str, str]:
        number = "" if self.number is None else str(self.number)
        return {"by": self.by.value, "group": self.group, "number": number}

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.group or None, self.number)


def narrowed(
    by: By = By.ALL,
    group: Annotated[str, Query(max_length=80, pattern=r"^[A-Za-z0-9_.-]*$")] = "",
    number: Annotated[str, Query(pattern=r"^(-?\d{1,12})?$")] = "",
    day: Day = "",
    after: Id = "",
) -> Narrowed:
    """What the address says of it."""
    ended = After(day, f"case/{after}") if day and after else None
    return Narrowed(by, group, int(number) if number else None, ended)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group of the figure with what it comes to."""

    title: str
    found: Found
    shown: Shown
    path: str


@router.get("/audit/measures/{measure}")
def show(
    visit: Auditor,
    asked: Asking,
    measure: Measure,
    narrowed: Annotated[Narrowed, Depends(narrowed)],
    form: Taken = Form.PAGE,
) -> Response:
    """The figure and what is behind it; as a table, its groups, or its rows if one is chosen."""
    if narrowed.by not in RULES[measure].ways:
        raise HTTPException(404)
    tells = measure is before.TOLD
    place = Place(f"{PATH}/{measure}", kept=narrowed.typed, with_before=tells)
    if asked.errors:
        return wrong(visit, asked, place=place)
    with reading(visit, asked.known) as source:
        of = measuring.Asked(asked.chosen, source.today, narrowed.by, source.kept)
        found = measuring.measured(source.connection, measure, of, source.calendar)
        past = before.found(
            before_of(visit, asked, asked.chosen) if tells else (), narrowed.by, source.calendar
        )
        found = before.added(found, past)
        if form is not Form.PAGE:
            return taken(_sheet(visit, measure, narrowed, _Source(source, of, found, past)), form)
        listed = _listed(source, measure, of, narrowed)
    return _page(visit, asked, measure, narrowed, (found, listed, place, past))


class _Source(NamedTuple):
    reading: Reading
    asked: measuring.Asked
    found: Mapping[str, Found]
    past: Mapping[str, Found]


def _listed(
    source: Reading, measure: Measure, of: measuring.Asked, narrowed: Narrowed
) -> list[Behind]:
    looked = Looked(measure, of, narrowed.wanted)
    page = behind.Page(narrowed.ended, AT_ONCE)
    return behind.listed(source.connection, looked, source.calendar, page)


Gathered = tuple[Mapping[str, Found], list[Behind], Place, Mapping[str, Found]]


def _page(
    visit: Visit, asked: Asked, measure: Measure, narrowed: Narrowed, gathered: Gathered
) -> Response:
    found, listed, place, past = gathered
    said, path, rule = wording.said(measure, visit.language), place.path, RULES[measure]
    whole = _whole(narrowed, found)
    last = listed[-1] if listed else None
    full = len({one.case_id for one in listed}) == AT_ONCE
    onwards = behind.where(last) if last is not None and full else None
    at = {**narrowed.typed, **_place_of(onwards)}
    return visit.page(
        "auditor/measure.html",
        form=filters(visit, asked, place=place),
        said=said,
        measure=measure,
        unit=_unit(visit, measure),
        narrowed=narrowed,
        whole=whole,
        shown=wording.shown(rule.unit, whole.spread, visit.language),
        ways=[
            (wording.way(by, visit.language), asked.address(path, by=by), by is narrowed.by)
            for by in rule.ways
        ],
        groups=_groups(visit, asked, measure, narrowed, found),
        group=group(visit, narrowed.by)(narrowed.group) if narrowed.group else "",
        bars=_bars(visit, measure, whole),
        rows=[row_lines.row_line(visit, asked, measure, one) for one in listed],
        only=_only(visit, measure, narrowed),
        halves=_halves(visit, asked, measure, narrowed),
        without=asked.address(path, by=narrowed.by),
        first=asked.address(path, **narrowed.typed) if narrowed.ended else "",
        onwards=asked.address(path, **at) if onwards else "",
        past=_counted(_whole(narrowed, past)),
        of_before=asked.address(HISTORY) if asked.before and measure is before.TOLD else "",
        taken_as=forms(lambda form: asked.address(path, **narrowed.typed, **form)),
    )


def _whole(narrowed: Narrowed, found: Mapping[str, Found]) -> Found:
    """The chosen group, or all of them as one."""
    return found.get(narrowed.group, NOTHING) if narrowed.group else together(found.values())


def _counted(found: Found) -> int:
    """How many cases a figure is made of, whether or not their days are reckoned."""
    return found.spread.count + found.unreckoned


def _only(visit: Visit, measure: Measure, narrowed: Narrowed) -> str:
    """With which number rows are looked at, if with one alone."""
    value = narrowed.number
    return "" if value is None else row_lines.one(RULES[measure].unit, value, visit)


def _halves(
    visit: Visit, asked: Asked, measure: Measure, narrowed: Narrowed
) -> list[tuple[str, str]]:
    """The two halves of a share, each with the address of its rows."""
    if RULES[measure].unit is not Unit.SHARE:
        return []
    path, typed = f"{PATH}/{measure}", narrowed.typed
    return [
        (
            row_lines.one(Unit.SHARE, half, visit),
            asked.address(path, **{**typed, "number": str(half)}),
        )
        for half in (1, 0)
    ]


def _place_of(ended: After | None) -> dict[str, str]:
    if ended is None:
        return {}
    return {"day": ended.value, "after": ended.case_id.removeprefix("case/")}


def _unit(visit: Visit, measure: Measure) -> str:
    """The unit beside a number; a share and money say theirs themselves."""
    unit = RULES[measure].unit
    return "" if unit in wording.OWN else wording.unit(unit, visit.language)


def _groups(
    visit: Visit, asked: Asked, measure: Measure, narrowed: Narrowed, found: Mapping[str, Found]
) -> list[GroupLine]:
    if narrowed.by is By.ALL:
        return []
    called, path = group(visit, narrowed.by), f"{PATH}/{measure}"
    return [
        GroupLine(
            called(key),
            one,
            wording.shown(RULES[measure].unit, one.spread, visit.language),
            asked.address(path, by=narrowed.by, group=key),
        )
        for key, one in found.items()
    ]


def _bars(visit: Visit, measure: Measure, whole: Found) -> list[tuple[str, int]]:
    """The distribution: a bar for each number or range of numbers. A share has none: it is told
    by one number, and amounts of money are too different to be drawn beside each other."""
    if RULES[measure].unit in (Unit.SHARE, Unit.MONEY):
        return []
    return [(_range(one, visit), one.times) for one in bins(whole.often)]


def _range(one: Bin, visit: Visit) -> str:
    first, last = (number(end, visit.language) for end in (one.first, one.last))
    return first if first == last else f"{first} – {last}"


def _sheet(visit: Visit, measure: Measure, narrowed: Narrowed, source: _Source) -> Sheet:
    """The rows, if some of them are chosen; else the groups."""
    if narrowed.group or narrowed.number is not None:
        return _sheet_of_rows(visit, measure, narrowed, source)
    called = group(visit, narrowed.by)
    groups = of_groups(measure, narrowed.by, source.found, called, visit.language)
    if not source.past:
        return groups
    of_before = [_counted(source.past.get(key, NOTHING)) for key in source.found]
    return marked(groups, of_before, visit.language)


def _sheet_of_rows(visit: Visit, measure: Measure, narrowed: Narrowed, source: _Source) -> Sheet:
    _ = words(visit.language).gettext
    columns = [
        ("case", _("Case number")),
        ("title", _("Title")),
        ("party", _("Applicant")),
        ("result_on", _("Result on")),
        ("about", _("What of the case")),
        ("number", wording.said(measure, visit.language).title),
        ("since", _("Began on")),
        ("due", _("Due on")),
        ("until", _("Ended on")),
    ]
    looked = Looked(measure, source.asked, narrowed.wanted)
    found = behind.every(source.reading.connection, looked, source.reading.calendar)
    rows = [
        [
            one.case_number,
            one.title,
            one.party_name,
            one.result_on,
            row_lines.about(visit, measure, one),
            one.number,
            one.since,
            one.due,
            one.until,
        ]
        for one in found
    ]
    return Sheet(wording.said(measure, visit.language).title, columns, rows)
