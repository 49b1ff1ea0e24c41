"""Cases in lists, and the pages of a list."""

from datetime import date, datetime

import msgspec
from pydantic import Field

from permits.casework.rows import Turn
from permits.definitions.procedure import Phase
from permits.web.api.shown.parts import V1, Named, Shown
from permits.web.lights import Light
from permits.web.listing import ShownCase

CASES = f"{V1}/cases"


class Party(Shown):
    """An organisation."""

    code: str = Field(description="unified social credit code")
    name: str = Field(description="registered name")


class NextDate(Shown):
    """The earliest date that is still to be met."""

    name: str = Field(description="the clock, obligation or fee")
    title: str
    on: date
    provisional: bool = Field(description="a year it falls in has no published calendar yet")
    light: Light
    rectification: bool = Field(description="until then a breach is to be put right")
    put_right_on: date | None = Field(description="its holder says that day that it was")


class CaseSummary(Shown):
    """A case as lists show it."""

    id: str
    number: str
    href: str = Field(description="address of the case")
    permit: Named
    title: str = Field(description="what the applicant calls the works")
    place: str
    party: Party
    track: Named
    state: Named
    phase: Phase = Field(description="how far it has come in law")
    code: int = Field(description="national status code (办件状态)")
    turn: Turn = Field(description="who has to act next")
    received_on: date
    accepted_on: date | None
    decided_on: date | None
    published_on: date | None
    revoked_on: date | None
    next_date: NextDate | None
    version: int
    updated_at: datetime


class CaseList(Shown):
    """A page of cases; `next` is the address of the page after it, if there is one."""

    items: tuple[CaseSummary, ...]
    next: str | None


def case_summary(shown: ShownCase) -> CaseSummary:
    """A case of a list; `shown` was made for pages under `/api/v1/cases`."""
    row = shown.listed.row
    return CaseSummary(
        id=row.case_id.removeprefix("case/"),
        number=row.number,
        href=shown.path,
        permit=Named(name=row.permit, title=shown.permit),
        title=shown.title,
        place=row.place,
        party=Party(code=row.party, name=shown.listed.party_name),
        track=Named(name=row.track, title=shown.track),
        state=Named(name=row.state, title=shown.state),
        phase=Phase(row.phase),
        code=row.code,
        turn=msgspec.convert(row.turn, Turn),
        received_on=row.received_on,
        accepted_on=row.accepted_on,
        decided_on=row.decided_on,
        published_on=row.published_on,
        revoked_on=row.revoked_on,
        next_date=_next_date(shown),
        version=row.version,
        updated_at=row.updated_at,
    )


def _next_date(shown: ShownCase) -> NextDate | None:
    row = shown.listed.row
    if row.due_on is None:
        return None
    return NextDate(
        name=row.due_name,
        title=shown.next_due,
        on=row.due_on,
        provisional=shown.provisional,
        light=shown.light,
        rectification=row.rectifies,
        put_right_on=row.put_right_on,
    )
