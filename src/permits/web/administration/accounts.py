"""Accounts: the list, opening one, its page, closing it with what is handed over."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from permits.casework.standings import Fault
from permits.services.accounts import BadAccount, NewAccount
from permits.services.leaving import Left
from permits.services.standings import Known
from permits.store import account_lists
from permits.store.account_lists import STATES, Wanted
from permits.text import standings as text
from permits.text.words import words
from permits.web import step_up
from permits.web.administration import proposals
from permits.web.administration.charges import (
    Closing,
    Looking,
    Opening,
    may,
    the_account,
)
from permits.web.deps import Form
from permits.web.forms import Posted
from permits.web.reading import Reading
from permits.web.rooms import rooms_of
from permits.web.visits import Member, see_other

router = APIRouter()

HOME = "/accounts"
AT_ONCE = 50

Text = Annotated[str, Query(max_length=100)]


@router.get(HOME)
def listed(
    visit: Looking, q: Text = "", kind: Text = "", state: Text = "", after: Text = ""
) -> Response:
    """The accounts by user name, a page at a time; `after` says where the last page ended."""
    wanted = Wanted(
        begins=q.strip(),
        kind=kind if kind in text.KIND_NAMES else "",
        state=state if state in STATES else "",
    )
    with visit.office.database.read() as connection:
        found = account_lists.listed(connection, wanted, after, AT_ONCE + 1)
    shown = found[:AT_ONCE]
    narrowed = {name: value for name, value in wanted._asdict().items() if value}
    narrowed = {"q": narrowed.pop("begins", ""), **narrowed}
    onwards = {**narrowed, "after": shown[-1].username} if len(found) > AT_ONCE else {}
    return visit.page(
        "administration/accounts.html",
        accounts=shown,
        rooms=rooms_of(visit),
        wanted=wanted,
        kinds=[(one, text.kind_of_account(one, visit.language)) for one in text.KIND_NAMES],
        states=[(one, text.state(one, visit.language)) for one in STATES],
        may=lambda charge: may(visit, charge),
        waiting=proposals.for_others_than_its_own(visit),
        first=f"{HOME}?{urlencode(narrowed)}" if after else "",
        onwards=f"{HOME}?{urlencode(onwards)}" if onwards else "",
    )


@router.get(f"{HOME}/open")
def ask(visit: Opening) -> Response:
    """What a new account is opened with."""
    return _opening(visit)


@router.post(f"{HOME}/open")
async def open_one(visit: Opening, form: Form) -> Response:
    """Open it; what it may do is for another administrator to say."""
    return await run_in_threadpool(_open, visit, form)


def _open(visit: Member, form: Posted) -> Response:
    step_up.demand(visit, form)
    reading = Reading(form, visit.language)
    new = NewAccount(
        username=reading.text("username", most=100),
        name=reading.text("name", most=100),
        password=form.text("password"),
        roles=frozenset(),
        once=True,
        email=reading.text("email", most=200, wanted=False),
    )
    opened: str | BadAccount = BadAccount(Fault.NO_ACCOUNT)
    if not reading.errors:
        opened = visit.office.standings.open(new, visit.actor)
        if isinstance(opened, str):
            return see_other(f"{HOME}/{opened}?done=opened")
        reading.errors[_FIELD.get(opened.fault, "")] = opened.sentence(visit.language)
    return _opening(visit, typed=form.texts(), errors=reading.errors)


_FIELD = {
    Fault.NAME_LENGTH: "username",
    Fault.NAME_TAKEN: "username",
    Fault.WEAK_PASSWORD: "password",
    Fault.NO_ADDRESS: "email",
}
"""Beside which field a fault is said."""


def _opening(
    visit: Member,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    return visit.page(
        "administration/open.html",
        status=422 if errors else 200,
        typed=typed or {},
        errors=errors or {},
    )


@router.get(f"{HOME}/{{account}}")
def show(visit: Looking, account: str, done: Text = "") -> Response:
    """An account: whose it is, what it may do, who stands in for whom."""
    known = the_account(visit, account)
    return visit.page(
        "administration/account.html",
        known=known,
        done=done,
        rooms=rooms_of(visit),
        own=known.account.id == visit.actor.id,
        may=lambda charge: may(visit, charge),
        today=visit.office.standings.today,
    )


@router.get(f"{HOME}/{{account}}/close")
def ask_to_close(visit: Closing, account: str) -> Response:
    """What somebody who leaves was still to do, and to whom it can be handed."""
    return _closing(visit, the_account(visit, account))


@router.post(f"{HOME}/{{account}}/close")
async def close(visit: Closing, form: Form, account: str) -> Response:
    """Close the account and hand its work over, in one step."""
    return await run_in_threadpool(_close, visit, form, account)


def _close(visit: Member, form: Posted, account: str) -> Response:
    step_up.demand(visit, form)
    known, reading = the_account(visit, account), Reading(form, visit.language)
    reason, hand_to = reading.text("reason", most=500), form.text("hand_to")
    if known.account.open and _has_drafts(visit, known) and not hand_to:
        reading.errors["hand_to"] = words(visit.language).gettext("Choose a colleague")
    if not reading.errors:
        left = visit.office.standings.close(account, reason, hand_to, visit.actor)
        if isinstance(left, Left):
            return _closed(visit, account, left)
        field = "hand_to" if left.fault is Fault.NOT_A_COLLEAGUE else ""
        reading.errors[field] = left.sentence(visit.language)
    return _closing(visit, known, typed=form.texts(), errors=reading.errors)


def _has_drafts(visit: Member, known: Known) -> bool:
    """Whether there is something that only a colleague can go on with, and there is one."""
    work = visit.office.standings.leaving.work(known.account)
    return bool(work.drafts) and bool(visit.office.standings.colleagues(known.account))


def _closed(visit: Member, account: str, left: Left) -> Response:
    """Back to the account; what could not be drawn again is said on a page of its own."""
    if not (left.checks or left.untold):
        return see_other(f"{HOME}/{account}?done=closed")
    return visit.page("administration/left.html", known=the_account(visit, account), left=left)


def _closing(
    visit: Member,
    known: Known,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    standings = visit.office.standings
    return visit.page(
        "administration/close.html",
        status=422 if errors else 200,
        known=known,
        work=standings.leaving.work(known.account),
        colleagues=[(one.id, one.name) for one in standings.colleagues(known.account)],
        own=known.account.id == visit.actor.id,
        typed=typed or {},
        errors=errors or {},
    )
