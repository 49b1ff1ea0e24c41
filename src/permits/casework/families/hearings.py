"""The hearing family: the right, asking, the call, the record (行政许可法 art. 46-48)."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds, due_of, marked, there
from permits.casework.heard import Attendance, Excepted, Hearing, HearingStage
from permits.casework.parts import Seal
from permits.definitions.procedure import Milestone


class HearingOffered(Event, frozen=True):
    """The applicant and interested parties are told that they may ask for one until `due`."""

    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str


class HearingAnnounced(Event, frozen=True):
    """The office holds a hearing of its own accord, and says so in public (art. 46)."""

    reason: Seal


class HearingAsked(Event, frozen=True):
    """A hearing was asked for and is to be held by `due`; `by` is `applicant` or the key of an
    interested party (art. 47)."""

    by: str
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str


class HearingWaived(Event, frozen=True):
    """No hearing is wanted by whoever could ask, or had asked, for it."""


class HearingRightLapsed(Event, frozen=True):
    """Nobody asked in time. Effective the day it was due."""

    due: date


class HearingOverdue(Event, frozen=True):
    """It was not held in time. Effective the day it was due."""

    due: date


class HearingCalled(Event, frozen=True):
    """Everybody is told when and where, and who presides; `excepted` says why it is not public."""

    day: date
    place: Seal
    chair: str
    excepted: Excepted


class HearingHeld(Event, frozen=True):
    """Held and recorded by an account; those who took part have read the record and signed it, or
    would not (art. 48). Effective the day the record was kept."""

    on: date
    record: Seal
    recorder: str
    attendance: tuple[Attendance, ...]


class HearingDated(Event, frozen=True):
    """Another date under another calendar."""

    was: date | None
    overdue: bool
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str
    cause: str


class HearingClosed(Event, frozen=True):
    """Nothing comes of it any more, because of a milestone of the case."""

    milestone: str


NO_DATE: dict[str, Any] = {"due": None, "provisional": False, "warn_on": None, "calendar": ""}


def _new(case: Case, stage: HearingStage, on: date, **given: Any) -> Case:
    return replace(case, hearing=Hearing(stage=stage, since=on, **given))


def _changed(case: Case, **changes: Any) -> Case:
    return replace(case, hearing=replace(there(case.hearing, "hearing"), **changes))


def _offered(case: Case, e: HearingOffered, at: Envelope) -> Case:
    return _new(case, "told", at.effective_at, **due_of(e))


def _announced(case: Case, _e: HearingAnnounced, at: Envelope) -> Case:
    return _new(case, "awaited", at.effective_at, asked_by="office", **NO_DATE)


def _asked(case: Case, e: HearingAsked, at: Envelope) -> Case:
    return _new(case, "awaited", at.effective_at, asked_by=e.by, **due_of(e))


def _waived(case: Case, _e: HearingWaived, at: Envelope) -> Case:
    return _changed(case, stage="waived", since=at.effective_at, **NO_DATE)


def _lapsed(case: Case, e: HearingRightLapsed, _at: Envelope) -> Case:
    return _changed(case, stage="lapsed", since=e.due, **NO_DATE)


def _overdue(case: Case, _e: HearingOverdue, _at: Envelope) -> Case:
    return _changed(case, overdue=True)


def _called(case: Case, e: HearingCalled, _at: Envelope) -> Case:
    return _changed(
        case, stage="called", day=e.day, place=e.place, chair=e.chair, excepted=e.excepted
    )


def _held(case: Case, e: HearingHeld, at: Envelope) -> Case:
    after = _changed(
        case,
        stage="held",
        held_on=e.on,
        record=e.record,
        recorder=e.recorder,
        attendance=e.attendance,
        **NO_DATE,
    )
    return marked(after, Milestone.HEARING_HELD, at.effective_at)


def _dated(case: Case, e: HearingDated, _at: Envelope) -> Case:
    return _changed(case, overdue=e.overdue, **due_of(e))


def _closed(case: Case, _e: HearingClosed, _at: Envelope) -> Case:
    return _changed(case, stage="closed", **NO_DATE)


FOLDS: Folds = {
    HearingOffered: _offered,
    HearingAnnounced: _announced,
    HearingAsked: _asked,
    HearingWaived: _waived,
    HearingRightLapsed: _lapsed,
    HearingOverdue: _overdue,
    HearingCalled: _called,
    HearingHeld: _held,
    HearingDated: _dated,
    HearingClosed: _closed,
}
