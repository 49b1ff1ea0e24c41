"""Figures for everybody: cases and time, what is saved, and what applicants think of it.

Of few cases nothing is told but that they are few.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from permits.analytics import metrics
from permits.analytics.choosing import Chosen
from permits.analytics.masking import told
from permits.analytics.metrics import Figures, Overview
from permits.analytics.months import Month
from permits.analytics.rule_book import Ruled, ruled
from permits.casework.voices.voices import BAD
from permits.definitions.edition import Edition
from permits.services.rebuild import all_made
from permits.store import voices
from permits.text.days import month as month_in_words
from permits.text.voices import INDICATORS, level
from permits.text.words import words
from permits.web.auditor.chart import chart
from permits.web.auditor.tables import name, sent
from permits.web.deps import Anyone
from permits.web.periods import read_period
from permits.web.visits import Visit

router = APIRouter()

LONGEST = 40
MOST_TOLD = 10
"""Ratings that are shown with the office's reply."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for as it was typed, the cases that means, and what is wrong with it."""

    typed: Mapping[str, str]
    chosen: Chosen
    errors: Mapping[str, str]

    @property
    def query(self) -> dict[str, str]:
        return {name: value for name, value in self.typed.items() if value}


class Typed(BaseModel):
    """What can be typed into the form."""

    model_config = ConfigDict(str_strip_whitespace=True, str_max_length=LONGEST, frozen=True)

    permit: str = ""
    first: str = Field(default="", alias="from")
    last: str = Field(default="", alias="to")


def asked(visit: Anyone, query: Annotated[Typed, Query()]) -> Asked:
    """What the address asks for."""
    typed = query.model_dump(by_alias=True)
    errors: dict[str, str] = {}
    first, last = read_period(typed, visit.language, errors)
    if query.permit and visit.office.shelf.current(query.permit) is None:
        _ = words(visit.language).gettext
        errors["permit"] = _("There is no such permit type. Choose one of the list.")
    chosen = Chosen() if errors else Chosen(query.permit, "", first, last)
    return Asked(typed, chosen, errors)


Asking = Annotated[Asked, Depends(asked)]


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the cases: their figures, or None if they are too few to be told of."""

    title: str
    figures: Figures | Month | None
    promised: tuple[str, ...] = ()


@router.get("/statistics")
def statistics(visit: Anyone, asked: Asking) -> Response:
    """The figures of the cases that had their result in a period."""
    found = _overview(visit, asked)
    groups = by_permit(visit, found)
    months = by_month(visit, found)
    drawn = [
        (month, one.figures.decided if one.figures else 0)
        for month, one in zip(found.by_month, months, strict=True)
    ]
    return visit.page(
        "public/statistics.html",
        status=422 if asked.errors else 200,
        asked=asked,
        errors=asked.errors,
        permits=[(one.permit, _title(visit, one)) for one in visit.office.shelf.permits],
        whole=_whole(visit, found),
        groups=groups,
        # A month without any result says nothing in the table; in the chart it keeps its place.
        months=[one for one in reversed(months) if one.figures is None or one.figures.decided],
        chart=chart(drawn),
        rules=list(_rules(visit, asked)),
        fewest=visit.office.public_rules.fewest,
        rule=visit.office.public_rules,
    )


def _overview(visit: Visit, asked: Asked) -> Overview:
    if asked.errors:
        nothing = metrics.figures(metrics.NOTHING)
        return Overview(nothing, {}, {}, {}, {})
    with visit.office.database.moment() as connection:
        return metrics.overview(connection, asked.chosen, kept=all_made(connection))


def _whole(visit: Visit, found: Overview) -> Group:
    enough = found.whole.cases >= visit.office.public_rules.fewest.cases
    return Group("", found.whole if enough else None)


def by_permit(visit: Visit, found: Overview) -> list[Group]:
    """The cases by permit type, with what the guide promises."""
    editions = {edition.permit: edition for edition in visit.office.shelf.permits}
    shown = _told(visit, found.by_permit)
    return [
        Group(
            _title(visit, editions[permit]),
            figures if permit in shown else None,
            tuple(
                dict.fromkeys(
                    track.promised for track in editions[permit].definition.tracks.values()
                )
            ),
        )
        for permit, figures in found.by_permit.items()
        if permit in editions
    ]


def by_month(visit: Visit, found: Overview) -> list[Group]:
    """The cases by the month of their result."""
    shown = _told(visit, found.by_month)
    return [
        Group(month_in_words(f"{month}-01", visit.language), one if month in shown else None)
        for month, one in found.by_month.items()
    ]


def _told(visit: Visit, groups: Mapping[str, Figures] | Mapping[str, Month]) -> frozenset[str]:
    counts = {name: figures.cases for name, figures in groups.items()}
    return told(counts, visit.office.public_rules.fewest.cases)


def _title(visit: Visit, edition: Edition) -> str:
    return edition.definition.permit.title.in_(visit.language)


def _rules(visit: Visit, asked: Asked) -> Iterator[tuple[str, Ruled]]:
    """What the rule-book of today saves, by permit type and track."""
    for edition in visit.office.shelf.permits:
        if asked.chosen.permit in ("", edition.permit):
            for one in ruled(edition.definition):
                yield _title(visit, edition), one


@router.get("/statistics.csv")
def sheet(visit: Anyone, asked: Asking) -> Response:
    """The same for a spreadsheet; of few cases the cells are empty."""
    if asked.errors:
        return statistics(visit, asked)
    _ = words(visit.language).gettext
    return sent(_rows(visit, asked), name(_("public figures"), asked.chosen))


def _rows(visit: Visit, asked: Asked) -> Iterator[list[object]]:
    _ = words(visit.language).gettext
    found = _overview(visit, asked)
    yield [
        _("Grouped by"),
        _("Group"),
        _("Cases with a result"),
        _("Decided"),
        _("Granted"),
        _("Decided, no time limit overrun"),
        _("Half decided within (working days)"),
        _("Nine in ten decided within (working days)"),
        _("Materials saved"),
        _("Working days saved"),
    ]
    for kind, groups in (
        (_("All"), [_whole(visit, found)]),
        (_("Permit type"), by_permit(visit, found)),
        (_("Month"), by_month(visit, found)),
    ):
        for one in groups:
            yield [kind, one.title, *_cells(one.figures)]


def _cells(f: Figures | Month | None) -> list[object]:
    if f is None:
        return [None] * 8
    used = f.days_used
    saved = (f.materials.total, f.days_saved.total)
    return [f.cases, f.decided, f.granted, f.on_time, used.median, used.p90, *saved]


@dataclass(frozen=True, slots=True)
class Told:
    """A rating whose rater agreed, with the office's reply, as the public reads it."""

    row: voices.Heard
    words: str
    reply: str


@router.get("/ratings")
def ratings(visit: Anyone, asked: Asking) -> Response:
    """What applicants think of the service, and what the office replies."""
    fewest = visit.office.public_rules.fewest.cases
    with visit.office.database.read() as connection:
        first, last = asked.chosen.first, asked.chosen.last
        found = voices.levels(connection, first, last)
        means = voices.indicators(connection, first, last)
        rows = voices.told(connection, MOST_TOLD)
        followed = voices.followed_up(connection, first, last)
    by_level = {one: sum(f.count for f in found if f.level == one) for one in (5, 4, 3, 2, 1)}
    count = sum(by_level.values())
    return visit.page(
        "public/ratings.html",
        status=422 if asked.errors else 200,
        asked=asked,
        errors=asked.errors,
        count=count if count >= fewest else None,
        levels=[(level(one, visit.language), number) for one, number in by_level.items()],
        satisfied=sum(number for one, number in by_level.items() if one > BAD),
        means=[
            (one, round(means[one][1] / means[one][0], 2), means[one][0])
            for one in INDICATORS
            if means[one][0] >= fewest
        ],
        followed=followed,
        told=[_one(visit, one) for one in rows],
        fewest=visit.office.public_rules.fewest,
        rule=visit.office.public_rules,
    )


def _one(visit: Visit, row: voices.Heard) -> Told:
    said = visit.office.voices.of(row.row.case_id)
    rating = said.voices.ratings[row.row.name]
    return Told(row, said.values.get(rating.words or "", ""), said.values.get(rating.reply, ""))
