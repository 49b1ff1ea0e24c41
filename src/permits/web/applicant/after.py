"""What the holder of a grant asks for: more time, renewal, changes."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.refusals import Refused
from permits.services.case_record import Record
from permits.web.after_forms import AfterForm
from permits.web.amiss import Wrong
from permits.web.answering import answered
from permits.web.deps import Applicant, Form, TheRecord
from permits.web.dossier import dossier
from permits.web.kept_files import keep
from permits.web.reading import Reading, Unfit
from permits.web.unsent import restored
from permits.web.visits import Member, see_other

router = APIRouter()


def _form(visit: Member, record: Record, what: str, of: str) -> AfterForm:
    case = dossier(visit, record, record.values)
    return AfterForm(visit, record, case, f"/cases/{case.id}", (what, of))


@router.get("/cases/{case}/after/{what}")
@router.get("/cases/{case}/after/{what}/{of}")
def ask(visit: Applicant, record: TheRecord, what: str, of: str = "") -> Response:
    """What it asks to be told."""
    asked, form = _form(visit, record, what, of), restored(visit)
    return asked.page(typed=form.texts() if form is not None else None)


@router.post("/cases/{case}/evidence/{what}")
@router.post("/cases/{case}/evidence/{what}/{of}")
def upload(visit: Applicant, record: TheRecord, form: Form, what: str, of: str = "") -> Response:
    """Keep a file that shows why something is asked for."""
    asked = _form(visit, record, what, of)
    if not asked.shown_by:
        raise HTTPException(404)
    if not asked.open:
        return asked.page()
    kept = keep(visit, record.case.id, asked.shown_by, form)
    if isinstance(kept, Wrong):
        return asked.page(errors={"file": kept.says})
    return see_other(asked.path)


@router.post("/cases/{case}/after/{what}")
@router.post("/cases/{case}/after/{what}/{of}")
async def do(visit: Applicant, record: TheRecord, form: Form, what: str, of: str = "") -> Response:
    """Do it, or show the form again with what is wrong."""
    asked = await run_in_threadpool(_form, visit, record, what, of)
    if asked.pressed(form.texts()):
        return await run_in_threadpool(asked.page, typed=form.texts())
    given = asked.given(Reading(form, visit.language))
    if isinstance(given, Unfit):
        return await run_in_threadpool(asked.page, typed=form.texts(), errors=given.errors)
    order = visit.office.cases.beside
    sent = await run_in_threadpool(order, record, given, visit.actor, form.ticket)
    answer = sent if isinstance(sent, Refused) else await answered(sent)
    if isinstance(answer, Refused):
        return await run_in_threadpool(asked.page, typed=form.texts(), refused=answer)
    return see_other(asked.home)
