"""A document as it is handed to whoever sets it as a PDF: every text in its place, in one
language."""

from typing import Literal

import msgspec

from permits.definitions.edition import Edition
from permits.definitions.procedure import Milestone
from permits.text.answers import Table
from permits.text.bases import cited
from permits.text.days import day
from permits.text.papers import Item, Paper
from permits.text.words import Language, words

Form = Literal["receipt", "notice", "decision", "record", "announcement", "commitment"]
"""How a document is set; each has a part of its own beside the layout."""

SealKind = Literal["none", "specimen", "image"]

_FORMS: dict[Milestone, Form] = {
    Milestone.RECEIVED: "receipt",
    Milestone.TOLERATED: "receipt",
    Milestone.HEARING_HELD: "record",
    Milestone.DEREGISTERED: "announcement",
    **dict.fromkeys(
        (
            Milestone.NOT_ACCEPTED,
            Milestone.GRANTED,
            Milestone.REFUSED,
            Milestone.REVOKED,
            Milestone.GRANT_WITHDRAWN,
            Milestone.DUTY_EXTENDED,
            Milestone.DUTY_NOT_EXTENDED,
            Milestone.RENEWED,
            Milestone.NOT_RENEWED,
            Milestone.AMENDED,
            Milestone.NOT_AMENDED,
        ),
        "decision",
    ),
}


class SealImage(msgspec.Struct, frozen=True):
    """What stands where the seal goes: nothing, the image of the office (`svg`), or a mark that
    says it is of a demonstration."""

    kind: SealKind = "none"
    says: str = ""
    svg: str = ""


class Verify(msgspec.Struct, frozen=True):
    """How whoever holds the document asks whether it is genuine: with the code at an address, or
    by the QR code that leads to the answer. Without an address of the office there is the code
    alone."""

    code: str
    address: str = ""
    qr: str = ""


class Sheet(msgspec.Struct, frozen=True):
    """Everything that is set. `small` is what stands below: what it rests on, by which rule it
    was drawn up, `signers` are those who sign by hand."""

    language: Language
    form: Form
    office: str
    title: str
    number: str
    on: str
    to: str
    paragraphs: tuple[str, ...]
    facts: tuple[Item, ...]
    heading: str
    items: tuple[Item, ...]
    small: tuple[Item, ...]
    verify: Verify
    seal: SealImage
    signers: tuple[str, ...]
    keywords: tuple[str, ...]
    words: dict[str, str]
    tables: tuple[Table, ...] = ()


def form_of(milestone: Milestone) -> Form:
    """How a document of a milestone is set."""
    return _FORMS.get(milestone, "notice")


class Beside(msgspec.Struct, frozen=True):
    """What a sheet shows besides what the document says: how it is set, who signs it by hand, the
    name it is addressed to, how it is verified, and the image for the seal, if the office has
    one."""

    form: Form
    signers: tuple[str, ...]
    to: str
    verify: Verify
    seal: SealImage


def sheet(paper: Paper, edition: Edition, beside: Beside, language: Language) -> Sheet:
    """A document, ready to be set."""
    definition = edition.definition
    return Sheet(
        language=language,
        form=beside.form,
        office=definition.authority.title.in_(language),
        title=paper.title,
        number=paper.number,
        on=day(paper.on, language),
        to=beside.to if paper.addressed else "",
        paragraphs=paper.paragraphs,
        facts=paper.facts,
        heading=paper.heading,
        items=paper.items,
        small=_small(paper, edition, language),
        verify=beside.verify,
        seal=_spoken(beside.seal, language),
        signers=beside.signers,
        keywords=(paper.number, edition.digest),
        words=fixed(language),
        tables=paper.tables,
    )


def _spoken(seal: SealImage, language: Language) -> SealImage:
    """What the place of the seal says, for who reads it and for who has it read aloud."""
    _ = words(language).gettext
    says = {
        "none": "",
        "specimen": _("演示样章 (specimen, no seal)"),
        "image": _("Seal of the office"),
    }
    return SealImage(seal.kind, says[seal.kind], seal.svg)


def _small(paper: Paper, edition: Edition, language: Language) -> tuple[Item, ...]:
    _ = words(language).gettext
    permit = edition.definition.permit
    basis = cited(paper.basis, edition.definition.laws, language)
    if paper.basis.example is not None:
        basis = _("%(basis)s (example value)") % {"basis": basis}
    rule = _("%(title)s (%(id)s), in force from %(day)s, SHA-256 %(digest)s") % {
        "title": permit.title.in_(language),
        "id": permit.id,
        "day": day(permit.effective_from, language),
        "digest": edition.digest,
    }
    return (Item(_("Legal basis"), basis), Item(_("Rule applied"), rule))


def fixed(language: Language) -> dict[str, str]:
    """The words that are the same on every sheet."""
    _ = words(language).gettext
    return {
        "page": _("page {n} of {of}"),
        "colon": _(": "),
        "verify": _("Verify at"),
        "code": _("Check code"),
        "qr": _("QR code with the address at which this document is verified"),
        "attached": _("The document and its case as data"),
        "place": str(words(language).pgettext("of a row", "No.")),
        "what": _("What"),
        "says": _("Says"),
        "date": _("Date: "),
        "handed_in": _("Handed in by: "),
        "received": _("Received by: "),
        "copies": _("In two copies: one for whoever applied, one for the file."),
    }
