"""Parties before officers: what waits, one party with its record, and the steps about it."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.dates import day_of
from permits.casework.identifiers import is_credit_code
from permits.services.parties import PartyRecord
from permits.services.party_post import titles_of
from permits.text import party_names
from permits.web.deps import Form, Officer, SignedIn
from permits.web.disclosing import asked_for, disclose_party, reasons
from permits.web.lights import by_date
from permits.web.parties_shown import PartyPage
from permits.web.party_forms import PartyForm, done_says, taken
from permits.web.reading import Unfit
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


def _record(visit: Member, code: str) -> PartyRecord:
    """A party that concerns an officer, or is looked at by an auditor."""
    if visit.actor.party:
        raise HTTPException(403)
    record = visit.office.parties.read(code, visit.actor)
    if record is None:
        raise HTTPException(404)
    return record


def _page(visit: Member, code: str) -> PartyPage:
    """A party on somebody's desk."""
    return PartyPage(visit, _record(visit, code), f"{HOME}/{code}", inside=True)


@router.get(HOME + "/{party}")
def show(visit: SignedIn, party: str, done: Text = "") -> Response:
    """A party with its record."""
    return _shown(visit, _page(visit, party), done=done_says(done, visit.language))


@router.post(HOME + "/{party}/personal")
def whole(visit: Officer, form: Form, party: str) -> Response:
    """A party with the names of who acts for it, for this once, to whoever says what for; that
    they were shown is noted first."""
    record, asked = _record(visit, party), asked_for(form, visit)
    if isinstance(asked, Unfit):
        return _shown(visit, _page(visit, party), asking=asked.errors)
    disclose_party(visit, record, asked)
    return _shown(visit, PartyPage(visit, record, f"{HOME}/{party}", inside=True, whole=True))


def _shown(
    visit: Member, page: PartyPage, *, done: str = "", asking: Mapping[str, str] | None = None
) -> Response:
    return visit.page(
        "parties/party.html",
        status=422 if asking else 200,
        p=page,
        done=done,
        reasons=reasons(visit),
        asking=asking or {},
    )


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
