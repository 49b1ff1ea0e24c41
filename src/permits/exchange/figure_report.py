"""A report of figures: a question of an auditor asked of a period, in words and as a table.

A question is the address of a page of figures. The overview, the list of all figures and the page
of one figure can be sent; pages that name cases or applicants cannot: what a report says is
figures, and a letter lies in mailboxes.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec
from msgspec.structs import replace

from permits.analytics import measure_table, measuring, metrics, overview_table, wording
from permits.analytics.choosing import Chosen
from permits.analytics.measures import RULES, By, Measure, Unit
from permits.analytics.measuring import NOTHING, Found
from permits.analytics.metrics import Overview
from permits.analytics.naming import group
from permits.analytics.overview_table import Grouped
from permits.analytics.sheets import Sheet
from permits.definitions.schema import TrackName
from permits.exchange.figure_reading import reading
from permits.services.office import Office
from permits.text.days import day
from permits.text.figures import number, share, track
from permits.text.words import Language, words

OVERVIEW, MEASURES = "/audit", "/audit/measures"


class Question(msgspec.Struct, frozen=True):
    """What is asked, whatever the period: the page, of which cases, and of one figure by what it
    is told apart."""

    path: str
    chosen: Chosen
    measure: Measure | None = None
    by: By = By.ALL

    def address(self, first: date, last: date) -> str:
        """The page that shows the same of a period."""
        chosen = self.chosen
        typed = {
            "permit": chosen.permit,
            "track": chosen.track,
            "department": chosen.department,
            "district": chosen.district,
            "by": "" if self.by is By.ALL else self.by.value,
            "from": first.isoformat(),
            "to": last.isoformat(),
        }
        return f"{self.path}?{urlencode({name: value for name, value in typed.items() if value})}"


def question(address: str) -> Question | None:
    """The question of an address; None if it is no page that can be sent. Its period, and the day
    as known on which it is asked, are left out: a report has its own."""
    parts = urlsplit(address)
    typed = dict(parse_qsl(parts.query))
    permit, track_of, department, district = (
        typed.get(name, "") for name in ("permit", "track", "department", "district")
    )
    chosen = Chosen(permit, track_of, department=department, district=district)
    elsewhere = parts.scheme or parts.netloc
    if elsewhere or (chosen.track and chosen.track not in list(TrackName)):
        return None
    if parts.path in (OVERVIEW, MEASURES):
        return Question(parts.path, chosen)
    home, _, figure = parts.path.rpartition("/")
    if home != MEASURES or figure not in list(Measure):
        return None
    by = typed.get("by", By.ALL.value)
    if by not in RULES[Measure(figure)].ways:
        return None
    return Question(parts.path, chosen, Measure(figure), By(by))


class Told(NamedTuple):
    """A report: what it is about, of which cases, its figures as lines of words, and the table."""

    title: str
    about: str
    lines: list[tuple[str, str]]
    sheet: Sheet


def told(office: Office, asked: Question, period: tuple[date, date], language: Language) -> Told:
    """The figures of a period, as they stand now."""
    first, last = period
    chosen = replace(asked.chosen, first=first, last=last)
    title, lines, sheet = _found(office, replace(asked, chosen=chosen), language)
    return Told(title, _about(office, asked, language), lines, sheet)


_Found = tuple[str, list[tuple[str, str]], Sheet]


def _found(office: Office, asked: Question, language: Language) -> _Found:
    if asked.measure is not None:
        return _measure(office, asked, asked.measure, language)
    return (
        _overview(office, asked, language)
        if asked.path == OVERVIEW
        else _every(office, asked, language)
    )


def _about(office: Office, asked: Question, language: Language) -> str:
    """Of which cases, in words."""
    _ = words(language).gettext
    chosen = asked.chosen
    parts = [
        group(office.shelf, language, By.PERMIT)(chosen.permit) if chosen.permit else "",
        track(chosen.track, language) if chosen.track else "",
        *(
            group(office.shelf, language, by)(key)
            for by, key in ((By.DEPARTMENT, chosen.department), (By.DISTRICT, chosen.district))
            if key
        ),
    ]
    return " · ".join(part for part in parts if part) or _("All permit types")


def _overview(office: Office, asked: Question, language: Language) -> _Found:
    _ = words(language).gettext
    with reading(office) as source:
        found = metrics.overview(source.connection, asked.chosen, kept=source.kept)
        months = metrics.by_month(source.connection, asked.chosen, kept=source.kept)
    groups = _groups(office, asked.chosen, found, language)
    by_month = [(_("Month"), name, asked.chosen, one) for name, one in months.items()]
    head, *rows = overview_table.figures([*groups, *by_month], language)
    columns = [(str(title), str(title)) for title in head]
    return _("Figures"), _in_short(found, language), Sheet(_("figures"), columns, rows)


def _groups(
    office: Office, chosen: Chosen, found: Overview, language: Language
) -> Iterator[Grouped]:
    _ = words(language).gettext
    yield _("All"), "", chosen, found.whole
    for name in TrackName:
        if one := found.by_track.get(name):
            yield _("Track"), track(name, language), chosen, one
    called = group(office.shelf, language, By.PERMIT)
    for permit, one in found.by_permit.items():
        yield _("Permit type"), called(permit), chosen, one


def _in_short(found: Overview, language: Language) -> list[tuple[str, str]]:
    _ = words(language).gettext
    whole = found.whole
    counts: tuple[tuple[str, float | None], ...] = (
        (_("Cases with a result"), whole.cases),
        (_("Decided"), whole.decided),
        (_("Granted"), whole.granted),
        (_("Refused"), whole.refused),
        (_("Materials saved"), whole.materials.total),
        (_("Working days saved, against the promised limit"), whole.days_saved.total),
        (_("Working days used, half of the cases within"), whole.days_used.median),
        (_("Working days used, nine in ten cases within"), whole.days_used.p90),
    )
    on_time = (_("Decided, no time limit overrun"), share(whole.on_time, whole.decided, language))
    return [*((title, number(value, language)) for title, value in counts), on_time]


def _every(office: Office, asked: Question, language: Language) -> _Found:
    _ = words(language).gettext
    with reading(office) as source:
        of = measuring.Asked(asked.chosen, source.today, kept=source.kept)
        found = measuring.every(source.connection, of, source.calendar)
    whole = {measure: found[measure].get("", NOTHING) for measure in Measure}
    sheet = measure_table.of_all(whole, language)
    lines = [
        (wording.said(measure, language).title, _said(measure, one, language))
        for measure, one in whole.items()
    ]
    return _("All figures"), lines, sheet


def _measure(office: Office, asked: Question, measure: Measure, language: Language) -> _Found:
    with reading(office) as source:
        of = measuring.Asked(asked.chosen, source.today, asked.by, source.kept)
        found = measuring.measured(source.connection, measure, of, source.calendar)
    called = group(office.shelf, language, asked.by)
    sheet = measure_table.of_groups(measure, asked.by, found, called, language)
    title = wording.said(measure, language).title
    lines = [(called(key), _said(measure, one, language)) for key, one in found.items()]
    return title, lines, sheet


def _said(measure: Measure, found: Found, language: Language) -> str:
    """What a figure comes to, in a line."""
    _ = words(language).gettext
    unit, spread = RULES[measure].unit, found.spread
    shown = wording.shown(unit, spread, language)
    if unit is Unit.SHARE and spread.count:
        filled = {"share": shown.total, "part": spread.total, "whole": spread.count}
        return _("%(share)s (%(part)d of %(whole)d)") % filled
    if not spread.count:
        return shown.total
    says = _("sum %(sum)s, mean %(mean)s, median %(median)s, 90th percentile %(p90)s")
    return says % {
        "sum": shown.total, "mean": shown.mean, "median": shown.median, "p90": shown.p90,
    }  # fmt: skip


def in_words(period: tuple[date, date], language: Language) -> str:
    """The first and the last day of a period."""
    return " – ".join(day(one, language) for one in period)
