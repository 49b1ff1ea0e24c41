"""The form an auditor asks with, and what comes of asking for what cannot be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.responses import Response

from permits.analytics.choosing import Which
from permits.casework.dates import day_of
from permits.definitions.schema import TrackName
from permits.text.days import day
from permits.text.figures import track
from permits.text.words import words
from permits.web.auditor.asking import Asked
from permits.web.auditor.wording import titles
from permits.web.visits import Visit

Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Filters:
    """The form: what was typed into it, what can be chosen, and periods that are often asked
    for. `which` and its choices are for the list of cases, and empty on the overview. `says` is
    the same in words, for paper."""

    path: str
    asked: Asked
    permits: tuple[Option, ...]
    tracks: tuple[Option, ...]
    which: str
    choices: tuple[Option, ...]
    shortcuts: tuple[Option, ...]
    says: str


def filters(visit: Visit, asked: Asked, which: Which | None = None) -> Filters:
    """The form of the overview, or of the list of the cases behind a figure."""
    path, more = ("/audit", {}) if which is None else ("/audit/cases", {"which": which.value})
    permits = tuple(
        (edition.permit, edition.definition.permit.title.in_(visit.language))
        for edition in visit.office.shelf.permits
    )
    tracks = tuple((name.value, track(name, visit.language)) for name in TrackName)
    return Filters(
        path=path,
        asked=asked,
        permits=permits,
        tracks=tracks,
        which=more.get("which", ""),
        choices=tuple(titles(visit.language).items()) if more else (),
        shortcuts=_shortcuts(visit, lambda period: asked.address(path, **more, **period)),
        says=_says(visit, asked, dict(permits), dict(tracks)),
    )


def _says(
    visit: Visit, asked: Asked, permits: Mapping[str, str], tracks: Mapping[str, str]
) -> str:
    _ = words(visit.language).gettext
    chosen = asked.chosen
    first, last = (day(on, visit.language) if on else "…" for on in (chosen.first, chosen.last))
    period = f"{first} – {last}" if chosen.first or chosen.last else _("All periods")
    permit = permits.get(chosen.permit) or _("All permit types")
    return " · ".join((permit, tracks.get(chosen.track) or _("All tracks"), period))


def _shortcuts(visit: Visit, address: Callable[[Mapping[str, str]], str]) -> tuple[Option, ...]:
    _ = words(visit.language).gettext
    today = day_of(visit.office.now())
    january = today.replace(month=1, day=1)
    return (
        (_("This month"), address(_period(today.replace(day=1), today))),
        (_("This year"), address(_period(january, today))),
        (
            _("Last year"),
            address(_period(january.replace(year=today.year - 1), january - timedelta(days=1))),
        ),
        (_("All periods"), address({"from": "", "to": ""})),
    )


def _period(first: date, last: date) -> dict[str, str]:
    return {"from": first.isoformat(), "to": last.isoformat()}


def wrong(visit: Visit, asked: Asked, which: Which | None = None) -> Response:
    """What was typed and why it cannot be answered. No figures: they would be of other cases."""
    form = filters(visit, asked, which)
    return visit.page("auditor/wrong.html", status=422, form=form, errors=asked.errors)
