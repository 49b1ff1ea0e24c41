"""At the counter: what the window does for an applicant on paper, and who came when.

Nobody may be kept from applying on paper (优化营商环境条例 art. 37). The window then does what the
applicant may do, and nothing else; whoever did so neither examines nor checks nor decides the
case.
"""

from collections.abc import Mapping
from datetime import date

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.case import Case
from permits.casework.counter import SCANS, Brought, Purpose
from permits.casework.decide.desk import Desk
from permits.casework.decide.minutes import Minutes
from permits.casework.families.counter import ActedForApplicant, VisitRecorded, VisitTakenBack
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Act, Milestone


def brought_with(command: c.Command) -> Brought | None:
    """What came on paper with a command, if it is about any."""
    return command.brought if isinstance(command, c.File | c.ActForApplicant) else None


def unfit(minutes: Minutes, command: c.ActForApplicant) -> Refused | None:
    """Why the window may not do this for the applicant: what came is not complete, or its day
    lies before the application, or before the notice that corrections answer."""
    case, today = minutes.case, minutes.desk.today
    since = case.milestones[Milestone.RECEIVED]
    if isinstance(command.does, c.TakeAction) and isinstance(command.does.given, i.Supplement):
        since = max((since, *(notice.on for notice in case.notices)))
    return incomplete(command.brought) or _dated(command.brought.on, min(since, today), today)


def incomplete(brought: Brought) -> Refused | None:
    """Why what came on paper does not say who brought it, or is not scanned."""
    if brought.name is None:
        return Refused(Reason.BRINGER_WANTED)
    here = tuple(scan.material for scan in brought.scans)
    missing = tuple(name for name in brought.wanted if name not in here)
    extra = tuple(name for name in here if name not in SCANS)
    if missing:
        return Refused(Reason.SCAN_WANTED, missing)
    return Refused(Reason.NO_SUCH_MATERIAL, extra) if extra else None


def unfit_to_file(command: c.File, desk: Desk) -> Refused | None:
    """Only what is filed at the counter came on paper, and all of that did."""
    brought, permit = command.brought, desk.edition.definition.permit
    if brought is None:
        on_paper = command.channel == "counter"
        return Refused(Reason.BRINGER_WANTED) if on_paper else None
    if command.channel == "web":
        return Refused(Reason.DATE_NOT_LAWFUL, (brought.on.isoformat(),))
    return incomplete(brought) or _dated(brought.on, permit.effective_from, desk.today)


def _dated(on: date, first: date, last: date) -> Refused | None:
    fits = first <= on <= last
    return None if fits else Refused(Reason.DATE_NOT_LAWFUL, (on.isoformat(),))


def note(minutes: Minutes, brought: Brought, purpose: Purpose) -> None:
    """Note for whom the window acts, and the visit if somebody stands there."""
    acted = ActedForApplicant(
        came_on=brought.on,
        name=str(brought.name),
        capacity=brought.capacity,
        in_person=brought.in_person,
        scans=brought.scans,
        authorised=brought.authorised if brought.capacity == "agent" else "",
    )
    minutes.note(acted, brought.on)
    if brought.in_person:
        visited(minutes, brought.on, purpose)


def visited(minutes: Minutes, on: date, purpose: Purpose) -> None:
    """Note a visit that something else tells of: whoever does two things in one day came once."""
    if all(visit.on != on for visit in minutes.case.visits):
        minutes.note(VisitRecorded(on=on, purpose=purpose, by_hand=False), on)


def record_visit(minutes: Minutes, command: c.RecordVisit) -> Refused | None:
    """Write down a visit by hand: to ask, to pay, or for what the log does not tell of."""
    first = minutes.definition.permit.effective_from
    refused = _dated(command.on, first, minutes.desk.today)
    if refused is None:
        by_hand = VisitRecorded(on=command.on, purpose=command.purpose, by_hand=True)
        minutes.note(by_hand, command.on)
    return refused


def take_back_visit(minutes: Minutes, command: c.TakeBackVisit) -> Refused | None:
    """Take back a visit that was wrongly recorded, as somebody whose figure it is not."""
    recorded = dict(enumerate(minutes.case.recorded_visits, 1))
    held = recorded.get(command.visit)
    if held is None or held.taken_back:
        return Refused(Reason.NO_SUCH_VISIT, (str(command.visit),))
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    minutes.note(VisitTakenBack(visit=command.visit, reason=command.reason))
    return None


def purpose_of(does: c.Theirs, desk: Desk) -> Purpose:
    """What somebody came for who has this done."""
    if isinstance(does, c.TakeAction):
        corrects = desk.actions[does.action].act is Act.SUPPLY_CORRECTIONS
        return Purpose.CORRECTION if corrects else Purpose.WITHDRAWAL
    return _PURPOSES[type(does)]


_PURPOSES: Mapping[type[c.Theirs], Purpose] = {
    c.ReportObligation: Purpose.REPORT,
    c.SupplyLater: Purpose.SUPPLY,
    c.CorrectOnTheSpot: Purpose.CORRECTION,
    c.StateCase: Purpose.STATEMENT,
    h.AskForHearing: Purpose.HEARING,
    h.WaiveHearing: Purpose.HEARING,
    h.AskRecusal: Purpose.OTHER,
    a.AskExtension: Purpose.REQUEST,
    a.AskRenewal: Purpose.REQUEST,
    a.AskAmendment: Purpose.REQUEST,
}


def acted_for(case: Case, desk: Desk) -> Refused | None:
    """Whoever acted for the applicant neither examines nor decides."""
    acted = desk.actor.is_any_of(*case.acted_for)
    return Refused(Reason.ACTED_FOR_APPLICANT) if acted else None
