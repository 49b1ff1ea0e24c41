"""The office that scanners are let loose on: something stands on every page, and what was asked of
it is counted by route, so that a crawl which reached little cannot pass for a clean one."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from pathlib import Path
from urllib.parse import urlencode

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from pydantic import BaseModel
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from permits.outside.parsing.pool import shared
from tests.web.housing import Housing, found_office, routes
from tests.web.matrix import ROLES, TABLE, Row, Scene, address, row_of, rows

USERS = {"applicant": "fire", "nobody": ""}

LEFT_OUT = ("/sign-out", "/language/{language}")
"""What would end the session, or lead in circles."""

PATIENT = 120.0
"""Seconds for an answer and for looking into a file, on a machine that scanners keep busy."""

TYPED = {
    "from": "2022-01-01", "to": "2022-12-31", "first": "2022-01-01", "last": "2022-12-31",
    "day": "2022-06-09", "permit": "plan_exempt", "track": "ordinary", "which": "decided",
    "pile": "mine", "q": "x", "number": "GXGH-20220609-0001", "next": "/", "language": "zh",
}  # fmt: skip
"""What is typed where anything else would only be refused as no date or no such list."""

EVERY_FORM = "/every-form-of-the-search"
"""Where a page stands with each form that somebody may send, those among them that no page shows
as things are."""

WORDS = ("reason", "words", "name", "on", "number", "text")
"""What many forms ask for: something is put into each."""

_SENT_TO = re.compile(r'<form\b[^>]*\baction="([^"?]*)|\bformaction="([^"?]*)')

Door = tuple[str, str]
"""A method and the path of a route."""


class Counted:
    """An application with what was asked of it, and where the forms go that it showed."""

    def __init__(self, app: ASGIApp, every_form: str = "") -> None:
        self.app = app
        self.every_form = every_form
        self.asked: Counter[tuple[str, str, int]] = Counter()
        self.sent_to: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/sign-out":  # whatever leads there: the session has to last
            await HTMLResponse("", 404)(scope, receive, send)
            return
        if scope["path"] == EVERY_FORM:
            policy = {"content-security-policy": "default-src 'none'; form-action 'self'"}
            await HTMLResponse(self.every_form, headers=policy)(scope, receive, send)
            return
        # What is packed could not be looked into.
        scope["headers"] = [one for one in scope["headers"] if one[0] != b"accept-encoding"]
        shown = bytearray()
        page = False

        async def sent(message: Message) -> None:
            nonlocal page
            if message["type"] == "http.response.start":
                path = str(getattr(scope.get("route"), "path", "-"))
                self.asked[scope["method"], path, message["status"]] += 1
                page = dict(message["headers"]).get(b"content-type", b"").startswith(b"text/html")
            elif page:
                shown.extend(message.get("body", b""))
            await send(message)

        await self.app(scope, receive, sent)
        self.sent_to |= sent_to(shown.decode(errors="replace"))

    def reached(self, person: "Person") -> set[Door]:
        """The pages that were shown to somebody, and the forms of theirs that were read."""
        refused = {403, 404, 405} | ({303} if not person.username else set())
        return {
            (method, path)
            for method, path, status in self.asked
            if (method, path) in person.doors
            and (status == 200 if method == "GET" else status not in refused)
        }

    def shown(self, person: "Person") -> set[Door]:
        """The forms of somebody that stood on a page they were shown."""
        return {
            ("POST", path)
            for path in person.forms
            if any(shape(path).fullmatch(one) for one in self.sent_to)
        }

    @property
    def faults(self) -> list[str]:
        """What was answered as a fault of ours."""
        return [
            f"{method} {path} was answered {status}"
            for method, path, status in sorted(self.asked)
            if status >= 500
        ]


@dataclass(frozen=True)
class Person:
    """Somebody the scanners are signed in as: which addresses are pages for them, and which take
    a form of theirs, each by the route it leads to."""

    role: str
    username: str
    pages: dict[str, str]
    forms: dict[str, str]

    @property
    def doors(self) -> set[Door]:
        """Every page and every form."""
        return {("GET", path) for path in self.pages} | {("POST", path) for path in self.forms}

    def every_form(self, token: str) -> str:
        """A page with each form, under the token of their session."""
        hidden = {"csrf": token, "key": "A" * 22, "seen": "0"}
        fields = "".join(
            f'<input type="hidden" name="{n}" value="{v}">' for n, v in hidden.items()
        )
        fields += "".join(f'<input type="text" name="{name}">' for name in WORDS)
        return "".join(
            f'<form method="post" action="{escape(one)}">{fields}<button>x</button></form>'
            for one in self.forms.values()
        )


class Scanned:
    """An office with cases in every state that a page shows, copied for each person: what one of
    them ends by sending forms at random is still there for the next."""

    def __init__(self, folder: Path) -> None:
        shared().patience = PATIENT
        found_office(folder / "founded")
        housing = Housing(folder / "founded", folder / "office")
        scene = Scene(housing)
        for case in (housing.filed(), housing.filed("ordinary"), housing.correcting()):
            assert case
        housing.found_breached()
        housing.written("commitment")
        self._folder, self._now = folder, housing.clock.now
        known = [row for row in rows(TABLE.read_text(encoding="utf-8")) if not row.programs]
        self.people = {role: _person(role, housing.app, scene, known) for role in ROLES}
        self.parameters = {
            route.path: found
            for route in routes(housing.app)
            if "GET" in route.methods and (found := parameters(route.dependant))
        }
        housing.close()

    @contextmanager
    def opened(self, role: str) -> Iterator[Housing]:
        """A copy of the office for whoever has this role."""
        shared().patience = PATIENT
        housing = Housing(self._folder / "office", self._folder / role)
        housing.clock.now = self._now
        try:
            yield housing
        finally:
            housing.close()

    def shares(self, roles: Sequence[str]) -> dict[str, list[str]]:
        """Addresses with every parameter that their page reads, each for one of those who may look
        at the page."""
        found: dict[str, list[str]] = {role: [] for role in roles}
        for path, asked in self.parameters.items():
            typed = urlencode({one: TYPED.get(one, "1") for one in asked})
            those = [one for one in roles if path in self.people[one].pages]
            if those:
                fewest = min(those, key=lambda role: len(found[role]))
                found[fewest].append(f"{self.people[fewest].pages[path]}?{typed}")
        return found


def _person(role: str, app: FastAPI, scene: Scene, known: list[Row]) -> Person:
    username = USERS.get(role, role)
    pages, forms = {}, {}
    for route in routes(app):
        (method,) = route.methods
        cells = row_of(known, method, route.path).cells
        expected, refused = cells[role][0], (403, 404) if username else (303, 404)
        if not username and expected == 403:  # for want of a token: with one as for anybody else
            expected = cells["applicant"][0]
        at = address(route.path, scene.things(route.path, username or "nobody")[0])
        if method == "POST" and expected not in refused and route.path not in LEFT_OUT:
            forms[route.path] = at
        if method == "GET" and expected == 200:
            pages[route.path] = at
    return Person(role, username, pages, forms)


def sent_to(page: str) -> set[str]:
    """The paths to which the forms of a page are sent."""
    return {unescape(one or other) for one, other in _SENT_TO.findall(page)}


@cache
def shape(path: str) -> re.Pattern[str]:
    """The addresses of a route."""
    return re.compile("[^/]+".join(map(re.escape, re.split(r"\{\w+\}", path))))


def parameters(dependant: Dependant) -> list[str]:
    """The names of what is read from the part of an address after the question mark."""
    found: list[str] = []
    for one in dependant.query_params:
        kind = one.field_info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found += [field.alias or name for name, field in kind.model_fields.items()]
        else:
            found.append(one.alias)
    for other in dependant.dependencies:
        found += parameters(other)
    return list(dict.fromkeys(found))
