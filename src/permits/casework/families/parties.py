"""The party family: organisations that apply, by their credit code, and what becomes of them."""

from datetime import date

from msgspec.structs import replace

from permits.casework.envelope import Envelope, Event
from permits.casework.families.credit import PartyFolds
from permits.casework.parts import Seal
from permits.casework.party import Authorised, Bar, Entry, Name, Party, Power, Review


def stream_of(code: str) -> str:
    return f"party/{code}"


class PartyRegistered(Event, frozen=True):
    """An organisation under its registered name, which is public."""

    code: str
    name: str


class PartyRenamed(Event, frozen=True):
    """The organisation bears another registered name from the day this holds in law."""

    name: str
    reason: Seal


class PartyMerged(Event, frozen=True):
    """The organisation was merged into another one and can apply for nothing more."""

    into: str
    reason: Seal


class PartySucceeded(Event, frozen=True):
    """The organisation took over another one, with its entries, bars and reviews under names that
    fit here."""

    of: str
    entries: tuple[Entry, ...]
    bars: tuple[Bar, ...]
    reviews: tuple[Review, ...]


class PersonAuthorised(Event, frozen=True):
    """An account of the party may act for it, as a letter of authorisation says. Somebody who has
    none is called `person_1` and so on, and `name` seals their own name."""

    account: str
    power: Power
    since: date
    until: date | None
    letter: Seal
    name: Seal = ""


class AuthorisationEnded(Event, frozen=True):
    """An account may act for the party no more."""

    account: str
    reason: Seal


def _registered(party: Party, e: PartyRegistered, at: Envelope) -> Party:
    return _named(party, e.name, at.effective_at)


def _renamed(party: Party, e: PartyRenamed, at: Envelope) -> Party:
    return _named(party, e.name, at.effective_at)


def _named(party: Party, name: str, since: date) -> Party:
    """Registered anew under the same name, nothing changes."""
    if party.names and party.names[-1].name == name:
        return party
    return replace(party, names=(*party.names, Name(since, name)))


def _merged(party: Party, e: PartyMerged, _at: Envelope) -> Party:
    return replace(party, successor=e.into)


def _succeeded(party: Party, e: PartySucceeded, _at: Envelope) -> Party:
    return replace(
        party,
        predecessors=(*party.predecessors, e.of),
        entries={**party.entries, **{one.name: one for one in e.entries}},
        bars={**party.bars, **{one.name: one for one in e.bars}},
        reviews={**party.reviews, **{one.name: one for one in e.reviews}},
    )


def _authorised(party: Party, e: PersonAuthorised, _at: Envelope) -> Party:
    held = Authorised(e.account, e.power, e.since, e.until, e.letter, e.name)
    return replace(party, authorised={**party.authorised, e.account: held})


def _ended(party: Party, e: AuthorisationEnded, at: Envelope) -> Party:
    """It ends with the day before; an authorisation that ends was one."""
    last = date.fromordinal(at.effective_at.toordinal() - 1)
    held = replace(party.authorised[e.account], until=last)
    return replace(party, authorised={**party.authorised, e.account: held})


FOLDS: PartyFolds = {
    PartyRegistered: _registered,
    PartyRenamed: _renamed,
    PartyMerged: _merged,
    PartySucceeded: _succeeded,
    PersonAuthorised: _authorised,
    AuthorisationEnded: _ended,
}
