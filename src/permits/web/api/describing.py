"""How routes say in the OpenAPI document what they take and with which problems they answer."""

from http import HTTPStatus
from typing import Any

from pydantic import BaseModel

from permits.outside.files import SUFFIXES
from permits.web.problems import MEDIA_TYPE

REF = "#/components/schemas/"

Responses = dict[int | str, dict[str, Any]]

ANYWHERE = (400, 409, 500, 503)
"""Every route may be asked for under a name that is not ours, need a record that was altered, find
the office busy, or fail by a fault of ours."""

_HEADERS = {
    401: ("WWW-Authenticate", "how to sign in"),
    429: ("Retry-After", "seconds to wait"),
    503: ("Retry-After", "seconds to wait"),
}

WRITING = (401, 403, 404, 409, 413, 415, 422)
"""What may be wrong when something is to be written."""

_ETAG = ("ETag", "the version, to be sent back in `If-Match`")
_LOCATION = ("Location", "address of what was made")


def told(*statuses: int) -> Responses:
    """The problems a route may answer with. Where somebody has to be known, a token may be of
    somebody who is, and not be for that; what may be too large may also not come in time."""
    scoped = (403,) if 401 in statuses else ()
    slow = (408,) if 413 in statuses else ()
    return {status: _problem(status) for status in sorted({*statuses, *scoped, *slow, *ANYWHERE})}


def _problem(status: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": HTTPStatus(status).phrase,
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"{REF}Problem"}}},
    }
    beside = _HEADERS.get(status)
    return {**found, **headed(beside)} if beside else found


def headed(*headers: tuple[str, str]) -> dict[str, Any]:
    """Headers of an answer, each with what it says."""
    return {
        "headers": {
            name: {"description": says, "schema": {"type": "string"}} for name, says in headers
        }
    }


VERSIONED: Responses = {200: headed(_ETAG)}
"""A good answer that says its version."""

MADE: Responses = {201: headed(_ETAG, _LOCATION)}
"""The answer when something was made that has a version."""


def body(*models: type[BaseModel]) -> dict[str, Any]:
    """The body a route reads by itself: one of the models."""
    refs = [{"$ref": f"{REF}{model.__name__}"} for model in models]
    schema = refs[0] if len(refs) == 1 else {"anyOf": refs}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def form_with_file() -> dict[str, Any]:
    """The body of an upload: a form with one part."""
    part = {"type": "string", "contentMediaType": "application/octet-stream", "format": "binary"}
    form = {"type": "object", "properties": {"file": part}, "required": ["file"]}
    content = {"multipart/form-data": {"schema": form}}
    return {"requestBody": {"required": True, "content": content}}


def pdf(*statuses: int) -> Responses:
    """A document as a file, and the problems of asking for it."""
    content = {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}
    return {
        200: {"description": "The file as it was issued", "content": content},
        **told(*statuses),
    }


def bytes_of_json(says: str, *statuses: int) -> Responses:
    """JSON that is given byte for byte as it is kept, and the problems of asking for it."""
    content = {"application/json": {"schema": {"type": "object"}}}
    return {200: {"description": says, "content": content}, **told(*statuses)}


def contents(*statuses: int) -> Responses:
    """The content of a file, and the problems of asking for it."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    kinds = dict.fromkeys(sorted(SUFFIXES), binary)
    ok = {"description": "The file as it was uploaded", "content": kinds}
    return {200: ok, **told(*statuses)}
