"""The record of a hearing (听证笔录): 行政许可法 art. 48.

Whoever presides keeps it. It says of everybody who was to be heard whether they came, and of
everybody who came whether they read and signed it, or why not; it is drawn up as a document.
"""

from permits.casework import commands_heard as h
from permits.casework.case import Case
from permits.casework.decide.consequences import follow
from permits.casework.decide.desk import Desk
from permits.casework.decide.hearings import BY_APPLICANT
from permits.casework.decide.joint_review import undecided
from permits.casework.decide.minutes import Minutes
from permits.casework.families.hearings import HearingHeld
from permits.casework.heard import Attendance
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Milestone

EXAMINERS, OTHERS = "office", "other"
"""Whoever examines the case, and whoever took part besides: a witness, an interpreter."""


def not_to_record(case: Case, desk: Desk) -> Refused | None:
    """The chair records the hearing on its day or later."""
    held = case.hearing
    if held is None or held.stage != "called" or held.day is None:
        return Refused(Reason.NO_HEARING)
    if held.chair != desk.actor.id:
        return Refused(Reason.NOT_YOURS)
    if desk.today < held.day:
        return Refused(Reason.NOT_YET_DUE, ("hearing",))
    return undecided(case, desk)


def sides(case: Case) -> tuple[str, ...]:
    """Of whom the record says whether they came: who examines, the applicant, each interested
    party."""
    return (EXAMINERS, BY_APPLICANT, *case.third_parties)


def record(minutes: Minutes, command: h.RecordHearing) -> Refused | None:
    """Keep the record; the decision follows it (art. 48)."""
    refused = not_to_record(minutes.case, minutes.desk)
    refused = refused or _not_a_record(minutes.case, minutes.desk, command)
    if refused is not None:
        return refused
    minutes.note(
        HearingHeld(
            on=command.on,
            record=str(command.record),
            recorder=command.recorder,
            attendance=command.attendance,
        )
    )
    follow(minutes, (Milestone.HEARING_HELD,), minutes.desk.today)
    return None


def _not_a_record(case: Case, desk: Desk, command: h.RecordHearing) -> Refused | None:
    held = case.hearing
    first = held.day if held is not None and held.day is not None else desk.today
    if not first <= command.on <= desk.today:
        return Refused(Reason.DATE_NOT_LAWFUL, (command.on.isoformat(),))
    if command.record is None or not command.recorder:
        return Refused(Reason.REASON_WANTED)
    if case.recused(command.recorder):
        return Refused(Reason.RECUSED)
    return _nobody_left_out(case, command.attendance)


def _nobody_left_out(case: Case, attendance: tuple[Attendance, ...]) -> Refused | None:
    """Everybody has a line, and every line says what it must."""
    known = sides(case)
    strangers = [one.who for one in attendance if one.who not in (*known, OTHERS)]
    if strangers:
        return Refused(Reason.NO_SUCH_THIRD_PARTY, (strangers[0],))
    told = {one.who for one in attendance if one.sign != "absent" or one.who != EXAMINERS}
    missing = tuple(who for who in known if who not in told)
    if missing:
        return Refused(Reason.RECORD_INCOMPLETE, missing)
    absent = {one.who for one in attendance if one.sign == "absent"}
    both = absent & {one.who for one in attendance if one.sign != "absent"} - {OTHERS}
    if both:
        return Refused(Reason.RECORD_INCOMPLETE, tuple(who for who in known if who in both))
    blank = any(
        (one.sign != "absent" and one.name is None)
        or (one.sign == "refused" and one.reason is None)
        for one in attendance
    )
    return Refused(Reason.REASON_WANTED) if blank else None
