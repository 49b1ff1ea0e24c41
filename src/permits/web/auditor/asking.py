"""Which cases an auditor asks for: permit type, track, department, district and period, and as
known on which day; all in the address."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query
from msgspec.structs import replace
from pydantic import BaseModel, ConfigDict, Field

from permits.analytics.choosing import Chosen
from permits.casework.dates import day_of
from permits.definitions.permit import Authority
from permits.definitions.schema import TrackName
from permits.text.words import words
from permits.web.deps import Auditor
from permits.web.periods import read_day, read_period
from permits.web.visits import Visit

LONGEST = 40

BEFORE = "yes"
"""What `before` says where cases of before are wanted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for as it was typed, the cases that means, and what is wrong with it.

    If anything is wrong no case is looked for, and `chosen` means nothing. `known` is the past day
    at whose end it was known; None stands for now. `before` says that cases decided before the
    program came are wanted too.
    """

    typed: Mapping[str, str]
    chosen: Chosen
    errors: Mapping[str, str]
    known: date | None = None
    before: bool = False

    def address(self, path: str, **more: str) -> str:
        """A page about the same cases; it can be kept and sent on."""
        query = {name: value for name, value in {**self.typed, **more}.items() if value}
        return f"{path}?{urlencode(query)}" if query else path

    def of_permit(self, permit: str) -> "Asked":
        """Of these cases those of a permit type."""
        chosen = replace(self.chosen, permit=permit)
        return self._with(chosen, permit=permit)

    def of_track(self, track: str) -> "Asked":
        """Of these cases those on a track."""
        chosen = replace(self.chosen, track=track)
        return self._with(chosen, track=track)

    def within(self, first: date, last: date) -> "Asked":
        """Of these cases those with a result in a period."""
        first = max(first, self.chosen.first or first)
        last = min(last, self.chosen.last or last)
        period = {"from": first.isoformat(), "to": last.isoformat()}
        return self._with(replace(self.chosen, first=first, last=last), **period)

    def _with(self, chosen: Chosen, **typed: str) -> "Asked":
        return Asked({**self.typed, **typed}, chosen, self.errors, self.known, before=self.before)

    def of_month(self, month: str) -> "Asked":
        """Of these cases those with a result in a month such as `2022-06`."""
        first = date.fromisoformat(f"{month}-01")
        days = monthrange(first.year, first.month)[1]
        return self.within(first, first.replace(day=days))


class Typed(BaseModel):
    """What can be typed into the form."""

    model_config = ConfigDict(str_strip_whitespace=True, str_max_length=LONGEST, frozen=True)

    permit: str = ""
    track: str = ""
    first: str = Field(default="", alias="from")
    last: str = Field(default="", alias="to")
    department: str = ""
    district: str = ""
    known: str = ""
    before: str = ""


def asked(visit: Auditor, query: Annotated[Typed, Query()]) -> Asked:
    """What the address asks for."""
    return read(visit, query.model_dump(by_alias=True))


Asking = Annotated[Asked, Depends(asked)]


def read(visit: Visit, typed: Mapping[str, str]) -> Asked:
    """What was typed, understood as far as it can be."""
    _ = words(visit.language).gettext
    errors: dict[str, str] = {}
    if typed["permit"] and visit.office.shelf.current(typed["permit"]) is None:
        errors["permit"] = _("There is no such permit type. Choose one of the list.")
    if typed["track"] and typed["track"] not in list(TrackName):
        errors["track"] = _("There is no such track. Choose one of the list.")
    places = {(a.id, a.department) for a in authorities(visit)}
    if typed["department"] and typed["department"] not in {place for _a, place in places}:
        errors["department"] = _("There is no such department. Choose one of the list.")
    if typed["district"] and typed["district"] not in {office for office, _d in places}:
        errors["district"] = _("There is no such office. Choose one of the list.")
    first, last = read_period(typed, visit.language, errors)
    known = _known(visit, typed, errors)
    if errors:
        return Asked(typed, Chosen(), errors)
    there = (typed["department"], typed["district"])
    chosen = Chosen(typed["permit"], typed["track"], first, last, *there)
    return Asked(typed, chosen, {}, known, before=typed["before"] == BEFORE)


def authorities(visit: Visit) -> tuple[Authority, ...]:
    """Who decides today's permit types."""
    return tuple(one.definition.authority for one in visit.office.shelf.permits)


def _known(visit: Visit, typed: Mapping[str, str], errors: dict[str, str]) -> date | None:
    """The past day as known on which the figures are asked for; today's are those of now."""
    day = read_day(typed, "known", visit.language, errors)
    today = day_of(visit.office.now())
    if day is None or day == today:
        return None
    if day > today:
        _ = words(visit.language).gettext
        errors["known"] = _("What will be known on a day to come cannot be told.")
        return None
    return day
