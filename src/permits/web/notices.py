"""Public notices before a decision, and objections of anybody, with or without an account."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.case import Case
from permits.casework.dates import day_of
from permits.casework.refusals import Refused
from permits.casework.voices.decide import objecting_until, open_to
from permits.casework.voices.voices import Voices
from permits.services.case_record import Record
from permits.services.voice_requests import (
    MOST_CONTACT,
    MOST_INTEREST,
    MOST_NAME,
    By,
    CaseObjection,
    say,
)
from permits.services.voices import Answer, TooMany
from permits.store import lists, voices
from permits.store.lists import After
from permits.web.amiss import Wrongs, amiss
from permits.web.clients import address_of
from permits.web.deps import Anyone, Form
from permits.web.dossier import public_dossier
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.visits import Visit

router = APIRouter()

AT_ONCE = 20
LONGEST_NUMBER = 40
Text = Annotated[str, Query(max_length=60)]
OBJECT = "/notices/{number}/objection"


@router.get("/notices")
def running(visit: Anyone, at: Text = "", after: Text = "") -> Response:
    """The cases the public is told of before they are decided, the one that ends first at the
    head."""
    ended = After(at, f"case/{after}") if at else None
    with visit.office.database.read() as connection:
        found = voices.notices(connection, day_of(visit.office.now()), ended, AT_ONCE + 1)
    shown = found[:AT_ONCE]
    last = shown[-1].row if len(found) > AT_ONCE else None
    return visit.page(
        "public/notices.html",
        found=shown,
        definitions={one.definition: _definition(visit, one.definition) for one in shown},
        rule=visit.office.public_rules,
        first="/notices" if ended is not None else "",
        onwards=f"/notices?at={last.due_on}&after={last.case_id[5:]}" if last else "",
    )


def _definition(visit: Visit, digest: str) -> object:
    return visit.office.shelf.edition(digest).definition


@router.get("/notices/{number}")
def notice(visit: Anyone, number: str) -> Response:
    """A case under notice, until when anybody may object, and what came of objections."""
    record = _shown(visit, number)
    said = visit.office.voices.of(record.case.id)
    desk = visit.office.voices.desk(record.case, None)
    return visit.page(
        "public/notice.html",
        case=public_dossier(visit, record),
        said=said,
        about=open_to(said.voices, desk),
        until=_until(visit, record.case),
        rule=visit.office.public_rules,
    )


def _until(visit: Visit, case: Case) -> object:
    office = visit.office
    return objecting_until(case, office.shelf.calendar, office.public_rules)


def _shown(visit: Visit, number: str) -> Record:
    """A case that the public was told of; 404 alike for others and for none."""
    with visit.office.database.read() as connection:
        case_id = lists.case_of(connection, number[:LONGEST_NUMBER])
    record = visit.office.cases.recorded(case_id) if case_id is not None else None
    if record is None:
        raise HTTPException(404)
    published = "published" in record.case.milestones
    if not published and visit.office.voices.of(record.case.id).voices.notice is None:
        raise HTTPException(404)
    return record


@router.get(OBJECT)
def ask_objection(visit: Anyone, number: str) -> Response:
    """What an objection asks to be told."""
    return _form(visit, _shown(visit, number), {})


def _form(
    visit: Visit, record: Record, typed: Mapping[str, str], wrong: Wrongs = None, status: int = 0
) -> Response:
    told = amiss(wrong, visit.language)
    said = visit.office.voices.of(record.case.id)
    desk = visit.office.voices.desk(record.case, None)
    about = open_to(said.voices, desk)
    return visit.page(
        "public/object.html",
        status=status or told.status,
        case=public_dossier(visit, record),
        about=about,
        until=_ends(visit, record.case, said.voices),
        rule=visit.office.public_rules,
        keep=visit.office.rules.beside,
        typed=typed,
        errors=told.errors,
        says=told.says,
        too_many=status == 429,
    )


def _ends(visit: Visit, case: Case, said: Voices) -> object:
    """Until when anybody may object: to a notice while it runs, else to the decision."""
    if said.notice is not None and said.notice.runs(day_of(visit.office.now())):
        return said.notice.until
    return _until(visit, case)


@router.post(OBJECT)
async def object_to(visit: Anyone, form: Form, number: str) -> Response:
    """Object; the answer shows the code by which one reads what comes of it."""
    return await run_in_threadpool(_object_to, visit, form, number)


def _object_to(visit: Visit, form: Posted, number: str) -> Response:
    record = _shown(visit, number)
    reading = Reading(form, visit.language)
    typed = {
        "objector": reading.text("objector", most=MOST_NAME),
        "contact": reading.text("contact", most=MOST_CONTACT),
        "interest": reading.text("interest", most=MOST_INTEREST),
        "text": reading.text("text"),
    }
    if reading.errors:
        return _form(visit, record, form.texts(), reading.errors)
    key = form.key
    if not visit.office.voices.may_object(address_of(visit.request)):
        return _form(visit, record, form.texts(), status=429)
    given = CaseObjection.model_construct(
        objector=typed["objector"],
        contact=typed["contact"],
        interest=typed["interest"],
        text=typed["text"],
    )
    done = say(visit.office.voices, record.case.id, given, By(None, key))
    if isinstance(done, Refused):
        return _form(visit, record, form.texts(), done)
    said = visit.office.voices.of(record.case.id)
    one = said.voices.objection(done.number)
    return visit.page(
        "public/objected.html",
        case=public_dossier(visit, record),
        one=one,
        code=said.values.get(one.receipt, "") if one is not None else "",
    )


@router.get("/objections")
def ask_answer(visit: Anyone) -> Response:
    """Where whoever objected reads the answer."""
    return visit.page("public/objection.html", number="", refused="", found=None, reason="")


@router.post("/objections")
def read_answer(visit: Anyone, form: Form) -> Response:
    """The answer, if number and code belong together."""
    number = form.text("number").strip().upper()[:LONGEST_NUMBER]
    with visit.office.database.read() as connection:
        case_id = lists.case_of(connection, number)
    code, address = form.text("code")[:LONGEST_NUMBER], address_of(visit.request)
    found = visit.office.voices.answer_for(case_id, code, address)
    status, refused = (200, "") if isinstance(found, Answer) else (422, "wrong")
    if isinstance(found, TooMany):
        status, refused = 429, "too_many"
    return visit.page(
        "public/objection.html",
        status=status,
        number=number,
        refused=refused,
        found=found.objection if isinstance(found, Answer) else None,
        reason=found.reason if isinstance(found, Answer) else "",
    )
