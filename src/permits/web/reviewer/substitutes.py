"""Who stands in for whom in a department: named with days and a reason, recalled before them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from permits.casework.families.access import Substitution
from permits.casework.standings import Fault, Naming, may_name
from permits.definitions.procedure import OFFICERS, Role
from permits.services.standings import Known
from permits.text import names
from permits.text import standings as text
from permits.web import step_up
from permits.web.deps import Form, Officer
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.visits import Member, see_other

router = APIRouter()

HOME = "/office/substitutes"

Text = Annotated[str, Query(max_length=40)]


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody of the department, who stands in for them, and for whom they do; those that are
    over are left out. `mine` if the visitor may name and recall for them."""

    known: Known
    substitutes: tuple[Substitution, ...]
    places: tuple[Substitution, ...]
    mine: bool

    def name(self, account: str) -> str:
        return self.known.people.get(account, "")


@router.get(HOME)
def show(visit: Officer, done: Text = "") -> Response:
    """The department's officers, who stands in for whom, and a form for whoever may name."""
    return _page(visit, done=done)


@router.post(HOME)
async def name(visit: Officer, form: Form) -> Response:
    """Name somebody; it begins and ends by itself."""
    return await run_in_threadpool(_name, visit, form)


def _name(visit: Member, form: Posted) -> Response:
    step_up.demand(visit, form)
    reading, places = Reading(form, visit.language), _places(visit)
    holder = reading.one_of("holder", [one.known.account.id for one in places if one.mine])
    substitute = reading.one_of("substitute", [one.known.account.id for one in places])
    role = reading.one_of("role", OFFICERS)
    first, last = reading.day("first"), reading.day("last")
    reason = reading.text("reason", most=500)
    if not reading.errors:
        naming = Naming(holder, substitute, Role(role), first, last)
        fault = visit.office.standings.name(naming, reason, visit.actor)
        if fault is None:
            return see_other(f"{HOME}?done=named")
        reading.errors[_FIELD.get(fault, "")] = text.told(fault, visit.language)
    return _page(visit, form=form, errors=reading.errors)


_FIELD = {
    Fault.NOT_A_COLLEAGUE: "substitute",
    Fault.ROLE_HELD: "substitute",
    Fault.ROLE_NOT_HELD: "role",
    Fault.DAYS_UNFIT: "first",
    Fault.TAKEN_ALREADY: "first",
    Fault.REASON_WANTED: "reason",
    Fault.NOT_YOURS: "holder",
}
"""Beside which field a fault is said."""


@router.post(f"{HOME}/recall")
async def recall(visit: Officer, form: Form) -> Response:
    """End a substitution before its last day."""
    return await run_in_threadpool(_recall, visit, form)


def _recall(visit: Member, form: Posted) -> Response:
    step_up.demand(visit, form)
    holder, one = form.text("holder"), form.text("substitution")
    fault = visit.office.standings.recall(holder, one, visit.actor)
    if fault is None:
        return see_other(f"{HOME}?done=recalled")
    return _page(visit, errors={"": text.told(fault, visit.language)})


def _places(visit: Member) -> list[Place]:
    """Everybody of the department, as it stands today."""
    standings = visit.office.standings
    return [_place(visit, known) for known in standings.department(visit.actor)]


def _place(visit: Member, known: Known) -> Place:
    today, standing = visit.office.standings.today, known.standing
    return Place(
        known=known,
        substitutes=tuple(one for one in standing.substitutes if one.last >= today),
        places=tuple(one for one in standing.places if one.last >= today),
        mine=may_name(visit.actor, known.account.id, standing),
    )


def _page(
    visit: Member,
    *,
    form: Posted | None = None,
    errors: Mapping[str, str] | None = None,
    done: str = "",
) -> Response:
    places = _places(visit)
    mine = {visit.actor.id: visit.account.name} if visit.account is not None else {}
    holders = {one.known.account.id: one.known.account.name for one in places if one.mine}
    today = visit.office.standings.today.isoformat()
    return visit.page(
        "reviewer/substitutes.html",
        status=422 if errors else 200,
        places=places,
        holders=[*{**mine, **holders}.items()],
        people=[(one.known.account.id, one.known.account.name) for one in places],
        roles=[(one.value, names.role(one, visit.language)) for one in Role if one in OFFICERS],
        typed=form.texts() if form is not None else {"holder": visit.actor.id, "first": today},
        errors=errors or {},
        done=done,
    )
