"""What officers keep about a case among themselves: notes, findings, who sees to it. Nothing of it
is shown to whoever is not of the department that decides."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.access import works_on
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Act
from permits.services.case_record import Record
from permits.services.requests import Corrections
from permits.web.amiss import amiss
from permits.web.deps import Form, Officer, TheRecord
from permits.web.dossier import Dossier
from permits.web.forms import Posted
from permits.web.reading import Reading, Unfit
from permits.web.reviewer.cases import Noting, home, inside, page
from permits.web.reviewer.findings import abouts, by_about, gathered, may_find
from permits.web.reviewer.inputs import given_for
from permits.web.visits import Member, see_other

router = APIRouter()

MOST = 2000
"""Characters of a note."""


def _ours(visit: Member, record: Record) -> Dossier:
    """The case, for officers of the department that decides; others may not know of this."""
    if not works_on(visit.actor, record.case):
        raise HTTPException(404)
    return inside(visit, record)


@router.post("/review/cases/{case}/notes")
async def write(visit: Officer, record: TheRecord, form: Form) -> Response:
    """Write a note for colleagues."""
    return await run_in_threadpool(_write, visit, record, form)


def _write(visit: Member, record: Record, form: Posted) -> Response:
    case, reading = _ours(visit, record), Reading(form, visit.language)
    text = reading.text("note", most=MOST)
    if reading.errors:
        return page(visit, case, noting=Noting(form.text("note"), reading.errors))
    sent = visit.office.notes.write(record.case, text, visit.actor, form.ticket)
    if isinstance(sent, Refused):
        told = amiss(sent, visit.language)
        return page(visit, case, noting=Noting(form.text("note"), {"note": told.says}))
    return see_other(f"{home(case)}#notes")


@router.post("/review/cases/{case}/notes/{note}/remove")
async def tear_up(visit: Officer, record: TheRecord, form: Form, note: str) -> Response:
    """Take one's own note away."""
    del form
    case = await run_in_threadpool(_ours, visit, record)
    gone = await run_in_threadpool(visit.office.notes.tear_up, record.case, note, visit.actor)
    if not gone:
        raise HTTPException(404)
    return see_other(f"{home(case)}#notes")


@router.get("/review/cases/{case}/findings")
def look(visit: Officer, record: TheRecord) -> Response:
    """Everything of the application with what was found, to note what one finds oneself."""
    return _sheet(visit, _open(visit, record))


@router.post("/review/cases/{case}/findings")
async def find(visit: Officer, record: TheRecord, form: Form) -> Response:
    """Note what one found, in the place of what one had found before."""
    return await run_in_threadpool(_find, visit, record, form)


def _find(visit: Member, record: Record, form: Posted) -> Response:
    case = _open(visit, record)
    given = given_for(Act.ISSUE_CORRECTION, form, visit.language, abouts(case))
    if isinstance(given, Unfit):
        return _sheet(visit, case, form.texts(), given.errors)
    if isinstance(given, Corrections):
        notes = visit.office.notes
        if not notes.note_findings(record.case, given.defects, visit.actor):
            return _sheet(visit, case, form.texts(), Refused(Reason.OVERTAKEN))
    return see_other(f"{home(case)}#findings")


def _open(visit: Member, record: Record) -> Dossier:
    """The case, if a notice may still be given in it."""
    case = _ours(visit, record)
    if not may_find(visit, case):
        raise HTTPException(404)
    return case


def _sheet(
    visit: Member,
    case: Dossier,
    typed: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | Refused | None = None,
) -> Response:
    told = amiss(wrong, visit.language)
    found = visit.office.notes.findings(case.case)
    mine = by_about(one for one in found if one.account == visit.actor.id)
    others = by_about(one for one in found if one.account != visit.actor.id)
    return visit.page(
        "reviewer/findings.html",
        status=told.status,
        case=case,
        home=home(case),
        abouts=abouts(case),
        others=others,
        typed=gathered(mine, visit.language) if typed is None else typed,
        errors=told.errors,
        says=told.says,
    )


@router.get("/review/cases/{case}/handler")
def ask(visit: Officer, record: TheRecord) -> Response:
    """Who sees to the case, and to whom it can be handed."""
    return _handing(visit, _ours(visit, record), {})


@router.post("/review/cases/{case}/handler")
async def hand(visit: Officer, record: TheRecord, form: Form) -> Response:
    """Hand the case to a colleague, or to nobody."""
    return await run_in_threadpool(_hand, visit, record, form)


def _hand(visit: Member, record: Record, form: Posted) -> Response:
    case, reading = _ours(visit, record), Reading(form, visit.language)
    people = visit.office.notes.colleagues(visit.actor.office, visit.actor.department)
    to = reading.one_of("to", ("", *people))
    if not reading.errors and visit.office.notes.hand(record.case, to, visit.actor):
        return see_other(home(case))
    return _handing(visit, case, reading.errors)


def _handing(visit: Member, case: Dossier, errors: Mapping[str, str]) -> Response:
    people = visit.office.notes.colleagues(visit.actor.office, visit.actor.department)
    return visit.page(
        "reviewer/handler.html",
        status=422 if errors else 200,
        case=case,
        home=home(case),
        handler=visit.office.notes.of(case.case).handler,
        people=list(people.items()),
        errors=errors,
    )
