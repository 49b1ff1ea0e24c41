"""What of a grant's term, and of changes that were asked for, follows from the case itself.

Silence renews a permit that was asked for in time (行政许可法 art. 50), and nothing else: what is
filed is no permit, and whoever asks late cannot hurry the office.
"""

from datetime import date

from permits.casework.afterwards import TERM, Term
from permits.casework.case import Case
from permits.casework.decide.desk import Desk
from permits.casework.decide.minutes import Minutes
from permits.casework.due_dates import Length
from permits.casework.families.amendments import AmendmentClosed
from permits.casework.families.terms import TermDated, TermEnded, TermSet
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import ENDS_OF_THE_GRANT, Milestone
from permits.definitions.schema import Renewal


def follow(minutes: Minutes, milestone: Milestone, on: date) -> None:
    """A grant begins its term; whatever ends the grant ends what was asked for about it."""
    if milestone is Milestone.GRANTED:
        _begin(minutes, on)
    elif milestone is Milestone.REVOKED or milestone in ENDS_OF_THE_GRANT:
        if minutes.case.term is not None and minutes.case.term.runs:
            minutes.note(TermEnded(milestone=milestone), on)
        if minutes.case.amendment is not None:
            minutes.note(AmendmentClosed(milestone=milestone), on)


def _begin(minutes: Minutes, on: date) -> None:
    rule = minutes.definition.term
    if rule is not None:
        length = Length.parse(rule.length)
        due = minutes.due(on, length, rule.warn_days_left)
        minutes.note(TermSet(starts_on=on, length=rule.length, **due), on)


def recompute(minutes: Minutes, cause: str) -> None:
    """The last day of the term under the calendar on the desk."""
    term, rule = minutes.case.term, minutes.definition.term
    if term is None or rule is None or not term.runs:
        return
    length, longer = Length.parse(term.length), map(Length.parse, term.renewals)
    due = minutes.due(term.starts_on, length, rule.warn_days_left, (), longer)
    if any(getattr(term, key) != due[key] for key in ("due", "provisional", "warn_on")):
        minutes.note(TermDated(was=term.due, cause=cause, **due))


def renewal_of(desk: Desk) -> Renewal | None:
    """How what is granted is renewed, if it may be."""
    term = desk.edition.definition.term
    return term.renewal if term is not None else None


def over(term: Term, today: date) -> bool:
    """Whether the last day has passed for good. A provisional one never has."""
    return term.runs and term.due is not None and term.due < today and not term.provisional


def silent(case: Case, desk: Desk) -> bool:
    """Whether the law renews the term at its end: asked for in time, and not decided on."""
    rule = renewal_of(desk)
    pending = case.term.pending if case.term is not None else None
    in_time = pending is not None and not pending.late
    return in_time and rule is not None and rule.silence_basis is not None


def not_over(case: Case, desk: Desk) -> Refused | None:
    """Why a term has not ended."""
    term = case.term
    if term is None or not term.runs or term.due is None or term.due >= desk.today:
        return Refused(Reason.NOT_YET_DUE, (TERM,))
    return Refused(Reason.DATE_PROVISIONAL, (TERM,)) if term.provisional else None


def not_to_expire(case: Case, desk: Desk) -> Refused | None:
    """A term expires at its end, unless the law renews it."""
    refused = not_over(case, desk)
    return refused or (Refused(Reason.NOT_YET_DUE, (TERM,)) if silent(case, desk) else None)
