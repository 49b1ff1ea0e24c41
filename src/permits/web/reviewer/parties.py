"""Parties before officers: what waits, one party with its record, and the steps about it."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.dates import day_of
from permits.casework.identifiers import is_credit_code
from permits.services.party_post import titles_of
from permits.text import party_names
from permits.web.deps import Form, Officer, SignedIn
from permits.web.lights import by_date
from permits.web.parties_shown import PartyPage
from permits.web.party_forms import PartyForm, done_says, taken
from permits.web.unsent import restored
from permits.web.visits import Member, see_other

router = APIRouter()

Text = Annotated[str, Query(max_length=40)]
HOME = "/office/parties"


@router.get(HOME)
def waiting(visit: Officer, q: Text = "") -> Response:
    """What of parties waits for the department, and a search by credit code."""
    code = q.strip().upper()
    if is_credit_code(code) and visit.office.parties.read(code, visit.actor) is not None:
        return see_other(f"{HOME}/{code}")
    today = day_of(visit.office.now())
    titles = titles_of(visit.office, visit.language)
    tasks = [
        (
            one,
            party_names.task(one.kind, visit.language),
            titles.get(one.permit, one.permit),
            by_date(date.fromisoformat(one.due_on) if one.due_on else None, None, today),
        )
        for one in visit.office.parties.tasks(visit.actor)
    ]
    return visit.page("parties/waiting.html", tasks=tasks, q=q)


def _page(visit: Member, code: str) -> PartyPage:
    """A party on the desk of an officer it concerns, or of an auditor."""
    if visit.actor.party:
        raise HTTPException(403)
    record = visit.office.parties.read(code, visit.actor)
    if record is None:
        raise HTTPException(404)
    return PartyPage(visit, record, f"{HOME}/{code}", inside=True)


@router.get(HOME + "/{party}")
def show(visit: SignedIn, party: str, done: Text = "") -> Response:
    """A party with its record."""
    done = done_says(done, visit.language)
    return visit.page("parties/party.html", p=_page(visit, party), done=done)


@router.get(HOME + "/{party}/{step}")
@router.get(HOME + "/{party}/{step}/{name}")
def ask(visit: Officer, party: str, step: str, name: str = "") -> Response:
    """What a step asks to be told."""
    asked, form = PartyForm(_page(visit, party), step, name), restored(visit)
    return asked.page(typed=form.texts() if form is not None else None)


@router.post(HOME + "/{party}/{step}")
@router.post(HOME + "/{party}/{step}/{name}")
async def do(visit: Officer, form: Form, party: str, step: str, name: str = "") -> Response:
    """Take it, or show the form again with what is wrong."""
    page = await run_in_threadpool(_page, visit, party)
    return await taken(await run_in_threadpool(PartyForm, page, step, name), form)
