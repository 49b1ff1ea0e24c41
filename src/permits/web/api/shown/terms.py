"""What runs and what is owed in a case: clocks, obligations, fees."""

from datetime import date
from typing import Literal

from pydantic import Field

from permits.casework.case import CheckRecord as Held
from permits.casework.ledger import EntryKind
from permits.casework.ledger import Fee as HeldFee
from permits.definitions.charges import Fee as FeeRule
from permits.definitions.charges import Relief
from permits.definitions.reckoning import FeeLine as HeldLine
from permits.definitions.reckoning import lines_of
from permits.text import grounds, milestones
from permits.text.words import Language
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


class CheckRecord(Shown):
    """The record of a check that waits for signatures; nothing follows from it yet."""

    record: str = Field(description="how the record is called when it is signed")
    passed: bool
    on: date
    finding: str = Field(description="what was found; empty if it was erased")
    inspectors: tuple[str, ...] = Field(description="accounts of those who checked")
    signed: tuple[str, ...] = Field(description="those of them who have signed")


class Obligation(Shown):
    """A duty that stays open after the decision."""

    name: str
    title: str
    says: str = Field(description="what must be done")
    debtor: Literal["applicant", "authority"]
    settled_by: Literal["report", "verification", "payment"]
    status: Literal["open", "settled", "voided"]
    opened_on: date
    due: date | None
    provisional: bool
    light: Light
    extensions: tuple[str, ...] = Field(description="by how much its date was put off")
    reported_on: date | None
    failed: bool = Field(description="a check found it not done")
    ordered: bool = Field(description="a breach is being put right")
    put_right_on: date | None = Field(
        description="the holder says the breach was put right; it is checked again"
    )
    still_wrong: bool = Field(description="checked again, the breach was found not put right")
    overdue: bool
    closed_on: date | None
    inspectors: tuple[str, ...] = Field(
        default=(), description="accounts drawn by lot to check it; only the office is told"
    )
    record: CheckRecord | None = Field(
        default=None, description="of a check, not signed by all yet; only the office is told"
    )
    basis: Basis
    explained: str = Field(description="address where every day of it has its reason")


class FeeLine(Shown):
    """A line of a fee: `per_10000` of a quantity, at so many fen for each unit."""

    title: str
    quantity: int
    per_10000: int
    fen_per_unit: int
    rate_from: date


class FeeEntry(Shown):
    """A line of a ledger; what adds to the debt is positive."""

    place: int
    kind: EntryKind
    on: date
    amount_fen: int
    number: str = Field(description="of the office's receipt, for a payment")
    undoes: int | None = Field(description="the place of the entry that was wrong")
    undone: bool


class Fee(Shown):
    """A frozen fee. Money is in fen, hundredths of a yuan."""

    name: str
    title: str
    frozen_on: date
    full_fen: int = Field(description="without the relief")
    relief: Named | None = Field(description="the reduction or exemption that was given")
    amount_fen: int = Field(description="the frozen amount")
    owed_fen: int = Field(description="the frozen amount, or nothing if it was cancelled")
    paid_fen: int
    refunded_fen: int
    balance_fen: int = Field(description="still to be paid; negative if to be refunded")
    lines: tuple[FeeLine, ...]
    ledger: tuple[FeeEntry, ...]
    deferred: bool = Field(description="an obligation to pay stands in the place of a due date")
    overdue: bool
    due: date | None
    provisional: bool
    light: Light
    settled_on: date | None = Field(description="the day of the last payment, if all is paid")
    basis: Basis
    explained: str = Field(description="address where every day of it has its reason")


def clock(case: Dossier, home: str | None, shown: ShownClock) -> Clock:
    """A clock of a case; `home` is the address of the case for those who may open it."""
    held, rule, language = shown.clock, shown.rule, case.language
    cause = held.cause if held.suspended else ""
    return Clock(
        name=shown.name,
        title=rule.title.in_(language),
        milestone=Named(name=held.milestone, title=milestones.milestone(held.milestone, language)),
        starts_on=held.starts_on,
        length=held.length,
        extensions=held.extensions,
        due=held.due,
        provisional=held.provisional,
        light=shown.light,
        running=held.running,
        suspended=held.suspended,
        cause=Named(name=cause, title=grounds.cause(cause, language)) if cause else None,
        lapsed=held.lapsed,
        stopped_on=held.stopped_on,
        late=held.late,
        basis=basis(rule.basis, case.definition.laws, language),
        explained=f"{home}/clocks/{shown.name}" if home else None,
    )


def _record(case: Dossier, held: Held) -> CheckRecord:
    return CheckRecord(
        record=held.finding,
        passed=held.passed,
        on=held.on,
        finding=case.values.get(held.finding, ""),
        inspectors=held.inspectors,
        signed=held.signed,
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
        extensions=held.extensions,
        reported_on=held.reported_on,
        failed=held.failed,
        ordered=held.ordered,
        put_right_on=held.put_right_on,
        still_wrong=held.still_wrong,
        overdue=held.overdue,
        closed_on=held.closed_on,
        inspectors=held.inspectors if case.inside else (),
        record=_record(case, held.record) if case.inside and held.record else None,
        basis=basis(rule.basis, case.definition.laws, language),
        explained=f"{home}/obligations/{shown.name}",
    )


def fee(case: Dossier, home: str, shown: ShownFee) -> Fee:
    """A fee of a case."""
    held, rule, language = shown.fee, shown.rule, case.language
    return Fee(
        name=shown.name,
        title=rule.title.in_(language),
        frozen_on=held.frozen_on,
        full_fen=held.full_fen,
        relief=_relief(rule.reliefs.get(held.relief), held.relief, language),
        amount_fen=held.amount_fen,
        owed_fen=held.owed_fen,
        paid_fen=held.paid_fen,
        refunded_fen=held.refunded_fen,
        balance_fen=held.balance_fen,
        lines=tuple(_line(one, rule, language) for one in held.lines),
        ledger=tuple(_entry(held, place) for place in range(1, len(held.entries) + 1)),
        deferred=held.deferred,
        overdue=held.overdue,
        due=held.due,
        provisional=held.provisional,
        light=shown.light,
        settled_on=held.settled_on,
        basis=basis(rule.basis, case.definition.laws, language),
        explained=f"{home}/fees/{shown.name}",
    )


def _relief(rule: Relief | None, name: str, language: Language) -> Named | None:
    return Named(name=name, title=rule.title.in_(language)) if rule is not None else None


def _line(held: HeldLine, rule: FeeRule, language: Language) -> FeeLine:
    return FeeLine(
        title=lines_of(rule)[held.line].title.in_(language),
        quantity=held.quantity,
        per_10000=held.per_10000,
        fen_per_unit=held.fen_per_unit,
        rate_from=held.rate_from,
    )


def _entry(held: HeldFee, place: int) -> FeeEntry:
    one = held.entries[place - 1]
    return FeeEntry(
        place=place,
        kind=one.kind,
        on=one.on,
        amount_fen=one.amount_fen,
        number=one.number,
        undoes=one.undoes or None,
        undone=any(other.undoes == place for other in held.entries),
    )
