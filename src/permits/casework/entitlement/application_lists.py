"""The list of those whose applications were granted: it is published, like that of a run, before
anything is paid."""

from permits.casework.entitlement import claims as cl
from permits.casework.entitlement import commands as c
from permits.casework.entitlement import rounds as r
from permits.casework.entitlement.claim_events import EntitlementListed
from permits.casework.entitlement.desk import Decision, Desk, Fact, Noted, acting, no
from permits.casework.entitlement.matching import Candidate
from permits.casework.refusals import Reason
from permits.definitions.policies.schema import Duty


def publish_applications(desk: Desk, command: c.PublishApplications) -> Decision:
    """Put every granted application of a period that was on no list on one, and open it to
    objections for the whole of the notice. What another version of the policy decided stands on a
    list of its own. Never by whoever examined one of them."""
    role = acting(desk, Duty.PUBLISH)
    if role is None:
        return no(Reason.NOT_YOURS, *desk.policy.duties[Duty.PUBLISH])
    found = waiting(desk, command)
    if not found:
        return no(Reason.LIST_EMPTY)
    involved = (who for one in found for who in (one.prepared_by, one.prepared_for))
    if desk.actor.acting_as(role).is_any_of(*involved):
        return no(Reason.SAME_PERSON)
    if desk.register is None:
        return no(Reason.NO_REGISTER)
    ends_on, provisional = desk.due(desk.policy.notice.term)
    if provisional or ends_on is None:
        return no(Reason.DATE_PROVISIONAL, "notice")
    stream = r.stream_of(desk.round_id)
    listed = r.ApplicationsListed(
        policy=command.policy,
        period=command.period,
        authority=desk.policy.authority.id,
        department=desk.policy.authority.department,
        edition=desk.register.id,
        as_of=desk.register.as_of,
        candidates=tuple(map(_candidate, found)),
    )
    published = r.ListPublished(
        listed=tuple(one.party for one in found), ends_on=ends_on, calendar=desk.calendar.digest
    )
    of = {"policy": command.policy, "period": command.period, "round": desk.round_id}
    facts = (Fact(cl.stream_of(one.party), EntitlementListed(**of)) for one in found)
    return Noted((Fact(stream, listed), Fact(stream, published), *facts), role)


def waiting(desk: Desk, command: c.PublishApplications) -> tuple[cl.Claim, ...]:
    """The granted applications that were decided by the version on the desk and wait for their
    list, by credit code."""
    held = (desk.holdings[code].claim(command.policy, command.period) for code in desk.holdings)
    found = [
        one
        for one in held
        if one is not None and one.awaits_list and one.definition == desk.edition.digest
    ]
    return tuple(sorted(found, key=lambda one: one.party))


def _candidate(claim: cl.Claim) -> Candidate:
    return Candidate(
        claim.party,
        claim.name,
        claim.grade,
        claim.full_fen,
        claim.deducted_fen,
        claim.amount_fen,
    )
