"""The functional core for parties: what a command does to a record, or why it does nothing.

As `decide` does for cases it opens nothing, awaits nothing and reads no clock.
"""

from dataclasses import replace

from permits.casework import party_commands as c
from permits.casework.decide import bars, credit, party_changes
from permits.casework.decide.party_desk import PartyDesk
from permits.casework.decide.party_minutes import PartyMinutes, PartyNoted
from permits.casework.party import Party
from permits.casework.party_access import role_in
from permits.casework.refusals import Reason, Refused
from permits.casework.standing import lacking

PartyOutcome = PartyNoted | Refused

__all__ = ["PartyDesk", "PartyOutcome", "decide_party"]


def decide_party(party: Party, command: c.PartyCommand, desk: PartyDesk) -> PartyOutcome:
    """The events a command brings about, or the reason why it is refused. Access is asked before
    anything else."""
    role = role_in(desk.actor, command, party, desk.case)
    if role is None:
        return Refused(Reason.NOT_YOURS)
    if not party.version:
        return Refused(Reason.NO_SUCH_PARTY, (party.code,))
    if party.successor:
        return Refused(Reason.PARTY_MERGED, (party.successor,))
    desk = replace(desk, actor=desk.actor.acting_as(role))
    minutes = PartyMinutes(party, desk, role)
    unauthorised = lacking(party, desk.actor.id, "act", desk.today) if desk.actor.party else None
    refused = unauthorised or _carry_out(minutes, command, desk)
    return refused if refused is not None else minutes.close()


def _carry_out(minutes: PartyMinutes, command: c.PartyCommand, desk: PartyDesk) -> Refused | None:
    match command:
        case c.ImposeBar() | c.LiftBar() | c.ConcludeReview():
            return bars.carry_out(minutes, command, desk)
        case c.RenameParty() | c.AuthorisePerson() | c.EndAuthorisation() | c.MergeParty():
            return party_changes.carry_out(minutes, command, desk)
        case _:
            return credit.carry_out(minutes, command, desk.terms)
