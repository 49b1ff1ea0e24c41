"""A document of a case as it was drawn up."""

from datetime import date

from pydantic import Field

from permits.text.papers import Item, Paper
from permits.web.api.shown import whose
from permits.web.api.shown.parts import Basis, Named, Shown, basis
from permits.web.dossier import Dossier


class Told(Shown):
    """Something a document states or lists."""

    title: str
    says: str


class DocumentText(Shown):
    """A document, made anew from the log of the case each time it is read."""

    title: str
    number: str
    on: date
    void: bool = Field(description="what it documents was undone")
    authority: Named
    to: str = Field(description="the party it is addressed to; empty for a record")
    paragraphs: tuple[str, ...]
    facts: tuple[Told, ...]
    heading: str = Field(description="above what it lists; empty if it lists nothing")
    items: tuple[Told, ...]
    basis: Basis


def document_text(case: Dossier, paper: Paper) -> DocumentText:
    """A document of the case."""
    return DocumentText(
        title=paper.title,
        number=paper.number,
        on=paper.on,
        void=paper.void,
        authority=whose.authority(case),
        to=case.party_on(paper.on) if paper.addressed else "",
        paragraphs=paper.paragraphs,
        facts=tuple(map(_told, paper.facts)),
        heading=paper.heading,
        items=tuple(map(_told, paper.items)),
        basis=basis(paper.basis, case.definition.laws, case.language),
    )


def _told(item: Item) -> Told:
    return Told(title=item.title, says=item.says)
