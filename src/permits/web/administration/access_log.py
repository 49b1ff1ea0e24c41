"""The access log: what was done to accounts and by whom, and which personal values were shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection
from starlette.responses import Response

from permits.casework.dates import day_of
from permits.casework.publishing import What
from permits.store import access_log, people
from permits.store.access_log import COMMAND_LINE, STRANGER, Entry, Wanted
from permits.text import names, publishing
from permits.text import standings as text
from permits.text.days import moment
from permits.text.words import Language, words
from permits.web.administration.charges import Auditing
from permits.web.auditor import tables
from permits.web.visits import Member

router = APIRouter()

HOME = "/access-log"
AT_ONCE = 50
IN_SHEETS = 1_000

Text = Annotated[str, Field(max_length=100)]
NOBODY = "-"
"""Stands for an account there is none of, so that nothing is found."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries are asked for, as it was typed, and what is wrong with it."""

    typed: Mapping[str, str]
    wanted: Wanted
    errors: Mapping[str, str]

    def address(self, path: str, **more: str) -> str:
        query = {name: value for name, value in {**self.typed, **more}.items() if value}
        return f"{path}?{urlencode(query)}" if query else path


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in the reader's language."""

    entry: Entry
    whose: str
    says: str
    at: str
    by: str
    about: str


def _asked(visit: Member, connection: Connection, typed: Mapping[str, str]) -> Asked:
    errors: dict[str, str] = {}
    days = {name: _day(visit, typed, name, errors) for name in ("first", "last")}
    account = ""
    if typed["account"]:
        found = people.by_username(connection, typed["account"])
        account = found.account.id if found is not None else NOBODY
    kinds = (typed["kind"],) if typed["kind"] in text.kinds("en") else ()
    return Asked(typed, Wanted(account, kinds, days["first"], days["last"]), errors)


def _day(
    visit: Member, typed: Mapping[str, str], name: str, errors: dict[str, str]
) -> date | None:
    if not typed[name]:
        return None
    try:
        return date.fromisoformat(typed[name])
    except ValueError:
        _ = words(visit.language).gettext
        errors[name] = _("Write the date as year-month-day, such as 2022-06-09")
        return None


class Typed(BaseModel):
    """Which entries are asked for, and where the last page of them ended."""

    model_config = ConfigDict(frozen=True)

    account: Text = ""
    kind: Text = ""
    first: Text = ""
    last: Text = ""
    at: Text = ""
    after: Text = ""

    @property
    def filled(self) -> dict[str, str]:
        """What narrows the list, as it was typed."""
        wanted = {"account", "kind", "first", "last"}
        return {name: str(value).strip() for name, value in self if name in wanted}


@router.get(HOME)
def listed(visit: Auditing, typed: Annotated[Typed, Query()]) -> Response:
    """The newest entries first, a page at a time."""
    with visit.office.database.read() as connection:
        asked = _asked(visit, connection, typed.filled)
        ended = (typed.at, typed.after) if typed.at and typed.after else None
        found = [] if asked.errors else _found(connection, asked, ended)
    onwards = ""
    if len(found) > AT_ONCE:
        onwards = asked.address(HOME, at=found[AT_ONCE - 1].at, after=found[AT_ONCE - 1].id)
    return _page(visit, asked, found[:AT_ONCE], asked.address(HOME) if ended else "", onwards)


def _page(
    visit: Member, asked: Asked, found: Sequence[Entry], first: str = "", onwards: str = ""
) -> Response:
    return visit.page(
        "administration/access_log.html",
        status=422 if asked.errors else 200,
        asked=asked,
        errors=asked.errors,
        lines=[_line(one, visit.language) for one in found],
        kinds=[*text.kinds(visit.language).items()],
        yesterday=day_of(visit.office.now()) - timedelta(days=1),
        first=first,
        onwards=onwards,
    )


def _found(connection: Connection, asked: Asked, ended: tuple[str, str] | None) -> list[Entry]:
    return access_log.listed(connection, asked.wanted, ended, AT_ONCE + 1)


@router.get(f"{HOME}.csv")
def sheet(visit: Auditing, typed: Annotated[Typed, Query()]) -> Response:
    """All of them, for a spreadsheet."""
    with visit.office.database.read() as connection:
        asked = _asked(visit, connection, typed.filled)
    if asked.errors:
        return _page(visit, asked, ())
    _ = words(visit.language).gettext
    name = _("access log")
    return tables.sent(_rows(visit, asked), f"{name.replace(' ', '-')}.csv")


def _rows(visit: Member, asked: Asked) -> Iterator[list[object]]:
    _ = words(visit.language).gettext
    yield [_("Noted at"), _("Account"), _("Name"), _("What"), _("By"), _("Role"), _("About")]
    with visit.office.database.snapshot() as connection:
        for page in access_log.every(connection, asked.wanted, IN_SHEETS):
            for entry in page:
                line = _line(entry, visit.language)
                whose = (entry.username or line.whose, entry.name)
                yield [
                    entry.at,
                    *whose,
                    line.says,
                    line.by,
                    _role(entry, visit.language),
                    line.about,
                ]


def _line(entry: Entry, language: Language) -> Line:
    by = entry.by_username or _spoken(entry.actor, language)
    itself = entry.actor == entry.account and entry.account not in (COMMAND_LINE, STRANGER)
    return Line(
        entry=entry,
        whose=entry.name or _spoken(entry.account, language),
        says=text.kind(entry.kind, language),
        at=moment(entry.at, language),
        by="" if itself else by,
        about=_about(entry, language),
    )


def _spoken(account: str, language: Language) -> str:
    """What stands for an account that has no name; the command line and strangers have none."""
    _ = words(language).gettext
    spoken = {COMMAND_LINE: _("command line"), STRANGER: _("unknown user name")}
    return spoken.get(account, account)


def _role(entry: Entry, language: Language) -> str:
    return names.role(entry.role, language) if entry.role else ""


def _about(entry: Entry, language: Language) -> str:
    """Roles by what they are called; whatever else an entry is about by its name."""
    if entry.kind == "RolesChanged":
        return ", ".join(names.role(role, language) for role in entry.about.split())
    if entry.kind == "OfficeAdministered":
        act, _, about = entry.about.partition(" ")
        what, _, subject = about.partition(" ")
        if act in publishing.OF_PROPOSALS and what in tuple(What):
            about = f"{publishing.what(what, language)} {subject}"
        return " ".join((publishing.act(act, language), about)).strip()
    return entry.about_name or entry.about.removeprefix("case/")
