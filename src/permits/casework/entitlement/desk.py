"""What lies on the desk when something about entitlements is decided, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from permits.casework.access import Actor
from permits.casework.dates import day_of
from permits.casework.due_dates import Length, reckon
from permits.casework.entitlement.batches import Batch
from permits.casework.entitlement.claims import Claim, Holding
from permits.casework.entitlement.matching import Candidate, Matching, Received, counting
from permits.casework.entitlement.register import Entry
from permits.casework.entitlement.rounds import Round
from permits.casework.envelope import Event
from permits.casework.party import Party
from permits.casework.refusals import Reason, Refused
from permits.casework.working_days import WorkingDays
from permits.definitions.policies.editions import PolicyEdition
from permits.definitions.policies.schema import Duty, Policy
from permits.definitions.procedure import Role


class Edition(NamedTuple):
    """An edition of the register, as it was imported."""

    id: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Desk:
    """The edition of the policy, who acts, when, and every outside fact that was read for it.

    `round_id` and `batch_number` are what a new one will be called; `open_round` the round of the
    same policy and period that is not over yet; `matching` a run that was made for this command;
    `entry` what the register says of the enterprise a command speaks of; `barred` whom the
    office's own record bars; `party` the record of the one that the actor acts for, which says
    who may.
    """

    edition: PolicyEdition
    actor: Actor
    now: datetime
    calendar: WorkingDays
    round: Round | None = None
    holdings: Mapping[str, Holding] = field(default_factory=dict)
    batch: Batch | None = None
    register: Edition | None = None
    matching: Matching | None = None
    entry: Entry | None = None
    round_id: str = ""
    batch_number: str = ""
    open_round: str = ""
    barred: frozenset[str] = frozenset()
    party: Party | None = None

    @property
    def policy(self) -> Policy:
        return self.edition.policy

    @property
    def today(self) -> date:
        return day_of(self.now)

    def holding(self, code: str) -> Holding:
        return self.holdings.get(code) or Holding(code)

    def withheld(self, code: str) -> bool:
        """Whether nothing of the policy is paid to an enterprise today, because it is barred."""
        return code in self.barred and self.edition.excludes_barred

    def due(self, term: str, since: date | None = None) -> tuple[date | None, bool]:
        """The last day of a term that begins on a day, or today, and whether it is provisional."""
        found = reckon(self.calendar, since or self.today, Length.parse(term))
        return found.due, found.provisional

    def graded(self, code: str, name: str, period: str, grade: str) -> Candidate:
        """An enterprise with a grade of the policy: what is left of it beside the group."""
        full = self.edition.fen(grade)
        counted = counting(self.edition, period, self.received(code, period))
        deducted = min(full, sum(one.fen for one in counted))
        return Candidate(code, name, grade, full, deducted, full - deducted)

    def received(self, code: str, period: str) -> tuple[Received, ...]:
        """What its group paid an enterprise, without what this very claim is to be paid."""
        own = (self.edition.id, period)
        return tuple(one for one in self.holding(code).received if (one.policy, one.period) != own)

    def left_of(self, claim: Claim) -> int:
        """What is left of a claim, now that the group may have paid more."""
        counted = counting(self.edition, claim.period, self.received(claim.party, claim.period))
        return max(0, claim.full_fen - sum(one.fen for one in counted))


class Fact(NamedTuple):
    """An event of a stream."""

    stream: str
    event: Event


class Noted(NamedTuple):
    """What a command brought about, and the role in which it was given."""

    facts: tuple[Fact, ...]
    role: Role


Decision = Noted | Refused


def acting(desk: Desk, duty: Duty) -> Role | None:
    """The role in which the actor has a duty of the policy; None without it."""
    return duty_of(desk.actor, desk.policy, duty)


def duty_of(actor: Actor, policy: Policy, duty: Duty) -> Role | None:
    """The role in which somebody has a duty of a policy, in the department that pays."""
    authority = policy.authority
    if (actor.office, actor.department) != (authority.id, authority.department):
        return None
    return next((role for role in policy.duties[duty] if role in actor.roles), None)


def owns(actor: Actor, code: str) -> bool:
    """Whether somebody acts for an enterprise."""
    return Role.APPLICANT in actor.roles and actor.party == code


def no(reason: Reason, *about: Any) -> Refused:
    return Refused(reason, tuple(str(one) for one in about))
