"""Folds events into parties: a party is the fold of its stream, and nothing else."""

from collections.abc import Iterable

from msgspec.structs import replace

from permits.casework.envelope import Envelope, Event
from permits.casework.families import bars, credit, parties
from permits.casework.families.credit import PartyFolds
from permits.casework.following import followed
from permits.casework.party import Party

FOLDS: PartyFolds = {**parties.FOLDS, **credit.FOLDS, **bars.FOLDS}


def fold_party(party: Party, event: Event, envelope: Envelope) -> Party:
    """The party after one more event; a fold never refuses and reckons nothing."""
    after = FOLDS[type(event)](party, event, envelope)
    return replace(after, version=envelope.seq, recorded_at=envelope.recorded_at)


def fold_all(party: Party, entries: Iterable[tuple[Envelope, Event]]) -> Party:
    """The party after all of the events."""
    return followed(fold_party, party, entries)
