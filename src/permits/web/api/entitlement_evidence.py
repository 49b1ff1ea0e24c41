"""The evidence of an application for an entitlement: files that are uploaded before it is made."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from permits.casework.entitlement.claims import not_to_apply, place_of
from permits.services.uploading import Incoming
from permits.store.drafts import Upload
from permits.text.troubles import Trouble
from permits.web import problems
from permits.web.api.asking import Applicant, Id, Key, refused
from permits.web.api.bodies import incoming
from permits.web.api.describing import WRITING, contents, form_with_file, told
from permits.web.api.entitlements import Period, PolicyId
from permits.web.api.files import not_kept
from permits.web.api.shown.entitlements import evidence_shown
from permits.web.api.shown.filed import File
from permits.web.entitlements_shown import EVIDENCE, asked_for, evidence_of_application
from permits.web.files import download

router = APIRouter(tags=["entitlements"])


async def of_evidence(request: Request) -> AsyncIterator[Incoming]:
    """The part `file` of a form; it is evidence, whatever it shows."""
    async for one in incoming(request, EVIDENCE):
        yield one


TheEvidence = Annotated[Incoming, Depends(of_evidence)]


@router.post(
    "/entitlements/mine/{policy}/{period}/files",
    status_code=201,
    response_model=File,
    responses=told(*WRITING),
    openapi_extra=form_with_file(),
)
def keep_evidence(
    visit: Applicant, policy: PolicyId, period: Period, key: Key, evidence: TheEvidence
) -> File | Response:
    """Keep a file as evidence, as long as an application may follow. It goes with the next one."""
    asked = asked_for(visit, policy, period)
    if asked is None:
        return problems.trouble(Trouble.NOT_FOUND, visit.language)
    shut = not_to_apply(asked.claim)
    if shut is not None:
        return refused(visit, shut)
    place = place_of(visit.actor.party, policy, period)
    applications = visit.office.applications
    kept = applications.attach(place, evidence, visit.actor, key, replaces=False)
    if not isinstance(kept, Upload):
        return not_kept(visit, kept)
    return evidence_shown(visit, asked, kept, handed_in=False)


@router.get(
    "/entitlements/mine/{policy}/{period}/files/{upload}",
    response_class=Response,
    responses=contents(401, 403, 404),
)
def fetch_evidence(visit: Applicant, policy: PolicyId, period: Period, upload: Id) -> Response:
    """The content of a file that was uploaded as evidence."""
    among = evidence_of_application(visit, policy, period)
    return download(visit.office.files, among, upload)
