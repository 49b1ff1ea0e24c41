"""The term family: how long a grant holds, its renewals, and its end."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from permits.casework.afterwards import Asked, Term
from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds, due_of, marked
from permits.casework.parts import HandedIn, Seal
from permits.definitions.procedure import Milestone


class TermSet(Event, frozen=True):
    """The grant holds for a term, to its last day `due`."""

    starts_on: date
    length: str
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str


class RenewalAsked(Event, frozen=True):
    """The holder asked for renewal, with what shows that the conditions hold; `late` if that was
    after the last day to ask."""

    late: bool
    reason: Seal
    evidence: tuple[HandedIn, ...] = ()


class Renewed(Event, frozen=True):
    """The term was renewed (延续) by a decision, or `by_law`: it was asked for in time, and the
    office kept silent until its end (行政许可法 art. 50). By law it is effective the last day."""

    within: str
    by_law: bool
    reason: Seal | None
    was: date | None
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str


class RenewalRefused(Event, frozen=True):
    """The term is not renewed, and ends when it ends."""

    reason: Seal


class TermDated(Event, frozen=True):
    """Another last day, under another calendar."""

    was: date | None
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str
    cause: str


class TermReminded(Event, frozen=True):
    """The holder was told that the term is close to its end."""

    due: date


class Expired(Event, frozen=True):
    """The term ended and was not renewed. Effective its last day."""

    due: date


class TermEnded(Event, frozen=True):
    """There is nothing to renew any more, because of a milestone of the case."""

    milestone: str


def _changed(case: Case, **changes: Any) -> Case:
    return replace(case, term=replace(case.term, **changes) if case.term is not None else None)


def _asked_of(case: Case) -> tuple[Asked, ...]:
    return case.term.asked if case.term is not None else ()


def _set(case: Case, e: TermSet, _at: Envelope) -> Case:
    return replace(case, term=Term(e.starts_on, e.length, **due_of(e)))


def _asked(case: Case, e: RenewalAsked, at: Envelope) -> Case:
    asked = (*_asked_of(case), Asked(at.effective_at, e.reason, e.late, evidence=e.evidence))
    return _changed(case, asked=asked)


def _answered(case: Case, said: Seal | None, at: Envelope, **changes: Any) -> tuple[Asked, ...]:
    *earlier, last = _asked_of(case)
    by = "" if changes.get("by_law") else at.actor
    decided = replace(last, decided_by=by, decided_on=at.effective_at, said=said, **changes)
    return (*earlier, decided)


def _renewed(case: Case, e: Renewed, at: Envelope) -> Case:
    renewals = (*(case.term.renewals if case.term is not None else ()), e.within)
    asked = _answered(case, e.reason, at, granted=True, by_law=e.by_law)
    after = _changed(case, asked=asked, renewals=renewals, reminded=False, **due_of(e))
    return marked(after, Milestone.RENEWED, at.effective_at)


def _refused(case: Case, e: RenewalRefused, at: Envelope) -> Case:
    after = _changed(case, asked=_answered(case, e.reason, at, granted=False))
    return marked(after, Milestone.NOT_RENEWED, at.effective_at)


def _dated(case: Case, e: TermDated, _at: Envelope) -> Case:
    return _changed(case, **due_of(e))


def _reminded(case: Case, _e: TermReminded, _at: Envelope) -> Case:
    return _changed(case, reminded=True)


def _expired(case: Case, _e: Expired, at: Envelope) -> Case:
    return marked(replace(case, intended=None), Milestone.EXPIRED, at.effective_at)


def _ended(case: Case, _e: TermEnded, at: Envelope) -> Case:
    return _changed(case, ended_on=at.effective_at)


FOLDS: Folds = {
    TermSet: _set,
    RenewalAsked: _asked,
    Renewed: _renewed,
    RenewalRefused: _refused,
    TermDated: _dated,
    TermReminded: _reminded,
    Expired: _expired,
    TermEnded: _ended,
}
