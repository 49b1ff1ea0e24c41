"""Which event of a party is told to whom. The words are those of its history."""

from collections.abc import Mapping

from permits.casework.envelope import Event
from permits.casework.families import bars, credit
from permits.casework.messages import Message
from permits.definitions.procedure import Role

TEMPLATE = "party"

_TOLD: Mapping[type[Event], tuple[Role, ...]] = {
    credit.EntryDrafted: (Role.SUPERVISOR,),
    credit.EntryNoticed: (Role.APPLICANT,),
    credit.EntryObjected: (Role.LEADER, Role.SUPERVISOR),
    credit.ObjectionChecked: (Role.APPLICANT,),
    credit.ObjectionDecided: (Role.APPLICANT, Role.SUPERVISOR),
    credit.EntryMade: (Role.APPLICANT,),
    credit.RepairAsked: (Role.LEADER, Role.SUPERVISOR),
    credit.RepairDecided: (Role.APPLICANT,),
    bars.BarImposed: (Role.APPLICANT,),
    bars.BarLifted: (Role.APPLICANT,),
    bars.ReviewOpened: (Role.LEADER, Role.SUPERVISOR),
}


def party_messages(event: Event) -> tuple[Message, ...]:
    """The messages an event of a party brings about; `about` is the entry, bar or review. Of what
    was dropped before it was told the party hears nothing."""
    match event:
        case credit.EntryDropped(entry=name, told=told):
            return (Message(TEMPLATE, Role.APPLICANT, name),) if told else ()
        case bars.BarImposed(bar=name) | bars.BarLifted(bar=name):
            about = name
        case bars.ReviewOpened(review=name):
            about = name
        case _:
            about = getattr(event, "entry", "")
    return tuple(Message(TEMPLATE, role, about) for role in _TOLD.get(type(event), ()))
