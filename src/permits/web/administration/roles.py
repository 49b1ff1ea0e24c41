"""What an account may do: another administrator says it, and why."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from permits.casework.standings import KINDS, Fault
from permits.definitions.procedure import Role
from permits.services.standings import Given, Known
from permits.text import names
from permits.text.words import words
from permits.web import step_up
from permits.web.administration.accounts import HOME
from permits.web.administration.charges import GivingRoles, the_account
from permits.web.deps import Form
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.rooms import rooms_of
from permits.web.visits import Member, see_other

router = APIRouter()

ROLES = tuple(role for kind in KINDS for role in Role if role in kind)
"""Every role a person may have, those of one kind together."""


@router.get(f"{HOME}/{{account}}/roles")
def ask(visit: GivingRoles, account: str) -> Response:
    """The roles of an account, to be changed as a whole."""
    return _page(visit, the_account(visit, account))


@router.post(f"{HOME}/{{account}}/roles")
async def change(visit: GivingRoles, form: Form, account: str) -> Response:
    """Change them; what the account may do is read anew at its next request."""
    return await run_in_threadpool(_change, visit, form, account)


def _change(visit: Member, form: Posted, account: str) -> Response:
    step_up.demand(visit, form)
    known, reading = the_account(visit, account), Reading(form, visit.language)
    chosen = reading.some("roles")
    office, department = _place(visit, reading)
    party = reading.text("party", most=18, wanted=False).upper()
    reason = reading.text("reason", most=500)
    roles = frozenset(role for role in ROLES if role in chosen)
    if not reading.errors:
        given = Given(roles, office, department, party, reason)
        bad = visit.office.standings.give_roles(account, given, visit.actor)
        if bad is None:
            return see_other(f"{HOME}/{account}?done=roles")
        reading.errors[_FIELD.get(bad.fault, "roles")] = bad.sentence(visit.language)
    return _page(visit, known, form=form, errors=reading.errors)


def _place(visit: Member, reading: Reading) -> tuple[str, str]:
    """The office and the department: chosen from those that are known, or written."""
    room = reading.form.text("room")
    office = reading.text("office", most=100, wanted=False)
    department = reading.text("department", most=100, wanted=False)
    if not room:
        return office, department
    known = {_called(*place): place for place in rooms_of(visit).known}
    if room not in known:
        reading.errors["room"] = words(visit.language).gettext("Choose one of these")
    elif (office or department) and known[room] != (office, department):
        says = words(visit.language).gettext("Choose a department or write one, not both")
        reading.errors["room"] = says
    return known.get(room, ("", ""))


def _called(office: str, department: str) -> str:
    """A department as the list sends it."""
    return f"{office}/{department}"


_FIELD = {
    Fault.NO_DEPARTMENT: "department",
    Fault.PARTY_WANTED: "party",
    Fault.NO_PARTY: "party",
    Fault.REASON_WANTED: "reason",
    Fault.CLOSED: "",
    Fault.OWN_ACCOUNT: "",
}


def _page(
    visit: Member,
    known: Known,
    *,
    form: Posted | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    standing = known.standing
    rooms = rooms_of(visit).known
    place = (standing.office, standing.department)
    if place in rooms:
        stands = {"room": _called(*place)}
    else:
        stands = {"office": standing.office, "department": standing.department}
    return visit.page(
        "administration/roles.html",
        status=422 if errors else 200,
        known=known,
        own=known.account.id == visit.actor.id,
        roles=[(role.value, names.role(role, visit.language)) for role in ROLES],
        chosen=form.all_of("roles") if form is not None else standing.roles,
        typed=form.texts() if form is not None else {**stands, "party": standing.party},
        rooms=[(_called(*place), str(room)) for place, room in rooms.items()],
        errors=errors or {},
    )
