"""Clocks between actions: extended by a person, lapsed by time, reckoned anew."""

from permits.casework import commands as c
from permits.casework.case import Case, Clock
from permits.casework.decide import actions, heard, standing
from permits.casework.decide.consequences import date_again, follow
from permits.casework.decide.dating import differs
from permits.casework.decide.desk import Desk
from permits.casework.decide.fees import date_fee_again
from permits.casework.decide.minutes import Minutes
from permits.casework.due_dates import Length
from permits.casework.families.clocks import ClockExtended, ClockLapsed, ClockRecomputed
from permits.casework.families.deciding import LatenessExplained
from permits.casework.refusals import Reason, Refused
from permits.casework.service import unserved
from permits.definitions.procedure import Milestone


def not_extensible(case: Case, desk: Desk, name: str) -> Refused | None:
    """Why a clock cannot be extended now, if it cannot: it runs, has not expired, and was not
    extended as often as the law allows (行政许可法 art. 42)."""
    extension = desk.edition.definition.clocks[name].extension
    clock = case.clocks.get(name)
    if clock is None or not clock.running or clock.suspended:
        return Refused(Reason.CLOCK_NOT_RUNNING, (name,))
    if extension is None or (clock.due is not None and desk.today > clock.due):
        return Refused(Reason.NOT_EXTENSIBLE, (name,))
    if len(clock.extensions) >= extension.times:
        return Refused(Reason.EXTENDED_BEFORE, (name,))
    return None


def extend(minutes: Minutes, command: c.ExtendClock) -> Refused | None:
    """Extend a clock by what the definition allows, with a reason, as the head of the office."""
    refused = not_extensible(minutes.case, minutes.desk, command.clock)
    if refused is not None:
        return refused
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    rule, clock = minutes.definition.clocks[command.clock], minutes.case.clocks[command.clock]
    each = rule.extension.each if rule.extension else "0d"
    length, extensions = clock.terms
    longer = (*extensions, Length.parse(each))
    due = minutes.due(clock.starts_on, length, rule.warn_days_left, clock.pauses, longer)
    minutes.note(
        ClockExtended(
            clock=command.clock,
            by=each,
            reason=command.reason,
            was=clock.due,
            **due,
        )
    )
    follow(minutes, (Milestone.EXTENDED,), minutes.desk.today)
    return None


def lapse(minutes: Minutes, command: c.LapseClock) -> Refused | None:
    """A due date passed: the law's own consequence, or a task for a person. Effective the day it
    was due, however late the timer looked."""
    clock = minutes.case.clocks.get(command.clock)
    refused = _not_lapsed(minutes, command.clock, clock)
    if refused is not None or clock is None or clock.due is None:
        return refused
    minutes.note(ClockLapsed(clock=command.clock, due=clock.due), clock.due)
    action = minutes.definition.clocks[command.clock].lapse.action
    return actions.take(minutes, c.TakeAction(action)) if action is not None else None


def _not_lapsed(minutes: Minutes, name: str, clock: Clock | None) -> Refused | None:
    if clock is None:
        return Refused(Reason.NO_SUCH_CLOCK, (name,))
    if not clock.running or clock.lapsed:
        return Refused(Reason.CLOCK_NOT_RUNNING, (name,))
    if clock.due is None or clock.due >= minutes.desk.today:
        return Refused(Reason.NOT_YET_DUE, (name,))
    waiting = unserved(minutes.case, minutes.desk.edition, clock)
    if waiting:
        return Refused(Reason.NOT_SERVED, (waiting,))
    return Refused(Reason.DATE_PROVISIONAL, (name,)) if clock.provisional else None


def recompute(minutes: Minutes) -> Refused | None:
    """Every open date under the calendar on the desk; what stays as it was is not noted."""
    for name, clock in minutes.case.clocks.items():
        if clock.suspended or not (clock.running or clock.provisional):
            continue
        recompute_clock(minutes, name, clock, "calendar")
    for name in minutes.case.obligations:
        date_again(minutes, name, "calendar")
    for name in minutes.case.fees:
        date_fee_again(minutes, name, "calendar")
    heard.recompute(minutes, "calendar")
    standing.recompute(minutes, "calendar")
    return None


def recompute_clock(minutes: Minutes, name: str, clock: Clock, cause: str) -> None:
    """Reckon one clock from where it starts now."""
    length, extensions = clock.terms
    warn = minutes.definition.clocks[name].warn_days_left
    due = minutes.due(clock.starts_on, length, warn, clock.pauses, extensions)
    sure = due["due"] is not None and not due["provisional"]
    late = sure and clock.stopped_on is not None and clock.stopped_on > due["due"]
    lapsed = clock.lapsed and sure and due["due"] < minutes.desk.today
    held = minutes.case.clocks[name]
    same = (held.starts_on, held.late, held.lapsed) == (clock.starts_on, late, lapsed)
    if differs(held, due) or not same:
        minutes.note(
            ClockRecomputed(
                clock=name,
                starts_on=clock.starts_on,
                late=late,
                lapsed=lapsed,
                was=held.due,
                cause=cause,
                **due,
            )
        )


def not_late(case: Case, name: str) -> Refused | None:
    """Why there is no lateness to explain, if there is none."""
    clock = case.clocks.get(name)
    if clock is None:
        return Refused(Reason.NO_SUCH_CLOCK, (name,))
    return None if clock.late or clock.lapsed else Refused(Reason.NOT_LATE, (name,))


def explain(minutes: Minutes, command: c.ExplainLateness) -> Refused | None:
    """Say in public why a limit was overrun (优化营商环境条例 art. 36)."""
    refused = not_late(minutes.case, command.clock)
    if refused is not None:
        return refused
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    minutes.note(LatenessExplained(clock=command.clock, reason=command.reason))
    return None
