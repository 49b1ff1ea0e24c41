"""The obligation family: what stays open after the decision, and how it is settled."""

from datetime import date
from typing import Any, Literal

from msgspec.structs import replace

from permits.casework.case import Case, Obligation
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds, due_of, marked, recorded
from permits.casework.parts import HandedIn, Seal


class ObligationOpened(Event, frozen=True):
    """`due` is None until a milestone it counts from has come."""

    obligation: str
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str


class CheckDrawn(Event, frozen=True):
    """Lots were drawn whether a check is made in this case: `share` of a hundred cases are, which
    `seed` decides (see `sampling.drawn`)."""

    obligation: str
    seed: str
    share: int
    drawn: bool


class ObligationDated(Event, frozen=True):
    """A due date that changed: a milestone came, or another calendar; `overdue` says whether it
    had been told to have passed, and still is to."""

    obligation: str
    was: date | None
    overdue: bool
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str
    cause: str


class ObligationReported(Event, frozen=True):
    """The debtor reported it done, with the day it was done."""

    obligation: str
    on: date
    evidence: tuple[HandedIn, ...]
    milestone: str


class ObligationVerified(Event, frozen=True):
    """Checked on the spot by at least two officers (行政许可法 art. 34), all of whom signed; who
    signed last is whose event it is. `evidence` are pictures, and scans of the sheet."""

    obligation: str
    passed: bool
    on: date
    inspectors: tuple[str, ...]
    finding: Seal
    evidence: tuple[HandedIn, ...] = ()


class RectificationOrdered(Event, frozen=True):
    """A breach is to be put right by `due`, `within` a term from the day it was ordered; then it
    is checked again. Of a payment that did not come `reason` says why; nobody checks it."""

    obligation: str
    starts_on: date
    within: str
    due: date | None
    provisional: bool
    warn_on: date | None
    calendar: str
    reason: Seal | None = None


class RectificationReported(Event, frozen=True):
    """The holder says that a breach was put right, on which day and in which words; whether it was
    is checked again."""

    obligation: str
    on: date
    words: Seal
    evidence: tuple[HandedIn, ...]


class ObligationReminded(Event, frozen=True):
    """Its holder is told that the due date comes close, before anything is late."""

    obligation: str
    due: date


class ObligationOverdue(Event, frozen=True):
    """The due date passed. Effective the day it was due; `debtor` is who owes it: a breach is
    put right by the applicant, whoever owed what was checked."""

    obligation: str
    due: date
    debtor: Literal["applicant", "authority"]


class ObligationSettled(Event, frozen=True):
    obligation: str
    on: date


class ObligationReopened(Event, frozen=True):
    """What had settled it was wrongly entered, so it is owed again."""

    obligation: str


class ObligationVoided(Event, frozen=True):
    """What it followed from is gone, so nobody owes it any more."""

    obligation: str
    on: date
    milestone: str


def _changed(case: Case, name: str, **changes: Any) -> Case:
    changed = replace(case.obligations[name], **changes)
    return replace(case, obligations={**case.obligations, name: changed})


def _opened(case: Case, e: ObligationOpened, at: Envelope) -> Case:
    new = Obligation(e.obligation, at.effective_at, e.due, e.provisional, e.warn_on, e.calendar)
    return replace(case, obligations={**case.obligations, e.obligation: new})


def _lots(case: Case, _e: CheckDrawn, _at: Envelope) -> Case:
    """Only what begins because of it changes the case."""
    return case


def _dated(case: Case, e: ObligationDated, _at: Envelope) -> Case:
    return _changed(case, e.obligation, overdue=e.overdue, reminded=False, **due_of(e))


def _reported(case: Case, e: ObligationReported, _at: Envelope) -> Case:
    case = recorded(case, e.obligation)
    after = _changed(case, e.obligation, reported_on=e.on, evidence=e.evidence)
    return marked(after, e.milestone, e.on) if e.milestone else after


def _verified(case: Case, e: ObligationVerified, _at: Envelope) -> Case:
    """Not passed after it was ordered to be put right, it was not (整改后仍不符合)."""
    checked = recorded(case, e.obligation)
    still_wrong = not e.passed and case.obligations[e.obligation].ordered
    return _changed(
        checked,
        e.obligation,
        failed=not e.passed,
        put_right_on=None,
        still_wrong=still_wrong,
        record=None,
    )


def _ordered(case: Case, e: RectificationOrdered, _at: Envelope) -> Case:
    return _changed(
        case,
        e.obligation,
        ordered_on=e.starts_on,
        within=e.within,
        overdue=False,
        reminded=False,
        **due_of(e),
    )


def _put_right(case: Case, e: RectificationReported, _at: Envelope) -> Case:
    """What shows it is kept beside what showed earlier that it was done."""
    evidence = (*case.obligations[e.obligation].evidence, *e.evidence)
    told = recorded(case, e.obligation)
    return _changed(told, e.obligation, put_right_on=e.on, evidence=evidence)


def _reminded(case: Case, e: ObligationReminded, _at: Envelope) -> Case:
    return _changed(case, e.obligation, reminded=True)


def _overdue(case: Case, e: ObligationOverdue, _at: Envelope) -> Case:
    return _changed(case, e.obligation, overdue=True)


def _settled(case: Case, e: ObligationSettled, _at: Envelope) -> Case:
    return _changed(case, e.obligation, status="settled", closed_on=e.on)


def _reopened(case: Case, e: ObligationReopened, _at: Envelope) -> Case:
    return _changed(case, e.obligation, status="open", closed_on=None)


def _voided(case: Case, e: ObligationVoided, _at: Envelope) -> Case:
    return _changed(case, e.obligation, status="voided", closed_on=e.on)


FOLDS: Folds = {
    ObligationOpened: _opened,
    CheckDrawn: _lots,
    ObligationDated: _dated,
    ObligationReported: _reported,
    ObligationVerified: _verified,
    RectificationOrdered: _ordered,
    RectificationReported: _put_right,
    ObligationReminded: _reminded,
    ObligationOverdue: _overdue,
    ObligationSettled: _settled,
    ObligationReopened: _reopened,
    ObligationVoided: _voided,
}
