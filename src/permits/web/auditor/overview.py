"""The figures of a period: what was decided, what it saved, how long it took."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from fastapi import APIRouter
from starlette.responses import Response

from permits.analytics import before, measuring, metrics, overview_table
from permits.analytics.before import Both
from permits.analytics.measures import By
from permits.analytics.metrics import Figures, Overview
from permits.analytics.months import NOTHING, Month
from permits.analytics.spread import Spread
from permits.definitions.edition import Edition
from permits.definitions.schema import TrackName, Treatment
from permits.exchange.figure_reading import Reading
from permits.text import figures as named
from permits.text.days import month as month_in_words
from permits.text.words import words
from permits.web.auditor import tables
from permits.web.auditor.asking import Asked, Asking
from permits.web.auditor.chart import Chart, chart
from permits.web.auditor.filters import filters, wrong
from permits.web.auditor.measures import HISTORY, before_of
from permits.web.auditor.naming import group
from permits.web.auditor.reading import reading
from permits.web.deps import Auditor
from permits.web.visits import Visit

router = APIRouter()


Told = TypeVar("Told", Figures, Month)


@dataclass(frozen=True, slots=True)
class Group(Generic[Told]):
    """Some of the cases with their figures, and what to ask for to see them alone."""

    title: str
    figures: Told
    asked: Asked


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the cases of an edition are measured against: its ordinary track."""

    edition: Edition
    cases: int
    always: int
    sometimes: int


@router.get("/audit")
def show(visit: Auditor, asked: Asking) -> Response:
    """The figures of what the address asks for."""
    if asked.errors:
        return wrong(visit, asked)
    with reading(visit, asked.known) as source:
        found = metrics.overview(source.connection, asked.chosen, kept=source.kept)
        span = metrics.span(source.connection)
        both = with_before(visit, asked, found, source)
    months = trimmed(found.by_month)
    return visit.page(
        "auditor/overview.html",
        form=filters(visit, asked),
        span=span,
        whole=Group("", found.whole, asked),
        tracks=by_track(visit, asked, found),
        permits=by_permit(visit, asked, found),
        months=by_month(visit, asked, months),
        charts=charts(months),
        baselines=baselines(visit, found),
        both=both,
        of_before=asked.address(HISTORY) if asked.before else "",
    )


@dataclass(frozen=True, slots=True)
class BothLine:
    """A group with its own cases and those of before."""

    title: str
    both: Both
    spread: Spread


def with_before(visit: Visit, asked: Asked, found: Overview, source: Reading) -> list[BothLine]:
    """The groups with cases of before, if they are asked for; the first is of all."""
    if not asked.before:
        return []
    return [
        BothLine(group(visit, one.by)(one.key), one, one.days.spread)
        for one in _both(visit, asked, before.of_overview(found), source)
    ]


def _both(visit: Visit, asked: Asked, own: before.Own, source: Reading) -> list[Both]:
    days = {
        by: measuring.measured(
            source.connection,
            before.TOLD,
            measuring.Asked(asked.chosen, source.today, by, source.kept),
            source.calendar,
        )
        for by in own
    }
    past = before_of(visit, asked, asked.chosen)
    return before.beside(own, past, days, source.calendar)


@router.get("/audit/figures.csv")
def sheet(visit: Auditor, asked: Asking) -> Response:
    """What the overview shows, for a spreadsheet."""
    if asked.errors:
        return wrong(visit, asked)
    with reading(visit, asked.known) as source:
        found = metrics.overview(source.connection, asked.chosen, kept=source.kept)
        months = trimmed(metrics.by_month(source.connection, asked.chosen, kept=source.kept))
        own = {**before.of_overview(found), By.MONTH: dict(months)}
        both = _both(visit, asked, own, source) if asked.before else []
    if asked.before:
        lines = [(_grouped(visit, asked, one, own), one) for one in both]
        rows = overview_table.with_before(lines, visit.language)
    else:
        rows = overview_table.figures(_groups(visit, asked, found, months), visit.language)
    return tables.sent(rows, tables.name(words(visit.language).gettext("figures"), asked.chosen))


def _groups(
    visit: Visit, asked: Asked, found: Overview, months: list[tuple[str, Figures]]
) -> Iterator[overview_table.Grouped]:
    groups = {
        By.ALL: [Group("", found.whole, asked)],
        By.TRACK: by_track(visit, asked, found),
        By.PERMIT: by_permit(visit, asked, found),
        By.MONTH: [Group(month, f, asked.of_month(month)) for month, f in months],
    }
    for by, same in groups.items():
        for one in same:
            yield _way(by, visit), one.title, one.asked.chosen, one.figures


def _grouped(visit: Visit, asked: Asked, one: Both, own: before.Own) -> overview_table.Grouped:
    """A group in which there may be no case but those of before."""
    figures = own[one.by].get(one.key) or metrics.figures(metrics.NOTHING)
    if one.by is By.MONTH:
        return _way(one.by, visit), one.key, asked.of_month(one.key).chosen, figures
    title = "" if one.by is By.ALL else group(visit, one.by)(one.key)
    return _way(one.by, visit), title, asked.chosen, figures


def _way(by: By, visit: Visit) -> str:
    _ = words(visit.language).gettext
    told = {By.ALL: _("All"), By.TRACK: _("Track"), By.PERMIT: _("Permit type")}
    return told.get(by) or _("Month")


def by_track(visit: Visit, asked: Asked, found: Overview) -> list[Group[Figures]]:
    return [
        Group(named.track(track, visit.language), figures, asked.of_track(track))
        for track in TrackName
        if (figures := found.by_track.get(track))
    ]


def by_permit(visit: Visit, asked: Asked, found: Overview) -> list[Group[Figures]]:
    editions = {edition.permit: edition for edition in visit.office.shelf.permits}
    return [
        Group(
            editions[permit].definition.permit.title.in_(visit.language),
            figures,
            asked.of_permit(permit),
        )
        for permit, figures in found.by_permit.items()
    ]


def trimmed(by_month: Mapping[str, Told]) -> list[tuple[str, Told]]:
    """The months from the first to the last in which something happened."""
    months = list(by_month.items())
    busy = [place for place, (_month, figures) in enumerate(months) if figures.cases]
    return months[busy[0] : busy[-1] + 1] if busy else []


def by_month(visit: Visit, asked: Asked, months: list[tuple[str, Month]]) -> list[Group[Month]]:
    """The months; those in a row in which nothing happened are one line."""
    found: list[Group[Month]] = []
    quiet: list[str] = []
    for month, figures in months:
        if not figures.cases:
            quiet.append(month)
            continue
        if quiet:
            found.append(_quiet(visit, quiet, asked))
            quiet = []
        title = month_in_words(f"{month}-01", visit.language)
        found.append(_month(month, figures, asked, title))
    return found


def _month(month: str, figures: Month, asked: Asked, title: str) -> Group[Month]:
    return Group(title, figures, asked.of_month(month))


def _quiet(visit: Visit, months: list[str], asked: Asked) -> Group[Month]:
    first, last = (month_in_words(f"{m}-01", visit.language) for m in (months[0], months[-1]))
    period = asked.within(
        date.fromisoformat(f"{months[0]}-01"),
        metrics.next_month(date.fromisoformat(f"{months[-1]}-01")) - timedelta(days=1),
    )
    title = first if len(months) == 1 else f"{first} – {last}"
    return Group(title, NOTHING, period)


def charts(months: list[tuple[str, Month]]) -> tuple[Chart | None, Chart | None]:
    """Materials and working days saved by month."""
    return (
        chart([(month, figures.materials.total) for month, figures in months]),
        chart([(month, figures.days_saved.total) for month, figures in months]),
    )


def baselines(visit: Visit, found: Overview) -> list[Baseline]:
    """What the cases are measured against; each edition has its own baseline."""
    return [
        _baseline(visit.office.shelf.edition(digest), figures.cases)
        for digest, figures in found.by_definition.items()
    ]


def _baseline(edition: Edition, cases: int) -> Baseline:
    asked = [
        material.when is None
        for material in edition.definition.materials.values()
        if material.tracks[TrackName.ORDINARY] is Treatment.SUPPLIED
    ]
    return Baseline(edition, cases, asked.count(True), asked.count(False))
