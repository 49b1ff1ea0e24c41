"""Somebody who asks for a page: who they are, their language, and the page in it."""

import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import Response

from permits.casework.access import Actor
from permits.casework.case import Case
from permits.casework.decide.desk import Desk
from permits.definitions.public_rules import Site
from permits.services.demonstration.people import Shown
from permits.services.office import Office
from permits.services.sessions import Held
from permits.store.people import Account
from permits.store.sessions import Session
from permits.text.jinja import environment
from permits.text.summaries import named
from permits.text.words import Language
from permits.web import navigation
from permits.web.packing import packed
from permits.web.security import parts_of
from permits.web.static import Assets
from permits.web.worklist import COOKIE, Worklist, worklist_of

_LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\\\x7f]*")

LONGEST_PATH = 2_000

DISPLAYS = ("large-text", "high-contrast")
"""The ways in which pages can look otherwise, each the name of a cookie and of a class."""


@dataclass(frozen=True, slots=True)
class DemoAccounts:
    """The accounts a demonstration lists where one signs in; they have one password."""

    password: str
    accounts: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class House:
    """What the pages of a server are made with."""

    office: Office
    assets: Assets
    demo: DemoAccounts | None

    @property
    def https(self) -> bool:
        return self.office.settings.https

    def cookie(self, name: str) -> str:
        """The name of a cookie; over TLS one that no other host and no plain page can set."""
        return f"__Host-{name}" if self.https else name


def house_of(request: Request) -> House:
    house: House = request.app.state.house
    return house


@dataclass(slots=True)
class Visit:
    """One request of somebody. `door` is the token of forms while nobody is signed in;
    `restored` if the page shows what was typed before signing in again; `bare` if nothing may be
    read from the database for its header; `unknown` if a session came that was not looked up, so
    that nobody knows whether somebody is signed in. Whoever has given their password but not all
    that their session wants is nobody yet: the session is `pending`."""

    request: Request
    house: House
    language: Language
    account: Account | None = None
    session: Session | None = None
    door: str = ""
    restored: bool = False
    bare: bool = False
    unknown: bool = False
    pending: Held | None = None
    prompted: bool = False
    _door_used: bool = field(default=False, repr=False)

    @property
    def office(self) -> Office:
        return self.house.office

    @property
    def demo(self) -> DemoAccounts | None:
        return self.house.demo

    @property
    def csrf(self) -> str:
        """The token that a form of this visit carries."""
        if self.session is not None:
            return self.session.csrf
        self._door_used = True
        self.door = self.door or secrets.token_urlsafe(24)
        return self.door

    @property
    def holder(self) -> Account | None:
        """The account of the session, whether or not all is given that the session wants."""
        return self.pending.account if self.pending is not None else self.account

    @property
    def key(self) -> str:
        """A new key for a form: sending the form twice does the thing once."""
        return secrets.token_urlsafe(16)

    @property
    def here(self) -> str:
        """The address of this page, to come back to. Where a form is sent to is none: one comes
        back to the page it stood on."""
        url = parts_of(str(self.request.url))
        if self.request.method != "GET":
            stood_on = parts_of(self.request.headers.get("referer", ""))
            url = stood_on if stood_on.netloc == url.netloc else parts_of("/")
        return f"{url.path}?{url.query}" if url.query else url.path or "/"

    @property
    def asks_for_unsent(self) -> bool:
        """Whether this page is come back to after signing in again, for what was typed there."""
        return self.request.query_params.get("unsent") == "kept"

    @property
    def sent_in_vain(self) -> bool:
        """Whether something was sent from this page when the session had ended."""
        return self.request.query_params.get("unsent") in ("kept", "lost")

    @property
    def displays(self) -> tuple[str, ...]:
        """The ways in which the page is to look otherwise."""
        cookies = self.request.cookies
        return tuple(one for one in DISPLAYS if cookies.get(self.house.cookie(one)) == "on")

    def at(self, place: str) -> bool:
        """Whether this page belongs to a place of the header."""
        path = self.request.url.path
        if place == "/":
            return path == "/" or path.startswith("/guide/")
        return path == place or path.startswith(f"{place}/")

    @property
    def entries(self) -> tuple[navigation.Entry, ...]:
        return navigation.entries(self.account, self.language, pays=self._pays)

    @property
    def _pays(self) -> bool:
        """Whether the officer's department has a policy to pay."""
        if self.bare or self.account is None or not self.account.actor.officer:
            return False
        actor = self.account.actor
        return bool(self.office.policies.paid_by(actor.office, actor.department))

    @property
    def site(self) -> Site:
        """Who is behind the site, and what else stands below every page."""
        return self.office.site(look=not self.bare)

    def home_of(self, case: str) -> str:
        """The address of a case's page for whoever asks."""
        return navigation.home_of(self.account, case)

    @property
    def applies(self) -> bool:
        """Whether this is somebody who may begin an application."""
        return self.account is not None and self.account.actor.applies

    def asset(self, path: str) -> str:
        return self.house.assets.url(path)

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """A page from a template. It is personal, so no browser keeps it."""
        env: Environment = environment(self.language)
        html = env.get_template(template).render(visit=self, **values)
        response = self._sent(named(html, self.language).encode(), status)
        response.headers["Cache-Control"] = "no-store"
        if self._door_used:
            self.set_cookie(response, "door", self.door)
        return response

    def _sent(self, html: bytes, status: int) -> Response:
        found = packed(html, self.request.headers)
        if found is None:
            return HTMLResponse(html, status)
        return HTMLResponse(found, status, {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})

    def set_cookie(
        self, response: Response, name: str, value: str, *, most_seconds: int | None = None
    ) -> None:
        """A cookie that scripts cannot read and other sites do not send along."""
        response.set_cookie(
            self.house.cookie(name),
            value,
            max_age=most_seconds,
            path="/",
            secure=self.house.https,
            httponly=True,
            samesite="lax",
        )

    def drop_cookie(self, response: Response, name: str) -> None:
        self.set_cookie(response, name, "", most_seconds=0)


@dataclass(slots=True)
class Member(Visit):
    """A visit of somebody who is signed in."""

    account: Account
    _desks: dict[tuple[str, int, Actor], Desk] = field(default_factory=dict, repr=False)

    @property
    def actor(self) -> Actor:
        return self.account.actor

    @property
    def worklist(self) -> Worklist:
        """The list that the officer works through."""
        kept = self.request.cookies.get(self.house.cookie(COOKIE), "")
        return worklist_of(kept, self.actor.id)

    def desk(self, case: Case, actor: Actor | None = None) -> Desk:
        """The desk as it lies for whoever asks, or for another they stand in for; laid once for
        a page, however many parts of it look at it."""
        sits = actor or self.actor
        known = (case.id, case.version, sits)
        if known not in self._desks:
            self._desks[known] = self.office.cases.desk(case, sits)
        return self._desks[known]


def local(path: str, otherwise: str = "/") -> str:
    """The path if it leads to a page of ours, else `otherwise`."""
    fits = len(path) <= LONGEST_PATH and _LOCAL.fullmatch(path) is not None
    return path if fits else otherwise


def see_other(path: str) -> RedirectResponse:
    """After something was done: the page to look at next."""
    return RedirectResponse(path, 303)
