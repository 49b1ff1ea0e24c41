"""How an officer looks at lists: the columns, single keys, the lists they saved; and their
changing. What is chosen is kept beside the log, for one account."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from permits.definitions.edition import Edition
from permits.services.list_choices import LONGEST_NAME, MOST_SAVED
from permits.store.list_choices import Choice, Saved
from permits.store.narrowed import NOBODY, ORDERS
from permits.text.words import words
from permits.web.deps import Form, Officer
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.reviewer.asking import ME, Asked
from permits.web.visits import Member, see_other

router = APIRouter()

COLUMNS = (
    "applicant", "state", "due", "permit", "place", "received", "changed", "handler",
)  # fmt: skip
"""What a list can show beside the case itself, in the order in which it does."""

AT_FIRST = Choice(("applicant", "state", "due"), shortcuts=True)

Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Looks:
    """How somebody looks at lists, and what they may choose from."""

    choice: Choice
    saved: tuple[Saved, ...]
    permits: Options
    tracks: Options
    states: Options
    people: Options
    orders: Options
    titles: Mapping[str, str]

    def has(self, column: str) -> bool:
        return column in self.choice.columns


def looks(visit: Member) -> Looks:
    """How the visitor looks at lists."""
    chosen = visit.office.lists.of(visit.actor.id)
    _ = words(visit.language).gettext
    return Looks(
        choice=chosen.choice or AT_FIRST,
        saved=chosen.saved,
        permits=_permits(visit),
        tracks=_tracks(visit),
        states=_states(visit),
        people=[(ME, _("mine")), (NOBODY, _("nobody's yet"))],
        orders=list(zip(ORDERS, _orders(visit), strict=True)),
        titles=_titles(visit),
    )


def _orders(visit: Member) -> tuple[str, ...]:
    _ = words(visit.language).gettext
    return (_("next date"), _("received"), _("changed last"), _("number"))


def _titles(visit: Member) -> Mapping[str, str]:
    _ = words(visit.language).gettext
    titles = (
        _("Applicant"), _("State"), _("Next date"), _("Permit type"), _("Place"),
        _("Received on"), _("Last changed"), _("Handler"),
    )  # fmt: skip
    return dict(zip(COLUMNS, titles, strict=True))


def _permits(visit: Member) -> Options:
    """The permit types of the visitor's department."""
    return [
        (edition.definition.permit.id, edition.definition.permit.title.in_(visit.language))
        for edition in _editions(visit)
    ]


def _editions(visit: Member) -> Iterator[Edition]:
    """What the visitor's department offers."""
    for edition in visit.office.shelf.permits:
        who = edition.definition.authority
        if visit.actor.works_for(who.id, who.department):
            yield edition


def _tracks(visit: Member) -> Options:
    """The tracks that any permit type has, as the first of them calls it."""
    found: dict[str, str] = {}
    for edition in visit.office.shelf.permits:
        for name, track in edition.definition.tracks.items():
            found.setdefault(name, track.title.in_(visit.language))
    return list(found.items())


def _states(visit: Member) -> Options:
    """The states of the department's cases, as the first permit type calls them."""
    found: dict[str, str] = {}
    for edition in _editions(visit):
        for name, state in edition.definition.chart.states.items():
            found.setdefault(name, state.title.in_(visit.language))
    return list(found.items())


@router.post("/review/columns")
async def choose(visit: Officer, form: Form) -> Response:
    """Choose the columns of one's lists, and whether single keys do anything."""
    chosen = form.all_of("columns")
    columns = tuple(one for one in COLUMNS if one in chosen)
    choice = Choice(columns, bool(form.text("shortcuts")))
    await run_in_threadpool(visit.office.lists.choose, visit.actor.id, choice)
    return see_other(f"/review?{_shown(form).query}")


@router.post("/review/lists")
async def save(visit: Officer, form: Form) -> Response:
    """Save a list under a name."""
    return await run_in_threadpool(_save, visit, form)


def _save(visit: Member, form: Posted) -> Response:
    reading, asked = Reading(form, visit.language), _shown(form)
    name = " ".join(reading.text("name", most=LONGEST_NAME).split())
    errors = dict(reading.errors)
    if not errors and not visit.office.lists.save(visit.actor.id, Saved(name, asked.query)):
        says = words(visit.language).gettext("At most %(most)d lists can be saved. Drop one first")
        errors["name"] = says % {"most": MOST_SAVED}
    if not errors:
        return see_other(asked.path)
    return visit.page(
        "reviewer/list_name.html",
        status=422,
        asked=asked,
        typed=form.texts(),
        errors=errors,
    )


@router.post("/review/lists/drop")
async def drop(visit: Officer, form: Form) -> Response:
    """Drop a saved list."""
    await run_in_threadpool(visit.office.lists.drop, visit.actor.id, form.text("drop"))
    return see_other(f"/review?{_shown(form).query}")


def _shown(form: Posted) -> Asked:
    """The list the form stood on; the first pile if what the form says of it does not fit."""
    try:
        return Asked(**{name: form.text(name) for name in Asked.model_fields})
    except ValidationError:
        return Asked()
