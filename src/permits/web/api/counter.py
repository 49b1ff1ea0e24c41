"""The counter: what the window does for an applicant who wrote on paper."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from permits.casework.afterwards import EVIDENCE
from permits.casework.counter import PROOF, SCANS
from permits.casework.refusals import Reason, Refused
from permits.services.cases import BadAnswers
from permits.services.counter import ForApplicant
from permits.services.counter_shapes import ServeIn
from permits.services.uploading import Incoming
from permits.store.drafts import Upload
from permits.web.api.asking import Caller, Key, TheRecord, bad_answers, refused
from permits.web.api.bodies import incoming, sent
from permits.web.api.describing import WRITING, body, form_with_file, told
from permits.web.api.doing import RESPONSES, TheOrder, outcome_of
from permits.web.api.files import not_kept
from permits.web.api.shown.doing import Outcome
from permits.web.api.shown.filed import File, file_of_case
from permits.web.api.shown.listed import CASES
from permits.web.counter.openings import is_window
from permits.web.dossier import dossier

router = APIRouter(tags=["commands"])

TRAY = "api"

Thing = Annotated[
    str,
    Query(
        alias="for",
        pattern=r"^(counter\.(paper|authorisation|proof)|amendment\.evidence|[a-z][a-z0-9_]{0,39})$",
        description="`counter.paper`, `counter.authorisation`, `counter.proof` or"
        " `amendment.evidence`; or the material the file is, or the obligation it shows to be"
        " done",
        examples=["counter.paper"],
    ),
]


async def scanned(request: Request, about: Thing) -> AsyncIterator[Incoming]:
    """The part `file` of a form."""
    async for one in incoming(request, about):
        yield one


TheScan = Annotated[Incoming, Depends(scanned)]


@router.post(
    "/cases/{case}/for_applicant",
    response_model=Outcome,
    responses=RESPONSES,
    openapi_extra=body(ForApplicant),
)
async def for_applicant(
    order: TheOrder, given: Annotated[ForApplicant, Depends(sent(ForApplicant))]
) -> Outcome | Response:
    """Do for the applicant what came on paper, at the window of the case. Whoever does so neither
    examines nor decides the case."""
    visit, record = order.visit, order.record
    counter = visit.office.counter
    place = counter.tray(record.case, visit.actor, TRAY)
    act = counter.act
    sent_off = await run_in_threadpool(act, record, given, visit.actor, order.ticket, place)
    if isinstance(sent_off, BadAnswers):
        return bad_answers(visit, sent_off.problems, visit.office.cases.edition(record.case))
    return await outcome_of(order, sent_off)


@router.post(
    "/cases/{case}/for_applicant/files",
    status_code=201,
    response_model=File,
    responses=told(*WRITING),
    openapi_extra=form_with_file(),
)
def keep_scan(visit: Caller, record: TheRecord, key: Key, scan: TheScan) -> File | Response:
    """Keep a scan of what came on paper. It becomes part of the case when its id is sent with
    what is done for the applicant; until then nobody else sees it."""
    office, case = visit.office, record.case
    definition = office.cases.edition(case).definition
    if not is_window(visit, case):
        return refused(visit, Refused(Reason.NOT_YOURS), definition)
    if scan.material not in (
        *SCANS,
        PROOF,
        EVIDENCE,
        *definition.materials,
        *definition.obligations,
    ):
        return refused(visit, Refused(Reason.NO_SUCH_MATERIAL, (scan.material,)), definition)
    place = office.counter.tray(case, visit.actor, TRAY)
    kept = office.applications.attach(place, scan, visit.actor, key, replaces=False)
    if not isinstance(kept, Upload):
        return not_kept(visit, kept, definition)
    shown = dossier(visit, record, {})
    return file_of_case(shown, f"{CASES}/{shown.id}", kept)


@router.post(
    "/cases/{case}/serve_document",
    response_model=Outcome,
    responses=RESPONSES,
    openapi_extra=body(ServeIn),
)
async def serve_document(
    order: TheOrder, given: Annotated[ServeIn, Depends(sent(ServeIn))]
) -> Outcome | Response:
    """Record at the window that a document reached the applicant, and what proves it. Scans are
    kept as for what is done for the applicant, for `counter.proof`."""
    visit, record = order.visit, order.record
    place = visit.office.counter.tray(record.case, visit.actor, TRAY)
    serve = visit.office.counter.serve
    sent_off = await run_in_threadpool(serve, record, given, visit.actor, order.ticket, place)
    return await outcome_of(order, sent_off)
