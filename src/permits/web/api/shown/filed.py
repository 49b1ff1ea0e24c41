"""What a case holds of what was sent: answers, files, signatures, and what was to be corrected."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from permits.definitions.conditions import Answer as Held
from permits.store.drafts import Upload
from permits.text import names
from permits.web.api.shown.parts import Named, Shown
from permits.web.dossier import Dossier
from permits.web.shown_parts import ShownAnswer


class Answer(Shown):
    """An answer. A personal one is shown whole to its applicant, and to an officer who says what
    for (`POST /cases/{case}/personal`); others are shown a mask of it, or nothing."""

    name: str
    title: str = Field(description="the question")
    value: str | int | bool | tuple[dict[str, str | int | bool], ...] | None = Field(
        description="the answer as the rules use it; several entries are a list"
    )
    says: str = Field(description="the answer in words")
    hidden: bool = Field(description="it is personal, given, and not shown here")
    masked: bool = Field(description="it is personal, and `says` is a mask of it")
    erased_on: date | None = Field(description="the day on which it was erased, if it was")


class Section(Shown):
    """Answers that stand together."""

    title: str
    answers: tuple[Answer, ...]


class File(Shown):
    """An uploaded file. `handed_in` says whether it is part of the case or still to be sent."""

    id: str
    href: str = Field(description="address of its content")
    about: Named = Field(description="the material it is, or the obligation it shows done")
    filename: str
    sha256: str
    came: str = Field(
        description="SHA-256 of what was sent, if it was a picture: a picture is kept as it was"
        " written anew from its pixels. Else empty"
    )
    size: int = Field(description="bytes")
    media_type: str
    uploaded_at: datetime
    handed_in: bool
    erased_on: date | None = Field(description="the day on which it was erased, if it was")


class Signature(Shown):
    """A commitment that was read whole and signed."""

    commitment: Named
    kind: Literal["A", "B"] = Field(description="A: already complies; B: will comply")
    text_digest: str = Field(description="SHA-256 of the text that was signed")
    text: str = Field(description="address of that text, byte for byte")
    role: Named = Field(description="for whom it was signed")
    means: Literal["password", "letter", "paper"] = Field(
        description="with the applicant's account, on a sealed letter, or on paper at the counter"
    )
    shown_in: Literal["zh", "en"] | None = Field(
        description="in which language the text was shown; null if that is not known"
    )
    on: date


class Undertaking(Shown):
    """The undertaking to supply secondary materials in time, as it was signed."""

    text_digest: str = Field(description="SHA-256 of the text that was signed")
    text: str = Field(description="address of that text, byte for byte")
    means: Literal["password", "paper"] = Field(
        description="with the applicant's account, or on paper at the counter"
    )
    shown_in: Literal["zh", "en"] | None = Field(
        description="in which language the text was shown; null if that is not known"
    )
    on: date


class Defect(Shown):
    """One thing to correct."""

    about: Named = Field(description="`material.…` or `field.…`")
    kind: Named
    fix: str = Field(description="what is wanted instead; empty if it is not shown here")


class CorrectionNotice(Shown):
    """The one correction notice of this submission."""

    on: date
    defects: tuple[Defect, ...]


def sections(case: Dossier) -> tuple[Section, ...]:
    """The application as it now stands."""
    return tuple(
        Section(title=one.title, answers=tuple(_answer(case, answer) for answer in one.answers))
        for one in case.sections
    )


def _answer(case: Dossier, shown: ShownAnswer) -> Answer:
    personal = case.edition.answerable[shown.name].personal is not None
    value: Held | None = case.case.answers.get(shown.name)
    if personal:
        whole = not shown.masked and shown.erased_on is None
        value = (shown.says or None) if whole else None
    return Answer(
        name=shown.name,
        title=shown.title,
        value=value,
        says=shown.says,
        hidden=shown.hidden,
        masked=shown.masked,
        erased_on=shown.erased_on,
    )


def file(about: Named, home: str, upload: Upload, *, handed_in: bool) -> File:
    """A file; `home` is the address of the case or draft it belongs to."""
    return File(
        id=upload.id,
        href=f"{home}/files/{upload.id}",
        about=about,
        filename=upload.filename,
        sha256=upload.sha256,
        came=upload.came,
        size=upload.size,
        media_type=upload.media_type,
        uploaded_at=datetime.fromisoformat(upload.uploaded_at),
        handed_in=handed_in,
        erased_on=upload.gone_on,
    )


def file_of_case(case: Dossier, home: str, upload: Upload) -> File:
    """A file that was uploaded to a case."""
    about = Named(name=upload.material, title=case.thing(upload.material))
    return file(about, home, upload, handed_in=upload in case.files)


def signatures(case: Dossier, home: str) -> tuple[Signature, ...]:
    """The commitments that were signed; `home` is the address of the case."""
    rules = case.definition.commitments
    return tuple(
        Signature(
            commitment=Named(
                name=signed.commitment, title=rules[signed.commitment].title.in_(case.language)
            ),
            kind=rules[signed.commitment].kind,
            text_digest=signed.text_digest,
            text=f"{home}/signed-texts/{signed.text_digest}",
            role=Named(
                name=signed.role,
                title=case.definition.signers[signed.role].title.in_(case.language),
            ),
            means=signed.means,
            shown_in=signed.shown_in or None,
            on=signed.on,
        )
        for signed in case.case.commitments
    )


def undertaking(case: Dossier, home: str) -> Undertaking | None:
    """The undertaking that was signed; `home` is the address of the case."""
    held = case.case.undertaking
    if held is None:
        return None
    return Undertaking(
        text_digest=held.text_digest,
        text=f"{home}/signed-texts/{held.text_digest}",
        means=held.means,
        shown_in=held.shown_in or None,
        on=held.on,
    )


def correction_notice(case: Dossier) -> CorrectionNotice | None:
    """The last correction notice."""
    if not case.case.notices:
        return None
    return CorrectionNotice(
        on=case.case.notices[-1].on,
        defects=tuple(
            Defect(
                about=Named(name=shown.about, title=shown.title),
                kind=Named(name=held.kind, title=names.defect(held.kind, case.language)),
                fix=shown.fix,
            )
            for shown, held in zip(case.defects, case.case.notices[-1].defects, strict=True)
        ),
    )
