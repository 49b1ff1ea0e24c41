"""A breach that a check found, as the holder says it was put right. Whether it was, the inspectors
check: nothing is settled by saying so."""

from permits.casework import commands as c
from permits.casework.case import Obligation
from permits.casework.decide.minutes import Minutes
from permits.casework.families.obligations import RectificationReported
from permits.casework.refusals import Reason, Refused


def not_to_report(held: Obligation) -> Refused | None:
    """Why nothing is said to have been put right: no check found a breach, or it was said before
    and waits for the check."""
    if held.status != "open" or not held.failed:
        return Refused(Reason.OBLIGATION_NOT_OPEN, (held.name,))
    if held.put_right_on is not None:
        return Refused(Reason.REPORTED_BEFORE, (held.name,))
    return None


def report(minutes: Minutes, command: c.ReportObligation, held: Obligation) -> Refused | None:
    """Note on which day, in which words and with which files the holder says that it was put
    right: since it was ordered, and not tomorrow. Late is not too late to be checked."""
    refused = not_to_report(held)
    if refused is not None:
        return refused
    since = held.ordered_on or held.opened_on
    if not since <= command.on <= minutes.desk.today:
        return Refused(Reason.DATE_NOT_LAWFUL, (command.on.isoformat(),))
    if command.words is None:
        return Refused(Reason.REASON_WANTED)
    minutes.note(
        RectificationReported(
            obligation=held.name, on=command.on, words=command.words, evidence=command.evidence
        )
    )
    return None
