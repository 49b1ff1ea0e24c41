"""What could not be done: the only table from reasons to status codes, and the pages for them."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from permits.casework.refusals import Reason, Refused
from permits.definitions.schema import Definition
from permits.outside.stores import Away
from permits.services.queue import TooBusy
from permits.services.sessions import SessionOver
from permits.services.unfollowed import WRONG, Wrong
from permits.store.condition import Broken, NoRoom, Unsure
from permits.store.published import Altered
from permits.text import refusals
from permits.text.troubles import Trouble
from permits.text.uploads import Unfit
from permits.text.words import LANGUAGES
from permits.web import problems
from permits.web.problems import NotDone
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


def status_of(reason: Reason) -> int:
    """The status code of a refusal."""
    match reason:
        case (
            Reason.NO_SUCH_CASE
            | Reason.NO_SUCH_PERMIT
            | Reason.NO_SUCH_ACTION
            | Reason.NO_SUCH_TRACK
            | Reason.NO_SUCH_CLOCK
            | Reason.NO_SUCH_OBLIGATION
            | Reason.NO_SUCH_FEE
            | Reason.NO_SUCH_ENTRY
            | Reason.NO_SUCH_VISIT
            | Reason.NO_SUCH_MATERIAL
            | Reason.NO_SUCH_FIELD
            | Reason.NO_SUCH_MILESTONE
            | Reason.NO_SUCH_DOCUMENT
            | Reason.NO_SUCH_DEPARTMENT
            | Reason.NO_SUCH_THIRD_PARTY
            | Reason.NO_SUCH_PARTY
            | Reason.NO_SUCH_CREDIT_ENTRY
            | Reason.NO_SUCH_BAR
            | Reason.NO_SUCH_REVIEW
            | Reason.NOT_TO_SERVE
            | Reason.NO_SUCH_POLICY
            | Reason.NO_SUCH_ROUND
            | Reason.NO_SUCH_CLAIM
            | Reason.NO_SUCH_BATCH
            | Reason.NO_SUCH_ENTERPRISE
            | Reason.NO_SUCH_OBJECTION
        ):
            return 404
        case (
            Reason.NOT_YOURS
            | Reason.SAME_PERSON
            | Reason.RECUSED
            | Reason.NOT_AUTHORISED
            | Reason.PROPOSED_BY_SAME
            | Reason.ACTED_FOR_APPLICANT
        ):
            return 403
        case (
            Reason.NOT_NOW
            | Reason.CONDITION_UNMET
            | Reason.OVERTAKEN
            | Reason.KEY_REUSED
            | Reason.EXCLUDED
            | Reason.NOT_ON_LIST
            | Reason.NOT_ADMITTED
            | Reason.TRACK_SHUT
            | Reason.NOT_IN_FORCE
            | Reason.NOTICE_CHANGED
            | Reason.MATERIALS_MISSING
            | Reason.CORRECTED_BEFORE
            | Reason.CLOCK_NOT_RUNNING
            | Reason.NOT_EXTENSIBLE
            | Reason.EXTENDED_BEFORE
            | Reason.NOT_YET_DUE
            | Reason.DATE_PROVISIONAL
            | Reason.SILENCE_ACCEPTED
            | Reason.STILL_OPEN
            | Reason.FORBIDDEN_YET
            | Reason.OBLIGATION_NOT_OPEN
            | Reason.NOTHING_TO_SIGN
            | Reason.REPORTED_BEFORE
            | Reason.NOT_REVERSIBLE
            | Reason.NOT_LATE
            | Reason.NO_RATE
            | Reason.NOT_NOTICED
            | Reason.SUPPLY_ENDED
            | Reason.BARRED
            | Reason.GATE_SHUT
            | Reason.STAGE_SKIPPED
            | Reason.STAGE_COVERED
            | Reason.NOT_ALIKE
            | Reason.NOT_SETTLED
            | Reason.PROJECT_OF_ANOTHER
            | Reason.FEE_UNPAID
            | Reason.FEE_NOT_OPEN
            | Reason.GIVEN_BACK
            | Reason.NOT_IN_PROCEDURE
            | Reason.NOT_EXAMINED
            | Reason.ASKED_BEFORE
            | Reason.NO_CHANGES_WANTED
            | Reason.NOT_ASKED
            | Reason.OPINION_GIVEN
            | Reason.NO_OPINION
            | Reason.OPINIONS_MISSING
            | Reason.OPINIONS_NOT_JOINED
            | Reason.JOINED_BEFORE
            | Reason.HEARING_PENDING
            | Reason.HEARING_DEMANDED
            | Reason.NO_HEARING
            | Reason.THIRD_PARTY_TO_TELL
            | Reason.THIRD_PARTY_TO_SPEAK
            | Reason.NO_RECUSAL_ASKED
            | Reason.PARTY_MERGED
            | Reason.PERMIT_BARRED
            | Reason.TRACK_LOST
            | Reason.SIGNER_LOST
            | Reason.ENTRY_NOT_THERE
            | Reason.OBJECTION_ENDED
            | Reason.MAY_STILL_OBJECT
            | Reason.TERM_PROVISIONAL
            | Reason.REPAIR_NOT_OPEN
            | Reason.NOT_SERVED
            | Reason.NOT_THERE
            | Reason.ASKED_TOO_LATE
            | Reason.NOTHING_ASKED
            | Reason.TERM_ENDED
            | Reason.NO_REGISTER
            | Reason.ROUND_OPEN
            | Reason.LIST_EMPTY
            | Reason.OFFERS_OPEN
            | Reason.NOTICE_OVER
            | Reason.NOTICE_RUNNING
            | Reason.OBJECTIONS_OPEN
            | Reason.NOT_LISTED
            | Reason.ALREADY_LISTED
            | Reason.ENTITLED_ALREADY
            | Reason.GROUP_PAID
            | Reason.PAID_BEFORE
            | Reason.NOTHING_TO_PAY
            | Reason.INSPECTORS_UNDRAWN
            | Reason.TOO_FEW_INSPECTORS
            | Reason.DRAWN_BEFORE
        ):
            return 409
        case (
            Reason.WRONG_INPUT
            | Reason.BAD_ANSWERS
            | Reason.COMMITMENT_UNSIGNED
            | Reason.SIGNED_UNASKED
            | Reason.MATERIAL_NOT_ASKED
            | Reason.NOTHING_TO_CORRECT
            | Reason.CORRECTIONS_INCOMPLETE
            | Reason.REASON_WANTED
            | Reason.EVIDENCE_WANTED
            | Reason.NOTICE_WANTED
            | Reason.CAUSE_NOT_LAWFUL
            | Reason.TERM_NOT_LAWFUL
            | Reason.DATE_NOT_LAWFUL
            | Reason.AMOUNT_NOT_LAWFUL
            | Reason.INSPECTORS_WANTED
            | Reason.NOT_DRAWN
            | Reason.GROUND_NOT_TRUE
            | Reason.GROUND_NOT_LAWFUL
            | Reason.GROUND_NOT_NOTICED
            | Reason.NO_SUCH_OFFICER
            | Reason.HEARING_TOO_SOON
            | Reason.HEARING_TOO_LATE
            | Reason.CHAIR_EXAMINES
            | Reason.CHAIR_ACTED
            | Reason.RECORD_INCOMPLETE
            | Reason.NO_SUCH_PERSON
            | Reason.BAR_NOT_LAWFUL
            | Reason.NAME_NOT_NEW
            | Reason.BRINGER_WANTED
            | Reason.SCAN_WANTED
            | Reason.PROOF_WANTED
            | Reason.TERM_TOO_LONG
            | Reason.NOT_AMENDABLE
            | Reason.NOTHING_CHANGED
            | Reason.PERIOD_NOT_LAWFUL
            | Reason.GRADE_WANTED
            | Reason.STATEMENT_UNSIGNED
            | Reason.ACCOUNT_WANTED
        ):
            return 422
        case Reason.UNAVAILABLE:
            return 503


def status_of_file(why: Unfit) -> int:
    """The status code for a file that is not taken."""
    match why:
        case Unfit.TOO_LARGE:
            return 413
        case (
            Unfit.EMPTY
            | Unfit.KIND
            | Unfit.LOCKED
            | Unfit.ACTIVE
            | Unfit.BROKEN
            | Unfit.TOO_DETAILED
            | Unfit.EXPANDS
            | Unfit.INFECTED
        ):
            return 422
        case Unfit.TOO_MANY | Unfit.PLACE_FULL | Unfit.DAY_FULL:
            return 409
        case Unfit.UNCHECKED:
            return 503


def refused(
    visit: Visit, what: Refused, definition: Definition | None = None, *, back: str = "/"
) -> Response:
    """The page that says why something was not done, with a way back."""
    says = refusals.sentence(what, definition, visit.language)
    status = status_of(what.reason)
    return visit.page("errors/refused.html", status=status, says=says, back=back)


def failed(request: Request, status: int, about: str = "") -> Response:
    """The answer to a request that could not be served, for whoever asked. Reads nothing from
    the database, which may be what failed."""
    if _for_program(request):
        limits = house_of(request).office.uploading.limits
        return problems.of_status(status, problems.language_of(request), limits)
    house = house_of(request)
    chosen = request.cookies.get(house.cookie("language"))
    language = next((one for one in LANGUAGES if one == chosen), LANGUAGES[0])
    visit: Visit = getattr(request.state, "visit", None) or Visit(request, house, language)
    visit.bare = True
    return visit.page("errors/failed.html", status=status, code=status, about=about)


def _for_program(request: Request) -> bool:
    return request.url.path.startswith(problems.API)


def handle(app: FastAPI) -> None:
    """Give the application its handlers."""
    handlers: dict[type[Exception], Callable[[Request, Any], Awaitable[Response]]] = {
        HTTPException: _http,
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
    about = error.detail if error.detail == "form" else ""
    response = failed(request, error.status_code, about)
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


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
