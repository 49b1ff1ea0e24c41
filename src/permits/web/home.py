"""The home page, what browsers fetch beside pages, and whether the server is well."""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from starlette.responses import Response

from permits.store import lists, outbox
from permits.web.deps import Anyone, TheOffice
from permits.web.visits import house_of

router = APIRouter()


@router.get("/")
def home(visit: Anyone) -> Response:
    """What this is, which permits there are, and how to start."""
    return visit.page("public/home.html", editions=visit.office.shelf.permits)


@router.get("/static/{name}")
async def static(name: str, request: Request) -> Response:
    """A style sheet or picture."""
    return house_of(request).assets.answer(name, request.headers)


@router.get("/healthz")
def healthz(office: TheOffice) -> Response:
    """Well, if the database answers. Messages that were given up are no reason to be restarted,
    but somebody should know of them."""
    with office.database.read() as connection:
        lists.alive(connection)
        given_up = len(outbox.given_up(connection))
    says = f"ok, but {given_up} messages and documents were given up" if given_up else "ok"
    return PlainTextResponse(says, headers={"Cache-Control": "no-store"})
