"""Who may ask what of a party's record, and who may see it."""

from collections.abc import Mapping
from dataclasses import dataclass

from permits.casework import party_commands as c
from permits.casework.access import Actor
from permits.casework.case import Case
from permits.casework.party import Bar, Entry, Party, Review
from permits.definitions.procedure import Role

CREDIT_OFFICERS = frozenset({Role.LEADER, Role.SUPERVISOR})
"""Who proposes, decides and drops entries; of a department, for what came of its cases."""

OF_THE_PARTY = frozenset({Role.APPLICANT, Role.WINDOW})
"""The party itself, or the window that writes down what it brings on paper."""

BY: Mapping[type[c.PartyCommand], frozenset[Role]] = {
    c.NoticeEntry: CREDIT_OFFICERS,
    c.ObjectToEntry: OF_THE_PARTY,
    c.CheckObjection: CREDIT_OFFICERS,
    c.DecideObjection: CREDIT_OFFICERS,
    c.MakeEntry: CREDIT_OFFICERS,
    c.DropEntry: CREDIT_OFFICERS,
    c.PublishEntry: frozenset({Role.TIMER}),
    c.AskForRepair: OF_THE_PARTY,
    c.DecideRepair: CREDIT_OFFICERS,
    c.ImposeBar: frozenset({Role.LEADER}),
    c.LiftBar: frozenset({Role.LEADER}),
    c.ConcludeReview: CREDIT_OFFICERS,
    c.RenameParty: frozenset({Role.WINDOW}),
    c.AuthorisePerson: frozenset({Role.WINDOW}),
    c.EndAuthorisation: frozenset({Role.WINDOW}),
    c.MergeParty: CREDIT_OFFICERS,
}


@dataclass(frozen=True, slots=True)
class Room:
    """The department that something of a record belongs to; no office stands for any."""

    office: str = ""
    department: str = ""


def room_of(party: Party, command: c.PartyCommand, case: Case | None) -> Room:
    """The department whose people a command is for."""
    held: Entry | Bar | Review | None
    match command:
        case c.ImposeBar():
            return Room(case.authority, case.department) if case is not None else Room()
        case c.LiftBar(bar=name):
            held = party.bars.get(name)
        case c.ConcludeReview(review=name):
            held = party.reviews.get(name)
        case c.RenameParty() | c.AuthorisePerson() | c.EndAuthorisation() | c.MergeParty():
            return Room()
        case _:
            held = party.entries.get(command.entry)
    return Room(held.office, held.department) if held is not None else Room()


def has_room(actor: Actor, party: Party) -> bool:
    """Whether something on a party's record belongs to the officer's department."""
    return any(actor.works_for(*room) for room in party.rooms)


def role_in(
    actor: Actor, command: c.PartyCommand, party: Party, case: Case | None = None
) -> Role | None:
    """The role in which the actor may give this command about this party; None if in none."""
    mine = actor.roles & BY[type(command)]
    room = room_of(party, command, case)
    return next((role for role in Role if role in mine and _for(actor, role, party, room)), None)


def _for(actor: Actor, role: Role, party: Party, room: Room) -> bool:
    if role is Role.APPLICANT:
        return actor.party == party.code
    if role is Role.TIMER or not room.office:
        return True
    return (actor.office, actor.department) == (room.office, room.department)
