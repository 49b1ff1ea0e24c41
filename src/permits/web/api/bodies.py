"""What a program sends: JSON read strictly, a file out of a form."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from permits.services.uploading import Incoming
from permits.text import shapes
from permits.text.troubles import Trouble
from permits.text.words import Language
from permits.web import problems
from permits.web.api.asking import EVIDENCE_NAME, NAME
from permits.web.problems import NotDone, Wrong, pointer

Model = TypeVar("Model", bound=BaseModel)

JSON = "application/json"
FORM = "multipart/form-data"
TOO_MANY = "Too many"
"""How Starlette begins what it says of a form with more fields or files than it was to take."""

ANSWER_TYPES = frozenset({"str", "bool", "int", "constrained-int"})
"""How pydantic names the choices of an answer in the place of an error."""

ENTRIES_TYPE = "tuple[dict[str,"
"""How it begins to name several entries there. Of what is wrong inside nothing is told outside."""


def sent(model: type[Model]) -> Callable[[Request], Awaitable[Model]]:
    """A dependency that reads the body as a model."""

    async def read(request: Request) -> Model:
        return parsed(model, await body_of(request), problems.language_of(request))

    return read


async def body_of(request: Request) -> bytes:
    """The JSON of a request as it came. Without any body it is an object with nothing in it."""
    raw = await request.body()
    if raw and _media_type(request) != JSON:
        raise _trouble(Trouble.WRONG_MEDIA_TYPE, problems.language_of(request))
    return raw or b"{}"


def parsed(model: type[Model], raw: bytes, language: Language) -> Model:
    """The body as a model, every type as it is declared and no key that is not."""
    try:
        return model.model_validate_json(raw, strict=True)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
    if found[0]["type"] == "json_invalid":
        raise _trouble(Trouble.UNREADABLE, language)
    raise _trouble(Trouble.UNFIT, language, _wrong(found, language))


def _is_entries(step: object) -> bool:
    """Whether a step of a place only says that several entries were tried there."""
    return str(step).startswith(ENTRIES_TYPE)


def _wrong(found: Iterable[Mapping[str, Any]], language: Language) -> tuple[Wrong, ...]:
    """Every place that does not fit, once."""
    places: dict[str, str] = {}
    for one in found:
        place, kind = one["loc"], one["type"]
        if place and (place[-1] in ANSWER_TYPES or _is_entries(place[-1])):
            place, kind = place[:-1], shapes.ANSWER if kind.endswith("_type") else kind
        place = tuple(step for step in place if not _is_entries(step))
        says = shapes.sentence(kind, one.get("ctx", {}), language)
        places[pointer(place)] = says
    return tuple(
        Wrong(pointer=place, detail=says)
        for place, says in places.items()
        if not any(other.startswith(f"{place}/") for other in places)
    )


async def incoming(request: Request, about: "About") -> AsyncIterator[Incoming]:
    """The part `file` of a form."""
    language = problems.language_of(request)
    if _media_type(request) != FORM:
        raise _trouble(Trouble.WRONG_MEDIA_TYPE, language)
    async with _form_of_file(request, language) as form:
        held = form.get("file")
        if not isinstance(held, UploadFile):
            raise _trouble(Trouble.FILE_EMPTY, language)
        yield Incoming(about, held.filename or "", held.file)


@asynccontextmanager
async def _form_of_file(request: Request, language: Language) -> AsyncIterator[FormData]:
    """A form with one file and nothing else. How many parts more came is not counted: it is not
    read on beyond the first."""
    try:
        form = await request.form(max_files=1, max_fields=0)
    except HTTPException as error:
        if error.detail.startswith(TOO_MANY):
            raise _trouble(Trouble.TOO_MANY_PARTS, language) from error
        raise
    try:
        yield form
    finally:
        await form.close()


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _trouble(what: Trouble, language: Language, errors: tuple[Wrong, ...] = ()) -> NotDone:
    return NotDone(problems.trouble(what, language, errors))


About = Annotated[
    str,
    Query(
        alias="for",
        pattern=rf"^counter\.(paper|authorisation)$|{EVIDENCE_NAME}|{NAME}",
        description="the material the file is, the obligation it shows to be done,"
        " `amendment.evidence`, `extension.evidence` or `renewal.evidence`; of an application at"
        " the counter also `counter.paper` and `counter.authorisation`",
        examples=["land_title"],
    ),
]
TheFile = Annotated[Incoming, Depends(incoming)]
