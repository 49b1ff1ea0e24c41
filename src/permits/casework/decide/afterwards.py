"""Carries out commands about what comes after a decision."""

from collections.abc import Callable, Mapping
from typing import Any

from permits.casework import commands_after as a
from permits.casework.case import Case
from permits.casework.decide import amending, annulling, extending, renewing, restoring
from permits.casework.decide.counter import acted_for
from permits.casework.decide.desk import Desk
from permits.casework.decide.minutes import Minutes
from permits.casework.refusals import Refused

JUDGED = (
    a.DecideExtension, a.RestoreGrant, a.DecideRenewal, a.ExamineAmendment, a.DecideAmendment,
)  # fmt: skip
"""What an officer examines or decides of what the holder asked for."""


def not_impartial(case: Case, desk: Desk, command: a.After) -> Refused | None:
    """Whoever acted for the holder neither examines nor decides what the holder asked for."""
    return acted_for(case, desk) if isinstance(command, JUDGED) else None


def carry_out(minutes: Minutes, command: a.After) -> Refused | None:
    """Carry out a command about what comes after a decision."""
    refused = not_impartial(minutes.case, minutes.desk, command)
    return refused or _CARRIED_OUT[type(command)](minutes, command)


_CARRIED_OUT: Mapping[type[a.After], Callable[[Minutes, Any], Refused | None]] = {
    a.AskExtension: extending.ask,
    a.DecideExtension: extending.decide,
    a.RestoreGrant: restoring.restore,
    a.AskRenewal: renewing.ask,
    a.DecideRenewal: renewing.decide,
    a.PassTerm: lambda minutes, _command: renewing.pass_term(minutes),
    a.AskAmendment: amending.ask,
    a.ExamineAmendment: amending.examine,
    a.DecideAmendment: amending.decide,
    a.RecordAnnulment: annulling.record,
}
"""A test asks that no command is forgotten."""
