"""Tolerant acceptance (容缺受理): essential materials are there, secondary ones come later.

The office examines meanwhile and decides only when all of them are in; that keeps it apart from
a commitment, on which the office decides first and checks afterwards.
"""

from datetime import date

from permits.casework import commands as c
from permits.casework.case import Case, Clock
from permits.casework.decide.consequences import follow
from permits.casework.decide.desk import Desk
from permits.casework.decide.minutes import Minutes
from permits.casework.due_dates import Length, course
from permits.casework.families.tolerance import LaterSupplied, UndertakingBroken
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import treatments
from permits.definitions.edition import Edition
from permits.definitions.procedure import Milestone
from permits.definitions.schema import TrackName, Treatment


def to_follow(case: Case, edition: Edition) -> tuple[str, ...]:
    """The secondary materials that a case on the tolerant track has not got yet."""
    track = TrackName(case.track)
    if track is not TrackName.TOLERANT:
        return ()
    treated = treatments(edition, track, case.answers).items()
    return tuple(n for n, t in treated if t is Treatment.DEFERRED and n not in case.materials)


def supply_clock(case: Case, edition: Edition) -> Clock | None:
    """The clock that gives the applicant time to supply them, while it runs."""
    stopped = edition.at[Milestone.SUPPLEMENTED].stops
    return next((k for n, k in case.clocks.items() if n in stopped and k.running), None)


def ended(case: Case, edition: Edition, on: date) -> Clock | None:
    """That clock, if its last day lies before `on`. A provisional date ends nothing."""
    clock = supply_clock(case, edition)
    over = clock is not None and clock.due is not None and clock.due < on and not clock.provisional
    return clock if over else None


def not_to_supply(case: Case, desk: Desk) -> Refused | None:
    """Why nothing can be supplied now, if so. What arrives after the office has closed counts
    from the next working day, and then may be too late (民法典 art. 203). When it is decided anew
    no time runs, and what came too late for the first decision may still come for the second."""
    anew = Milestone.REOPENED in case.milestones and Milestone.DECIDED not in case.milestones
    if not case.tolerated or not (anew or supply_clock(case, desk.edition)):
        return Refused(Reason.NOT_NOW, ("supply",))
    late = ended(case, desk.edition, desk.office_day)
    return Refused(Reason.SUPPLY_ENDED, (str(late.due),)) if late else None


def supply(minutes: Minutes, command: c.SupplyLater) -> Refused | None:
    """Take in some or all of what is to come; when nothing is missing any more the clock stops."""
    case, on = minutes.case, minutes.desk.office_day
    refused = not_to_supply(case, minutes.desk)
    if refused is not None:
        return refused
    names = tuple(h.material for h in command.handed_in)
    if not names:
        return Refused(Reason.CORRECTIONS_INCOMPLETE, case.tolerated)
    extra = tuple(n for n in names if n not in case.tolerated)
    if extra:
        return Refused(Reason.MATERIAL_NOT_ASKED, extra)
    missing = tuple(n for n in case.tolerated if n not in names)
    calendar = minutes.desk.calendar.digest
    supplied = LaterSupplied(handed_in=command.handed_in, missing=missing, calendar=calendar)
    minutes.note(supplied, on)
    if not missing:
        follow(minutes, (Milestone.SUPPLEMENTED,), on)
    return None


def still_to_come(case: Case, _desk: Desk) -> Refused | None:
    """Nothing is granted while something is missing: the result comes after the gap is closed."""
    return Refused(Reason.MATERIALS_MISSING, case.tolerated) if case.tolerated else None


def not_run_out(case: Case, desk: Desk) -> Refused | None:
    """Only after the time to supply, and with something missing, a person ends the case for it."""
    clock = supply_clock(case, desk.edition)
    if clock is None:
        return Refused(Reason.NOT_NOW, ("supply",))
    if ended(case, desk.edition, desk.today):
        return None
    provisional = clock.provisional and clock.due is not None and clock.due < desk.today
    return Refused(Reason.DATE_PROVISIONAL if provisional else Reason.NOT_YET_DUE, (clock.name,))


def no_second_time(case: Case, desk: Desk) -> Refused | None:
    """Whoever let the time pass does not get it anew by changing to another track."""
    late = ended(case, desk.edition, desk.today)
    return Refused(Reason.SUPPLY_ENDED, (str(late.due),)) if late else None


def break_undertaking(minutes: Minutes, on: date) -> None:
    """Note what was not supplied, and until when the party may not use the track again."""
    minutes.note(
        UndertakingBroken(
            missing=minutes.case.tolerated,
            barred_until=_barred_until(minutes, on),
        ),
        on,
    )


def _barred_until(minutes: Minutes, on: date) -> date:
    """The last day of the bar: it ends on the corresponding day (民法典 art. 202) and, being no
    time to act in, is not put off if that is a rest day."""
    undertaking = minutes.definition.undertaking
    length = Length.parse(undertaking.bars if undertaking else "0m")
    end = course(minutes.desk.calendar, on, (length,), ()).legs[-1].end
    return date.fromordinal(end) if end is not None else on
