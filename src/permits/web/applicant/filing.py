"""Checking the whole application once more, and filing it."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from permits.casework.refusals import Reason, Refused
from permits.services.writer import Done
from permits.text import refusals
from permits.web.answering import answered
from permits.web.applicant.writing import TheWriting, Writing, filed_before, home_of
from permits.web.deps import Applicant, Form
from permits.web.statuses import status_of
from permits.web.visits import Visit, see_other

router = APIRouter()

FILED_BEFORE = Refused(Reason.NOT_NOW, ("file",))


@router.get("/drafts/{draft}/check")
def check(visit: Applicant, writing: TheWriting) -> Response:
    """Everything that would be filed, with ways to change it."""
    return _page(visit, writing)


@router.post("/drafts/{draft}/check")
async def file(visit: Applicant, writing: TheWriting, form: Form) -> Response:
    """File the application. Whoever does it twice is told so, and under which number."""
    if form.seen != writing.draft.version:
        return await run_in_threadpool(_page, visit, writing, refused=Refused(Reason.OVERTAKEN))
    filing = visit.office.filing
    sent = await run_in_threadpool(filing.file, writing.draft, visit.actor, form.key)
    if isinstance(sent, tuple):
        unfit = Refused(Reason.BAD_ANSWERS, tuple(problem.field for problem in sent))
        return await run_in_threadpool(_page, visit, writing, refused=unfit)
    answer = await answered(sent)
    if isinstance(answer, Done):
        return see_other(f"{home_of(writing.draft)}/receipt")
    if answer == FILED_BEFORE:
        return see_other(filed_before(writing.draft))
    return await run_in_threadpool(_page, visit, writing, refused=answer)


def _page(visit: Visit, writing: Writing, *, refused: Refused | None = None) -> Response:
    says = refusals.sentence(refused, writing.definition, visit.language) if refused else ""
    status = status_of(refused.reason) if refused else 200
    return visit.page("applicant/check.html", status=status, w=writing, says=says)
