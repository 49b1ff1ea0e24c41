"""The credit standing of one's own organisation: entries, objections, repair, bars."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from permits.casework.party import Party
from permits.services.parties import PartyRecord
from permits.web.deps import Applicant, Form
from permits.web.parties_shown import PartyPage
from permits.web.party_forms import PartyForm, done_says, taken
from permits.web.unsent import restored
from permits.web.visits import Member

router = APIRouter()

HOME = "/standing"
Text = Annotated[str, Query(max_length=40)]


def _page(visit: Member) -> PartyPage:
    """One's own record; an empty one if nothing was ever written in it."""
    code = visit.actor.party
    found = visit.office.parties.recorded(code)
    record = found or PartyRecord(Party(code), (), {}, (), {})
    return PartyPage(visit, record, HOME, inside=False)


@router.get(HOME)
def show(visit: Applicant, done: Text = "") -> Response:
    """What is on record of one's own organisation."""
    done = done_says(done, visit.language)
    return visit.page("parties/party.html", p=_page(visit), done=done)


@router.get(HOME + "/{step}/{name}")
def ask(visit: Applicant, step: str, name: str) -> Response:
    """What a step asks to be told."""
    asked, form = PartyForm(_page(visit), step, name), restored(visit)
    return asked.page(typed=form.texts() if form is not None else None)


@router.post(HOME + "/{step}/{name}")
async def do(visit: Applicant, form: Form, step: str, name: str) -> Response:
    """Take it, or show the form again with what is wrong."""
    page = await run_in_threadpool(_page, visit)
    return await taken(await run_in_threadpool(PartyForm, page, step, name), form)
