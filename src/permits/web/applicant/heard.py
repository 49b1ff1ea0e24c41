"""What an applicant does about a hearing, and about officers who should not act."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from permits.casework.refusals import Refused
from permits.services.case_record import Record
from permits.web.answering import answered
from permits.web.deps import Applicant, Form, TheRecord
from permits.web.dossier import dossier
from permits.web.heard_forms import HeardForm
from permits.web.reading import Reading, Unfit
from permits.web.unsent import restored
from permits.web.visits import Member, see_other

router = APIRouter()


def _form(visit: Member, record: Record, what: str) -> HeardForm:
    case = dossier(visit, record, record.values)
    return HeardForm(visit, record, case, f"/cases/{case.id}", (what, ""))


@router.get("/cases/{case}/heard/{what}")
def ask(visit: Applicant, record: TheRecord, what: str) -> Response:
    """What it asks to be told."""
    asked, form = _form(visit, record, what), restored(visit)
    return asked.page(typed=form.texts() if form is not None else None)


@router.post("/cases/{case}/heard/{what}")
async def do(visit: Applicant, record: TheRecord, form: Form, what: str) -> Response:
    """Do it, or show the form again with what is wrong."""
    asked = await run_in_threadpool(_form, visit, record, what)
    given = asked.given(Reading(form, visit.language))
    if isinstance(given, Unfit):
        return await run_in_threadpool(asked.page, typed=form.texts(), errors=given.errors)
    order = visit.office.cases.beside
    sent = await run_in_threadpool(order, record, given, visit.actor, form.ticket)
    answer = sent if isinstance(sent, Refused) else await answered(sent)
    if isinstance(answer, Refused):
        return await run_in_threadpool(asked.page, typed=form.texts(), refused=answer)
    return see_other(asked.home)
