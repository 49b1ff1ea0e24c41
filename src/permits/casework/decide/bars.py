"""Bars from applying again, and the legal review of a penalty: decided by people, with reasons.

One year after an application was turned down for false materials (行政许可法 art. 78), three years
after a permit got by deceit or bribery was revoked (art. 79). Both where the permit directly
concerns public safety, health, or life and property, and both for the same permit.
"""

from permits.casework import party_commands as c
from permits.casework.case import Case
from permits.casework.decide.credit import last_day
from permits.casework.decide.party_desk import PartyDesk
from permits.casework.decide.party_minutes import PartyMinutes
from permits.casework.due_dates import Length
from permits.casework.families.bars import BarImposed, BarLifted, ReviewConcluded
from permits.casework.party import BarGround, Party
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Milestone, RevocationGround


def grounds(party: Party, case: Case) -> tuple[BarGround, ...]:
    """The grounds on which a bar can follow from a case; none if one holds already."""
    of_case = (b for b in party.bars.values() if b.case == case.id and not b.of_track)
    if any(bar.lifted_on is None for bar in of_case):
        return ()
    if case.revoked_for == RevocationGround.DECEIT_OR_BRIBERY:
        return ("deceit",)
    return ("false_materials",) if _turned_down(case) else ()


def _turned_down(case: Case) -> bool:
    """Whether an application was turned down for what was in it. It was not if no permit was
    needed or another office is competent; and a refusal that was annulled is none."""
    if Milestone.ANNULLED in case.milestones:
        return False
    uncorrected = case.not_accepted_for == "uncorrected"
    return uncorrected or Milestone.REFUSED in case.milestones


def carry_out(minutes: PartyMinutes, command: c.OfBars, desk: PartyDesk) -> Refused | None:
    """Impose or lift a bar, or conclude a review; or say why not."""
    match command:
        case c.ImposeBar():
            return _impose(minutes, command, desk)
        case c.LiftBar():
            return _lift(minutes, command)
        case c.ConcludeReview():
            return _conclude(minutes, command)


def _impose(minutes: PartyMinutes, command: c.ImposeBar, desk: PartyDesk) -> Refused | None:
    """Bar the party from the permit of a case, counted from today."""
    case, party = desk.case, minutes.party
    if case is None or case.party != party.code:
        return Refused(Reason.NO_SUCH_CASE, (command.case,))
    if command.ground not in grounds(party, case):
        return Refused(Reason.BAR_NOT_LAWFUL)
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    held = desk.terms.bars
    within = (held.deceit if command.ground == "deceit" else held.false_materials).term
    minutes.note(
        BarImposed(
            bar=f"bar_{len(party.bars) + 1}",
            ground=command.ground,
            concerns=command.concerns,
            case=case.id,
            number=case.number,
            permit=case.permit,
            office=case.authority,
            department=case.department,
            within=within,
            until=last_day(desk.calendar, desk.today, Length.parse(within)),
            reason=command.reason,
        )
    )
    return None


def _lift(minutes: PartyMinutes, command: c.LiftBar) -> Refused | None:
    """Take a bar back that still holds."""
    bar = minutes.party.bars.get(command.bar)
    if bar is None or not bar.holds(minutes.desk.today):
        return Refused(Reason.NO_SUCH_BAR)
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    minutes.note(BarLifted(bar=command.bar, reason=command.reason))
    return None


def _conclude(minutes: PartyMinutes, command: c.ConcludeReview) -> Refused | None:
    """Record what became of a review. Whoever the matter is referred to decides of a penalty."""
    review = minutes.party.reviews.get(command.review)
    if review is None or review.outcome is not None:
        return Refused(Reason.NO_SUCH_REVIEW)
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    minutes.note(
        ReviewConcluded(review=command.review, outcome=command.outcome, reason=command.reason)
    )
    return None
