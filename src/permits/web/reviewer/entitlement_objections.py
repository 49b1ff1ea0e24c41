"""Objections to a list, as officers decide them."""

from collections.abc import Mapping
from typing import NamedTuple

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.entitlement.rounds import Objection, Round
from permits.casework.entitlement.rounds import stream_of as round_stream
from permits.casework.masks import BESIDE, masked
from permits.casework.refusals import Refused
from permits.definitions.policies.editions import PolicyEdition
from permits.definitions.policies.schema import Duty
from permits.services import entitlement_requests as r
from permits.services.entitlements import Done
from permits.text import entitlements as text
from permits.web.amiss import Wrongs, amiss
from permits.web.deps import Form, Officer, RoundId
from permits.web.disclosing import asked_for, disclose_objector, reasons
from permits.web.forms import Posted
from permits.web.reading import Reading, Unfit
from permits.web.reviewer.entitlement_rounds import the_round
from permits.web.reviewer.entitlements import HOME, has
from permits.web.unsent import restored
from permits.web.visits import Member, see_other

router = APIRouter()


@router.get(HOME + "/rounds/{round}/objections/{number}")
def look_at_objection(visit: Officer, round_id: RoundId, number: int) -> Response:
    """An objection, to be decided."""
    kept = restored(visit)
    at = the_objection(visit, round_id, number)
    return _objection_page(visit, at, kept.texts() if kept is not None else {})


class Objected(NamedTuple):
    """An objection, and where it was raised."""

    round: Round
    edition: PolicyEdition
    objection: Objection


def the_objection(visit: Member, round_id: str, number: int) -> Objected:
    """An objection to a list of the officer's department; 404 alike for others and for none."""
    found, edition = the_round(visit, round_id)
    objection = next((one for one in found.objections if one.number == number), None)
    if objection is None:
        raise HTTPException(404)
    return Objected(found, edition, objection)


def _objection_page(
    visit: Member,
    at: Objected,
    typed: Mapping[str, str],
    wrong: Wrongs = None,
    asking: Mapping[str, str] | None = None,
) -> Response:
    """`asking` is what is amiss with what the objector was asked for; empty if nothing is, and
    they are shown."""
    found, edition, objection = at
    values = visit.office.entitlements.values(round_stream(found.id))
    told, objector = amiss(wrong, visit.language), values.get(objection.objector or "", "")
    whole = asking is not None and not asking
    return visit.page(
        "entitlements/objection.html",
        status=422 if asking else told.status,
        found=found,
        one=objection,
        kind=text.objection_kind(objection.kind, visit.language),
        text=values.get(objection.text, ""),
        objector=objector if whole else masked(objector, BESIDE["objector"]),
        asks=bool(objector) and not whole,
        reasons=reasons(visit),
        asking=asking or {},
        reason=values.get(objection.reason or "", ""),
        may_decide=has(visit, edition, Duty.DECIDE),
        grades=[
            (name, grade.title.in_(visit.language))
            for name, grade in edition.policy.grades.items()
        ],
        home=f"{HOME}/rounds/{found.id}",
        path=f"{HOME}/rounds/{found.id}/objections/{objection.number}",
        typed=typed,
        errors=told.errors,
        says=told.says,
    )


@router.post(HOME + "/rounds/{round}/objections/{number}/personal")
def whole_objector(visit: Officer, form: Form, round_id: RoundId, number: int) -> Response:
    """The objection with who objects and how they are reached, for this once; that it was shown
    is noted first."""
    at = the_objection(visit, round_id, number)
    asked = asked_for(form, visit)
    if isinstance(asked, Unfit):
        return _objection_page(visit, at, {}, asking=asked.errors)
    disclose_objector(visit, round_stream(at.round.id), asked)
    return _objection_page(visit, at, {}, asking={})


@router.post(HOME + "/rounds/{round}/objections/{number}")
async def decide_objection(
    visit: Officer,
    form: Form,
    round_id: RoundId,
    number: int,
) -> Response:
    """Uphold an objection or not, with the reason."""
    return await run_in_threadpool(_decide_objection, visit, form, round_id, number)


def _decide_objection(visit: Member, form: Posted, round_id: str, number: int) -> Response:
    at = the_objection(visit, round_id, number)
    reading = Reading(form, visit.language)
    upheld = reading.one_of("upheld", ("true", "false")) == "true"
    reason = reading.text("grounds")
    grade = form.text("grade")
    if reading.errors:
        return _objection_page(visit, at, form.texts(), reading.errors)
    given = r.DecideListObjection(
        round=at.round.id,
        objection=at.objection.number,
        upheld=upheld,
        reason=reason,
        grade=grade if grade in at.edition.policy.grades else "",
    )
    answer: Done | Refused = visit.office.entitlements.handle(given, visit.actor, form.ticket)
    if isinstance(answer, Refused):
        return _objection_page(visit, at, form.texts(), answer)
    return see_other(f"{HOME}/rounds/{at.round.id}")
