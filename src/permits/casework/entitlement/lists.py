"""Decisions about runs, their lists and the objections to them."""

from collections.abc import Iterator

from permits.casework.entitlement import claims as cl
from permits.casework.entitlement import commands as c
from permits.casework.entitlement import rounds as r
from permits.casework.entitlement.claim_events import (
    EntitlementCleared,
    EntitlementOffered,
    EntitlementTakenOff,
    OfferClosed,
)
from permits.casework.entitlement.desk import Decision, Desk, Fact, Noted, acting, no, owns
from permits.casework.entitlement.matching import Candidate
from permits.casework.parts import Seal
from permits.casework.refusals import Reason, Refused
from permits.definitions.policies.periods import Period, parse
from permits.definitions.policies.schema import Duty
from permits.definitions.procedure import Role


def period_trouble(desk: Desk, text: str) -> Refused | None:
    """Why a policy is not paid for a period; None if it is."""
    period, head = parse(text), desk.policy.policy
    if period is None or period.kind != head.period:
        return no(Reason.PERIOD_NOT_LAWFUL, text)
    if not _in_force(desk, period):
        return no(Reason.PERIOD_NOT_LAWFUL, text)
    return None


def _in_force(desk: Desk, period: Period) -> bool:
    head = desk.policy.policy
    until = head.effective_until
    within = head.effective_from <= period.first and (until is None or period.first <= until)
    return within and period.first <= desk.today


def run_match(desk: Desk, command: c.RunMatch) -> Decision:
    """Write a run down; it was made before, by the same rules for everybody."""
    role = acting(desk, Duty.MATCH)
    if role is None:
        return no(Reason.NOT_YOURS, *desk.policy.duties[Duty.MATCH])
    trouble = period_trouble(desk, command.period)
    if trouble is not None:
        return trouble
    if desk.register is None or desk.matching is None:
        return no(Reason.NO_REGISTER)
    if desk.open_round:
        return no(Reason.ROUND_OPEN, desk.open_round)
    found = desk.matching
    event = r.MatchRun(
        policy=command.policy,
        period=command.period,
        authority=desk.policy.authority.id,
        department=desk.policy.authority.department,
        order=desk.policy.order,
        edition=desk.register.id,
        as_of=desk.register.as_of,
        digest=found.digest,
        examined=found.examined,
        outcomes=found.outcomes,
        candidates=found.candidates,
    )
    return Noted((Fact(r.stream_of(desk.round_id), event),), role)


def drop_match(desk: Desk, found: r.Round, command: c.DropMatch) -> Decision:
    role = acting(desk, Duty.MATCH) or acting(desk, Duty.DECIDE)
    if role is None:
        return no(Reason.NOT_YOURS, *desk.policy.duties[Duty.MATCH])
    if found.stage != "matched":
        return no(Reason.NOT_NOW, "drop_match")
    if command.reason is None:
        return no(Reason.REASON_WANTED)
    event = r.MatchDropped(reason=command.reason)
    return Noted((Fact(r.stream_of(found.id), event),), role)


def make_offers(desk: Desk, found: r.Round, _command: c.MakeOffers) -> Decision:
    """Ask the candidates to confirm before the list is published."""
    role = acting(desk, Duty.PUBLISH)
    if role is None:
        return no(Reason.NOT_YOURS, *desk.policy.duties[Duty.PUBLISH])
    if found.order != "confirm_first" or found.stage != "matched":
        return no(Reason.NOT_NOW, "make_offers")
    facts = tuple(_offers(desk, found, tuple(found.candidates.values()), cleared=False))
    return Noted(facts, role) if facts else no(Reason.LIST_EMPTY)


def _offers(
    desk: Desk, found: r.Round, wanted: tuple[Candidate, ...], *, cleared: bool
) -> Iterator[Fact]:
    """Offers to those who have nothing of this policy and period yet."""
    confirm_by, provisional = desk.due(desk.policy.confirmation.term)
    group = desk.policy.group
    offered: list[str] = []
    for one in wanted:
        claim = desk.holding(one.code).claim(found.policy, found.period)
        if claim is not None and (claim.standing not in cl.OVER or claim.round == found.id):
            continue
        offered.append(one.code)
        by, in_place_of = found.prepared(one.code)
        event = EntitlementOffered(
            policy=found.policy,
            period=found.period,
            party=one.code,
            name=one.name,
            authority=found.authority,
            department=found.department,
            round=found.id,
            group=group.id if group is not None else "",
            grade=one.grade,
            full_fen=one.full_fen,
            deducted_fen=one.deducted_fen,
            amount_fen=one.amount_fen,
            cleared=cleared,
            confirm_by=confirm_by,
            provisional=provisional,
            prepared_by=by,
            prepared_for=in_place_of,
        )
        yield Fact(cl.stream_of(one.code), event)
    if offered:
        made = r.OffersMade(codes=tuple(offered), confirm_by=confirm_by, provisional=provisional)
        yield Fact(r.stream_of(found.id), made)


def publish_list(desk: Desk, found: r.Round, _command: c.PublishList) -> Decision:
    """Open the list to objections for the whole of the notice."""
    role = acting(desk, Duty.PUBLISH)
    if role is None:
        return no(Reason.NOT_YOURS, *desk.policy.duties[Duty.PUBLISH])
    if desk.actor.acting_as(role).is_any_of(found.run_by, found.run_for):
        return no(Reason.SAME_PERSON)
    wanted: r.Stage = "matched" if found.order == "notice_first" else "offered"
    if found.stage != wanted:
        return no(Reason.NOT_NOW, "publish_list")
    if _waiting(desk, found):
        open_ = _still_to_confirm(desk, found, "publish_list")
        if open_ is not None:
            return open_
    listed = tuple(found.candidates)
    if found.order == "confirm_first":
        listed = tuple(code for code in listed if _stands(desk, found, code, "confirmed"))
    if not listed:
        return no(Reason.LIST_EMPTY)
    ends_on, provisional = desk.due(desk.policy.notice.term)
    if provisional or ends_on is None:
        return no(Reason.DATE_PROVISIONAL, "notice")
    event = r.ListPublished(listed=listed, ends_on=ends_on, calendar=desk.calendar.digest)
    return Noted((Fact(r.stream_of(found.id), event),), role)


def _waiting(desk: Desk, found: r.Round) -> tuple[str, ...]:
    """Whoever was asked in this round and has not answered."""
    return tuple(code for code in found.candidates if _stands(desk, found, code, "offered"))


def _still_to_confirm(desk: Desk, found: r.Round, step: str) -> Refused | None:
    """Why nobody is passed over yet who was asked to confirm: their last day has not passed. It is
    reckoned anew if the calendar of its year was not published when they were asked."""
    due, provisional = found.confirm_by, found.provisional
    if provisional:
        due, provisional = desk.due(desk.policy.confirmation.term, found.offered_on)
    if provisional or due is None:
        return no(Reason.DATE_PROVISIONAL, step)
    return no(Reason.OFFERS_OPEN, due) if desk.today <= due else None


def _stands(desk: Desk, found: r.Round, code: str, standing: cl.Standing) -> bool:
    claim = desk.holding(code).claim(found.policy, found.period)
    return claim is not None and claim.round == found.id and claim.standing == standing


def enter_objection(desk: Desk, found: r.Round, command: c.EnterObjection) -> Decision:
    """Take an objection while the notice runs: from an enterprise, or from anybody by way of the
    office."""
    role = acting(desk, Duty.OBJECT)
    party = ""
    if role is None and Role.APPLICANT in desk.actor.roles:
        role, party = Role.APPLICANT, desk.actor.party
    if role is None:
        return no(Reason.NOT_YOURS, *desk.policy.duties[Duty.OBJECT])
    text = _objected(desk, found, command)
    if isinstance(text, Refused):
        return text
    if party and command.kind == "add" and not owns(desk.actor, command.code):
        return no(Reason.NOT_YOURS)
    due, provisional = desk.due(desk.policy.objections.term)
    event = r.ListObjectionEntered(
        objection=len(found.objections) + 1,
        kind=command.kind,
        code=command.code,
        text=text,
        objector=command.objector,
        party=party,
        due=due,
        provisional=provisional,
    )
    return Noted((Fact(r.stream_of(found.id), event),), role)


def _objected(desk: Desk, found: r.Round, command: c.EnterObjection) -> Seal | Refused:
    """What is objected, if the list is open to it and it fits."""
    if found.stage != "published" or found.ends_on is None:
        return no(Reason.NOT_NOW, "enter_objection")
    if desk.today > found.ends_on:
        return no(Reason.NOTICE_OVER, found.ends_on)
    if command.text is None:
        return no(Reason.REASON_WANTED)
    listed = any(one.code == command.code for one in found.on_list)
    if command.kind == "remove" and not listed:
        return no(Reason.NOT_LISTED, command.code)
    if command.kind == "add" and listed:
        return no(Reason.ALREADY_LISTED, command.code)
    if command.kind == "add" and desk.entry is None:
        return no(Reason.NO_SUCH_ENTERPRISE, command.code)
    return command.text


def decide_objection(desk: Desk, found: r.Round, command: c.DecideListObjection) -> Decision:
    """Uphold an objection or not, with reasons; never by whoever ran the match, or examined the
    application."""
    role = acting(desk, Duty.DECIDE)
    if role is None:
        return no(Reason.NOT_YOURS, *desk.policy.duties[Duty.DECIDE])
    objection = next((o for o in found.objections if o.number == command.objection), None)
    if objection is None:
        return no(Reason.NO_SUCH_OBJECTION, command.objection)
    involved = (found.run_by, found.run_for, *_examiners(desk, found, objection.code))
    if desk.actor.acting_as(role).is_any_of(*involved):
        return no(Reason.SAME_PERSON)
    if objection.upheld is not None:
        return no(Reason.NOT_NOW, "decide_list_objection")
    if command.reason is None:
        return no(Reason.REASON_WANTED)
    added: Candidate | None = None
    if command.upheld and objection.kind == "add":
        found_or_not = _added(desk, found, objection, command.grade)
        if isinstance(found_or_not, Refused):
            return found_or_not
        added = found_or_not
    event = r.ListObjectionDecided(
        objection=objection.number, upheld=command.upheld, reason=command.reason, added=added
    )
    return Noted((Fact(r.stream_of(found.id), event),), role)


def _examiners(desk: Desk, found: r.Round, code: str) -> tuple[str, ...]:
    """Who examined the application an objection is about, and in whose place."""
    claim = desk.holding(code).claim(found.policy, found.period)
    if claim is None or claim.route != "applied":
        return ()
    return (claim.prepared_by, claim.prepared_for)


def _added(desk: Desk, found: r.Round, objection: r.Objection, grade: str) -> Candidate | Refused:
    """Who is added to the list, with the grade the decision names."""
    if grade not in desk.policy.grades:
        return no(Reason.GRADE_WANTED)
    if desk.entry is None:
        return no(Reason.NO_SUCH_ENTERPRISE, objection.code)
    claim = desk.holding(objection.code).claim(found.policy, found.period)
    if claim is not None and claim.standing not in cl.OVER:
        return no(Reason.ENTITLED_ALREADY)
    one = desk.graded(objection.code, desk.entry.name, found.period, grade)
    return one if one.amount_fen > 0 else no(Reason.GROUP_PAID)


def settle_list(desk: Desk, found: r.Round, _command: c.SettleList) -> Decision:
    """The list stands: whoever has not confirmed before is asked to, and who has may be paid."""
    role = acting(desk, Duty.DECIDE)
    if role is None:
        return no(Reason.NOT_YOURS, *desk.policy.duties[Duty.DECIDE])
    if found.stage != "published" or found.ends_on is None:
        return no(Reason.NOT_NOW, "settle_list")
    if desk.today <= found.ends_on:
        return no(Reason.NOTICE_RUNNING, found.ends_on)
    if found.open_objections:
        return no(Reason.OBJECTIONS_OPEN, *(one.number for one in found.open_objections))
    facts = [Fact(r.stream_of(found.id), r.ListSettled())]
    facts += _after_confirmation(desk, found)
    facts += _offers(desk, found, _to_offer(found), cleared=True)
    return Noted(tuple(facts), role)


def _to_offer(found: r.Round) -> tuple[Candidate, ...]:
    """Whom nothing was offered before the notice: everybody where that comes first, else who was
    added by objections. Whoever confirmed before and changed their mind is not asked once more."""
    asked = frozenset(found.listed) if found.order == "confirm_first" else frozenset[str]()
    return tuple(one for one in found.on_list if one.code not in asked)


def _after_confirmation(desk: Desk, found: r.Round) -> Iterator[Fact]:
    """What becomes of those who had confirmed before the notice."""
    on_list = {one.code for one in found.on_list}
    by_code = {o.code: o.number for o in found.objections if o.upheld and o.kind == "remove"}
    for code in found.listed:
        if not _stands(desk, found, code, "confirmed"):
            continue
        event: EntitlementCleared | EntitlementTakenOff
        if code in on_list:
            event = EntitlementCleared(policy=found.policy, period=found.period)
        else:
            event = EntitlementTakenOff(
                policy=found.policy, period=found.period, objection=by_code[code]
            )
        yield Fact(cl.stream_of(code), event)


def close_offers(desk: Desk, found: r.Round, command: c.CloseOffers) -> Decision:
    """Close what nobody confirmed: a person does so, after the time to confirm, with a reason."""
    role = acting(desk, Duty.DECIDE)
    if role is None:
        return no(Reason.NOT_YOURS, *desk.policy.duties[Duty.DECIDE])
    waiting = _offered_in(desk, found)
    if not waiting:
        return no(Reason.NOT_NOW, "close_offers")
    open_ = _still_to_confirm(desk, found, "close_offers")
    if open_ is not None:
        return open_
    if command.reason is None:
        return no(Reason.REASON_WANTED)
    closed = OfferClosed(policy=found.policy, period=found.period)
    facts = tuple(Fact(cl.stream_of(code), closed) for code in waiting)
    noted = r.OffersClosed(codes=waiting, reason=command.reason)
    return Noted((*facts, Fact(r.stream_of(found.id), noted)), role)


def _offered_in(desk: Desk, found: r.Round) -> tuple[str, ...]:
    """Everybody who was offered something in this round and has not answered, added ones too."""
    return tuple(code for code in desk.holdings if _stands(desk, found, code, "offered"))
