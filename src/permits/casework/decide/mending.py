"""Mistakes of the office: undone by further events, never by changing what was written."""

from datetime import date

from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework.case import Case
from permits.casework.decide.consequences import date_again
from permits.casework.decide.desk import Desk
from permits.casework.decide.fees import amount, date_fee_again, freeze_anew
from permits.casework.decide.minutes import Minutes
from permits.casework.decide.payments import follow_balance
from permits.casework.decide.performing import complete_on
from permits.casework.decide.terms import recompute, recompute_clock
from permits.casework.families.clocks import ClockStopped
from permits.casework.families.deciding import ActionReversed, DateRectified, RecordReversed
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import REPORTED_MILESTONES, Milestone

ORDERED = (
    Milestone.RECEIVED,
    Milestone.CORRECTION_ISSUED,
    Milestone.CORRECTIONS_SUPPLIED,
    Milestone.ACCEPTED,
    Milestone.EXAMINED,
    Milestone.DECIDED,
    Milestone.DELIVERED,
    Milestone.CONSTRUCTION_PERMIT,
    Milestone.WORKS_STARTED,
    Milestone.PERMANENT_WORKS_STARTED,
    Milestone.WORKS_COMPLETED,
    Milestone.JOINT_ACCEPTANCE_APPLIED,
    Milestone.JOINT_ACCEPTANCE,
    Milestone.PRODUCTION_REACHED,
)
"""Milestones in the order in which they must lie; those not known yet are passed over."""

RECTIFIABLE = frozenset(
    {Milestone.RECEIVED, Milestone.ACCEPTED, Milestone.DELIVERED, *REPORTED_MILESTONES}
)
"""Dates that a person typed or that follow from one. The others are the system's own."""


def not_reversible(case: Case, desk: Desk) -> Refused | None:
    """Why the last step cannot be undone: something followed it, or the definition does not count
    the action among those a clerk may take by mistake. What was merely written down can be."""
    if case.before is not None and case.last_record:
        return None
    action = desk.actions.get(case.last_action)
    if case.before is None or action is None or not action.reversible:
        return Refused(Reason.NOT_REVERSIBLE, (case.last_action,))
    return None


def reverse(minutes: Minutes, command: c.ReverseAction) -> Refused | None:
    """Put the case back to where it stood before the last action, report, check or payment."""
    refused = not_reversible(minutes.case, minutes.desk)
    if refused is not None:
        return refused
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    minutes.note(_reversal(minutes.case, command.reason))
    recompute(minutes)
    return None


def _reversal(case: Case, reason: str) -> ActionReversed | RecordReversed:
    before = case.before or case
    void = tuple(d.number for d in case.documents if d not in before.documents)
    if case.last_record:
        return RecordReversed(name=case.last_record, void=void, reason=reason)
    return ActionReversed(
        action=case.last_action,
        leaves=before.leaves,
        code=before.code,
        void=void,
        reason=reason,
    )


def rectify(minutes: Minutes, command: c.RectifyDate) -> Refused | None:
    """Put a wrongly recorded date right, and everything that was reckoned from it."""
    case = minutes.case
    if command.milestone not in RECTIFIABLE or command.milestone not in case.milestones:
        return Refused(Reason.NO_SUCH_MILESTONE, (command.milestone,))
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    first = minutes.definition.permit.effective_from
    if not first <= command.on <= minutes.desk.today or not _in_order(
        case, command.milestone, command.on
    ):
        return Refused(Reason.DATE_NOT_LAWFUL, (command.on.isoformat(),))
    refused = _set(minutes, command.milestone, command.on, command.reason)
    if refused is not None:
        return refused
    accepted = minutes.case.milestones.get(Milestone.ACCEPTED)
    if command.milestone == Milestone.RECEIVED and accepted is not None:
        complete = complete_on(minutes.case)
        if complete != accepted and accepted == complete_on(case):
            return _set(minutes, Milestone.ACCEPTED, complete, command.reason)
    return None


def _in_order(case: Case, milestone: str, on: date) -> bool:
    """Whether a milestone on another day would lie after those before it and before those after
    it. An acceptance that follows receipt moves with it, but what the law accepted by silence
    stays accepted."""
    marks = case.milestones
    at = ORDERED.index(Milestone(milestone))
    follows = milestone == Milestone.RECEIVED and marks.get(Milestone.ACCEPTED) == complete_on(
        case
    )
    accepts = follows or milestone == Milestone.ACCEPTED
    if accepts and case.by_silence and on > marks[Milestone(milestone)]:
        return False
    after = [m for m in ORDERED[at + 1 :] if not (follows and m is Milestone.ACCEPTED)]
    earlier = all(marks[m] <= on for m in ORDERED[:at] if m in marks)
    return earlier and all(on <= marks[m] for m in after if m in marks)


def _with(milestone: str) -> tuple[str, ...]:
    """The milestone, and what was marked the same day because of it."""
    also = (Milestone.TOLERATED,) if milestone == Milestone.ACCEPTED else ()
    return (milestone, *also)


def _set(minutes: Minutes, milestone: str, on: date, reason: str) -> Refused | None:
    """Note the right day and what was reckoned from it. What an acceptance stopped was stopped
    the day it was given, whatever day it counts from."""
    was = minutes.case.milestones[milestone]
    minutes.note(DateRectified(milestone=milestone, was=was, now=on, reason=reason), on)
    for name, clock in minutes.case.clocks.items():
        if clock.milestone in _with(milestone):
            recompute_clock(minutes, name, replace(clock, starts_on=on), "rectified")
        if clock.stopped_by == milestone and milestone != Milestone.ACCEPTED:
            late = clock.due is not None and not clock.provisional and on > clock.due
            minutes.note(ClockStopped(clock=name, on=on, milestone=milestone, late=late), on)
    for name in minutes.case.obligations:
        date_again(minutes, name, "rectified")
    return _fees_again(minutes, Milestone(milestone), on)


def _fees_again(minutes: Minutes, milestone: Milestone, on: date) -> Refused | None:
    """Fees that were frozen on the wrong day are frozen anew at the rates of the right one."""
    for name in minutes.desk.edition.at[milestone].freezes:
        held = minutes.case.fees.get(name)
        if held is None or held.cancelled:
            continue
        found = amount(minutes, name, on)
        if found is None:
            return Refused(Reason.NO_RATE, (name,))
        freeze_anew(minutes, name, found, on)
        follow_balance(minutes, name)
    for name in minutes.case.fees:
        date_fee_again(minutes, name, "rectified")
    return None
