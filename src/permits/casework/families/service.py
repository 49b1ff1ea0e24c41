"""The family of service: how documents reached the applicant."""

from datetime import date

from msgspec.structs import replace

from permits.casework.case import Case, Served
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds, recorded
from permits.casework.parts import HandedIn, Means, Seal


class DocumentServed(Event, frozen=True):
    """A document reached the applicant. `proof` are scans of what proves it, `postal` seals the
    number of the post."""

    document: str
    number: str
    on: date
    means: Means
    proof: tuple[HandedIn, ...]
    postal: Seal | None


def _served(case: Case, e: DocumentServed, _at: Envelope) -> Case:
    one = Served(e.on, e.means, e.proof, e.postal)
    return replace(recorded(case, e.document), served={**case.served, e.number: one})


FOLDS: Folds = {
    DocumentServed: _served,
}
