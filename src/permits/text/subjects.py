"""What a file is made of: a document a definition has drawn up, or a paper an event called for."""

from collections.abc import Sequence

import msgspec

from permits.casework.case import Case, Drawn
from permits.casework.envelope import Envelope
from permits.casework.families.clocks import ClockExtended
from permits.casework.families.deciding import Published
from permits.casework.families.documents import DocumentDrawnUp
from permits.casework.families.obligations import ObligationVerified, RectificationOrdered
from permits.definitions.edition import Edition
from permits.definitions.procedure import Milestone
from permits.definitions.schema import Definition
from permits.text.instruments import Instrument, instruments, signers, title_of, written
from permits.text.papers import Paper, Told, paper
from permits.text.papers_then import Entry, case_then, drawn_in
from permits.text.sheets import Form, form_of
from permits.text.words import Language, words


class Subject(msgspec.Struct, frozen=True):
    """A document or paper: how it is listed, and the entry of the log that tells of it."""

    drawn: Drawn
    at: Envelope
    instrument: Instrument | None = None

    @property
    def number(self) -> str:
        return self.drawn.number

    @property
    def form(self) -> Form:
        """How it is set."""
        if self.instrument is None:
            return form_of(Milestone(self.drawn.milestone))
        match self.instrument.event:
            case ObligationVerified() | ClockExtended():
                return "record"
            case RectificationOrdered():
                return "notice"
            case Published():
                return "announcement"
            case _:
                return "commitment"

    def title(self, definition: Definition, language: Language) -> str:
        """What it is called."""
        if self.instrument is not None:
            return title_of(self.instrument, definition, language)
        return definition.documents[self.drawn.document].title.in_(language)

    def paper(
        self, entries: Sequence[Entry], edition: Edition, told: Told, language: Language
    ) -> Paper:
        """What it says."""
        if self.instrument is None:
            return paper(self.drawn, entries, edition, told, language)
        then = case_then(self.at, entries)
        return written(self.instrument, then, edition.definition, told, language)

    def signers(self, told: Told, language: Language) -> tuple[str, ...]:
        """Who signs it by hand."""
        if self.instrument is not None:
            return signers(self.instrument, told, language)
        if self.drawn.milestone != Milestone.HEARING_HELD:
            return ()
        _ = words(language).gettext
        return _("Who presided: "), _("Who wrote it down: ")


def of_document(drawn: Drawn, entries: Sequence[Entry]) -> Subject:
    """A document of a case."""
    return Subject(drawn, drawn_in(drawn, entries))


def of_instrument(one: Instrument) -> Subject:
    """A paper of a case. It is listed as a document is, without a milestone."""
    return Subject(Drawn(one.name, one.number, one.on, ""), one.at, one)


def told_of_at(seq: int, case: Case, entries: Sequence[Entry], edition: Edition) -> Subject:
    """What the entry of that place in the log tells of; StopIteration if that is nothing."""
    event = next(event for envelope, event in entries if envelope.seq == seq)
    if isinstance(event, DocumentDrawnUp):
        drawn = next(d for d in case.documents if d.number == event.number)
        return of_document(drawn, entries)
    papers = instruments(case, entries, edition.definition)
    return of_instrument(next(one for one in papers if one.at.seq == seq))


def numbered(number: str, case: Case, entries: Sequence[Entry], edition: Edition) -> Subject:
    """The document or paper of a number; StopIteration if there is none."""
    for drawn in case.documents:
        if drawn.number == number:
            return of_document(drawn, entries)
    papers = instruments(case, entries, edition.definition)
    return of_instrument(next(one for one in papers if one.number == number))
