"""What was signed in a case, for pages: the text as it was signed, as whom, when and how."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from permits.casework.envelope import Envelope
from permits.casework.families.tolerance import UndertakingSigned
from permits.casework.families.tracks import CommitmentSigned
from permits.casework.signed_texts import SignedText, named
from permits.services.signed_texts import texts_kept
from permits.text.names import said, shown_in, signed_how
from permits.text.words import words
from permits.web.dossier import Dossier
from permits.web.visits import Visit

Signed = CommitmentSigned | UndertakingSigned


@dataclass(frozen=True, slots=True)
class ShownSigned:
    """A signature. `shown_in` is empty if it is not known in which language the text was shown;
    `text` is None if the text is not there, or is not what was signed."""

    title: str
    by: str
    at: datetime
    how: str
    shown_in: str
    digest: str
    text: SignedText | None


def signed(visit: Visit, case: Dossier) -> tuple[ShownSigned, ...]:
    """Every signature of the case, oldest first."""
    found = [(at.recorded_at, event) for at, event in _signatures(case)]
    kept = texts_kept(visit.office.database, named(event for _at, event in found))
    return tuple(
        ShownSigned(
            title=_title(case, event),
            by=_by(case, event),
            at=at,
            how=signed_how(event.means, case.language),
            shown_in=shown_in(event.shown_in, case.language),
            digest=event.text_digest,
            text=kept.get(event.text_digest),
        )
        for at, event in found
    )


def _signatures(case: Dossier) -> Iterator[tuple[Envelope, Signed]]:
    for envelope, event in case.record.entries:
        if isinstance(event, Signed):
            yield envelope, event


def _title(case: Dossier, event: Signed) -> str:
    """What the text was called in the definition of the case."""
    definition = case.definition
    if isinstance(event, CommitmentSigned):
        return said(definition.commitments[event.commitment].title, case.language)
    held = definition.undertaking
    return said(held.title, case.language) if held is not None else ""


def _by(case: Dossier, event: Signed) -> str:
    """In which role it was signed."""
    if isinstance(event, CommitmentSigned):
        return said(case.definition.signers[event.role].title, case.language)
    return words(case.language).gettext("Applicant")
