"""The pages for what could not be done."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from permits.casework.refusals import Refused
from permits.definitions.schema import Definition
from permits.outside.stores import Away
from permits.services.queue import TooBusy
from permits.services.sessions import SessionOver
from permits.services.unfollowed import WRONG, Wrong
from permits.store.condition import Broken, NoRoom, Unsure
from permits.store.published import Altered
from permits.text import refusals
from permits.text.troubles import Trouble
from permits.web import problems, visiting
from permits.web.forms import MOST_FIELDS, TooManyFields
from permits.web.problems import NotDone
from permits.web.security import MOST_BODY, TooLarge
from permits.web.statuses import status_of
from permits.web.unsent import back_to
from permits.web.visits import Visit, house_of, see_other

log = logging.getLogger(__name__)

WAIT_SECONDS = "5"
NO_ROOM_SECONDS = "60"
UNSURE_SECONDS = "30"


class Elsewhere(Exception):
    """What is asked for is at another address; the message is that address."""


class SignInFirst(Exception):
    """The page is for people who have signed in; they come back afterwards to the address that is
    the message."""


def refused(
    visit: Visit, what: Refused, definition: Definition | None = None, *, back: str = "/"
) -> Response:
    """The page that says why something was not done, with a way back."""
    says = refusals.sentence(what, definition, visit.language)
    status = status_of(what.reason)
    return visit.page("errors/refused.html", status=status, says=says, back=back)


def failed(
    request: Request, status: int, about: str = "", *, came: int = 0, most: int = 0
) -> Response:
    """The answer to a request that could not be served, for whoever asked: `came` is how much was
    sent, as far as that is known, `most` how much is taken. Reads nothing from the database, which
    may be what failed; whoever was not read before the failure stays unknown."""
    if _for_program(request):
        limits = house_of(request).office.uploading.limits
        return problems.of_status(status, problems.language_of(request), limits)
    known = getattr(request.state, "visit", None) or getattr(request.state, "recognised", None)
    visit: Visit = known or visiting.unread(request)
    visit.bare = True
    return visit.page(
        "errors/failed.html", status=status, code=status, about=about, came=came, most=most
    )


def _for_program(request: Request) -> bool:
    return request.url.path.startswith(problems.API)


def handle(app: FastAPI) -> None:
    """Give the application its handlers."""
    handlers: dict[type[Exception], Callable[[Request, Any], Awaitable[Response]]] = {
        HTTPException: _http,
        TooManyFields: _too_many_fields,
        TooLarge: _too_large,
        RequestValidationError: _unreadable,
        TooBusy: _busy,
        Away: _busy,
        OperationalError: _busy,
        Broken: _busy,
        NoRoom: _no_room,
        Unsure: _unsure,
        **dict.fromkeys((*WRONG, Altered), _record_amiss),
        Elsewhere: _elsewhere,
        SignInFirst: _sign_in_first,
        SessionOver: _session_over,
        NotDone: _not_done,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


async def _http(request: Request, error: HTTPException) -> Response:
    await _recognise(request)
    about = error.detail if error.detail == "form" else ""
    response = failed(request, error.status_code, about)
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


async def _recognise(request: Request) -> None:
    """Read who asks where no route has, as at an address that is not there: nothing has failed,
    so the page can say who is signed in. If they cannot be read, it says nothing of them. It is
    no visit of a page: the access log does not note what is not there."""
    if _for_program(request) or hasattr(request.state, "visit"):
        return
    try:
        request.state.recognised = await run_in_threadpool(visiting.read, request)
    except Exception:
        log.exception("who asks could not be read")


async def _too_many_fields(request: Request, error: TooManyFields) -> Response:
    return failed(request, error.status_code, "fields", came=error.came, most=MOST_FIELDS)


async def _too_large(request: Request, error: TooLarge) -> Response:
    if _for_program(request):
        return problems.too_large(error.came, error.most, problems.language_of(request))
    takes_file = error.most > MOST_BODY
    about = "" if takes_file else "form"
    return failed(request, error.status_code, about, came=error.came, most=error.most)


async def _unreadable(request: Request, error: RequestValidationError) -> Response:
    """An address with something impossible in it is not found; anything else is unreadable."""
    if _for_program(request):
        return problems.of_parameters(error.errors(), problems.language_of(request))
    in_path = any(one["loc"][0] == "path" for one in error.errors())
    return failed(request, 404 if in_path else 422)


async def _busy(request: Request, error: Exception) -> Response:
    log.warning("cannot serve now: %s", type(error).__name__)
    response = failed(request, 503)
    response.headers["Retry-After"] = WAIT_SECONDS
    return response


async def _no_room(request: Request, _error: NoRoom) -> Response:
    """Nothing can be written for want of room; what is there can be read."""
    log.error("there is no room to write")
    if _for_program(request):
        response = problems.trouble(Trouble.READ_ONLY, problems.language_of(request))
    else:
        response = failed(request, 503, "no_room")
    response.headers["Retry-After"] = NO_ROOM_SECONDS
    return response


async def _unsure(request: Request, _error: Unsure) -> Response:
    """What was asked may have been kept or not, and nobody is told otherwise."""
    log.error("the database failed in a commit: whether it was kept is not known")
    if _for_program(request):
        response = problems.trouble(Trouble.OUTCOME_UNKNOWN, problems.language_of(request))
    else:
        response = failed(request, 503, "unsure")
    response.headers["Retry-After"] = UNSURE_SECONDS
    return response


async def _record_amiss(request: Request, error: Wrong | Altered) -> Response:
    """What is asked for rests on a record that somebody altered: no other answer will come of it
    until that is looked into, so it is no fault that passes."""
    log.error("the log is not whole: %s", error)
    if _for_program(request):
        return problems.trouble(Trouble.RECORD_AMISS, problems.language_of(request))
    return failed(request, 409, "record_amiss")


async def _elsewhere(_request: Request, error: Exception) -> Response:
    return see_other(str(error))


async def _sign_in_first(request: Request, error: Exception) -> Response:
    after = await back_to(request, str(error))
    return see_other(f"/sign-in?next={quote(after, safe='')}")


async def _session_over(request: Request, _error: SessionOver) -> Response:
    """The session ended, or went on under another token, while something was done in it."""
    if _for_program(request):
        return problems.trouble(Trouble.SESSION_ENDED, problems.language_of(request))
    return await _sign_in_first(request, SignInFirst("/account"))


async def _not_done(_request: Request, error: NotDone) -> Response:
    return error.answer
