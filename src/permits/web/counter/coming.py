"""Visits to the counter that nothing else in the log tells of, written down by hand."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.access import may_act
from permits.casework.counter import Purpose
from permits.casework.refusals import Refused
from permits.definitions.procedure import Role
from permits.services.case_record import Record
from permits.services.counter_shapes import Came, TakeBack
from permits.web.amiss import amiss
from permits.web.answering import answered
from permits.web.counter.openings import is_window
from permits.web.deps import Form, Officer, TheRecord
from permits.web.disclosure import impersonal
from permits.web.dossier import dossier
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.unsent import restored
from permits.web.visits import Member, see_other

router = APIRouter()


@router.get("/review/cases/{case}/visits")
def ask(visit: Officer, record: TheRecord) -> Response:
    """Who came when, and the form for another visit."""
    return _page(visit, record, form=restored(visit))


@router.post("/review/cases/{case}/visits")
async def note(visit: Officer, record: TheRecord, form: Form) -> Response:
    """Write down a visit."""
    reading = Reading(form, visit.language)
    on, purpose = reading.day("on"), reading.one_of("purpose", Purpose)
    if reading.errors:
        return await run_in_threadpool(_page, visit, record, form=form, errors=reading.errors)
    given = Came(on=on, purpose=Purpose(purpose))
    order = visit.office.cases.beside
    sent = await run_in_threadpool(order, record, given, visit.actor, form.ticket)
    answer = sent if isinstance(sent, Refused) else await answered(sent)
    if isinstance(answer, Refused):
        return await run_in_threadpool(_page, visit, record, form=form, refused=answer)
    return see_other(f"/review/cases/{record.case.id.removeprefix('case/')}?done=visit")


@router.post("/review/cases/{case}/visits/take_back")
async def take_back(visit: Officer, record: TheRecord, form: Form) -> Response:
    """Take back a visit that was wrongly recorded."""
    reading = Reading(form, visit.language)
    places = tuple(str(n) for n, _visit in enumerate(record.case.recorded_visits, 1))
    place, reason = reading.one_of("visit", places), reading.text("reason")
    if reading.errors:
        return await run_in_threadpool(_page, visit, record, form=form, errors=reading.errors)
    given = TakeBack(visit=int(place), reason=reason)
    order = visit.office.cases.beside
    sent = await run_in_threadpool(order, record, given, visit.actor, form.ticket)
    answer = sent if isinstance(sent, Refused) else await answered(sent)
    if isinstance(answer, Refused):
        return await run_in_threadpool(_page, visit, record, form=form, refused=answer)
    return see_other(f"/review/cases/{record.case.id.removeprefix('case/')}?done=visit")


def _page(
    visit: Member,
    record: Record,
    *,
    form: Posted | None = None,
    errors: dict[str, str] | None = None,
    refused: Refused | None = None,
) -> Response:
    """The page as it was typed, with what is wrong; 404 to whoever neither stands there nor puts
    mistakes right."""
    window = is_window(visit, record.case)
    corrects = may_act(visit.actor, frozenset({Role.SUPERVISOR}), record.case)
    if not (window or corrects):
        raise HTTPException(404)
    case = dossier(
        visit, record, impersonal(record, visit.office.cases.edition(record.case)), inside=True
    )
    told = amiss(refused or errors, visit.language, case.definition)
    return visit.page(
        "reviewer/visits.html",
        status=told.status,
        case=case,
        typed=form.texts() if form is not None else {},
        errors=told.errors,
        says=told.says,
        purposes=list(Purpose),
        window=window,
        corrects=corrects,
    )
