"""A check on the spot: one of those who checked writes the record, each signs for themselves
(行政许可法 art. 34 and 61), and what follows from it follows with the last signature."""

from permits.casework import commands as c
from permits.casework.case import Case, CheckRecord
from permits.casework.decide.desk import Desk
from permits.casework.decide.inspectors import not_theirs
from permits.casework.decide.minutes import Minutes
from permits.casework.decide.obligations import still_open
from permits.casework.due_dates import Length
from permits.casework.families.inspectors import CheckRecorded, CheckReturned, CheckSigned
from permits.casework.families.obligations import (
    ObligationSettled,
    ObligationVerified,
    RectificationOrdered,
)
from permits.casework.refusals import Reason, Refused


def verify(minutes: Minutes, command: c.VerifyObligation) -> Refused | None:
    """Write the record of a check by at least as many officers as the rule asks, whoever writes it
    among them: two at least, so that it waits for somebody to sign. Whoever writes it anew puts it
    in the place of one that waits."""
    held = still_open(minutes, command.obligation)
    if isinstance(held, Refused):
        return held
    inspectors = tuple(dict.fromkeys(command.inspectors))
    refused = _not_checked_by(minutes, held.name, inspectors)
    if refused is not None:
        return refused
    if command.finding is None:
        return Refused(Reason.REASON_WANTED)
    since = held.put_right_on or held.ordered_on or held.opened_on
    if not since <= command.on <= minutes.desk.today:
        return Refused(Reason.DATE_NOT_LAWFUL, (command.on.isoformat(),))
    minutes.note(
        CheckRecorded(
            obligation=held.name,
            passed=command.passed,
            on=command.on,
            inspectors=inspectors,
            finding=command.finding,
            evidence=command.evidence,
        )
    )
    return None


def _not_checked_by(minutes: Minutes, name: str, inspectors: tuple[str, ...]) -> Refused | None:
    """Why an obligation is not checked by these, or not by this many of them."""
    rule = minutes.definition.obligations[name]
    if rule.settled_by != "verification":
        return Refused(Reason.OBLIGATION_NOT_OPEN, (name,))
    others = not_theirs(minutes.case, minutes.desk, name, inspectors)
    if others is not None:
        return others
    if len(inspectors) < rule.verifiers or minutes.desk.actor.id not in inspectors:
        return Refused(Reason.INSPECTORS_WANTED, (str(rule.verifiers),))
    return None


def not_to_sign(case: Case, desk: Desk, name: str) -> CheckRecord | Refused:
    """The record of a check that waits for the signature of whoever is at the desk, or why none
    does: there is none, they did not check or have signed, or one of those who checked is recused
    by now or acted for the applicant."""
    if name not in desk.edition.definition.obligations:
        return Refused(Reason.NO_SUCH_OBLIGATION, (name,))
    held = case.obligations.get(name)
    record = held.record if held is not None and held.status == "open" else None
    if record is None or desk.actor.id not in record.unsigned:
        return Refused(Reason.NOTHING_TO_SIGN, (name,))
    return not_theirs(case, desk, name, record.inspectors) or record


def sign(minutes: Minutes, command: c.SignCheck) -> Refused | None:
    """Sign the record of a check, or send it back with the reason."""
    record = not_to_sign(minutes.case, minutes.desk, command.obligation)
    if isinstance(record, Refused):
        return record
    if record.finding != command.record:
        return Refused(Reason.OVERTAKEN)
    if command.agrees:
        _sign(minutes, command, record)
        return None
    if command.reason is None:
        return Refused(Reason.REASON_WANTED)
    minutes.note(
        CheckReturned(obligation=command.obligation, record=command.record, reason=command.reason)
    )
    return None


def _sign(minutes: Minutes, command: c.SignCheck, record: CheckRecord) -> None:
    if record.unsigned == (minutes.desk.actor.id,):
        _complete(minutes, command.obligation, record)
    else:
        minutes.note(CheckSigned(obligation=command.obligation, record=command.record))


def _complete(minutes: Minutes, name: str, record: CheckRecord) -> None:
    """Everybody has signed: it was checked. Not passed, the breach is to be put right in time."""
    minutes.note(
        ObligationVerified(
            obligation=name,
            passed=record.passed,
            on=record.on,
            inspectors=record.inspectors,
            finding=record.finding,
            evidence=record.evidence,
        )
    )
    today, rule = minutes.desk.today, minutes.definition.obligations[name]
    if record.passed:
        minutes.note(ObligationSettled(obligation=name, on=today))
        return
    within = rule.rectify_within or "0d"
    due = minutes.due(today, Length.parse(within), rule.warn_days_left)
    minutes.note(RectificationOrdered(obligation=name, starts_on=today, within=within, **due))
