"""What figures of time limits, duties and fees are made of: rows that are a pure function of a
case, beside the one row of `permits.casework.figures`."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

from permits.casework.case import Case, Clock, Obligation
from permits.casework.ledger import Fee
from permits.definitions import duties
from permits.definitions.edition import Edition
from permits.definitions.procedure import Role

Debtor = Literal["office", "applicant"]

TermFate = Literal["running", "kept", "late"]
"""A term is late if it was overrun, whether or not what it waits for has come since."""

Method = Literal["report", "verification", "lot", "payment"]
"""How it is seen whether a duty was kept: by the report of its debtor, by officers who check in
every case, by a check that is drawn by lot or whose officers are, by the payment of a fee."""

DutyFate = Literal["open", "in_breach", "kept", "late", "rectified", "broken", "voided"]
"""`in_breach` and open: its date passed, or a breach is to be put right. `rectified` after that
was ordered, `late` after its date without an order. `broken` if a check found that a breach was
not put right, or if the grant ended while the breach stood."""

FeeFate = Literal["open", "overdue", "paid", "paid_late", "nothing"]
"""`nothing` is owed where the fee is zero or was cancelled."""


class TermRow(msgspec.Struct, frozen=True):
    """A time limit of a case as it ran last; a limit that was started anew is one row.

    `limit_kind` says which limit of the track it is as long as, empty for others; `ended_on` is
    the day of what it waited for, None while that has not come; `warn_on` the day from which it
    is shown as close, None while it is suspended.
    """

    case_id: str
    name: str
    limit_kind: Literal["promised", "statutory", ""]
    debtor: Debtor
    starts_on: date
    due_on: date | None
    warn_on: date | None
    ended_on: date | None
    extensions: int
    suspensions: int
    fate: TermFate


class DutyRow(msgspec.Struct, frozen=True):
    """An obligation of a case. `ordered` says that a breach was, or is, to be put right."""

    case_id: str
    name: str
    method: Method
    debtor: Debtor
    opened_on: date
    due_on: date | None
    closed_on: date | None
    extensions: int
    ordered: bool
    fate: DutyFate


class FeeRow(msgspec.Struct, frozen=True):
    """A fee of a case, in fen. `full_fen` is what it would be without relief, `owed_fen` the debt
    whether or not it is paid. `due_on` of a fee that was put off is that of the duty to pay it."""

    case_id: str
    fee: str
    frozen_on: date
    full_fen: int
    owed_fen: int
    paid_fen: int
    balance_fen: int
    deferred: bool
    due_on: date | None
    settled_on: date | None
    fate: FeeFate


def term_rows(case: Case, edition: Edition) -> tuple[TermRow, ...]:
    """A row for each clock that was started."""
    return tuple(
        TermRow(
            case_id=case.id,
            name=name,
            limit_kind=rule.length.track or "",
            debtor="applicant" if Role.APPLICANT in rule.warned else "office",
            starts_on=clock.starts_on,
            due_on=clock.due,
            warn_on=clock.warn_on,
            ended_on=clock.stopped_on,
            extensions=len(clock.extensions),
            suspensions=len(clock.pauses),
            fate=_fate_of_term(clock),
        )
        for name, clock, rule in _clocks(case, edition)
    )


def _clocks(case: Case, edition: Edition) -> Iterator[tuple[str, Clock, duties.Clock]]:
    for name, clock in case.clocks.items():
        yield name, clock, edition.definition.clocks[name]


def _fate_of_term(clock: Clock) -> TermFate:
    if clock.late or clock.lapsed:
        return "late"
    return "running" if clock.running else "kept"


def duty_rows(case: Case, edition: Edition) -> tuple[DutyRow, ...]:
    """A row for each obligation that was opened."""
    rules = edition.definition.obligations
    return tuple(
        DutyRow(
            case_id=case.id,
            name=name,
            method=_method(rules[name]),
            debtor="office" if rules[name].debtor == "authority" else "applicant",
            opened_on=held.opened_on,
            due_on=held.due,
            closed_on=held.closed_on,
            extensions=len(held.extensions),
            ordered=held.ordered,
            fate=_fate_of_duty(held),
        )
        for name, held in case.obligations.items()
    )


def _method(rule: duties.Obligation) -> Method:
    if rule.settled_by != "verification":
        return rule.settled_by
    by_lot = rule.sample is not None or rule.inspectors is not None
    return "lot" if by_lot else "verification"


def _fate_of_duty(held: Obligation) -> DutyFate:
    breach = held.failed or held.overdue or held.ordered
    match held.status:
        case "settled":
            return "rectified" if held.ordered else "late" if held.overdue else "kept"
        case "voided":
            return "broken" if breach else "voided"
        case "open":
            if held.still_wrong:
                return "broken"
            return "in_breach" if breach else "open"


def fee_fact_rows(case: Case, edition: Edition) -> tuple[FeeRow, ...]:
    """A row for each fee that was frozen."""
    return tuple(_fee_row(case, edition, name, fee) for name, fee in case.fees.items())


def _fee_row(case: Case, edition: Edition, name: str, fee: Fee) -> FeeRow:
    duty = _put_off(case, edition, name) if fee.deferred else None
    due = fee.due if duty is None else duty.due
    late = fee.overdue if duty is None else duty.overdue or duty.ordered
    return FeeRow(
        case_id=case.id,
        fee=name,
        frozen_on=fee.frozen_on,
        full_fen=fee.full_fen,
        owed_fen=fee.owed_fen,
        paid_fen=fee.paid_fen,
        balance_fen=fee.balance_fen,
        deferred=fee.deferred,
        due_on=due,
        settled_on=fee.settled_on,
        fate=_fate_of_fee(fee, late=late),
    )


def _put_off(case: Case, edition: Edition, fee: str) -> Obligation | None:
    """The duty to pay a fee that was put off."""
    rules = edition.definition.obligations
    return next((held for name, held in case.obligations.items() if rules[name].pays == fee), None)


def _fate_of_fee(fee: Fee, *, late: bool) -> FeeFate:
    if fee.owed_fen == 0:
        return "nothing"
    if fee.balance_fen > 0:
        return "overdue" if late else "open"
    return "paid_late" if late else "paid"
