"""Before a grant is revoked: notice with grounds, time to be heard, then revoked or dropped.

The holder of a permit may state their case and defend themselves (行政许可法 art. 7). A breach
that was ordered to be put right is put right first, in the time that was given; one that a check
then finds not put right gets no second time.
"""

from datetime import date

from permits.casework import commands as c
from permits.casework.case import Case, Clock, Obligation
from permits.casework.decide.consequences import follow
from permits.casework.decide.desk import Desk
from permits.casework.decide.minutes import Minutes
from permits.casework.families.revoking import (
    RevocationDropped,
    RevocationNoticed,
    StatementMade,
)
from permits.casework.refusals import Reason, Refused
from permits.casework.service import unserved
from permits.definitions.procedure import Milestone, Phase, RevocationGround

IN_FORCE = frozenset({Phase.IN_EFFECT, Phase.CONCLUDED})
"""Where a grant stands that can be taken back; the law sets no end to that (art. 69)."""

OF_THE_HOLDER = frozenset({RevocationGround.NOT_QUALIFIED, RevocationGround.OTHER})
"""Grounds that putting a breach right may take away; what the office did wrong, or what was got by
deceit, nothing of the kind puts right."""


def hearing(case: Case, desk: Desk) -> Clock | None:
    """The clock that gives the holder time to be heard, while it runs."""
    started = desk.edition.at[Milestone.REVOCATION_NOTICED].starts
    return next((k for n, k in case.clocks.items() if n in started and k.running), None)


def not_to_notice(case: Case, desk: Desk) -> Refused | None:
    """Why no notice can be given: there is no grant, or one was given and is not decided on."""
    _, state = desk.edition.chart.state(case.leaves)
    if state.phase not in IN_FORCE:
        return Refused(Reason.NOT_NOW, ("notice_revocation",))
    return Refused(Reason.STILL_OPEN, ("notice_revocation",)) if case.intended else None


def notice(minutes: Minutes, command: c.NoticeRevocation) -> Refused | None:
    """Tell the holder on which ground and why the grant is to be revoked."""
    case, desk = minutes.case, minutes.desk
    refused = not_to_notice(case, desk)
    if refused is not None:
        return refused
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    waiting = tuple(
        n for n, held in case.obligations.items() if _may_yet_be_right(held, desk.today)
    )
    if waiting and command.ground in OF_THE_HOLDER:
        return Refused(Reason.NOT_YET_DUE, waiting)
    minutes.note(RevocationNoticed(ground=command.ground, reason=command.reason))
    follow(minutes, (Milestone.REVOCATION_NOTICED,), desk.today)
    return None


def _may_yet_be_right(held: Obligation, today: date) -> bool:
    """Whether a breach may still be put right, or may have been and was not looked at: within the
    time that was ordered, and after it until the check of what was reported in time. What a check
    found not put right has had its chance."""
    if held.status != "open" or not held.ordered or held.overdue or held.still_wrong:
        return False
    sure = held.due is not None and held.due < today and not held.provisional
    return held.put_right_on is not None or not sure


def not_to_state(case: Case, desk: Desk) -> Refused | None:
    """Why nothing can be stated: no notice was given, or its time has ended."""
    clock = hearing(case, desk)
    if clock is None:
        return Refused(Reason.NOT_NOW, ("state_case",))
    over = clock.due is not None and clock.due < desk.office_day and not clock.provisional
    ended = over and not unserved(case, desk.edition, clock)
    return Refused(Reason.NOT_NOW, ("state_case",)) if ended else None


def state_case(minutes: Minutes, command: c.StateCase) -> Refused | None:
    """Take in what the holder states. What is said at the window is written down there, signed and
    scanned, and comes as everything that is on paper does."""
    refused = not_to_state(minutes.case, minutes.desk)
    if refused is not None:
        return refused
    if command.statement is None:
        return Refused(Reason.REASON_WANTED)
    on = minutes.desk.office_day
    minutes.note(StatementMade(statement=command.statement), on)
    follow(minutes, (Milestone.STATEMENT_MADE,), on)
    return None


def not_heard(case: Case, desk: Desk) -> Refused | None:
    """Why it cannot be revoked yet: the holder was not told, which is so until the notice is
    served, or may still be heard."""
    if case.intended is None:
        return Refused(Reason.NOT_NOTICED)
    clock = hearing(case, desk)
    if clock is None:
        return None
    waiting = unserved(case, desk.edition, clock)
    if waiting:
        return Refused(Reason.NOT_SERVED, (waiting,))
    if clock.due is None or clock.due >= desk.today:
        return Refused(Reason.NOT_YET_DUE, (clock.name,))
    return Refused(Reason.DATE_PROVISIONAL, (clock.name,)) if clock.provisional else None


def other_ground(case: Case, ground: str) -> Refused | None:
    """It is revoked on the ground the holder could speak to, and on no other."""
    told = case.intended is not None and case.intended.ground == ground
    return None if told else Refused(Reason.GROUND_NOT_NOTICED)


def drop(minutes: Minutes, command: c.DropRevocation) -> Refused | None:
    """Let the grant stand, because of what was stated or because revoking would harm the public
    interest (行政许可法 art. 69(3))."""
    if minutes.case.intended is None:
        return Refused(Reason.NOT_NOTICED)
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    minutes.note(RevocationDropped(reason=command.reason))
    follow(minutes, (Milestone.REVOCATION_DROPPED,), minutes.desk.today)
    return None
