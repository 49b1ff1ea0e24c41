"""The office that scanners are let loose on: something stands on every page, and what was asked of
it is counted by route, so that a crawl which reached little cannot pass for a clean one."""

import re
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from pydantic import BaseModel
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

_FORM_KEY = re.compile(rb'(?:(?<=\bkey=)|(?<=name="key"\r\n\r\n))[\w-]{22}(?=&|\r\n|\Z)')

Door = tuple[str, str]
"""A method and the path of a route."""


class Counted:
    """An application with what was asked of it. A form that is sent again is given a key of its
    own, as a browser would have had by opening the page again: under one key the second is told
    what came of the first, and nothing that was put into it would be looked at."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.asked: Counter[tuple[str, str, int]] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def received() -> Message:
            message = await receive()
            if message.get("body"):
                fresh = secrets.token_urlsafe(16).encode()
                message["body"] = _FORM_KEY.sub(fresh, message["body"])
            return message

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                path = str(getattr(scope.get("route"), "path", "-"))
                self.asked[scope["method"], path, message["status"]] += 1
            await send(message)

        await self.app(scope, received, sent)

    def reached(self, person: "Person") -> set[Door]:
        """The pages that were shown to somebody, and the forms of theirs that were read."""
        refused = {403, 404, 405} | ({303} if not person.username else set())
        return {
            (method, path)
            for method, path, status in self.asked
            if (method, path) in person.doors
            and (status == 200 if method == "GET" else status not in refused)
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
    """Somebody the scanners are signed in as: which addresses are pages for them, each by the
    route it leads to, and which forms they may send."""

    role: str
    username: str
    pages: dict[str, str]
    forms: frozenset[Door]

    @property
    def doors(self) -> set[Door]:
        """Every page and every form."""
        return {("GET", path) for path in self.pages} | self.forms


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
    pages, forms = {}, set()
    for route in routes(app):
        (method,) = route.methods
        expected = row_of(known, method, route.path).cells[role][0]
        refused = (403, 404) if username else (303, 404)  # 403: nobody's came without a token
        if method == "POST" and expected not in refused and route.path not in LEFT_OUT:
            forms.add((method, route.path))
        if method == "GET" and expected == 200:
            things = scene.things(route.path, username or "nobody")
            pages[route.path] = address(route.path, things[0])
    return Person(role, username, pages, frozenset(forms))


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
