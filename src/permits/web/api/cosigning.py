"""Signing with an applicant, for programs: units are invited, and sign in their own accounts."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from permits.casework.dates import day_of
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import signatures
from permits.definitions.schema import TrackName
from permits.services.cosigning import Invited
from permits.services.filing import Lost
from permits.store.drafts import Draft
from permits.text.troubles import Trouble
from permits.web.api.asking import (
    Applicant,
    Id,
    Key,
    TheDraft,
    TheVersion,
    Writer,
    proved_anew,
    refused,
    troubled,
)
from permits.web.api.bodies import sent
from permits.web.api.describing import WRITING, body, told
from permits.web.api.shown.cosigning import (
    Invitation,
    InvitationList,
    Reader,
    Signers,
    invitation_shown,
    invitation_summary,
    signer,
)
from permits.web.signatures import shown_signature
from permits.web.visits import Member

router = APIRouter(tags=["applications"])


class NewInvitation(BaseModel):
    """Whose signature is asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    signature: str = Field(max_length=100, description="its key, `commitment.role`")


class CoSignature(BaseModel):
    """A signature over what was shown: the text, and the answers as they stood."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text_digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    version: Annotated[int, Field(ge=1)]
    shown_in: Literal["zh", "en"] | None = Field(
        default=None, description="in which language the text was shown to whoever signs"
    )


@router.get("/drafts/{draft}/signers", response_model=Signers, responses=told(401, 403, 404))
def list_signers(visit: Writer, draft: TheDraft) -> Signers:
    """Who signs with the applicant on the chosen track, and how far each is."""
    return _signers(visit, draft)


def _signers(visit: Member, draft: Draft) -> Signers:
    definition = visit.office.filing.edition(draft).definition
    wanted = signatures(definition, TrackName(draft.track)) if draft.track else ()
    invited = visit.office.cosigning.of_draft(draft)
    return Signers(
        items=tuple(
            signer(
                shown_signature(definition, key, draft.answers),
                invited.get(key),
                signed=key in draft.signed,
                language=visit.language,
            )
            for key in wanted
            if "." in key
        )
    )


@router.post(
    "/drafts/{draft}/invitations",
    status_code=201,
    response_model=Signers,
    responses=told(*WRITING),
    openapi_extra=body(NewInvitation),
)
def invite_signer(
    visit: Writer,
    draft: TheDraft,
    key: Key,
    version: TheVersion,
    given: Annotated[NewInvitation, Depends(sent(NewInvitation))],
) -> Signers | Response:
    """Invite the unit the answers name for a signature; once, however often it is asked for. It
    is told by mail, and finds it in its account."""
    del key  # an invitation is known by its signature
    definition = visit.office.filing.edition(draft).definition
    if version not in (None, draft.version):
        return refused(visit, Refused(Reason.OVERTAKEN), definition)
    made = visit.office.cosigning.invite(draft, given.signature, visit.actor)
    if isinstance(made, Refused):
        return refused(visit, made, definition)
    return _signers(visit, draft)


@router.get("/co-signing", responses=told(401, 403))
def list_invitations(visit: Applicant) -> InvitationList:
    """What your party is invited to sign."""
    mine = visit.office.cosigning.mine(visit.actor)
    return InvitationList(
        items=tuple(
            invitation_summary(one, _reader(visit), _applicant(visit, one)) for one in mine
        )
    )


def _reader(visit: Member) -> Reader:
    return Reader(visit.office.filing, visit.language)


def _applicant(visit: Member, invited: Invited) -> str:
    today = day_of(visit.office.now())
    return visit.office.parties.party(invited.draft.party).name_on(today)


def the_invitation(visit: Applicant, invitation: Id) -> Invited:
    """An invitation of the caller's party; nothing tells others' from none at all."""
    found = visit.office.cosigning.find(invitation, visit.actor)
    if found is None or not found.draft.track:
        raise troubled(visit, Trouble.NOT_FOUND)
    return found


TheInvitation = Annotated[Invited, Depends(the_invitation)]


def _whole(visit: Member, invited: Invited) -> Invitation:
    return invitation_shown(invited, _reader(visit), _applicant(visit, invited))


@router.get("/co-signing/{invitation}", response_model=Invitation, responses=told(401, 403, 404))
def show_invitation(visit: Applicant, invited: TheInvitation) -> Invitation:
    """The notice and the statement, whole, with the answers they speak of but the personal
    ones."""
    return _whole(visit, invited)


@router.post(
    "/co-signing/{invitation}/signature",
    response_model=Invitation,
    responses=told(*WRITING),
    openapi_extra=body(CoSignature),
)
def sign_invitation(
    visit: Applicant,
    invited: TheInvitation,
    key: Key,
    given: Annotated[CoSignature, Depends(sent(CoSignature))],
) -> Invitation | Response:
    """Sign what was shown, as a person who has just proved who they are. The same signature again
    changes nothing."""
    del key  # a signature is known by what it signs
    proved_anew(visit)
    if invited.signed and invited.invitation.text_digest == given.text_digest:
        return _whole(visit, invited)
    cosigning = visit.office.cosigning
    shown = given.shown_in or ""
    lost = cosigning.sign(invited, visit.actor, given.version, given.text_digest, shown)
    if lost is not None:
        why = Refused(Reason.OVERTAKEN) if isinstance(lost, Lost) else lost
        return refused(visit, why, visit.office.filing.edition(invited.draft).definition)
    return _again(visit, invited)


def _again(visit: Member, invited: Invited) -> Invitation:
    found = visit.office.cosigning.find(invited.invitation.id, visit.actor)
    return _whole(visit, found if found is not None else invited)


@router.post(
    "/co-signing/{invitation}/decline", response_model=Invitation, responses=told(*WRITING)
)
def decline_invitation(visit: Applicant, invited: TheInvitation, key: Key) -> Invitation:
    """Decline to sign; whoever writes the application is told. What was signed stays signed."""
    del key  # declining again changes nothing
    if not invited.signed and invited.invitation.declined_at is None:
        visit.office.cosigning.decline(invited)
    return _again(visit, invited)
