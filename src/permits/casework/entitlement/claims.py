"""What an enterprise has of every policy: its claims, each for one policy and period."""

from datetime import date, datetime
from typing import Literal

import msgspec

from permits.casework.entitlement.claim_events import (
    RecoveryGround,
    ReturnCause,
)
from permits.casework.entitlement.matching import Received
from permits.casework.parts import HandedIn, Recommendation, Seal
from permits.casework.refusals import Reason, Refused

Route = Literal["matched", "applied"]
Standing = Literal[
    "offered", "declined", "closed", "taken_off", "confirmed",
    "applied", "examined", "refused",
    "ordered", "paid", "returned", "corrected", "recovering", "recovered",
]  # fmt: skip
"""Where a claim stands. An application is `confirmed` once it is granted; it is cleared when the
list that it is published on stands."""

GRANTED = frozenset({"ordered", "paid", "returned", "corrected", "recovering", "recovered"})
"""The order to pay was given: for this policy and period nothing is ever paid again."""

OVER = frozenset({"declined", "closed", "taken_off", "refused"})
"""Nothing comes of it any more; the enterprise may apply."""


def stream_of(code: str) -> str:
    return f"entitled/{code}"


def place_of(party: str, policy: str, period: str) -> str:
    """Where the files of an application are kept."""
    return f"{stream_of(party)}/{key_of(policy, period)}"


def key_of(policy: str, period: str) -> str:
    return f"{policy}/{period}"


class Claim(msgspec.Struct, frozen=True):
    """A claim as its events leave it. `prepared_by` is who ran the match or examined,
    and `prepared_for` in whose place."""

    policy: str
    period: str
    party: str
    name: str
    authority: str
    department: str
    definition: str
    route: Route
    standing: Standing
    group: str
    round: str = ""
    grade: str = ""
    full_fen: int = 0
    deducted_fen: int = 0
    amount_fen: int = 0
    cleared: bool = False
    due: date | None = None
    provisional: bool = False
    prepared_by: str = ""
    prepared_for: str = ""
    account: Seal | None = None
    grounds: Seal | None = None
    handed_in: tuple[HandedIn, ...] = ()
    recommends: Recommendation | None = None
    opinion: Seal | None = None
    reason: Seal | None = None
    cause: ReturnCause | None = None
    batch: str = ""
    opened_on: date | None = None
    confirmed_on: date | None = None
    ordered_on: date | None = None
    paid_on: date | None = None
    recovery_fen: int = 0
    recovered_fen: int = 0
    recovery_ground: RecoveryGround | None = None

    @property
    def key(self) -> str:
        return key_of(self.policy, self.period)

    @property
    def payable(self) -> bool:
        """Whether an order to pay may be given."""
        return self.standing == "corrected" or (self.standing == "confirmed" and self.cleared)

    @property
    def awaits_list(self) -> bool:
        """Whether it is a granted application that was on no list yet."""
        granted = (self.route, self.standing) == ("applied", "confirmed")
        return granted and not self.round and not self.cleared

    @property
    def owed_back_fen(self) -> int:
        """What is still to be paid back."""
        return self.recovery_fen - self.recovered_fen


class Holding(msgspec.Struct, frozen=True):
    """Everything an enterprise has, by policy and period."""

    party: str
    claims: dict[str, Claim] = {}
    version: int = 0
    recorded_at: datetime | None = None

    def claim(self, policy: str, period: str) -> Claim | None:
        return self.claims.get(key_of(policy, period))

    @property
    def received(self) -> tuple[Received, ...]:
        """What groups of policies have granted it, without what is claimed back."""
        return tuple(
            Received(one.group, one.policy, one.period, one.amount_fen - one.recovery_fen)
            for one in self.claims.values()
            if one.group and one.standing in GRANTED
        )


def not_to_apply(claim: Claim | None) -> Refused | None:
    """Why nothing more can be asked for of a policy and period that a claim is of."""
    if claim is None or claim.standing in OVER:
        return None
    granted = claim.standing in GRANTED
    return Refused(Reason.PAID_BEFORE if granted else Reason.ENTITLED_ALREADY)
