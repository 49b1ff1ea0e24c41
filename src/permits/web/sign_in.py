"""Signing in and out, and choosing the language."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.sessions import Step
from permits.services.sessions import Opened
from permits.services.unproved import TooMany, Wrong
from permits.text.words import LANGUAGES, words
from permits.web.clients import client_of
from permits.web.deps import Anyone, Form, Waiting
from permits.web.entering import entered, onwards, waiting
from permits.web.step_up import unproved
from permits.web.visits import Member, Visit, local, see_other
from permits.web.worklist import COOKIE

router = APIRouter()

YEAR = 365 * 24 * 3600

Next = Annotated[str, Query(alias="next")]


@router.get("/sign-in")
def ask(visit: Anyone, after: Next = "") -> Response:
    """The page to sign in on; whoever is signed in already is sent on, and whose session wants
    something more is sent to give it."""
    if isinstance(visit, Member) or visit.pending is not None:
        return onwards(visit, after)
    return _page(visit, "", after)


@router.post("/sign-in")
def sign_in(visit: Anyone, form: Form) -> Response:
    """Open a session. A wrong name and a wrong password look alike."""
    username, after = form.text("username").strip(), form.text("next")
    client = client_of(visit.request)
    outcome = visit.office.entry.sign_in(username, form.text("password"), client)
    if isinstance(outcome, Opened):
        response = entered(visit, outcome, after)
        visit.drop_cookie(response, "door")
        return response
    too_many = isinstance(outcome, TooMany)
    says = unproved(visit, outcome) if too_many else _wrong(visit)
    return _page(visit, username, after, says=says, status=429 if too_many else 422)


def _wrong(visit: Visit) -> str:
    _ = words(visit.language).gettext
    return _("User name and password do not belong together. Check both and try again.")


def _page(
    visit: Visit, username: str, after: str, *, says: str = "", status: int = 200
) -> Response:
    errors = {"username": says} if says else {}
    page = "public/sign_in.html"
    return visit.page(page, status=status, username=username, after=after, errors=errors)


@router.get("/sign-in/code")
def ask_code(visit: Waiting, after: Next = "") -> Response:
    """The page that asks for the code that belongs to the password."""
    held = waiting(visit, Step.CODE)
    return onwards(visit, after) if held is None else _code_page(visit, after)


@router.post("/sign-in/code")
def give_code(visit: Waiting, form: Form) -> Response:
    """Go on with the code of the device, or with one of the recovery codes."""
    held, after = waiting(visit, Step.CODE), form.text("next")
    if held is None:
        return onwards(visit, after)
    outcome = visit.office.entry.give_code(held.session, form.text("code"))
    if isinstance(outcome, Opened):
        return entered(visit, outcome, after)
    return _code_page(visit, after, outcome)


def _code_page(visit: Visit, after: str, refused: Wrong | TooMany | None = None) -> Response:
    status = 200 if refused is None else 429 if isinstance(refused, TooMany) else 422
    says = unproved(visit, refused)
    errors = {"code": says} if says else {}
    return visit.page("account/code.html", status=status, after=after, errors=errors)


@router.post("/sign-out")
def sign_out(visit: Waiting, form: Form) -> Response:
    """End the session, whatever it still wants."""
    del form
    if visit.session is not None:
        visit.office.sessions.sign_out(visit.session)
    response = see_other("/")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    visit.drop_cookie(response, "session")
    visit.drop_cookie(response, COOKIE)
    return response


@router.get("/language/{language}")
def choose(visit: Anyone, language: str, after: Next = "/") -> Response:
    """Use a language from now on, and come back."""
    if language not in LANGUAGES:
        raise HTTPException(404)
    response = see_other(local(after))
    visit.set_cookie(response, "language", language, most_seconds=YEAR)
    return response
