"""The family of succession: another party stands in a case for the one that filed it."""

from msgspec.structs import replace

from permits.casework.case import Case
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds


class PartyChanged(Event, frozen=True):
    """The party was merged into another one, which takes its place with everything it owes."""

    was: str
    now: str


def _changed(case: Case, e: PartyChanged, _at: Envelope) -> Case:
    return replace(case, party=e.now)


FOLDS: Folds = {PartyChanged: _changed}
