"""The document family: what was drawn up, under which number."""

from datetime import date

from msgspec.structs import replace

from permits.casework.case import Case, Drawn
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds


class DocumentDrawnUp(Event, frozen=True):
    """Drawn up in the transaction that allots its number; numbers of a series have no gaps."""

    document: str
    number: str
    series: str
    place: int
    on: date
    milestone: str


def _drawn(case: Case, e: DocumentDrawnUp, _at: Envelope) -> Case:
    drawn = Drawn(e.document, e.number, e.on, e.milestone)
    return replace(case, documents=(*case.documents, drawn))


FOLDS: Folds = {
    DocumentDrawnUp: _drawn,
}
