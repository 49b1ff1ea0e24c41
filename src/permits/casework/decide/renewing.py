"""The term of a grant: renewed by a decision or by silence, or at its end (行政许可法 art. 50)."""

from datetime import date, timedelta

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework.afterwards import RENEWAL_EVIDENCE, TERM, Term, to_remind
from permits.casework.case import Case
from permits.casework.decide import actions
from permits.casework.decide.consequences import follow
from permits.casework.decide.desk import Desk
from permits.casework.decide.evidence import not_evidence
from permits.casework.decide.minutes import Minutes
from permits.casework.decide.standing import not_over, over, renewal_of, silent
from permits.casework.due_dates import Length
from permits.casework.families.terms import (
    RenewalAsked,
    RenewalRefused,
    Renewed,
    TermReminded,
)
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Milestone
from permits.definitions.schema import Renewal

RENEWAL = "renewal"


def last_day(term: Term, rule: Renewal) -> date | None:
    """The last day on which renewal is asked for in time."""
    return term.due - timedelta(days=rule.days_before) if term.due is not None else None


def not_to_ask(case: Case, desk: Desk) -> Refused | None:
    """Why nobody can ask for renewal now."""
    rule, term = renewal_of(desk), case.term
    if rule is None:
        return Refused(Reason.NOT_IN_PROCEDURE)
    if term is None or not term.runs:
        return Refused(Reason.NOT_NOW, (RENEWAL,))
    return _spent(term, rule, desk.office_day)


def _spent(term: Term, rule: Renewal, on: date) -> Refused | None:
    """It was asked for, was renewed as often as the rule allows, or it is too late to ask."""
    if term.pending is not None:
        return Refused(Reason.ASKED_BEFORE, (RENEWAL,))
    if rule.times is not None and len(term.renewals) >= rule.times:
        return Refused(Reason.EXTENDED_BEFORE, (RENEWAL,))
    last = term.due if rule.late else last_day(term, rule)
    return Refused(Reason.ASKED_TOO_LATE, (str(last),)) if _after(term, last, on) else None


def _after(term: Term, last: date | None, on: date) -> bool:
    return last is not None and not term.provisional and on > last


def ask(minutes: Minutes, command: a.AskRenewal) -> Refused | None:
    """Take in the request, and note whether it came in time."""
    refused = not_to_ask(minutes.case, minutes.desk)
    if refused is None and command.reason is None:
        refused = Refused(Reason.REASON_WANTED)
    refused = refused or not_evidence(command.evidence, RENEWAL_EVIDENCE)
    rule, term = renewal_of(minutes.desk), minutes.case.term
    if refused is not None or rule is None or term is None:
        return refused
    on = minutes.desk.office_day
    late = _after(term, last_day(term, rule), on)
    asked = RenewalAsked(late=late, reason=str(command.reason), evidence=command.evidence)
    minutes.note(asked, on)
    return None


def not_to_decide(case: Case, desk: Desk) -> Refused | None:
    """Why there is nothing to decide: nobody asked, or the law has decided meanwhile."""
    term = case.term
    if term is None or term.pending is None:
        return Refused(Reason.NOTHING_ASKED)
    return Refused(Reason.TERM_ENDED, (str(term.due),)) if over(term, desk.today) else None


def decide(minutes: Minutes, command: a.DecideRenewal) -> Refused | None:
    """Renew the term before it ends, or refuse with reasons."""
    refused = not_to_decide(minutes.case, minutes.desk)
    if refused is None and not command.granted and command.reason is None:
        refused = Refused(Reason.REASON_WANTED)
    if refused is not None:
        return refused
    if command.granted:
        _renew(minutes, minutes.desk.today, command.reason)
        return None
    minutes.note(RenewalRefused(reason=str(command.reason)))
    follow(minutes, (Milestone.NOT_RENEWED,), minutes.desk.today)
    return None


def _renew(minutes: Minutes, on: date, reason: str | None, *, by_law: bool = False) -> None:
    rule, term, each = minutes.definition.term, minutes.case.term, renewal_of(minutes.desk)
    assert term is not None  # noqa: S101 - who asked, and whose term ends, has one
    assert rule is not None  # noqa: S101 - which this rule gave it
    assert each is not None  # noqa: S101 - without it nobody could have asked
    length, longer = Length.parse(term.length), (*term.renewals, each.each)
    due = minutes.due(term.starts_on, length, rule.warn_days_left, (), map(Length.parse, longer))
    renewed = Renewed(within=each.each, by_law=by_law, reason=reason, was=term.due, **due)
    minutes.note(renewed, on)
    follow(minutes, (Milestone.RENEWED,), on)


def remind(minutes: Minutes) -> Refused | None:
    """Tell the holder that the end is close, once, unless they have asked for renewal already."""
    term = minutes.case.term
    if term is None or not to_remind(term) or term.due is None or term.warn_on is None:
        return Refused(Reason.NOT_NOW, (RENEWAL,))
    if minutes.desk.today < term.warn_on:
        return Refused(Reason.NOT_YET_DUE, (TERM,))
    minutes.note(TermReminded(due=term.due))
    return None


def pass_term(minutes: Minutes) -> Refused | None:
    """The last day has passed: renewed by law, or expired. Effective that day."""
    refused = not_over(minutes.case, minutes.desk)
    term, rule = minutes.case.term, minutes.definition.term
    if refused is not None or term is None or term.due is None or rule is None:
        return refused
    if silent(minutes.case, minutes.desk):
        _renew(minutes, term.due, None, by_law=True)
        return None
    return actions.take(minutes, c.TakeAction(rule.expires))
