"""What officers do about those who are heard: opinions, hearings, third parties, recusal."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from permits.casework.refusals import Refused
from permits.services.case_record import Record
from permits.web.answering import answered
from permits.web.deps import Form, Officer, TheRecord
from permits.web.heard_forms import HeardForm
from permits.web.reading import Reading, Unfit
from permits.web.reviewer.cases import home, inside
from permits.web.unsent import restored
from permits.web.visits import Member, see_other

router = APIRouter()


def _form(visit: Member, record: Record, what: str, of: str) -> HeardForm:
    case = inside(visit, record)
    return HeardForm(visit, record, case, home(case), (what, of))


@router.get("/review/cases/{case}/heard/{what}")
@router.get("/review/cases/{case}/heard/{what}/{of}")
def ask(visit: Officer, record: TheRecord, what: str, of: str = "") -> Response:
    """What it asks to be told."""
    asked, form = _form(visit, record, what, of), restored(visit)
    if form is None:
        return asked.page()
    return asked.page(typed=form.texts(), chosen=frozenset(form.all_of("asked")))


@router.post("/review/cases/{case}/heard/{what}")
@router.post("/review/cases/{case}/heard/{what}/{of}")
async def do(visit: Officer, record: TheRecord, form: Form, what: str, of: str = "") -> Response:
    """Do it, or show the form again with what is wrong."""
    asked = await run_in_threadpool(_form, visit, record, what, of)
    given = asked.given(Reading(form, visit.language))
    chosen = frozenset(form.all_of("asked"))
    if isinstance(given, Unfit):
        return await run_in_threadpool(
            asked.page, typed=form.texts(), chosen=chosen, errors=given.errors
        )
    order = visit.office.cases.beside
    sent = await run_in_threadpool(order, record, given, visit.actor, form.ticket)
    answer = sent if isinstance(sent, Refused) else await answered(sent)
    if isinstance(answer, Refused):
        return await run_in_threadpool(
            asked.page, typed=form.texts(), chosen=chosen, refused=answer
        )
    return see_other(f"{asked.home}?done={what}")
