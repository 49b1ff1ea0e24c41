"""Public notices and objections, for programs: nobody needs an account."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from permits.casework.refusals import Reason, Refused
from permits.casework.voices.decide import objecting_until, open_to
from permits.services.case_record import Record
from permits.services.voice_requests import By, CaseObjection, say
from permits.services.voices import Answer
from permits.services.voices import TooMany as TooOften
from permits.store import lists, voices
from permits.store.lists import After
from permits.text import shapes
from permits.text.troubles import Trouble
from permits.web import problems
from permits.web.api.asking import Anyone, Key, refused
from permits.web.api.bodies import sent
from permits.web.api.describing import body, told
from permits.web.api.paging import BadCursor, Cursor, Limit, following, place
from permits.web.api.register import LookUp, Number
from permits.web.api.shown.parts import V1, basis
from permits.web.api.shown.voices import (
    NoticeList,
    NoticeListed,
    ObjectionReceipt,
    PublicNotice,
    PublicObjection,
    notice_listed,
    public_notice,
    public_objection,
)
from permits.web.clients import address_of
from permits.web.dossier import public_dossier
from permits.web.problems import Wrong
from permits.web.visits import Visit

router = APIRouter(tags=["public"])

NOTICES = f"{V1}/notices"


class AskedNotices(BaseModel):
    """Which page of the notices is asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    after: Cursor = ""
    limit: Limit = 20


class ObjectionCode(LookUp):
    """The number of the case and the code of the receipt of an objection."""

    code: Annotated[str, Field(min_length=1, max_length=100, description="from the receipt")]


@router.get("/notices", response_model=NoticeList, responses=told(422))
def list_notices(visit: Anyone, asked: Annotated[AskedNotices, Query()]) -> NoticeList | Response:
    """Cases the public is told of before they are decided, the one that ends first at the
    head."""
    try:
        after = place(asked.after)
    except BadCursor:
        says = shapes.sentence(shapes.CURSOR, {}, visit.language)
        errors = [Wrong(parameter="after", detail=says)]
        return problems.trouble(Trouble.UNFIT, visit.language, errors)
    today = visit.office.voices.today
    with visit.office.database.read() as connection:
        found = voices.notices(connection, today, after, asked.limit + 1)
    shown, rules = found[: asked.limit], visit.office.public_rules
    last = shown[-1].row if len(found) > asked.limit else None
    ended = After(str(last.due_on), last.case_id) if last is not None else None
    return NoticeList(
        items=tuple(_listed(visit, one) for one in shown),
        length=rules.notice.length,
        basis=basis(rules.notice.basis, rules.laws, visit.language),
        next=following(NOTICES, asked, ended) if ended is not None else None,
    )


def _listed(visit: Visit, one: voices.Heard) -> NoticeListed:
    permit = visit.office.shelf.edition(one.definition).definition.permit.title
    return notice_listed(one, permit.in_(visit.language), f"{NOTICES}/{one.row.number}")


@router.get("/notices/{number}", response_model=PublicNotice, responses=told(404))
def show_notice(visit: Anyone, number: Number) -> PublicNotice | Response:
    """A case the public was told of, until when anybody may object, and what came of
    objections: how they were answered is published, what they say is not."""
    record = _told_of(visit, number)
    if record is None:
        return refused(visit, Refused(Reason.NO_SUCH_CASE))
    office, said = visit.office, visit.office.voices.of(record.case.id)
    about = open_to(said.voices, office.voices.desk(record.case, None))
    until = objecting_until(record.case, office.shelf.calendar, office.public_rules)
    if about == "notice" and said.voices.notice is not None:
        until = said.voices.notice.until
    objections: tuple[PublicObjection, ...] = tuple(
        public_objection(one, said.values, visit.language) for one in said.voices.objections
    )
    case = public_dossier(visit, record)
    return public_notice(case, (about, until), said.voices.notice, objections)


def _told_of(visit: Visit, number: str) -> Record | None:
    """A case the public was told of; None alike for others and for none."""
    with visit.office.database.read() as connection:
        case_id = lists.case_of(connection, number.upper())
    record = visit.office.cases.recorded(case_id) if case_id is not None else None
    if record is None:
        return None
    noticed = visit.office.voices.of(record.case.id).voices.notice is not None
    return record if noticed or "published" in record.case.milestones else None


@router.post(
    "/notices/{number}/objections",
    status_code=201,
    response_model=ObjectionReceipt,
    responses=told(403, 404, 409, 413, 415, 422, 429),
    openapi_extra=body(CaseObjection),
)
def object_to_case(
    visit: Anyone,
    number: Number,
    key: Key,
    given: Annotated[CaseObjection, Depends(sent(CaseObjection))],
) -> ObjectionReceipt | Response:
    """Object to a case under notice, or to a published decision. Anybody may, but not as often as
    they like; the code in the answer opens what comes of it."""
    record = _told_of(visit, number)
    if record is None:
        return refused(visit, Refused(Reason.NO_SUCH_CASE))
    if not visit.office.voices.may_object(address_of(visit.request)):
        return problems.trouble(Trouble.TOO_MANY_ATTEMPTS, visit.language)
    done = say(visit.office.voices, record.case.id, given, By(None, key))
    if isinstance(done, Refused):
        return refused(visit, done, visit.office.cases.edition(record.case).definition)
    said = visit.office.voices.of(record.case.id)
    one = said.voices.objection(done.number)
    if one is None:
        raise LookupError(record.case.id)
    return ObjectionReceipt(
        number=record.case.number,
        objection=one.number,
        code=said.values.get(one.receipt, ""),
        due=one.due,
        provisional=one.provisional,
    )


@router.post(
    "/objection-answers",
    response_model=PublicObjection,
    responses=told(403, 404, 413, 415, 422, 429),
    openapi_extra=body(ObjectionCode),
)
def read_objection_answer(
    visit: Anyone, given: Annotated[ObjectionCode, Depends(sent(ObjectionCode))]
) -> PublicObjection | Response:
    """What came of an objection, for whoever has its number and code. It changes nothing, but the
    code does not belong in an address."""
    with visit.office.database.read() as connection:
        case_id = lists.case_of(connection, given.number.upper())
    address = address_of(visit.request)
    found = visit.office.voices.answer_for(case_id, given.code, address)
    match found:
        case Answer():
            values = {found.objection.reason: found.reason}
            return public_objection(found.objection, values, visit.language)
        case TooOften():
            return problems.trouble(Trouble.TOO_MANY_ATTEMPTS, visit.language)
        case _:
            return refused(visit, Refused(Reason.NO_SUCH_OBJECTION))
