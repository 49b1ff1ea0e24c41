"""What runs and what is owed in a case: clocks, obligations, fees."""

from datetime import date
from typing import Literal

from pydantic import Field

from permits.text import names
from permits.web.api.shown.parts import Basis, Named, Shown, basis
from permits.web.dossier import Dossier
from permits.web.lights import Light
from permits.web.shown_parts import ShownClock, ShownDuty, ShownFee


class Clock(Shown):
    """A time limit. Lengths are written as `7wd` (working days), `60d` (days), `2m` (months)."""

    name: str
    title: str
    milestone: Named = Field(description="what it runs from")
    starts_on: date
    length: str
    extensions: tuple[str, ...]
    due: date | None = Field(description="none while it is suspended")
    provisional: bool = Field(description="a year it falls in has no published calendar yet")
    light: Light
    running: bool
    suspended: bool
    cause: Named | None = Field(description="the special procedure that suspends it")
    lapsed: bool = Field(description="its due date passed while it ran")
    stopped_on: date | None
    late: bool = Field(description="it was stopped after its due date")
    basis: Basis
    explained: str | None = Field(description="address where every day of it has its reason")


class Obligation(Shown):
    """A duty that stays open after the decision."""

    name: str
    title: str
    says: str = Field(description="what must be done")
    debtor: Literal["applicant", "authority"]
    settled_by: Literal["report", "verification"]
    status: Literal["open", "settled", "voided"]
    opened_on: date
    due: date | None
    provisional: bool
    light: Light
    reported_on: date | None
    failed: bool = Field(description="a check found it not done")
    ordered: bool = Field(description="a breach is being put right")
    overdue: bool
    closed_on: date | None
    basis: Basis
    explained: str = Field(description="address where every day of it has its reason")


class Fee(Shown):
    """A frozen fee. Money is in fen, hundredths of a yuan."""

    name: str
    title: str
    quantity: int
    fen_per_unit: int
    amount_fen: int
    due: date | None
    provisional: bool
    light: Light
    paid_on: date | None
    basis: Basis
    explained: str = Field(description="address where every day of it has its reason")


def clock(case: Dossier, home: str | None, shown: ShownClock) -> Clock:
    """A clock of a case; `home` is the address of the case for those who may open it."""
    held, rule, language = shown.clock, shown.rule, case.language
    cause = held.cause if held.suspended else ""
    return Clock(
        name=shown.name,
        title=rule.title.in_(language),
        milestone=Named(name=held.milestone, title=names.milestone(held.milestone, language)),
        starts_on=held.starts_on,
        length=held.length,
        extensions=held.extensions,
        due=held.due,
        provisional=held.provisional,
        light=shown.light,
        running=held.running,
        suspended=held.suspended,
        cause=Named(name=cause, title=names.cause(cause, language)) if cause else None,
        lapsed=held.lapsed,
        stopped_on=held.stopped_on,
        late=held.late,
        basis=basis(rule.basis, case.definition.laws, language),
        explained=f"{home}/clocks/{shown.name}" if home else None,
    )


def obligation(case: Dossier, home: str, shown: ShownDuty) -> Obligation:
    """An obligation of a case."""
    held, rule, language = shown.held, shown.rule, case.language
    return Obligation(
        name=shown.name,
        title=rule.title.in_(language),
        says=rule.says.in_(language),
        debtor=rule.debtor,
        settled_by=rule.settled_by,
        status=held.status,
        opened_on=held.opened_on,
        due=held.due,
        provisional=held.provisional,
        light=shown.light,
        reported_on=held.reported_on,
        failed=held.failed,
        ordered=held.ordered,
        overdue=held.overdue,
        closed_on=held.closed_on,
        basis=basis(rule.basis, case.definition.laws, language),
        explained=f"{home}/obligations/{shown.name}",
    )


def fee(case: Dossier, home: str, shown: ShownFee) -> Fee:
    """A fee of a case."""
    held, rule, language = shown.fee, shown.rule, case.language
    return Fee(
        name=shown.name,
        title=rule.title.in_(language),
        quantity=held.quantity,
        fen_per_unit=held.fen_per_unit,
        amount_fen=held.amount_fen,
        due=held.due,
        provisional=held.provisional,
        light=shown.light,
        paid_on=held.paid_on,
        basis=basis(rule.basis, case.definition.laws, language),
        explained=f"{home}/fees/{shown.name}",
    )
