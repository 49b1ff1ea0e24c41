"""Carries out commands about what comes after a decision."""

from collections.abc import Callable, Mapping
from typing import Any

from permits.casework import commands_after as a
from permits.casework.decide import (
    amending,
    annulling,
    extending,
    obligations,
    renewing,
    restoring,
)
from permits.casework.decide.minutes import Minutes
from permits.casework.refusals import Refused


def carry_out(minutes: Minutes, command: a.After) -> Refused | None:
    """Carry out a command about what comes after a decision."""
    return _CARRIED_OUT[type(command)](minutes, command)


_CARRIED_OUT: Mapping[type[a.After], Callable[[Minutes, Any], Refused | None]] = {
    a.AskExtension: extending.ask,
    a.DecideExtension: extending.decide,
    a.RemindOfObligation: obligations.remind,
    a.RestoreGrant: restoring.restore,
    a.AskRenewal: renewing.ask,
    a.DecideRenewal: renewing.decide,
    a.PassTerm: lambda minutes, _command: renewing.pass_term(minutes),
    a.RemindOfTerm: lambda minutes, _command: renewing.remind(minutes),
    a.AskAmendment: amending.ask,
    a.ExamineAmendment: amending.examine,
    a.DecideAmendment: amending.decide,
    a.RecordAnnulment: annulling.record,
}
"""A test asks that no command is forgotten."""
