"""What people ask of a case. Personal values and free texts come sealed, never in the clear."""

from datetime import date
from typing import Literal

import msgspec

from permits.casework.commands_after import After, AskAmendment, AskExtension, AskRenewal
from permits.casework.commands_heard import AskForHearing, AskRecusal, Heard, WaiveHearing
from permits.casework.counter import Brought, Purpose
from permits.casework.inputs import Input, Plain, Signing, Supplement
from permits.casework.parts import (
    HandedIn,
    Hindered,
    Means,
    Seal,
    SharedAnswer,
)
from permits.definitions.conditions import Answer
from permits.definitions.procedure import (
    RevocationGround,
)


class File(msgspec.Struct, frozen=True, tag="file"):
    """File an application. `brought` is told by staff who file what came on paper; it counts as
    received the day it came. `shared` is what other offices answered."""

    track: str
    party: str
    channel: Literal["web", "counter"]
    answers: dict[str, Answer]
    seals: dict[str, Seal]
    handed_in: tuple[HandedIn, ...]
    signed: tuple[Signing, ...]
    lookup: Seal
    brought: Brought | None = None
    shared: tuple[SharedAnswer, ...] = ()


class TakeAction(msgspec.Struct, frozen=True, tag="take_action"):
    """Take an action of the chart."""

    action: str
    given: Input = Plain()


class ExtendClock(msgspec.Struct, frozen=True, tag="extend_clock"):
    """Extend a clock once by what the definition allows, as the head of the office."""

    clock: str
    reason: Seal | None = None


class ReportObligation(msgspec.Struct, frozen=True, tag="report_obligation"):
    """Report an obligation as done, or, in `words`, how a breach of it was put right."""

    obligation: str
    on: date
    evidence: tuple[HandedIn, ...] = ()
    words: Seal | None = None


class SupplyLater(msgspec.Struct, frozen=True, tag="supply_later"):
    """Hand in secondary materials that an acceptance was given without; some of them or all."""

    handed_in: tuple[HandedIn, ...] = ()


class VerifyObligation(msgspec.Struct, frozen=True, tag="verify_obligation"):
    """Write the record of a check and sign it; it counts once everybody who checked has signed.
    Not passed, it orders rectification; whether to revoke a person decides."""

    obligation: str
    passed: bool
    on: date
    inspectors: tuple[str, ...]
    finding: Seal | None = None
    evidence: tuple[HandedIn, ...] = ()


class SignCheck(msgspec.Struct, frozen=True, tag="sign_check"):
    """Sign the record of a check that a colleague wrote, as one who checked; or, not agreeing,
    send it back with the reason. `record` is the seal of what it says was found: nobody signs
    what they did not see."""

    obligation: str
    record: Seal
    agrees: bool
    reason: Seal | None = None


class DrawInspectors(msgspec.Struct, frozen=True, tag="draw_inspectors"):
    """Draw by lot who makes a check; or another instead of one who was drawn, with the reason."""

    obligation: str
    instead_of: str = ""
    ground: Hindered | Literal[""] = ""
    reason: Seal | None = None


class OrderPayment(msgspec.Struct, frozen=True, tag="order_payment"):
    """Order that what was not paid in time be paid within a last term (责令限期缴纳)."""

    obligation: str
    reason: Seal | None = None


class NoticeRevocation(msgspec.Struct, frozen=True, tag="notice_revocation"):
    """Tell the holder that the grant is to be revoked, and why."""

    ground: RevocationGround
    reason: Seal | None = None


class StateCase(msgspec.Struct, frozen=True, tag="state_case"):
    """The holder's statement and defence before a revocation."""

    statement: Seal | None = None


class DropRevocation(msgspec.Struct, frozen=True, tag="drop_revocation"):
    """Let a grant stand that was to be revoked."""

    reason: Seal | None = None


class PayFee(msgspec.Struct, frozen=True, tag="pay_fee"):
    """Enter a payment, in fen. `receipt` is the treasury's own number, `payer` who paid if that
    was somebody else than the applicant."""

    fee: str
    on: date
    amount_fen: int
    receipt: Seal | None = None
    payer: Seal | None = None


class RefundFee(msgspec.Struct, frozen=True, tag="refund_fee"):
    """Enter a refund of what was paid too much, in fen."""

    fee: str
    on: date
    amount_fen: int
    receipt: Seal | None = None
    reason: Seal | None = None


class UndoFeeEntry(msgspec.Struct, frozen=True, tag="undo_fee_entry"):
    """Take back a payment or refund that was wrongly entered, by its place in the ledger."""

    fee: str
    entry: int
    reason: Seal | None = None


class ExplainLateness(msgspec.Struct, frozen=True, tag="explain_lateness"):
    clock: str
    reason: Seal | None = None


class ReverseAction(msgspec.Struct, frozen=True, tag="reverse_action"):
    """Undo the last action as a clerk's mistake."""

    reason: Seal | None = None


class RectifyDate(msgspec.Struct, frozen=True, tag="rectify_date"):
    """Put right a wrongly recorded date; clocks that ran from it are reckoned anew."""

    milestone: str
    on: date
    reason: Seal | None = None


class CorrectDocument(msgspec.Struct, frozen=True, tag="correct_document"):
    """Put a clerical error in an issued document right, by another that names it."""

    number: str
    correction: Seal | None = None


class LapseClock(msgspec.Struct, frozen=True, tag="lapse_clock"):
    """The timer's: a due date passed."""

    clock: str


class FlagOverdue(msgspec.Struct, frozen=True, tag="flag_overdue"):
    """The timer's: an obligation's due date passed."""

    obligation: str


class FlagFeeOverdue(msgspec.Struct, frozen=True, tag="flag_fee_overdue"):
    """The timer's: a fee's due date passed."""

    fee: str


class TakeOver(msgspec.Struct, frozen=True, tag="take_over"):
    """The timer's: the party of the case was merged into this one."""

    party: str


class Recompute(msgspec.Struct, frozen=True, tag="recompute"):
    """Reckon every open date anew, because the calendar changed."""


class CorrectOnTheSpot(msgspec.Struct, frozen=True, tag="correct_on_the_spot"):
    """Put errors right at the counter, before anything is asked for in writing."""

    given: Supplement


Theirs = (
    TakeAction
    | CorrectOnTheSpot
    | ReportObligation
    | SupplyLater
    | StateCase
    | AskForHearing
    | WaiveHearing
    | AskRecusal
    | AskExtension
    | AskRenewal
    | AskAmendment
)
"""What an applicant may do in a case, and the window for one that comes on paper."""


class ActForApplicant(msgspec.Struct, frozen=True, tag="act_for_applicant"):
    """Do for the applicant, at the window, what came on paper."""

    does: Theirs
    brought: Brought


class ServeDocument(msgspec.Struct, frozen=True, tag="serve_document"):
    """Record that a document reached the applicant, and what proves it."""

    number: str
    on: date
    means: Means
    proof: tuple[HandedIn, ...] = ()
    postal: Seal | None = None


class RecordVisit(msgspec.Struct, frozen=True, tag="record_visit"):
    """Write down that somebody came to the counter in this case."""

    on: date
    purpose: Purpose


class TakeBackVisit(msgspec.Struct, frozen=True, tag="take_back_visit"):
    """Take back a visit that was wrongly recorded, by its place among all that were, from 1."""

    visit: int
    reason: Seal | None = None


Command = (
    File
    | TakeAction
    | ExtendClock
    | ReportObligation
    | SupplyLater
    | VerifyObligation
    | SignCheck
    | DrawInspectors
    | OrderPayment
    | NoticeRevocation
    | StateCase
    | DropRevocation
    | PayFee
    | RefundFee
    | UndoFeeEntry
    | ExplainLateness
    | ReverseAction
    | RectifyDate
    | CorrectDocument
    | LapseClock
    | FlagOverdue
    | FlagFeeOverdue
    | Recompute
    | TakeOver
    | ActForApplicant
    | RecordVisit
    | TakeBackVisit
    | ServeDocument
    | Heard
    | After
)

Asked = Command | CorrectOnTheSpot
"""What may be asked at all: the window asks the last for an applicant who stands there, and nobody
asks it otherwise."""
