"""Changing one's password: because one wants to, or because it was for one sign-in only."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from permits.casework.sessions import Step
from permits.services.own_passwords import Weak
from permits.services.sessions import Opened
from permits.services.unproved import TooMany, Wrong
from permits.text.sign_in import weakness
from permits.text.words import words
from permits.web.account.overview import HOME
from permits.web.deps import Form, SignedIn, Waiting
from permits.web.entering import entered, keep, onwards, waiting
from permits.web.forms import Posted
from permits.web.step_up import unproved
from permits.web.visits import Visit, see_other

router = APIRouter()

Next = Annotated[str, Query(alias="next")]
OWN, FIRST = f"{HOME}/password", "/sign-in/password"


@router.get(OWN)
def ask(visit: SignedIn) -> Response:
    """The page on which one changes one's password."""
    return _page(visit, OWN)


@router.post(OWN)
def change(visit: SignedIn, form: Form) -> Response:
    """Change it, for whoever knows the one it was."""
    session = visit.session
    assert session is not None  # noqa: S101 - whoever is a member has one
    differ = _differ(visit, form)
    if differ:
        return _page(visit, OWN, differ)
    passwords = visit.office.passwords
    outcome = passwords.change(session, visit.account, form.text("old"), form.text("new"))
    if isinstance(outcome, Opened):
        response = see_other(f"{HOME}?done=password")
        keep(visit, response, outcome)
        return response
    if isinstance(outcome, (Wrong, TooMany)):
        status = 429 if isinstance(outcome, TooMany) else 422
        return _page(visit, OWN, {"old": unproved(visit, outcome)}, status=status)
    return _page(visit, OWN, _weak(visit, outcome))


@router.get(FIRST)
def ask_first(visit: Waiting, after: Next = "") -> Response:
    """The page for whoever has a password that has to be changed."""
    if waiting(visit, Step.NEW_PASSWORD) is None:
        return onwards(visit, after)
    return _page(visit, FIRST, after=after)


@router.post(FIRST)
def change_first(visit: Waiting, form: Form) -> Response:
    """Change it, and go on."""
    held, after = waiting(visit, Step.NEW_PASSWORD), form.text("next")
    if held is None:
        return onwards(visit, after)
    differ = _differ(visit, form)
    if differ:
        return _page(visit, FIRST, differ, after=after)
    outcome = visit.office.passwords.replace(held.session, held.account, form.text("new"))
    if isinstance(outcome, Opened):
        return entered(visit, outcome, after)
    return _page(visit, FIRST, _weak(visit, outcome), after=after)


def _differ(visit: Visit, form: Posted) -> Mapping[str, str]:
    """What is wrong if the new password was not typed twice alike."""
    if form.text("new") == form.text("again"):
        return {}
    return {"again": words(visit.language).gettext("The two passwords are not alike.")}


def _weak(visit: Visit, found: Weak) -> Mapping[str, str]:
    rules = visit.office.sessions.rules
    return {"new": " ".join(weakness(one, rules, visit.language) for one in found)}


def _page(
    visit: Visit,
    path: str,
    errors: Mapping[str, str] | None = None,
    *,
    after: str = "",
    status: int = 422,
) -> Response:
    return visit.page(
        "account/password.html",
        status=status if errors else 200,
        path=path,
        first=path == FIRST,
        after=after,
        rules=visit.office.sessions.rules,
        errors=errors or {},
    )
