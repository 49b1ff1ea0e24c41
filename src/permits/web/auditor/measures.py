"""Every figure of the chosen cases, beside those of others if they are to be compared."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from msgspec.structs import replace
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from permits.analytics import before, measure_table, measuring, wording
from permits.analytics.choosing import Chosen
from permits.analytics.measures import RULES, By, Measure
from permits.analytics.measuring import NOTHING, Found
from permits.analytics.rule_book import Compression, compressed
from permits.analytics.sheets import Sheet
from permits.analytics.wording import Shown
from permits.casework.families.history import PastCaseRecorded
from permits.definitions.schema import TrackName
from permits.exchange.figure_reading import Reading
from permits.exchange.history import cases_of_before
from permits.text.words import words
from permits.web.auditor.asking import LONGEST, Asked, Asking
from permits.web.auditor.filters import Place, filters, wrong
from permits.web.auditor.reading import reading
from permits.web.auditor.taking import Form, taken
from permits.web.deps import Auditor
from permits.web.periods import read_period
from permits.web.visits import Visit

router = APIRouter()

PATH, HISTORY = "/audit/measures", "/audit/history"


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of the list: what it is called and how it is made, what it comes to, and what it
    comes to among the others, if it is compared."""

    measure: Measure
    title: str
    explains: str
    found: Found
    shown: Shown
    other: Found | None
    other_shown: Shown | None
    path: str


class Others(BaseModel):
    """The cases that are compared with, as they are typed: of another period or another track."""

    model_config = ConfigDict(str_strip_whitespace=True, str_max_length=LONGEST, frozen=True)

    first: str = Field(default="", alias="with_from")
    last: str = Field(default="", alias="with_to")
    track: str = Field(default="", alias="with_track")

    @property
    def any(self) -> bool:
        return bool(self.first or self.last or self.track)


@dataclass(frozen=True, slots=True)
class Compared:
    """The cases that are compared with; None if none are, or if what was typed is wrong."""

    typed: Mapping[str, str]
    chosen: Chosen | None
    errors: Mapping[str, str]


def compared(visit: Auditor, asked: Asking, query: Annotated[Others, Query()]) -> Compared:
    """What the address compares with: the same cases, but for what is typed."""
    typed = {name: value for name, value in query.model_dump(by_alias=True).items() if value}
    if not typed:
        return Compared({}, None, {})
    errors: dict[str, str] = {}
    period = {"from": query.first, "to": query.last}
    first, last = read_period(period, visit.language, errors)
    errors = {f"with_{name}": says for name, says in errors.items()}
    if query.track and query.track not in list(TrackName):
        _ = words(visit.language).gettext
        errors["with_track"] = _("There is no such track. Choose one of the list.")
    other = replace(asked.chosen, track=query.track or asked.chosen.track)
    if query.first or query.last:
        other = replace(other, first=first, last=last)
    return Compared(typed, None if errors else other, errors)


Comparing = Annotated[Compared, Depends(compared)]
Taken = Annotated[Form, Query(alias="as")]


@router.get(PATH)
def show(visit: Auditor, asked: Asking, compared: Comparing, form: Taken = Form.PAGE) -> Response:
    """Every figure with its sum and how it is spread."""
    if asked.errors or compared.errors:
        return wrong(visit, asked, place=_place(compared), more=compared.errors)
    past, others_past = (before_of(visit, asked, one) for one in (asked.chosen, compared.chosen))
    with reading(visit, asked.known) as source:
        found = _every(source, asked.chosen, past)
        others = _every(source, compared.chosen, others_past) if compared.chosen else None
    lines = {m: _line(visit, asked, m, found[m], others[m] if others else None) for m in Measure}
    if form is not Form.PAGE:
        return taken(
            _sheet(visit, list(lines.values()), len(past), compares=others is not None), form
        )
    return visit.page(
        "auditor/measures.html",
        form=filters(visit, asked, place=_place(compared)),
        compares=others is not None,
        chapters=[
            (title, [lines[measure] for measure in measures])
            for title, measures in wording.chapters(visit.language).items()
        ],
        rules=_rules(visit, asked),
        past=len(past),
        of_before=asked.address(HISTORY) if asked.before else "",
        told_before=before.TOLD,
        taken_as=forms(lambda form: asked.address(PATH, **compared.typed, **form)),
    )


def _rules(visit: Visit, asked: Asked) -> list[Compression]:
    """What today's rules promise, of the chosen permit type; never added to figures of cases. Of a
    past day nothing is said: these are not the rules of then."""
    if asked.known is not None:
        return []
    permit = asked.chosen.permit
    editions = visit.office.shelf.permits
    return list(compressed(one.definition for one in editions if permit in ("", one.permit)))


def _place(compared: Compared) -> Place:
    return Place(PATH, compares=compared.typed, with_before=True)


def forms(address: Callable[[Mapping[str, str]], str]) -> list[tuple[str, str]]:
    """The forms in which a page can be taken along, each with its address."""
    return [(one.name, address({"as": one.value})) for one in Form if one is not Form.PAGE]


Past = Sequence[PastCaseRecorded]


def before_of(visit: Visit, asked: Asked, chosen: Chosen | None) -> Past:
    """The cases of before among the chosen ones, if they are asked for."""
    if not asked.before or chosen is None:
        return ()
    return cases_of_before(visit.office, chosen, asked.known)


def _every(source: Reading, chosen: Chosen, past: Past) -> dict[Measure, Found]:
    asked = measuring.Asked(chosen, source.today, kept=source.kept)
    found = measuring.every(source.connection, asked, source.calendar)
    found[before.TOLD] = before.added(
        found[before.TOLD], before.found(past, By.ALL, source.calendar)
    )
    return {measure: found[measure].get("", NOTHING) for measure in Measure}


def _line(visit: Visit, asked: Asked, measure: Measure, found: Found, other: Found | None) -> Line:
    of, said = RULES[measure].unit, wording.said(measure, visit.language)
    return Line(
        measure=measure,
        title=said.title,
        explains=said.explains,
        found=found,
        shown=wording.shown(of, found.spread, visit.language),
        other=other,
        other_shown=wording.shown(of, other.spread, visit.language) if other else None,
        path=asked.address(f"{PATH}/{measure}"),
    )


def _sheet(visit: Visit, lines: list[Line], past: int, *, compares: bool) -> Sheet:
    _ = words(visit.language).gettext
    columns = [("figure", _("Figure")), ("name", _("Name")), ("unit", _("Unit"))]
    parts = measure_table.parts(visit.language)
    columns += parts
    if compares:
        columns += [(f"with_{word}", _("Compared: %(part)s") % {"part": t}) for word, t in parts]
    sheet = Sheet(_("all figures"), columns, list(_rows(visit, lines)))
    if not past:
        return sheet
    of_before = [past if one.measure is before.TOLD else 0 for one in lines]
    return measure_table.marked(sheet, of_before, visit.language)


def _rows(visit: Visit, lines: list[Line]) -> Iterator[list[object]]:
    for line in lines:
        other = measure_table.cells(line.other) if line.other is not None else []
        named = measure_table.named(line.measure, visit.language)
        yield [*named, *measure_table.cells(line.found), *other]
