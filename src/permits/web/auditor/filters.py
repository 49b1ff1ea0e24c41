"""The form an auditor asks with, and what comes of asking for what cannot be."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from starlette.responses import Response

from permits.analytics.choosing import Which
from permits.analytics.measures import By
from permits.casework.dates import day_of
from permits.definitions.schema import TrackName
from permits.text.days import day
from permits.text.figures import track
from permits.text.words import words
from permits.web.auditor.asking import Asked, authorities
from permits.web.auditor.naming import group
from permits.web.auditor.wording import titles
from permits.web.visits import Visit

Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Filters:
    """The form: what was typed into it, what can be chosen, and periods that are often asked
    for. `which` and its choices are for the list of cases, and empty elsewhere; `compares` is what
    was typed of other cases, None where none can be compared with; `kept` goes along unseen;
    `with_before` says that cases of before can be asked for.
    `says` is the same in words, for paper."""

    path: str
    asked: Asked
    permits: tuple[Option, ...]
    tracks: tuple[Option, ...]
    departments: tuple[Option, ...]
    districts: tuple[Option, ...]
    which: str
    choices: tuple[Option, ...]
    shortcuts: tuple[Option, ...]
    says: str
    compares: Mapping[str, str] | None
    kept: Mapping[str, str]
    with_before: bool


class Place(NamedTuple):
    """The page a form stands on, and what of its address is kept, or typed of other cases."""

    path: str = "/audit"
    compares: Mapping[str, str] | None = None
    kept: Mapping[str, str] = MappingProxyType({})
    with_before: bool = False


OVERVIEW = Place(with_before=True)


def filters(
    visit: Visit, asked: Asked, which: Which | None = None, place: Place = OVERVIEW
) -> Filters:
    """The form of a page, or of the list of the cases behind a figure."""
    path, more = place.path, {**place.kept, **(place.compares or {})}
    if which is not None:
        path, more = "/audit/cases", {"which": which.value}
    permits = tuple(
        (edition.permit, edition.definition.permit.title.in_(visit.language))
        for edition in visit.office.shelf.permits
    )
    tracks = tuple((name.value, track(name, visit.language)) for name in TrackName)
    deciding = authorities(visit)
    return Filters(
        path=path,
        asked=asked,
        permits=permits,
        tracks=tracks,
        departments=_places(visit, By.DEPARTMENT, [a.department for a in deciding]),
        districts=_places(visit, By.DISTRICT, [a.id for a in deciding]),
        which=more.get("which", ""),
        choices=tuple(titles(visit.language).items()) if which is not None else (),
        shortcuts=_shortcuts(visit, lambda period: asked.address(path, **more, **period)),
        says=_says(visit, asked, dict(permits), dict(tracks)),
        compares=place.compares,
        kept=place.kept,
        with_before=place.with_before or which is not None,
    )


def _places(visit: Visit, by: By, ids: Iterable[str]) -> tuple[Option, ...]:
    """Departments, or offices, each once, by what they are called."""
    called = group(visit, by)
    return tuple(sorted({one: called(one) for one in ids}.items(), key=itemgetter(1)))


def _says(
    visit: Visit, asked: Asked, permits: Mapping[str, str], tracks: Mapping[str, str]
) -> str:
    _ = words(visit.language).gettext
    chosen = asked.chosen
    first, last = (day(on, visit.language) if on else "…" for on in (chosen.first, chosen.last))
    period = f"{first} – {last}" if chosen.first or chosen.last else _("All periods")
    permit = permits.get(chosen.permit) or _("All permit types")
    parts = [permit, tracks.get(chosen.track) or _("All tracks"), period]
    if chosen.department:
        parts.append(group(visit, By.DEPARTMENT)(chosen.department))
    if chosen.district:
        parts.append(group(visit, By.DISTRICT)(chosen.district))
    if asked.before:
        parts.append(_("with cases of before"))
    if asked.known is not None:
        parts.append(_("as known on %(day)s") % {"day": day(asked.known, visit.language)})
    return " · ".join(parts)


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


def wrong(
    visit: Visit,
    asked: Asked,
    which: Which | None = None,
    place: Place = OVERVIEW,
    more: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    """What was typed and why it cannot be answered. No figures: they would be of other cases.
    `more` is what is wrong beside."""
    form = filters(visit, asked, which, place)
    errors = {**asked.errors, **more}
    return visit.page("auditor/wrong.html", status=422, form=form, errors=errors)
