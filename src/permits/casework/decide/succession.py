"""A case follows its party into the party that it was merged into."""

from permits.casework import commands as c
from permits.casework.decide.minutes import Minutes
from permits.casework.families.succession import PartyChanged
from permits.casework.refusals import Reason, Refused


def take_over(minutes: Minutes, command: c.TakeOver) -> Refused | None:
    """Let the successor stand in the case, whatever its state: what is owed goes with it."""
    case, party = minutes.case, minutes.desk.party
    if party is None or party.code != case.party or party.successor != command.party:
        return Refused(Reason.NO_SUCH_PARTY, (command.party,))
    minutes.note(PartyChanged(was=case.party, now=command.party))
    return None
