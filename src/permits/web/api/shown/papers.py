"""A document of a case as it was drawn up."""

from datetime import date
from typing import Literal

from pydantic import Field

from permits.casework.published import check_code, in_groups
from permits.store.documents import DocumentFile as Kept
from permits.text.papers import Item, Paper
from permits.web.api.shown import whose
from permits.web.api.shown.listed import CASES
from permits.web.api.shown.parts import Basis, Named, Shown, basis
from permits.web.dossier import Dossier


class Told(Shown):
    """Something a document states or lists."""

    title: str
    says: str


class DocumentFile(Shown):
    """A file that was kept of a document (PDF/A-3a), as it was issued."""

    language: Literal["zh", "en"]
    sha256: str
    size: int = Field(description="bytes")
    signed: bool = Field(description="it carries a signature of the office")
    href: str


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
    code: str = Field(description="what it is verified with; empty if there is no file for you")
    files: tuple[DocumentFile, ...]


def document_text(
    case: Dossier, paper: Paper, place: int, files: tuple[Kept, ...]
) -> DocumentText:
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
        code=in_groups(check_code(case.case, paper.number)) if files else "",
        files=tuple(_file(case, place, one) for one in files),
    )


def _file(case: Dossier, place: int, one: Kept) -> DocumentFile:
    return DocumentFile(
        language="en" if one.language == "en" else "zh",
        sha256=one.sha256,
        size=one.size,
        signed=one.signed,
        href=f"{CASES}/{case.id}/documents/{place}/pdf?language={one.language}",
    )


def _told(item: Item) -> Told:
    return Told(title=item.title, says=item.says)
