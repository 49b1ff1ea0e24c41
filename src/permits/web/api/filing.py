"""Filing an application: what was written becomes a case."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from permits.casework.refusals import Reason, Refused
from permits.services.cases import Ticket
from permits.services.writer import Done
from permits.store.drafts import Draft
from permits.text import shapes
from permits.text.troubles import Trouble
from permits.web import problems
from permits.web.answering import answered
from permits.web.api.asking import UUID, Applicant, TheTicket, bad_answers, refused, tagged
from permits.web.api.bodies import sent
from permits.web.api.describing import MADE, WRITING, body, told
from permits.web.api.shown.doing import Outcome, outcome
from permits.web.api.shown.listed import CASES
from permits.web.problems import Wrong
from permits.web.visits import Member

router = APIRouter(tags=["applications"])


class Filing(BaseModel):
    """Which application is filed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    draft: Annotated[str, Field(pattern=UUID, description="id of the draft")]


class Receipt(Outcome):
    """What the applicant takes away: the number of the case, and a code with which whoever holds
    it can look the case up."""

    code: str = Field(description="look-up code")


@router.post(
    "/cases",
    status_code=201,
    response_model=Receipt,
    responses={**MADE, **told(*WRITING)},
    openapi_extra=body(Filing),
)
async def file_application(
    visit: Applicant,
    ticket: TheTicket,
    given: Annotated[Filing, Depends(sent(Filing))],
    response: Response,
) -> Receipt | Response:
    """File an application that is ready. Its files are handed in with it; what is lacking the
    office asks for, once. `If-Match` is about the draft."""
    draft = await run_in_threadpool(visit.office.filing.find, given.draft, visit.actor)
    if draft is None:
        return refused(visit, Refused(Reason.NO_SUCH_CASE))
    answer = await _filed(visit, draft, ticket)
    if isinstance(answer, Response):
        return answer
    receipt = await run_in_threadpool(_receipt, visit, answer)
    response.headers["Location"] = receipt.href
    tagged(response, receipt.version)
    return receipt


async def _filed(visit: Member, draft: Draft, ticket: Ticket) -> Done | Response:
    """What the writer kept, or why nothing was filed."""
    filing = visit.office.filing
    edition = filing.edition(draft)
    if draft.filed_at is None and ticket.seen not in (None, draft.version):
        return refused(visit, Refused(Reason.OVERTAKEN))
    if not draft.track:
        return _without_track(visit)
    sent_off = await run_in_threadpool(filing.file, draft, visit.actor, ticket.key)
    if isinstance(sent_off, tuple):
        return bad_answers(visit, sent_off, edition)
    answer = await answered(sent_off)
    return refused(visit, answer, edition.definition) if isinstance(answer, Refused) else answer


def _without_track(visit: Member) -> Response:
    says = shapes.sentence(shapes.NO_TRACK, {}, visit.language)
    errors = [Wrong(pointer="/draft", detail=says)]
    return problems.trouble(Trouble.UNFIT, visit.language, errors)


def _receipt(visit: Member, done: Done) -> Receipt:
    record = visit.office.cases.recorded(done.case_id)
    if record is None:
        raise LookupError(done.case_id)
    definition = visit.office.cases.edition(record.case).definition
    home = f"{CASES}/{done.case_id.removeprefix('case/')}"
    kept = outcome(done, definition, visit.language, home)
    return Receipt(**dict(kept), code=record.values.get(record.case.lookup, ""))
