"""Which cases an auditor asks for: permit type, track and period, all in the address."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query
from msgspec.structs import replace

from permits.analytics.choosing import Chosen
from permits.definitions.schema import TrackName
from permits.text.words import words
from permits.web.deps import Auditor
from permits.web.periods import read_period
from permits.web.visits import Visit

LONGEST = 40

Text = Annotated[str, Query(max_length=LONGEST)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for as it was typed, the cases that means, and what is wrong with it.

    If anything is wrong no case is looked for, and `chosen` means nothing.
    """

    typed: Mapping[str, str]
    chosen: Chosen
    errors: Mapping[str, str]

    def address(self, path: str, **more: str) -> str:
        """A page about the same cases; it can be kept and sent on."""
        query = {name: value for name, value in {**self.typed, **more}.items() if value}
        return f"{path}?{urlencode(query)}" if query else path

    def of_permit(self, permit: str) -> "Asked":
        """Of these cases those of a permit type."""
        chosen = replace(self.chosen, permit=permit)
        return Asked({**self.typed, "permit": permit}, chosen, self.errors)

    def of_track(self, track: str) -> "Asked":
        """Of these cases those on a track."""
        chosen = replace(self.chosen, track=track)
        return Asked({**self.typed, "track": track}, chosen, self.errors)

    def within(self, first: date, last: date) -> "Asked":
        """Of these cases those with a result in a period."""
        first = max(first, self.chosen.first or first)
        last = min(last, self.chosen.last or last)
        typed = {**self.typed, "from": first.isoformat(), "to": last.isoformat()}
        return Asked(typed, replace(self.chosen, first=first, last=last), self.errors)

    def of_month(self, month: str) -> "Asked":
        """Of these cases those with a result in a month such as `2022-06`."""
        first = date.fromisoformat(f"{month}-01")
        days = monthrange(first.year, first.month)[1]
        return self.within(first, first.replace(day=days))


def asked(
    visit: Auditor,
    permit: Text = "",
    track: Text = "",
    first: Annotated[str, Query(alias="from", max_length=LONGEST)] = "",
    last: Annotated[str, Query(alias="to", max_length=LONGEST)] = "",
) -> Asked:
    """What the address asks for."""
    typed = {"permit": permit, "track": track, "from": first.strip(), "to": last.strip()}
    return read(visit, typed)


Asking = Annotated[Asked, Depends(asked)]


def read(visit: Visit, typed: Mapping[str, str]) -> Asked:
    """What was typed, understood as far as it can be."""
    _ = words(visit.language).gettext
    errors: dict[str, str] = {}
    if typed["permit"] and visit.office.shelf.current(typed["permit"]) is None:
        errors["permit"] = _("There is no such permit type. Choose one of the list.")
    if typed["track"] and typed["track"] not in list(TrackName):
        errors["track"] = _("There is no such track. Choose one of the list.")
    first, last = read_period(typed, visit.language, errors)
    chosen = Chosen() if errors else Chosen(typed["permit"], typed["track"], first, last)
    return Asked(typed, chosen, errors)
