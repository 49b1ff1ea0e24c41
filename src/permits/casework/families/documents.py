"""The document family: what was drawn up, under which number."""

from datetime import date

from msgspec.structs import replace

from permits.casework.case import Case, Drawn
from permits.casework.envelope import Envelope, Event
from permits.casework.families.folding import Folds, marked
from permits.casework.parts import Seal
from permits.definitions.procedure import Milestone


class DocumentDrawnUp(Event, frozen=True):
    """Drawn up in the transaction that allots its number; numbers of a series have no gaps."""

    document: str
    number: str
    series: str
    place: int
    on: date
    milestone: str


class DocumentCorrected(Event, frozen=True):
    """A clerical error in the document of that number is put right by one drawn up with this."""

    document: str
    number: str
    correction: Seal


def _drawn(case: Case, e: DocumentDrawnUp, _at: Envelope) -> Case:
    drawn = Drawn(e.document, e.number, e.on, e.milestone)
    return replace(case, documents=(*case.documents, drawn))


def _corrected(case: Case, e: DocumentCorrected, at: Envelope) -> Case:
    held = tuple(replace(d, corrected=True) if d.number == e.number else d for d in case.documents)
    after = replace(case, documents=held)
    return marked(after, Milestone.DOCUMENT_CORRECTED, at.effective_at)


FOLDS: Folds = {
    DocumentDrawnUp: _drawn,
    DocumentCorrected: _corrected,
}
