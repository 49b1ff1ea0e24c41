"""What an actor can do about a party's record now: for pages and the API.

Each is asked of `decide_party` itself, with texts that say nothing: so nothing is offered that
would be refused, whatever is typed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

import msgspec

from permits.casework import party_commands as c
from permits.casework.case import Case
from permits.casework.decide import bars
from permits.casework.decide.parties import decide_party
from permits.casework.decide.party_desk import PartyDesk
from permits.casework.party import Party
from permits.casework.party_access import role_in
from permits.casework.refusals import Refused

Step = Literal[
    "notice_entry",
    "object_to_entry",
    "check_objection",
    "decide_objection",
    "make_entry",
    "drop_entry",
    "ask_for_repair",
    "decide_repair",
    "impose_bar",
    "lift_bar",
    "conclude_review",
    "rename_party",
    "authorise_person",
    "end_authorisation",
    "merge_party",
]

ASKED: Mapping[Step, Callable[[str], c.PartyCommand]] = {
    "notice_entry": lambda name: c.NoticeEntry(name, "breach", "-"),
    "object_to_entry": lambda name: c.ObjectToEntry(name, "-"),
    "check_objection": lambda name: c.CheckObjection(name, "-"),
    "decide_objection": lambda name: c.DecideObjection(name, upheld=True, reason="-"),
    "make_entry": c.MakeEntry,
    "drop_entry": lambda name: c.DropEntry(name, "-"),
    "ask_for_repair": lambda name: c.AskForRepair(name, "-"),
    "decide_repair": lambda name: c.DecideRepair(name, granted=True, reason="-"),
    "impose_bar": lambda case: c.ImposeBar("deceit", case, "public_safety", "-"),
    "lift_bar": lambda name: c.LiftBar(name, "-"),
    "conclude_review": lambda name: c.ConcludeReview(name, "not_pursued", "-"),
    "rename_party": lambda _name: c.RenameParty("-", "-"),
    "authorise_person": lambda account: c.AuthorisePerson(
        account, "sign", date.min, None, letter="-"
    ),
    "end_authorisation": lambda account: c.EndAuthorisation(account, "-"),
    "merge_party": lambda _name: c.MergeParty("", "-"),
}
"""What is asked of each before anything was typed; the name is that of the entry, bar, review,
case or account it is about."""

OF_ENTRIES: tuple[Step, ...] = (
    "notice_entry",
    "object_to_entry",
    "check_objection",
    "decide_objection",
    "make_entry",
    "drop_entry",
    "ask_for_repair",
    "decide_repair",
)


class PartyOffer(msgspec.Struct, frozen=True):
    """A step that can be taken, and what it is about."""

    step: Step
    name: str = ""


def party_offers(
    party: Party, desk: PartyDesk, cases: Iterable[Case] = ()
) -> tuple[PartyOffer, ...]:
    """Every step the actor can take now. `cases` are those of the party that were turned down or
    revoked, from which a bar may follow."""
    asked = tuple(
        one
        for one in _about(party)
        if not isinstance(decide_party(party, ASKED[one.step](one.name), desk), Refused)
    )
    barring = tuple(
        PartyOffer("impose_bar", case.id)
        for case in cases
        if bars.grounds(party, case) and _may("impose_bar", party, replace(desk, case=case))
    )
    wholly = tuple(PartyOffer(step) for step in _OF_ALL if _may(step, party, desk))
    return (*asked, *barring, *wholly)


_OF_ALL: tuple[Step, ...] = ("rename_party", "authorise_person", "merge_party")
"""Steps of the party as such, which wait for nothing."""


def _about(party: Party) -> Iterator[PartyOffer]:
    for entry in party.entries:
        yield from (PartyOffer(step, entry) for step in OF_ENTRIES)
    yield from (PartyOffer("lift_bar", bar) for bar in party.bars)
    yield from (PartyOffer("conclude_review", review) for review in party.reviews)
    yield from (PartyOffer("end_authorisation", one) for one in party.authorised)


def _may(step: Step, party: Party, desk: PartyDesk) -> bool:
    """Whether the actor may do it at all, to a party that is there."""
    role = role_in(desk.actor, ASKED[step](""), party, desk.case)
    return role is not None and bool(party.version) and not party.successor
