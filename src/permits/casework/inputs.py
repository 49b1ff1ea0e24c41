"""What an action of the chart is told: reasons, findings, opinions, dates, grounds. Personal
values and free texts come sealed, never in the clear."""

from datetime import date

import msgspec

from permits.casework.parts import (
    Defect,
    HandedIn,
    Means,
    Recommendation,
    Seal,
    ShownIn,
)
from permits.definitions.conditions import Answer
from permits.definitions.procedure import (
    Act,
    DeregistrationGround,
    RevocationGround,
    SpecialCause,
    WithdrawalGround,
)


class Signing(msgspec.Struct, frozen=True):
    """A signature under a commitment that was read whole; `text_digest` of what was shown.

    `signature` is the commitment's name for the applicant, `commitment.role` for others. Of others
    `account` is under which name the record of their unit has whoever is named; empty if it knows
    nobody of that name. `online` if that account has signed itself, and not a letter on paper.
    `shown_in` is the language of the page on which it was signed.
    """

    signature: str
    text_digest: str
    account: str = ""
    online: bool = False
    shown_in: ShownIn = ""


class Plain(msgspec.Struct, frozen=True, tag="plain"):
    """Nothing beyond the action itself."""


class Reasoned(msgspec.Struct, frozen=True, tag="reasoned"):
    reason: Seal | None = None


class Corrections(msgspec.Struct, frozen=True, tag="corrections"):
    defects: tuple[Defect, ...]


class Supplement(msgspec.Struct, frozen=True, tag="supplement"):
    """The whole form as corrected, the files that were asked for, and the commitments signed
    anew if other facts are declared."""

    answers: dict[str, Answer]
    seals: dict[str, Seal]
    handed_in: tuple[HandedIn, ...]
    signed: tuple[Signing, ...] = ()


class SpecialProcedure(msgspec.Struct, frozen=True, tag="special_procedure"):
    """`stated` is the time needed as the written notice says it; without the notice given
    (`notified`) no clock is suspended."""

    cause: SpecialCause
    stated: str
    notified: bool
    reason: Seal | None = None


class Opinion(msgspec.Struct, frozen=True, tag="opinion"):
    recommends: Recommendation
    opinion: Seal | None = None


class Service(msgspec.Struct, frozen=True, tag="service"):
    """When and how the decision was delivered."""

    on: date
    means: Means


class Revocation(msgspec.Struct, frozen=True, tag="revocation"):
    ground: RevocationGround
    reason: Seal | None = None


class Withdrawal(msgspec.Struct, frozen=True, tag="withdrawal"):
    """Why a lawful grant is withdrawn, and what is done for the holder's loss (art. 8)."""

    ground: WithdrawalGround
    reason: Seal | None = None
    compensation: Seal | None = None


class Deregistration(msgspec.Struct, frozen=True, tag="deregistration"):
    ground: DeregistrationGround


Input = (
    Plain
    | Reasoned
    | Corrections
    | Supplement
    | SpecialProcedure
    | Opinion
    | Service
    | Revocation
    | Withdrawal
    | Deregistration
)

INPUT_OF: dict[Act, type[Input]] = {
    Act.ACCEPT: Plain,
    Act.ACCEPT_BY_SILENCE: Plain,
    Act.ISSUE_CORRECTION: Corrections,
    Act.SUPPLY_CORRECTIONS: Supplement,
    Act.REFUSE_ACCEPTANCE: Reasoned,
    Act.DECLARE_NOT_REQUIRED: Reasoned,
    Act.DECLARE_NOT_COMPETENT: Reasoned,
    Act.WITHDRAW: Reasoned,
    Act.WITHDRAW_COMMITMENT: Plain,
    Act.SUSPEND: SpecialProcedure,
    Act.RESUME: Plain,
    Act.EXAMINE: Opinion,
    Act.RETURN: Reasoned,
    Act.GRANT: Plain,
    Act.REFUSE: Reasoned,
    Act.REFUSE_UNSUPPLIED: Reasoned,
    Act.DEEM_WITHDRAWN: Reasoned,
    Act.DELIVER: Service,
    Act.PUBLISH: Plain,
    Act.CONCLUDE: Plain,
    Act.REVOKE: Revocation,
    Act.WITHDRAW_GRANT: Withdrawal,
    Act.DEREGISTER: Deregistration,
    Act.VOID: Plain,
    Act.EXPIRE: Plain,
}
"""What each act needs to be told."""
