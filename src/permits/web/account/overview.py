"""One's own account: what one signs in with, and where one is signed in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.responses import Response

from permits.casework.sessions import Step
from permits.services.sessions import Ending
from permits.store.sessions import Session
from permits.text.sign_in import browser, scope
from permits.text.words import words
from permits.web import step_up
from permits.web.deps import Form, SignedIn, Waiting
from permits.web.entering import onwards, waiting
from permits.web.visits import Member, see_other

router = APIRouter()

HOME = "/account"

Done = Annotated[str, Query(max_length=40)]
SessionId = Annotated[str, Path(max_length=40)]


@dataclass(frozen=True, slots=True)
class ShownSession:
    """A session as its person knows it again; `here` is the one that looks at the page."""

    id: str
    browser: str
    address: str
    since: datetime
    seen: datetime
    here: bool


@dataclass(frozen=True, slots=True)
class ShownIssuer:
    """An issuer one may sign in with, and since when one can; `id` is empty for one that the
    office no longer offers."""

    id: str
    issuer: str
    title: str
    since: datetime | None


@router.get(HOME)
def show(visit: SignedIn, done: Done = "") -> Response:
    """One's own account."""
    device, left = visit.office.second_factors.of(visit.account)
    return visit.page(
        "account/account.html",
        done=_said(visit, done),
        sessions=_sessions(visit),
        issuers=_issuers(visit),
        tokens=visit.office.api_tokens.of_account(visit.account),
        scope=lambda one: scope(one, visit.language),
        device=device,
        left=left,
        wanted=visit.office.sessions.wants_second_factor(visit.account),
        password=visit.office.passwords.set_at(visit.account),
    )


@router.post(HOME + "/sessions/{session}")
def end(visit: SignedIn, form: Form, session: SessionId) -> Response:
    """End one of one's sessions. One of others looks like none at all."""
    step_up.demand(visit, form, always=True)
    if visit.session is not None and session == visit.session.id:
        raise HTTPException(404)  # its own it ends by signing out
    if not visit.office.sessions.end(visit.account.id, session, actor=visit.account.id):
        raise HTTPException(404)
    return see_other(f"{HOME}?done=ended#sessions")


@router.post(HOME + "/sessions")
def end_others(visit: SignedIn, form: Form) -> Response:
    """End all sessions but this one."""
    step_up.demand(visit, form, always=True)
    here = visit.session.id if visit.session is not None else ""
    ending = Ending("asked", visit.account.id, here)
    visit.office.sessions.end_others(visit.account.id, ending)
    return see_other(f"{HOME}?done=ended#sessions")


@router.post(step_up.CONFIRM)
def confirm(visit: Waiting, form: Form) -> Response:
    """Prove once more who one is, and go on where one was asked to."""
    if waiting(visit, Step.CODE) is not None:
        return onwards(visit, "")
    return step_up.confirm(visit, form)


def _sessions(visit: Member) -> list[ShownSession]:
    here = visit.session.id if visit.session is not None else ""
    found = [_shown(visit, one, here) for one in visit.office.sessions.of_account(visit.account)]
    return sorted(found, key=lambda one: not one.here)


def _issuers(visit: Member) -> list[ShownIssuer]:
    sign_on = visit.office.sign_on
    linked = {one.issuer: one.linked_at for one in sign_on.of(visit.account)}
    offered = [
        ShownIssuer(
            one.about.id,
            one.about.issuer,
            one.about.title.in_(visit.language),
            linked.pop(one.about.issuer, None),
        )
        for one in sign_on.open_to(visit.account)
    ]
    return [*offered, *(ShownIssuer("", name, name, since) for name, since in linked.items())]


def _shown(visit: Member, one: Session, here: str) -> ShownSession:
    return ShownSession(
        one.id,
        browser(one.agent, visit.language),
        one.address,
        one.times.opened_at,
        one.times.seen_at,
        one.id == here,
    )


def _said(visit: Member, done: str) -> str:
    """What was just done, in words."""
    _ = words(visit.language).gettext
    says = {
        "ended": _("Signed out there."),
        "password": _("Your password is changed. You were signed out everywhere else."),
        "token": _("The token is ended."),
        "linked": _("Linked: from now on you can sign in with the other site."),
        "unlinked": _("Unlinked: the other site no longer signs you in here."),
        "removed": _("The second factor is removed. You were signed out everywhere else."),
    }
    return says.get(done, "")
