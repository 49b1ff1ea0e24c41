"""What waits for applicants, and refunds for who gives them, as a table holds it: a pure function
of a case."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

from permits.casework.afterwards import TERM, Term
from permits.casework.case import Case, Clock, Obligation
from permits.casework.ledger import Fee
from permits.casework.parts import room_of
from permits.casework.rows import clock_runs, debtor, open_dues
from permits.definitions.edition import Edition
from permits.definitions.procedure import Code, Milestone, Phase

WaitsFor = Literal[
    "correction", "statement", "payment", "duty", "rectification", "late_payment", "term", "refund"
]  # fmt: skip
"""Corrections to be supplied, a case to be stated before a revocation, a fee to be paid, an
obligation to be met, a breach to be put right, what was put off and not paid in time and is
ordered to be, a term that ends unless it is renewed. What was paid too much waits for the
department whose window enters that it was given back."""


class WaitingRow(msgspec.Struct, frozen=True):
    """Something that waits for a `party`, the applicant or, as `room_of` writes it, the department
    of a refund; `name` is the obligation, the fee, or the clock of
    a statement, empty for corrections, and `sort_on` the due date, or the last day there is."""

    case_id: str
    kind: WaitsFor
    name: str
    party: str
    due_on: date | None
    sort_on: date
    warn_on: date | None
    provisional: bool


def waiting_rows(case: Case, edition: Edition) -> tuple[WaitingRow, ...]:
    """What the applicant has to do when it is their turn; what they may state and have to pay
    whoever is to act; and what they owe beside the office while the decision is in effect and no
    clock runs."""
    _, state = edition.chart.state(case.leaves)
    if state.code is Code.CORRECTION_BEGUN:
        return (_correction(case), *_refunds(case))
    owes = state.phase is Phase.IN_EFFECT and not clock_runs(case)
    return (
        *_statement(case, edition),
        *_payments(case),
        *_refunds(case),
        *(_duties(case, edition) if owes else _wrong(case, edition)),
        *(_ending(case) if owes else ()),
    )


def _correction(case: Case) -> WaitingRow:
    due, warn, _name, provisional = min(open_dues(case), default=(None, None, "", False))
    return WaitingRow(
        case.id, "correction", "", case.party, due, due or date.max, warn, provisional
    )


def _statement(case: Case, edition: Edition) -> Iterator[WaitingRow]:
    """As long as there is time to be heard."""
    for name in edition.at[Milestone.REVOCATION_NOTICED].starts:
        clock = case.clocks.get(name)
        if clock is not None and clock.running and not clock.lapsed:
            yield _row(case, "statement", name, clock)


def _payments(case: Case) -> Iterator[WaitingRow]:
    """What is put off an obligation stands for."""
    for name, fee in case.fees.items():
        if fee.balance_fen > 0 and not fee.deferred:
            yield _row(case, "payment", name, fee)


def _refunds(case: Case) -> Iterator[WaitingRow]:
    """No law sets a date for it; it waits until all of it was given back."""
    room = room_of(case.authority, case.department)
    for name, fee in case.fees.items():
        if fee.balance_fen < 0:
            yield WaitingRow(
                case_id=case.id,
                kind="refund",
                name=name,
                party=room,
                due_on=None,
                sort_on=date.max,
                warn_on=None,
                provisional=False,
            )


def _duties(case: Case, edition: Edition) -> Iterator[WaitingRow]:
    for name, held in case.obligations.items():
        owed = held.status == "open" and held.put_right_on is None
        if owed and debtor(held, edition) == "applicant":
            yield _row(case, _kind(held), name, held)


def _wrong(case: Case, edition: Edition) -> Iterator[WaitingRow]:
    """What a check before the decision found, and is to be put right while it is examined."""
    _, state = edition.chart.state(case.leaves)
    if state.phase in (Phase.EXAMINATION, Phase.SUSPENDED):
        yield from (row for row in _duties(case, edition) if row.kind == "rectification")


def _kind(held: Obligation) -> WaitsFor:
    """What of an obligation waits: only a check finds a breach, and only payments are ordered
    without one."""
    if not held.ordered:
        return "duty"
    return "rectification" if held.failed else "late_payment"


def _ending(case: Case) -> Iterator[WaitingRow]:
    """The term of the grant, as long as nobody asked for its renewal."""
    term = case.term
    if term is not None and term.runs and term.pending is None:
        yield _row(case, "term", TERM, term)


def _row(
    case: Case, kind: WaitsFor, name: str, dated: Clock | Fee | Obligation | Term
) -> WaitingRow:
    return WaitingRow(
        case_id=case.id,
        kind=kind,
        name=name,
        party=case.party,
        due_on=dated.due,
        sort_on=dated.due or date.max,
        warn_on=dated.warn_on,
        provisional=dated.provisional,
    )
