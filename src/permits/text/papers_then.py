"""A case as it stood when a document of it was drawn up."""

from collections.abc import Sequence

from permits.casework.case import Case, Drawn
from permits.casework.envelope import Envelope, Event
from permits.casework.families.documents import DocumentDrawnUp
from permits.casework.fold import fold

Entry = tuple[Envelope, Event]


def drawn_in(drawn: Drawn, entries: Sequence[Entry]) -> Envelope:
    """What stands around the event that tells of the document."""
    return next(
        envelope
        for envelope, event in entries
        if isinstance(event, DocumentDrawnUp) and event.number == drawn.number
    )


def step_of(at: Envelope, entries: Sequence[Entry]) -> list[Entry]:
    """What was written together with an entry."""
    return [entry for entry in entries if entry[0].command == at.command]


def case_then(at: Envelope, entries: Sequence[Entry]) -> Case:
    """The case with everything that was written together with an entry."""
    step = step_of(at, entries)
    last, case = step[-1][0].seq, Case(id=step[0][0].stream)
    for envelope, event in entries:
        if envelope.seq <= last:
            case = fold(case, event, envelope)
    return case
