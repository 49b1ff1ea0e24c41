"""The opinion family: departments are asked, remind themselves, answer, and are joined."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from permits.casework.case import Case
from permits.casework.due_dates import Pause
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds, due_of
from permits.casework.heard import Given, Joined, OpinionRequest, View
from permits.casework.parts import Seal


class OpinionRequested(Event, frozen=True):
    """A department is asked for its opinion, in the first round or because it wanted changes."""

    asked: str
    round: int
    office: str
    department: str
    within: str
    what: Seal | None
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str


class OpinionReminded(Event, frozen=True):
    """The department is reminded, before its opinion is due."""

    asked: str
    round: int
    due: date


class OpinionOverdue(Event, frozen=True):
    """The due date passed without an opinion. Effective the day it was due."""

    asked: str
    round: int
    due: date


class OpinionGiven(Event, frozen=True):
    """`late` if it was given after its due date."""

    asked: str
    round: int
    view: View
    opinion: Seal
    late: bool


class OpinionRevoked(Event, frozen=True):
    """The department takes its opinion back before the decision; it owes one again."""

    asked: str
    round: int
    reason: Seal


class OpinionPaused(Event, frozen=True):
    """Its time stands still after the day `after`, because that of the case does."""

    asked: str
    round: int
    after: date


class OpinionDated(Event, frozen=True):
    """Another due date: the case goes on, or another calendar holds. `overdue` says whether it
    had been told to have passed, and still is to; `until` is the last day of a pause that
    ended."""

    asked: str
    round: int
    was: date | None
    until: date | None
    overdue: bool
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str
    cause: str


class OpinionsJoined(Event, frozen=True):
    """The lead department joins the opinions into one, which closes the round."""

    opinion: Seal


class OpinionRequestClosed(Event, frozen=True):
    """Nobody waits for this opinion any more, because of a milestone of the case."""

    asked: str
    round: int
    milestone: str


class OpinionsDropped(Event, frozen=True):
    """The application is examined anew, and departments are asked anew."""

    milestone: str


def _changed(case: Case, key: str, **changes: Any) -> Case:
    changed = replace(case.requests[key], **changes)
    return replace(case, requests={**case.requests, key: changed})


def _key(e: Any) -> str:
    return f"{e.asked}/{e.round}"


def _requested(case: Case, e: OpinionRequested, at: Envelope) -> Case:
    new = OpinionRequest(
        asked=e.asked,
        round=e.round,
        office=e.office,
        department=e.department,
        by=at.actor,
        starts_on=at.effective_at,
        within=e.within,
        what=e.what,
        **due_of(e),
    )
    return replace(case, requests={**case.requests, new.key: new}, joined=None)


def _reminded(case: Case, e: OpinionReminded, _at: Envelope) -> Case:
    return _changed(case, _key(e), reminded=True)


def _overdue(case: Case, e: OpinionOverdue, _at: Envelope) -> Case:
    return _changed(case, _key(e), overdue=True)


def _given(case: Case, e: OpinionGiven, at: Envelope) -> Case:
    given = Given(at.actor, at.effective_at, e.view, e.opinion, e.late)
    return _changed(case, _key(e), given=given).reviewed_by(*at.persons)


def _revoked(case: Case, e: OpinionRevoked, _at: Envelope) -> Case:
    """What was joined out of it holds no longer, so the round is open again for everybody."""
    revoked = case.requests[_key(e)].revoked + 1
    after = _changed(case, _key(e), given=None, revoked=revoked, closed_on=None)
    return replace(after, joined=None)


def _paused(case: Case, e: OpinionPaused, _at: Envelope) -> Case:
    pauses = (*case.requests[_key(e)].pauses, Pause(e.after))
    return _changed(case, _key(e), pauses=pauses, due=None, warn_on=None)


def _dated(case: Case, e: OpinionDated, _at: Envelope) -> Case:
    changes = {**due_of(e), "overdue": e.overdue}
    if e.until is not None:
        *earlier, last = case.requests[_key(e)].pauses
        changes["pauses"] = (*earlier, Pause(last.after, e.until))
    return _changed(case, _key(e), **changes)


def _joined(case: Case, e: OpinionsJoined, at: Envelope) -> Case:
    on = at.effective_at
    closed = {
        key: one if one.closed_on is not None else replace(one, closed_on=on)
        for key, one in case.requests.items()
    }
    after = replace(case, requests=closed, joined=Joined(at.actor, on, e.opinion))
    return after.reviewed_by(*at.persons)


def _closed(case: Case, e: OpinionRequestClosed, at: Envelope) -> Case:
    return _changed(case, _key(e), closed_on=at.effective_at)


def _dropped(case: Case, _e: OpinionsDropped, _at: Envelope) -> Case:
    return replace(case, requests={}, joined=None)


FOLDS: Folds = {
    OpinionRequested: _requested,
    OpinionReminded: _reminded,
    OpinionOverdue: _overdue,
    OpinionGiven: _given,
    OpinionRevoked: _revoked,
    OpinionPaused: _paused,
    OpinionDated: _dated,
    OpinionsJoined: _joined,
    OpinionRequestClosed: _closed,
    OpinionsDropped: _dropped,
}
