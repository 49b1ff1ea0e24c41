"""An application that is being written: what it says, what is wrong, what it still needs."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from permits.casework.answers import Fault, Problem, Read
from permits.casework.entries import listed
from permits.casework.tracks import (
    UNDERTAKING,
    notice_digest,
    signatures,
    signatures_under,
    signed_for,
    treatments,
)
from permits.definitions.edition import Edition
from permits.definitions.schema import Commitment, Definition, TrackName, Treatment
from permits.services.filing import Filing
from permits.services.track_choices import TrackChoice
from permits.store.drafts import Draft as Held
from permits.text import faults
from permits.text.counter import scan
from permits.text.titles import title_of
from permits.text.words import Language
from permits.web.api.shown.filed import File, file
from permits.web.api.shown.listed import CASES
from permits.web.api.shown.parts import V1, Named, Shown, Why, why

DRAFTS = f"{V1}/drafts"


class Misfit(Shown):
    """An answer that is missing or does not fit."""

    field: str
    entry: int | None = Field(description="which of several entries, counted from one")
    column: str | None = Field(description="what of the entry")
    fault: Fault
    detail: str = Field(description="what is wrong, in the language asked for")


class ToSign(Shown):
    """A commitment to be read whole and signed, by giving the digest of its text."""

    commitment: Named
    kind: Literal["A", "B", "undertaking"]
    notice: tuple[str, ...]
    statement: tuple[str, ...]
    text_digest: str
    signatures: tuple[str, ...] = Field(
        description="keys under which the digest is given back: the applicant's, and those of"
        " everybody who signs with it"
    )


class Treated(Shown):
    """What a track does with a material."""

    material: Named
    treatment: Treatment


class TrackOffer(Shown):
    """A track as it stands for the answers so far; `shut` says why it cannot be chosen."""

    track: Named
    shut: Why | None
    promised: str
    materials: tuple[Treated, ...]
    commitments: tuple[ToSign, ...]


class DraftSummary(Shown):
    """An application that is being written."""

    id: str
    href: str
    permit: Named
    version: int = Field(description="counted up by every change; also the ETag")
    updated_at: datetime
    case: str | None = Field(description="address of the case, once it was filed")


class DraftList(Shown):
    """The applications that are being written: of the party, or by the officer at the counter."""

    items: tuple[DraftSummary, ...]


class Draft(DraftSummary):
    """An application that is being written. Whoever acts for the party can go on with it, on the
    pages too."""

    edition: str = Field(description="digest of the edition it will be filed under")
    answers: dict[str, str | tuple[dict[str, str], ...]] = Field(
        description="as they were sent; several entries are a list"
    )
    misfits: tuple[Misfit, ...]
    tracks: tuple[TrackOffer, ...]
    track: str = Field(description="the track that was chosen; empty if none was")
    signed: dict[str, str] = Field(description="digests of the texts that were signed")
    unsigned: tuple[str, ...]
    files: tuple[File, ...]
    lacking: tuple[str, ...] = Field(
        description="materials that are asked for and not there; one may file without them, and"
        " is then asked for them once"
    )
    ready: bool = Field(description="whether it can be filed")


def draft_summary(filing: Filing, held: Held, language: Language) -> DraftSummary:
    """A draft of a list."""
    title = filing.edition(held).definition.permit.title.in_(language)
    filed = held.filed_at is not None
    return DraftSummary(
        id=held.id,
        href=f"{DRAFTS}/{held.id}",
        permit=Named(name=held.permit, title=title),
        version=held.version,
        updated_at=datetime.fromisoformat(held.updated_at),
        case=f"{CASES}/{held.case_id.removeprefix('case/')}" if filed else None,
    )


def draft(filing: Filing, held: Held, language: Language) -> Draft:
    """A draft whole."""
    edition, read, home = filing.edition(held), filing.read(held), f"{DRAFTS}/{held.id}"
    definition = edition.definition
    uploads = filing.uploading.uploads(held.id)
    there = {upload.material for upload in uploads}
    track = definition.tracks[TrackName(held.track)] if held.track else None
    wanted = signatures(definition, TrackName(held.track)) if track else ()
    unsigned = tuple(key for key in wanted if key not in held.signed)
    return Draft(
        **dict(draft_summary(filing, held, language)),
        edition=edition.digest,
        answers={name: _sent(edition, name, text) for name, text in held.answers.items()},
        misfits=misfits(edition, read.problems, language),
        tracks=tuple(_track(edition, one, read, language) for one in filing.tracks(held)),
        track=held.track,
        signed=held.signed,
        unsigned=unsigned,
        files=tuple(
            file(named_file(definition, one.material, language), home, one, handed_in=False)
            for one in uploads
        ),
        lacking=tuple(name for name in filing.asked(held) if name not in there),
        ready=not read.problems and track is not None and not unsigned,
    )


def _sent(edition: Edition, name: str, text: str) -> str | tuple[dict[str, str], ...]:
    question = edition.questions.get(name)
    several = listed(text) if question is not None and question.type == "entries" else None
    if several is None:
        return text
    return tuple({key: str(value) for key, value in one.items()} for one in several)


def misfits(
    edition: Edition, problems: tuple[Problem, ...], language: Language
) -> tuple[Misfit, ...]:
    """What is wrong with answers."""
    return tuple(
        Misfit(
            field=one.field,
            entry=one.entry or None,
            column=one.column or None,
            fault=one.fault,
            detail=faults.sentence(one, edition.answerable.get(one.field), language),
        )
        for one in problems
    )


def _named(edition: Edition, name: str, language: Language) -> Named:
    return Named(name=name, title=title_of(edition.definition, name, language) or name)


def named_file(definition: Definition, name: str, language: Language) -> Named:
    """What a file of an application is for: a material, or a scan of the counter's."""
    return Named(name=name, title=title_of(definition, name, language) or scan(name, language))


def _track(edition: Edition, choice: TrackChoice, read: Read, language: Language) -> TrackOffer:
    definition = edition.definition
    track = definition.tracks[choice.name]
    treated = treatments(edition, choice.name, read.answers)
    return TrackOffer(
        track=Named(name=choice.name, title=track.title.in_(language)),
        shut=why(choice.shut, definition, language),
        promised=track.promised,
        materials=tuple(
            Treated(material=_named(edition, name, language), treatment=what)
            for name, what in treated.items()
        ),
        commitments=_to_sign(edition, choice.name, language),
    )


def _to_sign(edition: Edition, track: TrackName, language: Language) -> tuple[ToSign, ...]:
    return tuple(
        ToSign(
            commitment=_named(edition, name, language),
            kind=signed.kind if isinstance(signed, Commitment) else UNDERTAKING,
            notice=tuple(text.in_(language) for text in signed.notice),
            statement=tuple(text.in_(language) for text in signed.statement),
            text_digest=notice_digest(signed),
            signatures=signatures_under(edition.definition, name),
        )
        for name, signed in signed_for(edition.definition, track).items()
    )
