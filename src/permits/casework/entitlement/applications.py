"""Decisions about what enterprises answer and apply for."""

import hashlib

from permits.casework.entitlement import claims as cl
from permits.casework.entitlement import commands as c
from permits.casework.entitlement.claim_events import (
    AccountCorrected,
    EntitlementApplied,
    EntitlementConfirmed,
    EntitlementDeclined,
    EntitlementExamined,
    EntitlementGranted,
    EntitlementRefused,
)
from permits.casework.entitlement.desk import Decision, Desk, Fact, Noted, acting, no, owns
from permits.casework.entitlement.lists import period_trouble
from permits.casework.envelope import Event, canonical
from permits.casework.parts import Seal
from permits.casework.refusals import Reason, Refused
from permits.definitions.policies.schema import Duty, Policy
from permits.definitions.procedure import Role


def statement_digest(policy: Policy) -> str:
    """SHA-256, in hex, of the statement an enterprise signs, in both languages."""
    text = [says.model_dump() for says in policy.confirmation.statement]
    return hashlib.sha256(canonical({"policy": policy.policy.id, "says": text})).hexdigest()


def _vouched(desk: Desk, account: Seal | None, statement: str) -> Seal | Refused:
    """The account to pay to; or what is missing for that, the statement or the account."""
    if not statement:
        return no(Reason.STATEMENT_UNSIGNED)
    if statement != statement_digest(desk.policy):
        return no(Reason.NOTICE_CHANGED, desk.policy.policy.title.zh)
    return no(Reason.ACCOUNT_WANTED) if account is None else account


def _own(desk: Desk, policy: str, period: str) -> cl.Claim | Refused:
    """The claim of the enterprise that asks."""
    if Role.APPLICANT not in desk.actor.roles:
        return no(Reason.NOT_YOURS, Role.APPLICANT)
    claim = desk.holding(desk.actor.party).claim(policy, period)
    return claim if claim is not None else no(Reason.NO_SUCH_CLAIM)


def _of_applicant(claim: cl.Claim, event: Event) -> Noted:
    return Noted((Fact(cl.stream_of(claim.party), event),), Role.APPLICANT)


def confirm_offer(desk: Desk, command: c.ConfirmOffer) -> Decision:
    """Accept what is offered. Later than asked is in time until a person closes the offer."""
    claim = _own(desk, command.policy, command.period)
    if isinstance(claim, Refused):
        return claim
    if claim.standing != "offered":
        return no(Reason.NOT_NOW, "confirm_offer")
    account = _vouched(desk, command.account, command.statement)
    if isinstance(account, Refused):
        return account
    event = EntitlementConfirmed(
        policy=command.policy,
        period=command.period,
        account=account,
        statement=command.statement,
    )
    return _of_applicant(claim, event)


def decline_offer(desk: Desk, command: c.DeclineOffer) -> Decision:
    claim = _own(desk, command.policy, command.period)
    if isinstance(claim, Refused):
        return claim
    if claim.standing not in ("offered", "confirmed"):
        return no(Reason.NOT_NOW, "decline_offer")
    event = EntitlementDeclined(
        policy=command.policy, period=command.period, reason=command.reason
    )
    return _of_applicant(claim, event)


def correct_account(desk: Desk, command: c.CorrectAccount) -> Decision:
    """Name another account, so that what the bank returned can be paid again."""
    claim = _own(desk, command.policy, command.period)
    if isinstance(claim, Refused):
        return claim
    if claim.standing != "returned":
        return no(Reason.NOT_NOW, "correct_account")
    if command.account is None:
        return no(Reason.ACCOUNT_WANTED)
    event = AccountCorrected(policy=command.policy, period=command.period, account=command.account)
    return _of_applicant(claim, event)


def apply_for(desk: Desk, command: c.Apply) -> Decision:
    """The ordinary path, for whoever was not matched; the same key keeps it from being paid
    twice."""
    party = desk.actor.party
    if not owns(desk.actor, party) or not party:
        return no(Reason.NOT_YOURS, Role.APPLICANT)
    claim = desk.holding(party).claim(command.policy, command.period)
    trouble = period_trouble(desk, command.period) or cl.not_to_apply(claim)
    if trouble is not None:
        return trouble
    if command.grounds is None:
        return no(Reason.REASON_WANTED)
    account = _vouched(desk, command.account, command.statement)
    if isinstance(account, Refused):
        return account
    if desk.entry is None:
        return no(Reason.NO_SUCH_ENTERPRISE, party)
    due, provisional = desk.due(desk.policy.application.term)
    group = desk.policy.group
    event = EntitlementApplied(
        policy=command.policy,
        period=command.period,
        party=party,
        name=desk.entry.name,
        authority=desk.policy.authority.id,
        department=desk.policy.authority.department,
        group=group.id if group is not None else "",
        grounds=command.grounds,
        handed_in=command.handed_in,
        account=account,
        statement=command.statement,
        decide_by=due,
        provisional=provisional,
    )
    return Noted((Fact(cl.stream_of(party), event),), Role.APPLICANT)


def examine(desk: Desk, command: c.ExamineApplication) -> Decision:
    role = acting(desk, Duty.EXAMINE)
    if role is None:
        return no(Reason.NOT_YOURS, *desk.policy.duties[Duty.EXAMINE])
    claim = desk.holding(command.party).claim(command.policy, command.period)
    if claim is None:
        return no(Reason.NO_SUCH_CLAIM)
    if claim.standing not in ("applied", "examined"):
        return no(Reason.NOT_NOW, "examine_application")
    if command.opinion is None:
        return no(Reason.REASON_WANTED)
    grants = command.recommends == "grant"
    if grants and command.grade not in desk.policy.grades:
        return no(Reason.GRADE_WANTED)
    event = EntitlementExamined(
        policy=command.policy,
        period=command.period,
        recommends=command.recommends,
        grade=command.grade if grants else "",
        opinion=command.opinion,
    )
    return Noted((Fact(cl.stream_of(claim.party), event),), role)


def decide_application(desk: Desk, command: c.DecideApplication) -> Decision:
    """Grant or refuse; never by whoever examined."""
    role = acting(desk, Duty.DECIDE)
    if role is None:
        return no(Reason.NOT_YOURS, *desk.policy.duties[Duty.DECIDE])
    claim = desk.holding(command.party).claim(command.policy, command.period)
    if claim is None:
        return no(Reason.NO_SUCH_CLAIM)
    if claim.standing != "examined":
        return no(Reason.NOT_NOW, "decide_application")
    if desk.actor.acting_as(role).is_any_of(claim.prepared_by, claim.prepared_for):
        return no(Reason.SAME_PERSON)
    event = _granted(desk, claim) if command.granted else _refused(claim, command.reason)
    if isinstance(event, Refused):
        return event
    return Noted((Fact(cl.stream_of(claim.party), event),), role)


def _granted(desk: Desk, claim: cl.Claim) -> Event | Refused:
    if not claim.grade:
        return no(Reason.GRADE_WANTED)
    one = desk.graded(claim.party, claim.name, claim.period, claim.grade)
    if one.amount_fen <= 0:
        return no(Reason.GROUP_PAID)
    return EntitlementGranted(
        policy=claim.policy,
        period=claim.period,
        grade=one.grade,
        full_fen=one.full_fen,
        deducted_fen=one.deducted_fen,
        amount_fen=one.amount_fen,
    )


def _refused(claim: cl.Claim, reason: Seal | None) -> Event | Refused:
    if reason is None:
        return no(Reason.REASON_WANTED)
    return EntitlementRefused(policy=claim.policy, period=claim.period, reason=reason)
