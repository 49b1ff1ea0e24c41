"""What went wrong, for programs: problem details as of RFC 9457."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from permits.casework.refusals import Refused
from permits.definitions.schema import Definition
from permits.settings import Limits
from permits.text import refusals, shapes, troubles
from permits.text.troubles import Trouble
from permits.text.words import Language, preferred

MEDIA_TYPE = "application/problem+json"
API = "/api/"
USUAL = Limits()
TYPES = "/api/problems/"

CHALLENGE = 'Bearer realm="permits"'
SECONDS_OF_WAITING = "600"
SECONDS_TO_CHECK = "120"
"""Until files can probably be checked again."""


class Wrong(BaseModel):
    """One thing that does not fit: where in the body (a JSON pointer) or in which parameter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pointer: str | None = Field(default=None, description="JSON pointer into the body")
    parameter: str | None = Field(default=None, description="name of the query parameter")
    detail: str = Field(description="what is wrong there, in the language asked for")


def pointer(place: Iterable[object]) -> str:
    """The JSON pointer of a place (RFC 6901)."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in place)


class Problem(BaseModel):
    """Why something was not done. Nothing was written, unless it says that this is unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: str = Field(description="address of a description of this kind of problem")
    title: str = Field(description="the kind in a few words")
    status: int = Field(description="the status code once more")
    detail: str = Field(description="what is wrong and what to do, in the language asked for")
    reason: str = Field(description="the kind as a word for programs; ends `type`")
    about: tuple[str, ...] | None = Field(
        default=None, description="names of the definition that the reason speaks of"
    )
    errors: tuple[Wrong, ...] | None = Field(
        default=None, description="every place that does not fit"
    )


class NotDone(Exception):
    """The request ends here, with this answer."""

    def __init__(self, answer: Response) -> None:
        super().__init__()
        self.answer = answer


def status_of(trouble: Trouble) -> int:
    """The status code of a trouble."""
    match trouble:
        case (
            Trouble.UNREADABLE
            | Trouble.KEY_WANTED
            | Trouble.VERSION_UNREADABLE
            | Trouble.TOO_MANY_PARTS
        ):
            return 400
        case (
            Trouble.NOT_SIGNED_IN
            | Trouble.SESSION_ENDED
            | Trouble.WRONG_PASSWORD
            | Trouble.CODE_WANTED
            | Trouble.WRONG_CODE
            | Trouble.TOKEN_ENDED
        ):
            return 401
        case (
            Trouble.NOT_FOR_THIS_ACCOUNT
            | Trouble.SECOND_FACTOR_WANTED
            | Trouble.PASSWORD_CHANGE_WANTED
            | Trouble.STEP_UP_WANTED
            | Trouble.PERSON_WANTED
            | Trouble.SCOPE_WANTED
        ):
            return 403
        case Trouble.NOT_FOUND:
            return 404
        case Trouble.METHOD_UNKNOWN:
            return 405
        case Trouble.TOO_SLOW:
            return 408
        case (
            Trouble.FILES_TOO_MANY
            | Trouble.FILES_TOO_LARGE
            | Trouble.FILES_OF_DAY_TOO_LARGE
            | Trouble.RECORD_AMISS
        ):
            return 409
        case Trouble.TOO_LARGE | Trouble.FILE_TOO_LARGE:
            return 413
        case Trouble.WRONG_MEDIA_TYPE:
            return 415
        case (
            Trouble.UNFIT
            | Trouble.FILE_EMPTY
            | Trouble.FILE_KIND
            | Trouble.FILE_LOCKED
            | Trouble.FILE_ACTIVE
            | Trouble.FILE_BROKEN
            | Trouble.FILE_TOO_DETAILED
            | Trouble.FILE_EXPANDS
            | Trouble.FILE_INFECTED
        ):
            return 422
        case Trouble.TOO_MANY_ATTEMPTS:
            return 429
        case Trouble.FAULT:
            return 500
        case Trouble.BUSY | Trouble.READ_ONLY | Trouble.OUTCOME_UNKNOWN | Trouble.FILE_UNCHECKED:
            return 503


_OF_STATUS = {
    400: Trouble.UNREADABLE,
    401: Trouble.NOT_SIGNED_IN,
    403: Trouble.NOT_FOR_THIS_ACCOUNT,
    404: Trouble.NOT_FOUND,
    405: Trouble.METHOD_UNKNOWN,
    408: Trouble.TOO_SLOW,
    413: Trouble.TOO_LARGE,
    415: Trouble.WRONG_MEDIA_TYPE,
    422: Trouble.UNFIT,
    429: Trouble.TOO_MANY_ATTEMPTS,
    503: Trouble.BUSY,
}


def language_of(request: Request) -> Language:
    """The language a program asks for."""
    return preferred(request.headers.get("accept-language", ""))


def too_many(seconds: int, language: Language) -> Response:
    """The answer to whoever has guessed wrong too often, and how long to wait."""
    answer = trouble(Trouble.TOO_MANY_ATTEMPTS, language)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def trouble(
    what: Trouble, language: Language, errors: Iterable[Wrong] = (), limits: Limits = USUAL
) -> Response:
    """The answer to a request that no rule of a procedure has to be asked about."""
    return _troubled(what, troubles.sentence(what, language, limits), language, errors)


def too_large(came: int, most: int, language: Language) -> Response:
    """The answer to a body that is larger than its address takes: how many bytes came, 0 if that
    is not known, and how many are taken."""
    return _troubled(Trouble.TOO_LARGE, troubles.too_large(came, most, language), language)


def _troubled(
    what: Trouble, detail: str, language: Language, errors: Iterable[Wrong] = ()
) -> Response:
    status = status_of(what)
    problem = Problem(
        type=f"{TYPES}{what}",
        title=troubles.title(status, language),
        status=status,
        detail=detail,
        reason=what,
        errors=tuple(errors) or None,
    )
    return _answer(problem, language)


def of_status(status: int, language: Language, limits: Limits) -> Response:
    """The same where only the status code is known."""
    return trouble(_OF_STATUS.get(status, Trouble.FAULT), language, limits=limits)


def of_parameters(found: Sequence[Mapping[str, Any]], language: Language) -> Response:
    """The answer to parameters that do not fit, each with what is wrong; an address with
    something impossible in it is not found."""
    for one in found:
        where, name = one["loc"][:2]
        if where in ("path", "header"):
            return trouble(_OF_HEADER.get(name, Trouble.NOT_FOUND), language)
    errors = [
        Wrong(
            parameter=one["loc"][1],
            detail=shapes.sentence(one["type"], one.get("ctx", {}), language),
        )
        for one in found
    ]
    return trouble(Trouble.UNFIT, language, errors)


_OF_HEADER = {
    "Idempotency-Key": Trouble.KEY_WANTED,
    "If-Match": Trouble.VERSION_UNREADABLE,
}


def refusal(
    status: int,
    what: Refused,
    definition: Definition | None,
    language: Language,
    errors: Iterable[Wrong] = (),
) -> Response:
    """The answer to a command that was refused."""
    problem = Problem(
        type=f"{TYPES}{what.reason}",
        title=troubles.title(status, language),
        status=status,
        detail=refusals.sentence(what, definition, language),
        reason=what.reason,
        about=what.about,
        errors=tuple(errors) or None,
    )
    return _answer(problem, language)


def _answer(problem: Problem, language: Language) -> Response:
    beside = _beside(problem.status, problem.reason)
    headers = {"Cache-Control": "no-store", **spoken(language), **beside}
    body = problem.model_dump_json(exclude_none=True)
    return Response(body, problem.status, headers, media_type=MEDIA_TYPE)


def spoken(language: Language) -> dict[str, str]:
    """The headers that say in which language an answer is, and that another could be had."""
    return {
        "Content-Language": "en" if language == "en" else "zh-CN",
        "Vary": "Accept-Language",
    }


def _beside(status: int, reason: str) -> Mapping[str, str]:
    """What HTTP wants beside a status code."""
    if status == 401:
        ended = reason in (Trouble.SESSION_ENDED, Trouble.TOKEN_ENDED)
        return {"WWW-Authenticate": CHALLENGE + (', error="invalid_token"' if ended else "")}
    if reason == Trouble.FILE_UNCHECKED:
        return {"Retry-After": SECONDS_TO_CHECK}
    return {"Retry-After": SECONDS_OF_WAITING} if status == 429 else {}
