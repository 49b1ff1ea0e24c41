"""The home page, what browsers fetch beside pages, and whether the server is well."""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from sqlalchemy.exc import DBAPIError
from starlette.responses import Response

from permits.store import lists, outbox
from permits.store.condition import Broken
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
async def healthz() -> Response:
    """This process is alive; whoever asks need not start it anew. It says nothing of the database,
    for which starting it anew would do nothing."""
    return _plainly("ok")


@router.get("/readyz")
def readyz(office: TheOffice) -> Response:
    """Whether to send people to this process: it is if the database answers and is not damaged.
    Where there is no room to write, pages can still be read. Messages that were given up are no
    reason to send nobody, but somebody should know of them."""
    try:
        with office.database.read() as connection:
            lists.alive(connection)
            given_up = len(outbox.given_up(connection))
    except Broken:
        return _plainly("the database is damaged", 503)
    except DBAPIError:
        return _plainly("the database does not answer", 503)
    says = ["ready"]
    if office.database.condition.full:
        says.append("only for reading, for want of room")
    if given_up:
        says.append(f"{given_up} messages and documents were given up")
    return _plainly("; ".join(says))


def _plainly(says: str, status: int = 200) -> Response:
    return PlainTextResponse(says, status, headers={"Cache-Control": "no-store"})
