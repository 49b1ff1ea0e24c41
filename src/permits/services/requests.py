"""What people send for a case, as they send it: texts in the clear, files by their upload."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from permits.casework.parts import Hindered, Recommendation
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
from permits.services.heard import HeardRequest
from permits.services.shapes import Fen, FreeText, Request, ShortText, Typed, plain


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
    shown_in: Literal["zh", "en"] | None = Field(
        default=None, description="in which language the texts were shown to whoever signed"
    )


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
    """`words` say how a breach that a check found was put right."""

    obligation: str
    on: Date
    uploads: tuple[str, ...] = ()
    words: FreeText = ""


class Supply(Request):
    """Secondary materials that an acceptance was given without, by their uploads; some or all."""

    uploads: tuple[str, ...] = ()


class Verify(Request):
    """`inspectors` are the accounts of those who checked, whoever records it among them, `uploads`
    the pictures that were taken and the sheet that was signed, if any."""

    obligation: str
    passed: bool
    on: Date
    inspectors: tuple[str, ...]
    finding: FreeText = ""
    uploads: tuple[str, ...] = ()


class SignCheck(Request):
    """Sign the record of a check, or, not agreeing, send it back with the reason. `record` is how
    the case names the record that was read."""

    obligation: str
    record: Annotated[str, Field(max_length=100)]
    agrees: bool
    reason: FreeText = ""


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


class OrderPayment(Request):
    """`obligation` is the payment that did not come in time."""

    obligation: str
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
    | SignCheck
    | Draw
    | OrderPayment
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
