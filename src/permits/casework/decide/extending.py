"""Dates of duties that are put off on request, and grants that are void by themselves without it.

Whoever asked in time does not lose the grant while the office has not decided: 建筑法 art. 9 ends
a permit whose holder "neither starts nor applies for an extension". A request that is refused
later ends it from the refusal on.
"""

from datetime import date, timedelta

from permits.casework import commands_after as a
from permits.casework.afterwards import EXTENSION_EVIDENCE
from permits.casework.case import Case, Obligation
from permits.casework.decide.consequences import follow
from permits.casework.decide.dating import earliest
from permits.casework.decide.desk import Desk
from permits.casework.decide.evidence import not_evidence
from permits.casework.decide.minutes import Minutes
from permits.casework.due_dates import BadLength, Length
from permits.casework.families.extensions import (
    DutyExtended,
    ExtensionAsked,
    ExtensionRefused,
)
from permits.casework.refusals import Reason, Refused
from permits.definitions.edition import Edition
from permits.definitions.procedure import Milestone
from permits.definitions.schema import DutyExtension


def last_day(held: Obligation, rule: DutyExtension) -> date | None:
    """The last day on which it may be asked that the date be put off."""
    return held.due - timedelta(days=rule.days_before) if held.due is not None else None


def not_to_ask(case: Case, desk: Desk, name: str) -> Refused | None:
    """Why nobody can ask now that the date of a duty be put off."""
    rules, held = desk.edition.definition.obligations, case.obligations.get(name)
    if name not in rules:
        return Refused(Reason.NO_SUCH_OBLIGATION, (name,))
    if held is None or held.status != "open":
        return Refused(Reason.OBLIGATION_NOT_OPEN, (name,))
    rule = rules[name].extension
    return Refused(Reason.NOT_EXTENSIBLE, (name,)) if rule is None else _spent(held, rule, desk)


def _spent(held: Obligation, rule: DutyExtension, desk: Desk) -> Refused | None:
    """It was asked for, was put off as often as the rule allows, or it is too late to ask."""
    if held.pending:
        return Refused(Reason.ASKED_BEFORE, (held.name,))
    if len(held.extensions) >= rule.times:
        return Refused(Reason.EXTENDED_BEFORE, (held.name,))
    last = last_day(held, rule)
    if last is not None and not held.provisional and desk.office_day > last:
        return Refused(Reason.ASKED_TOO_LATE, (last.isoformat(),))
    return None


def ask(minutes: Minutes, command: a.AskExtension) -> Refused | None:
    """Take in the request; what arrives after the office has closed counts from the next working
    day."""
    refused = not_to_ask(minutes.case, minutes.desk, command.obligation)
    if refused is not None:
        return refused
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    refused = not_evidence(command.evidence, EXTENSION_EVIDENCE)
    if refused is not None:
        return refused
    asked = ExtensionAsked(
        obligation=command.obligation, reason=command.reason, evidence=command.evidence
    )
    minutes.note(asked, minutes.desk.office_day)
    return None


def not_to_decide(case: Case, name: str) -> Refused | None:
    """Why there is nothing to decide: nobody asked, or it was decided."""
    held = case.obligations.get(name)
    pending = held is not None and held.pending
    return None if pending else Refused(Reason.NOTHING_ASKED)


def terms(rule: DutyExtension) -> tuple[str, ...]:
    """The terms by which one extension may put a date off, the longest first."""
    each = Length.parse(rule.each)
    return tuple(f"{n}{each.unit}" for n in range(each.count, 0, -1))


def decide(minutes: Minutes, command: a.DecideExtension) -> Refused | None:
    """Put the date off by as much as one extension allows or less, or refuse with reasons."""
    duty = minutes.definition.obligations.get(command.obligation)
    rule = duty.extension if duty is not None else None
    refused = not_to_decide(minutes.case, command.obligation)
    if refused is not None or rule is None:
        return refused
    if command.granted:
        return _grant(minutes, command, rule)
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    minutes.note(ExtensionRefused(obligation=command.obligation, reason=command.reason))
    follow(minutes, (Milestone.DUTY_NOT_EXTENDED,), minutes.desk.today)
    return None


def _grant(minutes: Minutes, command: a.DecideExtension, rule: DutyExtension) -> Refused | None:
    most, name = Length.parse(rule.each), command.obligation
    try:
        by = Length.parse(command.by or rule.each)
    except BadLength:
        return Refused(Reason.TERM_NOT_LAWFUL, (command.by,))
    if by.unit != most.unit or not 0 < by.count <= most.count:
        return Refused(Reason.TERM_TOO_LONG, (rule.each,))
    held, duty = minutes.case.obligations[name], minutes.definition.obligations[name]
    longer = (*held.extensions, str(by))
    due = earliest(minutes, duty.due, duty.warn_days_left, map(Length.parse, longer))
    sure = due["due"] is not None and not due["provisional"]
    minutes.note(
        DutyExtended(
            obligation=name,
            by=str(by),
            reason=command.reason,
            was=held.due,
            overdue=held.overdue and sure and due["due"] < minutes.desk.today,
            **due,
        )
    )
    follow(minutes, (Milestone.DUTY_EXTENDED,), minutes.desk.today)
    return None


def lapsed(case: Case, edition: Edition, today: date) -> Obligation | None:
    """The duty because of which the grant is void: its date passed, and no request waits."""
    rules = edition.definition.obligations
    return next(
        (
            held
            for name, held in case.obligations.items()
            if rules[name].lapse is not None and held.status == "open" and past(held, today)
        ),
        None,
    )


def past(held: Obligation, today: date) -> bool:
    """Whether the date of an open duty has passed for good. A provisional one never has."""
    over = held.due is not None and held.due < today
    return over and not held.provisional and not held.pending


def void_from(held: Obligation) -> date:
    """The day from which a grant is void because of a duty."""
    refused = [one.decided_on for one in held.asked if one.granted is False and one.decided_on]
    return max([held.due or date.max, *refused[-1:]])


def nothing_lapsed(case: Case, desk: Desk) -> Refused | None:
    """The law ends a grant only once the date of what was owed has passed."""
    if lapsed(case, desk.edition, desk.today) is not None:
        return None
    rules = desk.edition.definition.obligations
    owed = tuple(n for n in case.obligations if rules[n].lapse is not None)
    return Refused(Reason.NOT_YET_DUE, owed)
