"""Signing with an applicant: units that are named are invited, and sign in their own account."""

from typing import Annotated

from fastapi import APIRouter, Depends
from msgspec.structs import replace
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.dates import day_of
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import notice_digest, text_of
from permits.services.cosigning import Invited
from permits.text import refusals
from permits.web.applicant.writing import TheWriting, Writing
from permits.web.deps import Applicant, Form, Writer
from permits.web.errors import refused
from permits.web.signatures import shown_in, shown_signature
from permits.web.statuses import status_of
from permits.web.step_up import demand
from permits.web.visits import Member, see_other

router = APIRouter()


@router.post("/drafts/{draft}/commitments/{commitment}/invitations")
def invite(visit: Writer, writing: TheWriting, commitment: str, form: Form) -> Response:
    """Invite the unit that is named for a signature; it is told, and finds it in its account."""
    if commitment not in writing.wanted:
        raise HTTPException(404)
    seen = replace(writing.draft, version=form.seen)
    made = visit.office.cosigning.invite(seen, form.text("signature"), visit.actor)
    if isinstance(made, Refused):
        return refused(visit, made, writing.definition, back=writing.path)
    return see_other(f"{writing.path}/commitments/{commitment}#with")


@router.get("/co-signing")
def mine(visit: Applicant) -> Response:
    """What one's party is invited to sign."""
    found = [_shown(visit, one) for one in visit.office.cosigning.mine(visit.actor)]
    return visit.page("applicant/cosigning.html", invitations=found)


def the_invitation(visit: Applicant, invitation: str) -> Invited:
    """An invitation of the visitor's party; 404 alike for others' and for none."""
    found = visit.office.cosigning.find(invitation, visit.actor)
    if found is None:
        raise HTTPException(404)
    return found


TheInvitation = Annotated[Invited, Depends(the_invitation)]


@router.get("/co-signing/{invitation}")
def read(visit: Applicant, invited: TheInvitation) -> Response:
    """The notice and the statement, whole, with the answers they speak of."""
    return _page(visit, invited)


@router.post("/co-signing/{invitation}")
def sign(visit: Applicant, form: Form, invited: TheInvitation) -> Response:
    """Sign what was shown, having proved once more who one is."""
    if form.text("agreed") != "yes":
        return _page(visit, invited, unticked=True)
    demand(visit, form)
    cosigning, digest = visit.office.cosigning, form.text("digest")
    signed = cosigning.sign(invited, visit.actor, form.seen, digest, shown_in(form))
    if signed is None:
        return see_other(f"/co-signing/{invited.invitation.id}")
    lost = signed if isinstance(signed, Refused) else Refused(Reason.OVERTAKEN)
    return _page(visit, visit.office.cosigning.find(invited.invitation.id, visit.actor), lost)


@router.post("/co-signing/{invitation}/decline")
def decline(visit: Applicant, form: Form, invited: TheInvitation) -> Response:
    """Decline to sign. What was signed already stays signed."""
    del form
    if not invited.signed and invited.invitation.declined_at is None:
        visit.office.cosigning.decline(invited)
    return see_other("/co-signing")


class ShownInvitation:
    """An invitation with the draft it is about, as pages show it."""

    def __init__(self, visit: Member, invited: Invited) -> None:
        self.invited = invited
        self.one = invited.invitation
        self.writing = Writing(visit.office, invited.draft, visit.language)
        self.signed = invited.signed
        definition, key = self.writing.definition, self.one.signature
        self.text = text_of(definition, key)
        self.signature = shown_signature(definition, key, invited.draft.answers)
        today = day_of(visit.office.now())
        self.applicant = visit.office.parties.party(invited.draft.party).name_on(today)


def _shown(visit: Member, invited: Invited) -> ShownInvitation:
    return ShownInvitation(visit, invited)


def _page(
    visit: Member,
    invited: Invited | None,
    refused: Refused | None = None,
    *,
    unticked: bool = False,
) -> Response:
    if invited is None or not invited.draft.track:
        raise HTTPException(404)
    shown = _shown(visit, invited)
    definition = shown.writing.definition
    wanting = Reason.BAD_ANSWERS if unticked else None
    reason = refused.reason if refused else wanting
    return visit.page(
        "applicant/cosign.html",
        status=status_of(reason) if reason else 200,
        i=shown,
        digest=notice_digest(shown.text),
        says=refusals.sentence(refused, definition, visit.language) if refused else "",
        unticked=unticked,
    )
