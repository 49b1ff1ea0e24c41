"""What became of commitments: obligations kept, late, rectified and broken, by how that is
verified, and what is open of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from fastapi import APIRouter
from starlette.responses import Response

from permits.analytics import commitments, wording
from permits.analytics.measures import By, Measure
from permits.analytics.sheets import Sheet
from permits.casework.measured_rows import DutyFate, Method
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

PATH = "/audit/commitments"

FATES: tuple[DutyFate, ...] = get_args(DutyFate)
METHODS: tuple[Method, ...] = get_args(Method)


@dataclass(frozen=True, slots=True)
class Line:
    """A way to verify, or an obligation, with how many came to what, and the rows behind."""

    title: str
    counts: Mapping[str, int]
    path: str

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def closed(self) -> int:
        """Those that were met or broken, of which shares are told."""
        return sum(self.counts.get(fate, 0) for fate in ("kept", "late", "rectified", "broken"))


@router.get(PATH)
def show(visit: Auditor, asked: Asking, form: Taken = Form.PAGE) -> Response:
    """The board of commitments."""
    place = Place(PATH)
    if asked.errors:
        return wrong(visit, asked, place=place)
    with reading(visit, asked.known) as source:
        found = commitments.counted(source.connection, asked.chosen, kept=source.kept)
    by_method = [_line(visit, asked, By.METHOD, method, found.by_method) for method in METHODS]
    by_duty = [_line(visit, asked, By.DUTY, name, found.by_duty) for name in sorted(found.by_duty)]
    names = fates(visit.language)
    if form is not Form.PAGE:
        return taken(_sheet(visit, [*by_method, *by_duty]), form)
    return visit.page(
        "auditor/commitments.html",
        form=filters(visit, asked, place=place),
        by_method=[line for line in by_method if line.total],
        by_duty=by_duty,
        fates=[(fate, names[fate]) for fate in FATES],
        whole=Line(wording.way(By.ALL, visit.language), found.whole, ""),
        taken_as=forms(lambda form: asked.address(PATH, **form)),
    )


def fates(language: Language) -> dict[DutyFate, str]:
    """What became of obligations."""
    said = words(language)
    _ = said.gettext
    return {
        "open": str(said.pgettext("of what is owed", "Open")),
        "in_breach": _("In breach"),
        "kept": str(said.pgettext("of what is owed", "Kept")),
        "late": _("Met late"),
        "rectified": _("Rectified"),
        "broken": _("Broken"),
        "voided": _("No longer owed"),
    }


def _line(
    visit: Visit, asked: Asked, by: By, key: str, found: Mapping[str, Mapping[str, int]]
) -> Line:
    path = asked.address(f"/audit/measures/{Measure.DUTIES_KEPT}", by=by, group=key)
    return Line(group(visit, by)(key), found.get(key, {}), path)


def _sheet(visit: Visit, lines: list[Line]) -> Sheet:
    _ = words(visit.language).gettext
    names = fates(visit.language)
    columns = [("group", _("Group")), *((fate, names[fate]) for fate in FATES)]
    rows = [[line.title, *(line.counts.get(fate, 0) for fate in FATES)] for line in lines]
    return Sheet(_("commitments"), columns, rows)
