"""What people send about entitlements: texts and accounts in the clear, sealed here."""

from typing import Annotated

import msgspec
from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from permits.casework.entitlement.claim_events import RecoveryGround, ReturnCause
from permits.casework.entitlement.rounds import ObjectionKind
from permits.casework.parts import Recommendation
from permits.definitions.parts import Date
from permits.services.shapes import CREDIT_CODE, Fen, FreeText, Request, ShortText

POLICY = r"^[a-z][a-z0-9_]{0,39}$"
PERIOD = r"^20\d\d(Q[1-4])?$"
ROUND = r"^[a-z][a-z0-9_]{0,39}-20\d\d(Q[1-4])?-[0-9]{1,4}$"
"""How policies, periods and rounds are named."""

PolicyName = Annotated[str, Field(pattern=POLICY)]
PeriodName = Annotated[str, Field(pattern=PERIOD, examples=["2022", "2022Q2"])]
RoundName = Annotated[str, Field(pattern=ROUND)]
CreditCode = Annotated[str, Field(pattern=CREDIT_CODE)]
BatchNumber = Annotated[str, Field(pattern=r"^20\d\d-[0-9]{3,6}$")]
LineKey = Annotated[str, Field(pattern=r"^[0-9A-Z]{18}/20\d\d(Q[1-4])?$")]
GradeName = Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]{0,39})?$")]
Digest = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]


class BankAccount(Request):
    """An enterprise's own account. It is paid to nobody else, so the holder is not asked."""

    bank: ShortText = ""
    number: Annotated[str, Field(max_length=40, description="8 to 30 digits")] = ""

    @field_validator("number")
    @classmethod
    def _digits(cls, value: str) -> str:
        number = value.replace(" ", "").replace("-", "")
        if number and not (number.isascii() and number.isdigit() and 8 <= len(number) <= 30):
            raise PydanticCustomError("account_number", "an account number has 8 to 30 digits")
        return number


class KeptAccount(msgspec.Struct, frozen=True):
    """A bank account as it is kept beside the log."""

    bank: str
    number: str

    @property
    def masked(self) -> str:
        """The account as it is shown: the last four digits."""
        return f"{self.bank} ****{self.number[-4:]}"


def read_account(value: str) -> KeptAccount:
    """An account that was kept."""
    return msgspec.json.decode(value, type=KeptAccount)


class RunMatch(Request):
    """Match a policy for a period against the newest edition of the register."""

    policy: PolicyName
    period: PeriodName


class DropMatch(Request):
    """Drop a run before its list is published."""

    round: RoundName
    reason: FreeText = ""


class MakeOffers(Request):
    """Ask the candidates to confirm, where that comes before the notice."""

    round: RoundName


class PublishList(Request):
    """Publish the list and open it to objections."""

    round: RoundName


class PublishApplications(Request):
    """Publish a list of the granted applications of a period, and open it to objections."""

    policy: PolicyName
    period: PeriodName


class EnterObjection(Request):
    """An objection; `objector` is who objects and how they are reached, if not an enterprise."""

    round: RoundName
    kind: ObjectionKind
    code: CreditCode
    text: FreeText = ""
    objector: ShortText = ""


class DecideListObjection(Request):
    """The decision about an objection; `grade` is what somebody is added with."""

    round: RoundName
    objection: Annotated[int, Field(ge=1, le=10**6)]
    upheld: bool
    reason: FreeText = ""
    grade: GradeName = ""


class SettleList(Request):
    """The notice is over and the list stands."""

    round: RoundName


class CloseOffers(Request):
    """Close the offers that nobody confirmed in time."""

    round: RoundName
    reason: FreeText = ""


class ConfirmOffer(Request):
    """Accept an offer; `statement` is the SHA-256 of the statement that was signed."""

    policy: PolicyName
    period: PeriodName
    account: BankAccount = BankAccount()
    statement: Digest = ""


class DeclineOffer(Request):
    """Do without an offer."""

    policy: PolicyName
    period: PeriodName
    reason: FreeText = ""


class Apply(Request):
    """Apply with one's own evidence because one was not matched."""

    policy: PolicyName
    period: PeriodName
    grounds: FreeText = ""
    account: BankAccount = BankAccount()
    statement: Digest = ""


class ExamineApplication(Request):
    """An officer's opinion on an application."""

    party: CreditCode
    policy: PolicyName
    period: PeriodName
    recommends: Recommendation
    grade: GradeName = ""
    opinion: FreeText = ""


class DecideApplication(Request):
    """Grant an application in the grade of the opinion, or refuse it with the reason."""

    party: CreditCode
    policy: PolicyName
    period: PeriodName
    granted: bool
    reason: FreeText = ""


class OrderPayments(Request):
    """Order whatever is confirmed of a policy to be paid."""

    policy: PolicyName


class RecordPayments(Request):
    """What the treasury paid of a batch and what came back, by lines such as `…/2022`."""

    batch: BatchNumber
    on: Date
    paid: tuple[LineKey, ...] = ()
    returned: dict[LineKey, ReturnCause] = Field(default_factory=dict)


class CorrectAccount(Request):
    """Another account after a return."""

    policy: PolicyName
    period: PeriodName
    account: BankAccount = BankAccount()


class OrderRecovery(Request):
    """Demand a wrong payment back, in whole or in part."""

    party: CreditCode
    policy: PolicyName
    period: PeriodName
    ground: RecoveryGround
    amount_fen: Fen
    reason: FreeText = ""


class RecordRecovery(Request):
    """What was paid back."""

    party: CreditCode
    policy: PolicyName
    period: PeriodName
    on: Date
    amount_fen: Fen


OnRound = (
    DropMatch
    | MakeOffers
    | PublishList
    | EnterObjection
    | DecideListObjection
    | SettleList
    | CloseOffers
)
OfEnterprise = ConfirmOffer | DeclineOffer | Apply | CorrectAccount
OnClaim = ExamineApplication | DecideApplication | OrderRecovery | RecordRecovery
EntitlementRequest = (
    RunMatch
    | PublishApplications
    | OnRound
    | OfEnterprise
    | OnClaim
    | OrderPayments
    | RecordPayments
)
