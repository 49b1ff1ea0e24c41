"""The clock family. Every date in it was reckoned when it was written and stays as it is."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from permits.casework.case import Case, Clock
from permits.casework.due_dates import Pause
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds, due_of, marked
from permits.casework.parts import Seal
from permits.definitions.procedure import Milestone


class ClockStarted(Event, frozen=True):
    """`due` is the last day, None while nothing is known of it; `provisional` if a year it falls
    in is not published; `warn_on` the day from which it is shown as close."""

    clock: str
    milestone: str
    starts_on: date
    length: str
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str


class ClockSuspended(Event, frozen=True):
    """Suspended after the day `after` for one of the causes of 行政许可法 art. 45."""

    clock: str
    cause: str
    after: date


class ClockResumed(Event, frozen=True):
    clock: str
    until: date
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str


class ClockExtended(Event, frozen=True):
    """Extended with the approval of the head of the office (行政许可法 art. 42)."""

    clock: str
    by: str
    reason: Seal
    was: date | None
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str


class ClockStopped(Event, frozen=True):
    """Stopped by a milestone; `late` if that was after the due date."""

    clock: str
    on: date
    milestone: str
    late: bool


class ClockLapsed(Event, frozen=True):
    """The due date passed. Effective the day it was due."""

    clock: str
    due: date


class ClockRecomputed(Event, frozen=True):
    """A due date under another calendar, or from another starting day. `late` says whether a
    clock that has stopped was stopped after it, `lapsed` whether one that runs was told to have
    passed, and still is to."""

    clock: str
    starts_on: date
    late: bool
    lapsed: bool
    was: date | None
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str
    cause: str


def _changed(case: Case, name: str, **changes: Any) -> Case:
    return replace(case, clocks={**case.clocks, name: replace(case.clocks[name], **changes)})


def _started(case: Case, e: ClockStarted, _at: Envelope) -> Case:
    begun = Clock(
        e.clock, e.milestone, e.starts_on, e.length, e.due, e.provisional, e.warn_on, e.calendar
    )
    return replace(case, clocks={**case.clocks, e.clock: begun})


def _suspended(case: Case, e: ClockSuspended, _at: Envelope) -> Case:
    pauses = (*case.clocks[e.clock].pauses, Pause(e.after))
    return _changed(case, e.clock, pauses=pauses, cause=e.cause, due=None, warn_on=None)


def _resumed(case: Case, e: ClockResumed, _at: Envelope) -> Case:
    *earlier, last = case.clocks[e.clock].pauses
    pauses = (*earlier, Pause(last.after, e.until))
    return _changed(case, e.clock, pauses=pauses, cause="", **due_of(e))


def _extended(case: Case, e: ClockExtended, at: Envelope) -> Case:
    longer = (*case.clocks[e.clock].extensions, e.by)
    after = _changed(case, e.clock, extensions=longer, lapsed=False, **due_of(e))
    return marked(after, Milestone.EXTENDED, at.effective_at)


def _stopped(case: Case, e: ClockStopped, _at: Envelope) -> Case:
    return _changed(case, e.clock, stopped_on=e.on, stopped_by=e.milestone, late=e.late)


def _lapsed(case: Case, e: ClockLapsed, _at: Envelope) -> Case:
    return _changed(case, e.clock, lapsed=True)


def _recomputed(case: Case, e: ClockRecomputed, _at: Envelope) -> Case:
    return _changed(
        case, e.clock, starts_on=e.starts_on, late=e.late, lapsed=e.lapsed, **due_of(e)
    )


FOLDS: Folds = {
    ClockStarted: _started,
    ClockSuspended: _suspended,
    ClockResumed: _resumed,
    ClockExtended: _extended,
    ClockStopped: _stopped,
    ClockLapsed: _lapsed,
    ClockRecomputed: _recomputed,
}
