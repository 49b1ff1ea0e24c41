"""Invitations to sign with an applicant, as programs are shown them."""

from datetime import datetime
from typing import Literal, NamedTuple

from pydantic import Field

from permits.casework.tracks import UNDERTAKING, notice_digest, text_of
from permits.definitions.schema import Commitment
from permits.services.cosigning import Invited
from permits.services.filing import Filing
from permits.text.answers import in_words
from permits.text.words import Language
from permits.web.api.shown.parts import V1, Named, Shown
from permits.web.signatures import ShownSignature, shown_signature

CO_SIGNING = f"{V1}/co-signing"

Standing = Literal["not_invited", "invited", "signed", "declined"]


class Signer(Shown):
    """A unit that signs a commitment with the applicant, as the answers name it."""

    signature: str = Field(description="the key under which it signs")
    role: Named
    unit: str = Field(description="credit code; empty while it is not answered")
    standing: Standing
    invited_at: datetime | None


class Signers(Shown):
    """Everybody who signs with the applicant."""

    items: tuple[Signer, ...]


class InvitationSummary(Shown):
    """An invitation to sign a commitment of another's application."""

    id: str
    href: str
    commitment: Named
    role: Named
    permit: Named
    applicant: str
    invited_at: datetime
    signed_at: datetime | None = Field(description="null once an answer was changed after it")
    declined_at: datetime | None


class InvitationList(Shown):
    """What your party is invited to sign."""

    items: tuple[InvitationSummary, ...]


class Declared(Shown):
    """An answer that is not personal."""

    question: Named
    answer: str


class Invitation(InvitationSummary):
    """An invitation whole: what the commitment speaks of, and its text to be read."""

    version: int = Field(description="of the application; give it back when you sign")
    answers: tuple[Declared, ...]
    kind: Literal["A", "B", "undertaking"]
    notice: tuple[str, ...]
    statement: tuple[str, ...]
    text_digest: str = Field(description="SHA-256 of the text; give it back when you sign")


class Reader(NamedTuple):
    """Who reads drafts of others: where they are kept, in which language."""

    filing: Filing
    language: Language


def signer(
    one: ShownSignature, invited: Invited | None, *, signed: bool, language: Language
) -> Signer:
    """A unit that signs, and how far it is."""
    invitation = invited.invitation if invited is not None else None
    standing: Standing = "not_invited"
    if signed:
        standing = "signed"
    elif invitation is not None:
        standing = "declined" if invitation.declined_at else "invited"
    return Signer(
        signature=one.key,
        role=Named(name=one.key.partition(".")[2], title=one.role.in_(language)),
        unit=one.unit,
        standing=standing,
        invited_at=datetime.fromisoformat(invitation.invited_at) if invitation else None,
    )


def invitation_summary(invited: Invited, reader: Reader, applicant: str) -> InvitationSummary:
    """An invitation of the list; `applicant` is what the party that applies is called."""
    one, language = invited.invitation, reader.language
    definition = reader.filing.edition(invited.draft).definition
    commitment, _dot, role = one.signature.partition(".")
    shown = shown_signature(definition, one.signature, invited.draft.answers)
    title = text_of(definition, one.signature).title.in_(language)
    signed = one.signed_at if invited.signed else None
    permit = definition.permit
    return InvitationSummary(
        id=one.id,
        href=f"{CO_SIGNING}/{one.id}",
        commitment=Named(name=commitment, title=title),
        role=Named(name=role, title=shown.role.in_(language)),
        permit=Named(name=permit.id, title=permit.title.in_(language)),
        applicant=applicant,
        invited_at=datetime.fromisoformat(one.invited_at),
        signed_at=datetime.fromisoformat(signed) if signed else None,
        declined_at=datetime.fromisoformat(one.declined_at) if one.declined_at else None,
    )


def invitation_shown(invited: Invited, reader: Reader, applicant: str) -> Invitation:
    """An invitation with the answers, as far as they fit, and the text."""
    definition = reader.filing.edition(invited.draft).definition
    answers, language = reader.filing.read(invited.draft).answers, reader.language
    text = text_of(definition, invited.invitation.signature)
    return Invitation(
        **dict(invitation_summary(invited, reader, applicant)),
        version=invited.draft.version,
        answers=tuple(
            Declared(
                question=Named(name=one.id, title=one.title.in_(language)),
                answer=in_words(answers[one.id], one, definition, language),
            )
            for one in definition.form.answerable
            if answers.get(one.id) is not None
        ),
        kind=text.kind if isinstance(text, Commitment) else UNDERTAKING,
        notice=tuple(one.in_(language) for one in text.notice),
        statement=tuple(one.in_(language) for one in text.statement),
        text_digest=notice_digest(text),
    )
