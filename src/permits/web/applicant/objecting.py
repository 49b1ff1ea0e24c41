"""Objections of enterprises to a list that is open to them."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.refusals import Refused
from permits.services import entitlement_requests as r
from permits.text import entitlements as text
from permits.web.amiss import Wrongs, amiss
from permits.web.deps import Applicant, Form, RoundId
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.unsent import restored
from permits.web.visits import Member, see_other

router = APIRouter()

OBJECT = "/entitled-objections/{round}"
Code = Annotated[str, Query(max_length=18)]


@router.get(OBJECT)
def ask_objection(visit: Applicant, round_id: RoundId, code: Code = "") -> Response:
    """What an objection asks to be told."""
    kept = restored(visit)
    return _objection(visit, round_id, kept.texts() if kept is not None else {"code": code})


def _objection(
    visit: Member,
    round_id: str,
    typed: Mapping[str, str],
    wrong: Wrongs = None,
) -> Response:
    found = visit.office.entitlements.round(round_id)
    if found is None or found.published_on is None:
        raise HTTPException(404)
    edition = visit.office.policies.edition(found.definition)
    told = amiss(wrong, visit.language)
    return visit.page(
        "entitlements/object.html",
        status=told.status,
        found=found,
        about=edition.policy.policy.title.in_(visit.language),
        period=text.period(found.period, visit.language),
        kinds=[(one, text.objection_kind(one, visit.language)) for one in ("remove", "add")],
        path=f"/entitled-objections/{found.id}",
        typed=typed,
        errors=told.errors,
        says=told.says,
    )


@router.post(OBJECT)
async def object_to(visit: Applicant, form: Form, round_id: RoundId) -> Response:
    """Object to a list that is open to objections."""
    return await run_in_threadpool(_object_to, visit, form, round_id)


def _object_to(visit: Member, form: Posted, round_id: str) -> Response:
    found = visit.office.entitlements.round(round_id)
    if found is None or found.published_on is None:
        raise HTTPException(404)
    reading = Reading(form, visit.language)
    kind = reading.one_of("kind", ("remove", "add"))
    code = visit.actor.party if kind == "add" else reading.credit_code("code")
    fields = {"round": found.id, "kind": kind, "code": code, "text": reading.text("text")}
    if reading.errors:
        return _objection(visit, round_id, form.texts(), reading.errors)
    given = r.EnterObjection.model_validate(fields)
    answer = visit.office.entitlements.handle(given, visit.actor, form.ticket)
    if isinstance(answer, Refused):
        return _objection(visit, round_id, form.texts(), answer)
    return see_other(f"/entitlements/lists/{found.id}")
