"""How the office runs, and messages that could not be delivered."""

import re
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.services.running import MOST_TROUBLED
from permits.text import pausing
from permits.web.administration.charges import Running
from permits.web.deps import Form
from permits.web.forms import Posted
from permits.web.visits import Member, see_other

router = APIRouter()

HOME = "/running"

_ADDRESS = re.compile(r"[^\s<>@,;:]+@")

Number = Annotated[int, Query(ge=0, le=999_999)]


@router.get(HOME)
def show(visit: Running, again: Number = 0) -> Response:
    """What waits, what failed, what fills up, what runs out."""
    running = visit.office.running
    state = running.state()
    return visit.page(
        "administration/running.html",
        state=state,
        why=pausing.reason(state.paused, visit.language),
        troubled=running.troubled(),
        most=MOST_TROUBLED,
        again=again,
        unnamed=_unnamed,
    )


def _unnamed(error: str) -> str:
    """What went wrong, without the names in addresses: whoever runs the machine has nothing to do
    with who applies."""
    return _ADDRESS.sub("…@", error)


@router.post(f"{HOME}/messages")
async def try_again(visit: Running, form: Form) -> Response:
    """Try a message that was given up again, or all of them."""
    return await run_in_threadpool(_try_again, visit, form)


def _try_again(visit: Member, form: Posted) -> Response:
    number = visit.office.running.try_again(form.text("task"), visit.actor)
    if not isinstance(number, int):
        raise HTTPException(403)
    return see_other(f"{HOME}?again={number}")
