"""Signing in and out, and choosing the language."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.services.accounts import SignedIn as Opened
from permits.services.accounts import SignInRefused
from permits.text.words import LANGUAGES
from permits.web.deps import Anyone, Form, SignedIn
from permits.web.navigation import landing
from permits.web.visits import Member, Visit, local, see_other

router = APIRouter()

YEAR = 365 * 24 * 3600

Next = Annotated[str, Query(alias="next")]


@router.get("/sign-in")
def ask(visit: Anyone, after: Next = "") -> Response:
    """The page to sign in on; whoever is signed in already is sent on."""
    if isinstance(visit, Member):
        return see_other(local(after, landing(visit.account)))
    return _page(visit, after=after)


@router.post("/sign-in")
def sign_in(visit: Anyone, form: Form) -> Response:
    """Open a session. A wrong name and a wrong password look alike."""
    address = visit.request.client.host if visit.request.client else ""
    username, after = form.text("username").strip(), form.text("next")
    opened = visit.office.accounts.sign_in(username, form.text("password"), address)
    match opened:
        case Opened(token=token, account=account):
            response = see_other(local(after, landing(account)))
            visit.set_cookie(response, "session", token)
            visit.drop_cookie(response, "door")
            return response
        case SignInRefused.WRONG:
            return _page(visit, status=422, username=username, after=after, refused="wrong")
        case SignInRefused.TOO_MANY:
            return _page(visit, status=429, username=username, after=after, refused="too_many")


def _page(
    visit: Visit, *, status: int = 200, username: str = "", after: str = "", refused: str = ""
) -> Response:
    return visit.page(
        "public/sign_in.html", status=status, username=username, after=after, refused=refused
    )


@router.post("/sign-out")
def sign_out(visit: SignedIn, form: Form) -> Response:
    """End the session."""
    del form
    if visit.session is not None:
        visit.office.accounts.sign_out(visit.session)
    response = see_other("/")
    visit.drop_cookie(response, "session")
    return response


@router.get("/language/{language}")
def choose(visit: Anyone, language: str, after: Next = "/") -> Response:
    """Use a language from now on, and come back."""
    if language not in LANGUAGES:
        raise HTTPException(404)
    response = see_other(local(after))
    visit.set_cookie(response, "language", language, most_seconds=YEAR)
    return response
