"""The OpenAPI document, and the page that shows it without asking anybody else."""

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from permits.web.api.examples import examples
from permits.web.api.openapi import document
from permits.web.api.shown.parts import V1
from permits.web.deps import Anyone
from permits.web.visits import house_of

router = APIRouter(include_in_schema=False)

DOCUMENT = f"{V1}/openapi.json"


@router.get("/v1/openapi.json")
def openapi(request: Request) -> Response:
    """The document, in OpenAPI 3.1."""
    return JSONResponse(made(request), headers={"Cache-Control": "no-cache"})


@router.get("/docs")
def docs(visit: Anyone, request: Request) -> Response:
    """The document as a page; without scripts a list of what there is."""
    found = made(request)
    tags = [
        (tag["name"], tag["description"], tuple(_of_tag(found, tag["name"])))
        for tag in found["tags"]
    ]
    return visit.page("api/docs.html", document=DOCUMENT, tags=tags)


def made(request: Request) -> dict[str, Any]:
    """The document of this server. It is made once for each edition of what is published."""
    app, office = request.app, house_of(request).office
    published = tuple(edition.digest for edition in office.shelf.permits)
    kept: tuple[object, dict[str, Any]] | None = getattr(app.state, "openapi", None)
    if kept is None or kept[0] != published:
        kept = published, document(app.routes, examples(office))
        app.state.openapi = kept
    return kept[1]


def _of_tag(found: dict[str, Any], tag: str) -> Iterator[tuple[str, str, str]]:
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            if tag in operation["tags"]:
                yield method, path, operation["summary"]
