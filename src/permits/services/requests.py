"""What people send, as they send it: texts in the clear, files by their upload. Sealed here."""

import secrets
from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec
from pydantic import BeforeValidator, Field

from permits.casework import commands as c
from permits.casework.parts import Defect, HandedIn, Hindered, Recommendation, Seal
from permits.casework.seals import SALT_BYTES, seal
from permits.definitions.conditions import Answer
from permits.definitions.parts import Date
from permits.definitions.procedure import (
    Act,
    DeregistrationGround,
    RevocationGround,
    SpecialCause,
    WithdrawalGround,
)
from permits.services import after
from permits.services.counter_shapes import Came, TakeBack
from permits.services.heard import HeardRequest, sealed_heard
from permits.services.shapes import FreeText, Request, plain
from permits.store.vault import SealedValue

Number = Annotated[int, Field(ge=-(10**15), le=10**15)]
Typed = str | Number | bool
"""An answer as it is sent; whether it fits is for the form to say."""


class Nothing(Request):
    """The action needs nothing further."""


class Reasoned(Request):
    reason: FreeText = ""


class DefectIn(Request):
    """One thing to correct, and what is wanted instead."""

    about: Annotated[str, Field(pattern=r"^(material|field)\.[a-z0-9_]+$")]
    kind: Literal["missing", "not_in_form", "unclear", "not_matching"]
    fix: Annotated[str, Field(min_length=1, max_length=1000), BeforeValidator(plain)]


class Corrections(Request):
    defects: tuple[DefectIn, ...]


class Supplement(Request):
    """Corrected answers by field, uploads (their ids) for the materials asked for, and the
    commitments signed anew (their text digests) if other facts are declared."""

    answers: dict[str, Typed] = Field(default_factory=dict)
    uploads: tuple[str, ...] = ()
    signed: dict[str, str] = Field(default_factory=dict)


class SpecialProcedure(Request):
    cause: SpecialCause
    stated: Annotated[str, Field(description="time needed, such as 10wd")]
    notified: Annotated[bool, Field(description="the applicant was told in writing")]
    reason: FreeText = ""


class OpinionIn(Request):
    recommends: Recommendation
    opinion: FreeText = ""


class Service(Request):
    on: Date
    means: Literal["online", "counter", "post"]


class Revocation(Request):
    ground: RevocationGround
    reason: FreeText = ""


class Withdrawal(Request):
    ground: WithdrawalGround
    reason: FreeText = ""
    compensation: Annotated[
        FreeText, Field(description="what is done for the holder's loss of property")
    ] = ""


class Deregistration(Request):
    ground: DeregistrationGround


Given = (
    Nothing
    | Reasoned
    | Corrections
    | Supplement
    | SpecialProcedure
    | OpinionIn
    | Service
    | Revocation
    | Withdrawal
    | Deregistration
)

REQUEST_OF: dict[Act, type[Given]] = {
    Act.ACCEPT: Nothing,
    Act.ACCEPT_BY_SILENCE: Nothing,
    Act.ISSUE_CORRECTION: Corrections,
    Act.SUPPLY_CORRECTIONS: Supplement,
    Act.REFUSE_ACCEPTANCE: Reasoned,
    Act.DECLARE_NOT_REQUIRED: Reasoned,
    Act.DECLARE_NOT_COMPETENT: Reasoned,
    Act.WITHDRAW: Reasoned,
    Act.WITHDRAW_COMMITMENT: Nothing,
    Act.SUSPEND: SpecialProcedure,
    Act.RESUME: Nothing,
    Act.EXAMINE: OpinionIn,
    Act.RETURN: Reasoned,
    Act.GRANT: Nothing,
    Act.REFUSE: Reasoned,
    Act.REFUSE_UNSUPPLIED: Reasoned,
    Act.DEEM_WITHDRAWN: Reasoned,
    Act.DELIVER: Service,
    Act.PUBLISH: Nothing,
    Act.CONCLUDE: Nothing,
    Act.REVOKE: Revocation,
    Act.WITHDRAW_GRANT: Withdrawal,
    Act.DEREGISTER: Deregistration,
    Act.VOID: Nothing,
    Act.EXPIRE: Nothing,
}
"""What each act needs to be sent."""


class Extend(Request):
    clock: str
    reason: FreeText = ""


class Report(Request):
    obligation: str
    on: Date
    uploads: tuple[str, ...] = ()


class Supply(Request):
    """Secondary materials that an acceptance was given without, by their uploads; some or all."""

    uploads: tuple[str, ...] = ()


class Verify(Request):
    """`inspectors` are the accounts of those who checked, whoever records it among them."""

    obligation: str
    passed: bool
    on: Date
    inspectors: tuple[str, ...]
    finding: FreeText = ""


Fen = Annotated[int, Field(ge=0, le=10**15, description="hundredths of a yuan")]
ShortText = Annotated[str, Field(max_length=100), BeforeValidator(plain)]


class Draw(Request):
    """Draw who makes a check; `instead_of` is the account of one who was drawn and is hindered."""

    obligation: str
    instead_of: Annotated[str, Field(max_length=40)] = ""
    ground: Hindered | Literal[""] = ""
    reason: FreeText = ""


class Notice(Request):
    """Notice to the holder that the grant is to be revoked."""

    ground: RevocationGround
    reason: FreeText = ""


class State(Request):
    """What the holder states before a revocation."""

    statement: FreeText = ""


class Drop(Request):
    """The grant that was to be revoked stands."""

    reason: FreeText = ""


class Pay(Request):
    """A payment: `receipt` is the treasury's own number, `payer` who paid, if somebody else."""

    fee: str
    on: Date
    amount_fen: Fen
    receipt: ShortText = ""
    payer: ShortText = ""


class Refund(Request):
    """What was given back of what was paid too much."""

    fee: str
    on: Date
    amount_fen: Fen
    receipt: ShortText = ""
    reason: FreeText = ""


class Undo(Request):
    """A payment or refund that was wrongly entered, by its place in the ledger, from 1."""

    fee: str
    entry: Annotated[int, Field(ge=1, le=10**6)]
    reason: FreeText = ""


class Explain(Request):
    clock: str
    reason: FreeText = ""


class Reverse(Request):
    reason: FreeText = ""


class Rectify(Request):
    milestone: str
    on: Date
    reason: FreeText = ""


class Correct(Request):
    """An erratum for the document of that number."""

    number: Annotated[str, Field(max_length=100)]
    correction: FreeText = ""


Revoking = Notice | State | Drop
"""What goes before a revocation."""

Mending = Reverse | Rectify | Correct
"""Mistakes of the office, put right."""

ReadAsSent = (
    Extend
    | Report
    | Supply
    | Verify
    | Draw
    | Pay
    | Refund
    | Undo
    | Explain
    | Mending
    | Revoking
    | Came
    | TakeBack
    | HeardRequest
    | after.Read
)
BesideChart = ReadAsSent | after.AskAmendment


class Sealer:
    """Seals texts for one case, and gathers the values to be kept beside the log."""

    def __init__(self, case_id: str) -> None:
        self.case_id = case_id
        self.values: list[SealedValue] = []

    def text(self, field: str, value: str) -> Seal | None:
        """The seal of a text; None for one that is empty."""
        text = value.strip()
        if not text:
            return None
        salt = secrets.token_bytes(SALT_BYTES)
        sealed = seal(salt, text)
        self.values.append(SealedValue(sealed, self.case_id, field, salt, text))
        return sealed

    def texts(self, values: Mapping[str, str]) -> dict[str, Seal]:
        """The seals of personal answers by their field."""
        sealed = {field: self.text(field, value) for field, value in values.items()}
        return {field: one for field, one in sealed.items() if one is not None}


def sealed_input(
    given: Given, sealer: Sealer, answers: dict[str, Answer], files: tuple[HandedIn, ...]
) -> c.Input:
    """What an action is told, with its texts sealed. `answers` and `files` are for corrections,
    read and looked up before."""
    match given:
        case Nothing():
            return c.Plain()
        case Reasoned(reason=reason):
            return c.Reasoned(sealer.text("reason", reason))
        case Corrections(defects=defects):
            return c.Corrections(tuple(_defect(d, sealer) for d in defects))
        case Supplement():
            return c.Supplement(answers, {}, files)
        case _:
            return _sealed_decision(given, sealer)


def _sealed_decision(
    given: SpecialProcedure | OpinionIn | Service | Revocation | Withdrawal | Deregistration,
    sealer: Sealer,
) -> c.Input:
    match given:
        case SpecialProcedure():
            reason = sealer.text("reason", given.reason)
            return c.SpecialProcedure(given.cause, given.stated, given.notified, reason)
        case OpinionIn():
            return c.Opinion(given.recommends, sealer.text("opinion", given.opinion))
        case Service():
            return c.Service(given.on, given.means)
        case Revocation():
            return c.Revocation(given.ground, sealer.text("reason", given.reason))
        case Withdrawal():
            reason = sealer.text("reason", given.reason)
            loss = sealer.text("compensation", given.compensation)
            return c.Withdrawal(given.ground, reason, loss)
        case Deregistration():
            return c.Deregistration(given.ground)


def _defect(given: DefectIn, sealer: Sealer) -> Defect:
    return Defect(given.about, given.kind, sealer.text("fix", given.fix) or "")


def sealed_beside(  # noqa: PLR0911 - one arm for each command
    given: ReadAsSent, sealer: Sealer, files: tuple[HandedIn, ...]
) -> c.Command:
    """A command beside the chart, with its texts sealed. `files` were looked up before."""
    match given:
        case Extend() | Explain():
            return _of_clock(given, sealer)
        case Report():
            return c.ReportObligation(given.obligation, given.on, files)
        case Supply():
            return c.SupplyLater(files)
        case Verify() | Draw():
            return _checking(given, sealer)
        case Pay() | Refund() | Undo():
            return _sealed_entry(given, sealer)
        case Reverse() | Rectify() | Correct():
            return _mending(given, sealer)
        case Notice() | State() | Drop():
            return _revoking(given, sealer)
        case Came() | TakeBack():
            return _of_visit(given, sealer)
        case _:
            return _elsewhere(given, sealer)


def _of_visit(given: Came | TakeBack, sealer: Sealer) -> c.Command:
    if isinstance(given, Came):
        return c.RecordVisit(given.on, given.purpose)
    return c.TakeBackVisit(given.visit, sealer.text("reason", given.reason))


def _of_clock(given: Extend | Explain, sealer: Sealer) -> c.Command:
    reason = sealer.text("reason", given.reason)
    if isinstance(given, Extend):
        return c.ExtendClock(given.clock, reason)
    return c.ExplainLateness(given.clock, reason)


def _elsewhere(given: HeardRequest | after.Read, sealer: Sealer) -> c.Command:
    """What has a module of its own: those who are heard, and what comes after a decision."""
    if isinstance(given, after.Read):
        return after.sealed_after(given, sealer)
    return sealed_heard(given, sealer)


def _checking(given: Verify | Draw, sealer: Sealer) -> c.Command:
    match given:
        case Verify():
            finding = sealer.text("finding", given.finding)
            return c.VerifyObligation(
                given.obligation, given.passed, given.on, given.inspectors, finding
            )
        case Draw():
            reason = sealer.text("reason", given.reason)
            return c.DrawInspectors(given.obligation, given.instead_of, given.ground, reason)


def _mending(given: Mending, sealer: Sealer) -> c.Command:
    match given:
        case Reverse():
            return c.ReverseAction(sealer.text("reason", given.reason))
        case Rectify():
            return c.RectifyDate(given.milestone, given.on, sealer.text("reason", given.reason))
        case Correct():
            return c.CorrectDocument(given.number, sealer.text("correction", given.correction))


def _revoking(given: Revoking, sealer: Sealer) -> c.Command:
    match given:
        case Notice():
            return c.NoticeRevocation(given.ground, sealer.text("reason", given.reason))
        case State():
            return c.StateCase(sealer.text("statement", given.statement))
        case Drop():
            return c.DropRevocation(sealer.text("reason", given.reason))


def _sealed_entry(given: Pay | Refund | Undo, sealer: Sealer) -> c.Command:
    """An entry into the ledger of a fee."""
    match given:
        case Pay():
            return c.PayFee(
                given.fee,
                given.on,
                given.amount_fen,
                sealer.text("receipt", given.receipt),
                sealer.text("payer", given.payer),
            )
        case Refund():
            return c.RefundFee(
                given.fee,
                given.on,
                given.amount_fen,
                sealer.text("receipt", given.receipt),
                sealer.text("reason", given.reason),
            )
        case Undo():
            return c.UndoFeeEntry(given.fee, given.entry, sealer.text("reason", given.reason))


def digest_source(*parts: object) -> bytes:
    """The bytes under which a repeated request is known as the same."""
    return msgspec.json.encode(parts, order="sorted")
