"""What a route may ask for. What reads the database runs in a thread; the rest is `async` only so
that it need not, because going to a thread and back costs more than what is done there."""

from collections.abc import AsyncIterator, Callable
from typing import Annotated

from fastapi import Depends, Path, Request
from starlette.exceptions import HTTPException

from permits.casework.access import Actor
from permits.services.case_record import Record
from permits.services.office import Office
from permits.web import visiting
from permits.web.errors import SignInFirst
from permits.web.forms import Posted, read_form
from permits.web.unsent import settle
from permits.web.visits import Member, Visit, house_of


def visit(request: Request) -> Visit:
    """Whoever asks, for the route and for whatever else answers this request."""
    made = visiting.read(request)
    request.state.visit = made
    case = request.path_params.get("case")
    if case is not None and isinstance(made, Member):
        # While in a thread, because going to one again costs more than reading the case.
        request.state.record = made.office.cases.read(f"case/{case}", made.actor)
    return made


async def signed_in(visit: "Anyone") -> Member:
    """Somebody who is signed in; others are sent to do so first, and come back."""
    return _member(visit)


def _member(visit: Visit) -> Member:
    if not isinstance(visit, Member):
        raise SignInFirst(visit.here)
    return visit


async def waiting(visit: "Anyone") -> Visit:
    """Somebody who has given a password, whether or not more is wanted of them."""
    if visit.pending is None:
        _member(visit)
    return visit


async def applicant(visit: "Anyone") -> Member:
    """Somebody who acts for a party."""
    return _if(_member(visit), lambda actor: actor.applies)


async def officer(visit: "Anyone") -> Member:
    """Somebody who works on the cases of a department."""
    return _if(_member(visit), lambda actor: actor.officer)


async def writer(visit: "Anyone") -> Member:
    """Somebody who writes an application: for a party, or at the counter for one on paper."""
    at_counter = visit.request.url.path.startswith("/review/")
    return _if(_member(visit), lambda actor: actor.officer if at_counter else actor.applies)


async def auditor(visit: "Anyone") -> Member:
    """Somebody who looks at everything and changes nothing."""
    return _if(_member(visit), lambda actor: actor.audits)


def _if(member: Member, whose: Callable[[Actor], bool]) -> Member:
    if not whose(member.actor):
        raise HTTPException(403)
    return member


async def record(visit: "Anyone") -> Record:
    """The case of the address; 404 alike for a case of others and for none at all."""
    found: Record | None = _member(visit).request.state.record
    if found is None:
        raise HTTPException(404)
    return found


async def form(request: Request, visit: "Anyone") -> AsyncIterator[Posted]:
    """The form that was sent, if it came from a page of this visit."""
    async for posted in read_form(request, visit):
        await settle(request, visit)
        yield posted


async def office(request: Request) -> Office:
    return house_of(request).office


Anyone = Annotated[Visit, Depends(visit)]
SignedIn = Annotated[Member, Depends(signed_in)]
Waiting = Annotated[Visit, Depends(waiting)]
Applicant = Annotated[Member, Depends(applicant)]
Officer = Annotated[Member, Depends(officer)]
Writer = Annotated[Member, Depends(writer)]
Auditor = Annotated[Member, Depends(auditor)]
TheRecord = Annotated[Record, Depends(record)]
Form = Annotated[Posted, Depends(form)]
TheOffice = Annotated[Office, Depends(office)]
RoundId = Annotated[str, Path(alias="round")]
