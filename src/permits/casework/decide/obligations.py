"""Obligations after the decision: reminded of, reported, ordered to be paid, overdue."""

from datetime import date

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework.case import Case, Obligation
from permits.casework.decide import actions, rectifying
from permits.casework.decide.consequences import follow
from permits.casework.decide.extending import past, void_from
from permits.casework.decide.fees import no_rate
from permits.casework.decide.minutes import Minutes
from permits.casework.due_dates import Length
from permits.casework.families.obligations import (
    ObligationOverdue,
    ObligationReminded,
    ObligationReported,
    ObligationSettled,
    RectificationOrdered,
)
from permits.casework.fees import shut_by_fee
from permits.casework.refusals import Reason, Refused
from permits.casework.rows import remind_from
from permits.definitions.schema import Definition


def carry_out(
    minutes: Minutes,
    command: c.ReportObligation | c.OrderPayment | c.FlagOverdue,
) -> Refused | None:
    """Carry out what is asked about an obligation."""
    match command:
        case c.ReportObligation():
            return report(minutes, command)
        case c.OrderPayment():
            return order_payment(minutes, command)
        case c.FlagOverdue():
            return flag(minutes, command)


def report(minutes: Minutes, command: c.ReportObligation) -> Refused | None:
    """The debtor reports it done, with the day it was done; or the holder, that a breach which a
    check found was put right."""
    held = still_open(minutes, command.obligation)
    if isinstance(held, Refused):
        return held
    if held.failed:
        return rectifying.report(minutes, command, held)
    return _done(minutes, command, held)


def _done(minutes: Minutes, command: c.ReportObligation, held: Obligation) -> Refused | None:
    rule = minutes.definition.obligations[command.obligation]
    if rule.settled_by != "report":
        return Refused(Reason.OBLIGATION_NOT_OPEN, (command.obligation,))
    untimely = _untimely(minutes, held, command.on)
    if untimely is not None:
        return untimely
    if rule.brings is not None and not command.evidence:
        return Refused(Reason.EVIDENCE_WANTED, (rule.brings,))
    shut = forbidden(minutes.case, command.obligation, minutes.definition)
    if shut is not None:
        return shut
    milestones = (rule.reports,) if rule.reports else ()
    refused = shut_by_fee(minutes.case, minutes.desk.edition, command.obligation) or no_rate(
        minutes, milestones, command.on
    )
    if refused is not None:
        return refused
    minutes.note(
        ObligationReported(
            obligation=command.obligation,
            on=command.on,
            evidence=command.evidence,
            milestone=rule.reports or "",
        ),
        command.on,
    )
    minutes.note(ObligationSettled(obligation=command.obligation, on=minutes.desk.today))
    follow(minutes, milestones, command.on)
    return None


def _untimely(minutes: Minutes, held: Obligation, on: date) -> Refused | None:
    """It was done since it was owed, not tomorrow, and not after the law has ended the grant,
    whether or not the timer has looked."""
    today, ends = minutes.desk.today, minutes.definition.obligations[held.name].lapse
    if not held.opened_on <= on <= today:
        return Refused(Reason.DATE_NOT_LAWFUL, (on.isoformat(),))
    if ends is not None and past(held, today) and on > void_from(held):
        return Refused(Reason.TERM_ENDED, (str(void_from(held)),))
    return None


def forbidden(case: Case, name: str, definition: Definition) -> Refused | None:
    """What an open duty forbids is not reported as done."""
    reports = definition.obligations[name].reports
    rules = definition.obligations
    holding = tuple(
        other
        for other, held in case.obligations.items()
        if held.status == "open"
        and (forbids := rules[other].forbids) is not None
        and forbids.milestone == reports
    )
    return Refused(Reason.FORBIDDEN_YET, holding) if holding else None


def not_to_order(case: Case, definition: Definition, name: str) -> Refused | None:
    """Why no payment can be ordered: the definition gives no time for it, it is not late, or it
    was ordered before."""
    rule, held = definition.obligations.get(name), case.obligations.get(name)
    if rule is None:
        return Refused(Reason.NO_SUCH_OBLIGATION, (name,))
    if held is None or held.status != "open":
        return Refused(Reason.OBLIGATION_NOT_OPEN, (name,))
    if rule.settled_by != "payment" or rule.rectify_within is None:
        return Refused(Reason.NOT_IN_PROCEDURE)
    if held.ordered:
        return Refused(Reason.ASKED_BEFORE, (name,))
    return None if held.overdue else Refused(Reason.NOT_YET_DUE, (name,))


def order_payment(minutes: Minutes, command: c.OrderPayment) -> Refused | None:
    """Give who did not pay in time a last term, from today; the payment settles it."""
    name = command.obligation
    refused = not_to_order(minutes.case, minutes.definition, name)
    if refused is None and command.reason is None:
        refused = Refused(Reason.REASON_WANTED)
    if refused is not None:
        return refused
    rule, today = minutes.definition.obligations[name], minutes.desk.today
    within = str(rule.rectify_within)
    due = minutes.due(today, Length.parse(within), rule.warn_days_left)
    ordered = RectificationOrdered(
        obligation=name, starts_on=today, within=within, reason=command.reason, **due
    )
    minutes.note(ordered)
    return None


def remind(minutes: Minutes, command: a.RemindOfObligation) -> Refused | None:
    """Tell whoever applied that what they owe is due soon, once for each date it has."""
    held = still_open(minutes, command.obligation)
    if isinstance(held, Refused):
        return held
    first, today = remind_from(held, minutes.desk.edition), minutes.desk.today
    if first is None or held.due is None or today > held.due:
        return Refused(Reason.NOT_NOW, (held.name,))
    if today < first:
        return Refused(Reason.NOT_YET_DUE, (held.name,))
    minutes.note(ObligationReminded(obligation=held.name, due=held.due))
    return None


def flag(minutes: Minutes, command: c.FlagOverdue) -> Refused | None:
    """The due date of an obligation passed, and with it the grant where the law says so. Effective
    the day it was due. Who asked in time that it be put off waits for the decision, and who
    reported in time that a breach was put right, for the check."""
    held = still_open(minutes, command.obligation)
    if isinstance(held, Refused):
        return held
    refused = _not_passed(held, minutes.desk.today)
    if refused is not None or held.due is None:
        return refused
    rule = minutes.definition.obligations[command.obligation]
    if rule.lapse is not None and not held.ordered:
        return actions.take(minutes, c.TakeAction(rule.lapse.action))
    debtor = "applicant" if held.ordered else rule.debtor
    overdue = ObligationOverdue(obligation=command.obligation, due=held.due, debtor=debtor)
    minutes.note(overdue, held.due)
    return None


def _not_passed(held: Obligation, today: date) -> Refused | None:
    due = held.due is not None and held.due < today
    if held.overdue or held.waits or not due:
        return Refused(Reason.NOT_YET_DUE, (held.name,))
    return Refused(Reason.DATE_PROVISIONAL, (held.name,)) if held.provisional else None


def still_open(minutes: Minutes, name: str) -> Obligation | Refused:
    """The obligation of that name, if it is owed still."""
    held = minutes.case.obligations.get(name)
    if name not in minutes.definition.obligations:
        return Refused(Reason.NO_SUCH_OBLIGATION, (name,))
    if held is None or held.status != "open":
        return Refused(Reason.OBLIGATION_NOT_OPEN, (name,))
    return held
