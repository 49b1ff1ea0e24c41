"""The public register: published decisions, searched, one by one, and as open data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from permits.analytics import sheets
from permits.casework.identifiers import is_sole_trader
from permits.casework.masks import masked
from permits.casework.published import Worth, worth
from permits.store import register as store
from permits.store.lists import After, Listed
from permits.store.register import Sought
from permits.text.figures import track
from permits.text.published import worth as worth_in_words
from permits.text.published import worths
from permits.text.words import words
from permits.web.deps import Anyone
from permits.web.dossier import public_dossier
from permits.web.files import attachment
from permits.web.periods import read_period
from permits.web.visits import Visit

router = APIRouter()

AT_ONCE = 20
BATCH = 500
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for as it was typed, what that means, and what is wrong with it. If anything
    is, nothing is looked for. `ended` is where the last page did."""

    typed: Mapping[str, str]
    sought: Sought
    errors: Mapping[str, str]
    ended: After | None

    @property
    def narrowed(self) -> bool:
        return any(self.typed.values())

    def address(self, path: str, **more: str) -> str:
        """A page about the same search; it can be kept and sent on."""
        query = {name: value for name, value in {**self.typed, **more}.items() if value}
        return f"{path}?{urlencode(query)}" if query else path


class Typed(BaseModel):
    """What can be typed into the search."""

    model_config = ConfigDict(str_strip_whitespace=True, str_max_length=LONGEST, frozen=True)

    number: str = ""
    project: str = ""
    permit: str = ""
    office: str = ""
    state: str = ""
    first: str = Field(default="", alias="from")
    last: str = Field(default="", alias="to")
    at: str = ""
    after: str = ""


def asked(visit: Anyone, query: Annotated[Typed, Query()]) -> Asked:
    """What the address asks for."""
    typed = query.model_dump(by_alias=True, exclude={"at", "after"})
    errors: dict[str, str] = {}
    period = read_period(typed, visit.language, errors)
    _ = words(visit.language).gettext
    for name, known in (("permit", permits(visit)), ("office", offices(visit))):
        if typed[name] and typed[name] not in dict(known):
            errors[name] = _("There is no such choice. Choose one of the list.")
    if typed["state"] and typed["state"] not in list(Worth):
        errors["state"] = _("There is no such choice. Choose one of the list.")
    sought = Sought(
        number=typed["number"].upper(),
        project=typed["project"].upper(),
        permit=typed["permit"],
        authority=typed["office"],
        worth=Worth(typed["state"]) if typed["state"] and "state" not in errors else "",
        first=period[0],
        last=period[1],
    )
    ended = After(query.at, f"case/{query.after}") if query.at else None
    return Asked(typed, sought, errors, ended)


Asking = Annotated[Asked, Depends(asked)]


def permits(visit: Visit) -> list[tuple[str, str]]:
    """The permit types there are."""
    return [
        (one.permit, one.definition.permit.title.in_(visit.language))
        for one in visit.office.shelf.permits
    ]


def offices(visit: Visit) -> list[tuple[str, str]]:
    """The offices that decide: each is that of its district."""
    found = (one.definition.authority for one in visit.office.shelf.permits)
    return sorted({one.id: one.title.in_(visit.language) for one in found}.items())


@router.get("/register")
def register(visit: Anyone, asked: Asking) -> Response:
    """Published decisions, or those that are searched for."""
    found: list[Listed] = []
    if not asked.errors:
        with visit.office.database.read() as connection:
            found = store.found(connection, asked.sought, asked.ended, AT_ONCE + 1)
    shown = found[:AT_ONCE]
    shelf = visit.office.shelf
    return visit.page(
        "public/register.html",
        status=422 if asked.errors else 200,
        found=[(one, worth(one.row.phase, one.row.code)) for one in shown],
        asked=asked,
        typed=asked.typed,
        errors=asked.errors,
        permits=permits(visit),
        offices=offices(visit),
        worths=list(worths(visit.language).items()),
        first=asked.address("/register") if asked.ended is not None else "",
        onwards=_onwards(asked, shown[-1]) if len(found) > AT_ONCE else "",
        editions={one.row.definition: shelf.edition(one.row.definition) for one in shown},
    )


def _onwards(asked: Asked, last: Listed) -> str:
    if asked.sought.number:
        return asked.address("/register", at=last.row.number, after=last.row.case_id[5:])
    at = str(last.row.published_on)
    return asked.address("/register", at=at, after=last.row.case_id[5:])


@router.get("/register.csv")
def open_data(visit: Anyone, asked: Asking) -> Response:
    """All of what is searched for, for a spreadsheet: without anything about a person."""
    if asked.errors:
        return register(visit, asked)
    _ = words(visit.language).gettext
    name = attachment(_("public register").replace(" ", "-") + ".csv")
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    rows = sheets.lines(_rows(visit, asked.sought))
    return StreamingResponse(rows, media_type=sheets.MEDIA_TYPE, headers=headers)


def _rows(visit: Visit, sought: Sought) -> Iterator[list[object]]:
    _ = words(visit.language).gettext
    yield [
        _("Case number"),
        _("Permit type"),
        _("Office"),
        _("Holder"),
        _("Credit code"),
        _("Project"),
        _("Track"),
        _("State"),
        _("Received on"),
        _("Accepted as of"),
        _("Decided on"),
        _("Published on"),
    ]
    for one, project in _every(visit, sought):
        row, definition = one.row, visit.office.shelf.edition(one.row.definition).definition
        yield [
            row.number,
            definition.permit.title.in_(visit.language),
            definition.authority.title.in_(visit.language),
            masked(one.party_name, "name") if is_sole_trader(row.party) else one.party_name,
            row.party,
            project,
            track(row.track, visit.language),
            worth_in_words(worth(row.phase, row.code), visit.language),
            row.received_on,
            row.accepted_on,
            row.decided_on,
            row.published_on,
        ]


def _every(visit: Visit, sought: Sought) -> Iterator[tuple[Listed, str]]:
    """All of them with their project, read a batch at a time."""
    after: After | None = None
    while True:
        with visit.office.database.read() as connection:
            batch = store.found(connection, sought, after, BATCH)
            projects = store.projects_of(connection, [one.row.case_id for one in batch])
        for one in batch:
            yield one, projects.get(one.row.case_id, "")
        if len(batch) < BATCH:
            return
        last = batch[-1].row
        after = After(last.number if sought.number else str(last.published_on), last.case_id)


@router.get("/register/{number}")
def entry(visit: Anyone, number: str) -> Response:
    """One published case."""
    record = visit.office.public.entry(number)
    if record is None:
        raise HTTPException(404)
    return visit.page("public/entry.html", case=public_dossier(visit, record))
