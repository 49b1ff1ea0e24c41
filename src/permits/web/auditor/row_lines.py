"""The rows behind a figure as they are shown, each with the page of its case."""

from dataclasses import dataclass

from permits.analytics.behind import Behind
from permits.analytics.measures import RULES, Measure, Unit
from permits.text.amounts import money
from permits.text.figures import number
from permits.text.words import words
from permits.web.auditor.asking import Asked
from permits.web.auditor.naming import group
from permits.web.visits import Visit


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row behind the figure, and the page of its case."""

    row: Behind
    title: str
    about: str
    shown: str
    path: str


def row_line(visit: Visit, asked: Asked, measure: Measure, row: Behind) -> RowLine:
    """A row with what it is of, in words."""
    unit = RULES[measure].unit
    permit = visit.office.shelf.edition(row.definition).definition.permit.title
    path = f"/audit/cases/{row.case_id.removeprefix('case/')}"
    return RowLine(
        row=row,
        title=row.title or permit.in_(visit.language),
        about=about(visit, measure, row),
        shown=one(unit, row.number, visit),
        path=asked.address(path),
    )


def about(visit: Visit, measure: Measure, row: Behind) -> str:
    """What the row is of, if it is not of the case itself."""
    own = tuple(RULES[measure].own)
    return group(visit, own[-1])(row.about) if own else ""


def one(unit: Unit, value: int | None, visit: Visit) -> str:
    """One number of a figure: of a share, whether the row is of it."""
    _ = words(visit.language).gettext
    if value is None:
        return _("not reckoned")
    if unit is Unit.SHARE:
        return _("yes") if value else _("no")
    return money(value, visit.language) if unit is Unit.MONEY else number(value, visit.language)
