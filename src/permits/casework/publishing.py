"""Proposals to publish: who makes them, who decides, and when they can no longer be published.

What everybody's cases are decided by is never changed by one person alone: the administrator who
proposes is not the one who publishes (GB/T 22239-2019 8.1.4.2 keeps the two apart).
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from permits.casework.access import Actor
from permits.casework.envelope import Envelope, Event
from permits.casework.families.publishing import PublicationDecided, PublicationProposed
from permits.casework.parts import Seal
from permits.casework.standings import IN_CHARGE, Charge, may_administer
from permits.definitions.procedure import Role


class What(StrEnum):
    """What can be proposed."""

    CALENDAR = "calendar"
    DEFINITION = "definition"
    SITE = "site"


class Outcome(StrEnum):
    """What becomes of a proposal."""

    PUBLISHED = "published"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Fault(StrEnum):
    """Why something cannot be proposed, or a proposal not be decided so. Closed: each has a
    sentence in `permits.text.publishing`."""

    NOT_YOURS = "not_yours"
    OWN_PROPOSAL = "own_proposal"
    NO_PROPOSAL = "no_proposal"
    DECIDED = "decided"
    REASON_WANTED = "reason_wanted"
    NOTHING_NEW = "nothing_new"
    PROPOSED_ALREADY = "proposed_already"
    OVERTAKEN = "overtaken"
    UNSOUND = "unsound"
    RATE_BEGUN = "rate_begun"


class Proposal(msgspec.Struct, frozen=True):
    """A proposal as its stream leaves it; `outcome` is None while it is open."""

    id: str
    what: What
    subject: str
    digest: str
    base: str
    by: str
    at: datetime
    reason: Seal
    outcome: Outcome | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    decided_because: Seal | None = None

    @property
    def open(self) -> bool:
        return self.outcome is None


def fold_proposal(name: str, entries: Iterable[tuple[Envelope, Event]]) -> Proposal | None:
    """A proposal from the events of its stream; None if there is none."""
    found: Proposal | None = None
    for at, event in entries:
        if isinstance(event, PublicationProposed):
            found = Proposal(
                id=name,
                what=What(event.what),
                subject=event.subject,
                digest=event.digest,
                base=event.base,
                by=at.actor,
                at=at.recorded_at,
                reason=event.reason,
            )
        elif isinstance(event, PublicationDecided) and found is not None:
            found = replace(
                found,
                outcome=Outcome(event.outcome),
                decided_by=at.actor,
                decided_at=at.recorded_at,
                decided_because=event.reason,
            )
    return found


def proposes(actor: Actor) -> Role | None:
    """The role in which the actor proposes something; None if that is not theirs."""
    return _in_charge(actor, Charge.PROPOSE)


def decides(actor: Actor, outcome: Outcome) -> Role | None:
    """The role in which the actor brings a proposal to such an end; None if that is not theirs."""
    taken_back = outcome is Outcome.WITHDRAWN
    return _in_charge(actor, Charge.PROPOSE if taken_back else Charge.PUBLISH)


def _in_charge(actor: Actor, charge: Charge) -> Role | None:
    if not may_administer(actor, charge):
        return None
    return min(actor.roles & IN_CHARGE[charge])


def not_to_decide(proposal: Proposal, outcome: Outcome, actor: Actor) -> Fault | None:
    """Why the actor cannot bring a proposal to such an end: another administrator than whoever
    made it publishes or declines it, and only they withdraw it."""
    if decides(actor, outcome) is None:
        return Fault.NOT_YOURS
    own = actor.is_any_of(proposal.by)
    if outcome is Outcome.WITHDRAWN and not own:
        return Fault.NOT_YOURS
    if outcome is not Outcome.WITHDRAWN and own:
        return Fault.OWN_PROPOSAL
    return None if proposal.open else Fault.DECIDED
