"""A program that speaks to the API, and holds every answer against the OpenAPI document."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

from fastapi import FastAPI

from permits.web.api.openapi import METHODS
from tests.kit import LINE
from tests.web.browsing import Asking
from tests.web.housing import PASSWORD, Housing, at

V1 = "/api/v1"
PROBLEM = "application/problem+json"


class Contract:
    """The OpenAPI document of an application, to hold answers against."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.operations = {
            (method.upper(), path): operation
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
            if method in METHODS
        }
        self.answered: set[tuple[str, str, int]] = set()

    def check(self, method: str, address: str, answer: Any) -> None:
        """An answer is one that the document promises, down to every field."""
        path = unquote(address.partition("?")[0])
        found = self.route(method, path)
        if found is None:
            elsewhere = answer.status_code == 307 and path.endswith("/")
            unread = answer.status_code == 400 and "\0" in path  # before it is looked up
            assert elsewhere or unread or answer.status_code in (404, 405), (method, address)
            return
        operation = self.operations[method, found]
        status = str(answer.status_code)
        assert status in operation["responses"], (method, found, status, answer.text)
        self.answered.add((method, found, answer.status_code))
        promised = operation["responses"][status].get("content", {})
        kind = answer.headers.get("content-type", "").partition(";")[0]
        assert (kind in promised) if promised else not answer.content, (method, found, kind)
        schema = promised.get(kind, {}).get("schema")
        if kind.endswith("json") and schema:
            self.fits(answer.json(), schema, f"{method} {found} {status}")
        for name in operation["responses"][status].get("headers", {}):
            assert name in answer.headers, (method, found, status, name)

    def route(self, method: str, path: str) -> str | None:
        for known_method, template in self.operations:
            pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
            if known_method == method and re.fullmatch(pattern, path, re.DOTALL):
                return template
        return None

    def fits(self, value: Any, schema: dict[str, Any], where: str) -> None:
        """A value is as its schema says. Knows what our schemas use of JSON Schema, and no more:
        anything else is an error of the test."""
        schema = self.resolved(schema)
        if "anyOf" in schema:
            assert any(self.is_fit(value, one) for one in schema["anyOf"]), (where, value)
            return
        for one in schema.get("allOf", ()):
            self.fits(value, one, where)
        if "const" in schema:
            assert value == schema["const"], (where, value)
        if "enum" in schema:
            assert value in schema["enum"], (where, value)
        kind = schema.get("type")
        if kind is not None:
            python = {
                "string": str, "integer": int, "number": float, "boolean": bool, "array": list,
                "object": dict, "null": type(None),
            }[kind]  # fmt: skip
            assert type(value) is python, (where, value, kind)
        if isinstance(value, dict):
            self._object(value, schema, where)
        if isinstance(value, list) and "items" in schema:
            for place, one in enumerate(value):
                self.fits(one, schema["items"], f"{where}/{place}")

    def _object(self, value: dict[str, Any], schema: dict[str, Any], where: str) -> None:
        known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        assert set(schema.get("required", ())) <= set(value), (where, sorted(value))
        for name, one in value.items():
            if name in known:
                self.fits(one, known[name], f"{where}/{name}")
            elif isinstance(others, dict):
                self.fits(one, others, f"{where}/{name}")
            else:
                assert others, (where, name)

    def is_fit(self, value: Any, schema: dict[str, Any]) -> bool:
        try:
            self.fits(value, schema, "")
        except AssertionError:
            return False
        return True

    def resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            name = schema["$ref"].removeprefix("#/components/schemas/")
            schema = self.document["components"]["schemas"][name]
        return schema


def contract_of(app: FastAPI) -> Contract:
    """What the server says of itself."""
    with Asking(app) as asking:
        return Contract(asking.get(f"{V1}/openapi.json").json())


class Program(Asking):
    """A program. Every answer is held against the document."""

    def __init__(self, app: FastAPI, contract: Contract) -> None:
        super().__init__(app, follow_redirects=False)
        self.headers["accept-language"] = "en"
        self.contract = contract

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        answer = self.post(f"{V1}/sessions", json={"username": username, "password": password})
        assert answer.status_code == 201, answer.text
        self.headers["authorization"] = f"Bearer {answer.json()['token']}"

    def request(self, method: str, url: Any, **how: Any) -> Any:
        answer = super().request(method, url, **how)
        if str(url).startswith("/api/"):
            self.contract.check(method, str(url), answer)
        return answer

    def read(self, address: str) -> Any:
        """What is at an address, which must be there."""
        answer = self.get(address)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def order(self, address: str, body: Any = None, *, key: str = "", **headers: str) -> Any:
        """Send an order under a key, a new one if none is given."""
        sent = {"idempotency-key": key or str(uuid.uuid4()), **headers}
        return self.post(address, json={} if body is None else body, headers=sent)

    def hand_in(self, address: str, content: bytes, *, key: str = "", name: str = "f.pdf") -> Any:
        """Send a file."""
        sent = {"idempotency-key": key or str(uuid.uuid4())}
        return self.post(address, files={"file": (name, content)}, headers=sent)

    def must(self, address: str, body: Any = None) -> Any:
        """Send an order that has to be carried out."""
        answer = self.order(address, body)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()


class Programs:
    """Programs of an office by user name, each signed in once."""

    def __init__(self, housing: Housing, contract: Contract) -> None:
        self.housing = housing
        self.anyone = Program(housing.app, contract)
        self._known: dict[str, Program] = {}

    def __getitem__(self, username: str) -> Program:
        if username not in self._known:
            program = Program(self.housing.app, self.anyone.contract)
            program.sign_in(username)
            self._known[username] = program
        return self._known[username]

    def later(self, year: int, month: int, day: int) -> None:
        """Another day: sessions have ended by then, and everybody signs in anew."""
        self.housing.clock.now = at(year, month, day)
        for username, program in self._known.items():
            program.sign_in(username)

    def close(self) -> None:
        for program in (self.anyone, *self._known.values()):
            program.close()


def refused(answer: Any, status: int, reason: str) -> dict[str, Any]:
    """The problem of an answer, which must be this one."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == PROBLEM
    problem = answer.json()
    assert (problem["status"], problem["reason"]) == (status, reason), problem
    assert problem["type"] == f"/api/problems/{reason}"
    assert problem["title"]
    assert problem["detail"]
    return problem


def application(program: Program, **changes: Any) -> dict[str, Any]:
    """The gas main, as it is sent: on commitment, signed, unless changed."""
    track = "commitment"
    permit = program.read(f"{V1}/permits/plan_exempt")
    answers = {name: value for name, value in LINE.items() if value is not None}
    contact = {"contact_name": "王师傅", "contact_phone": "0371-12345678"}
    whole = {
        "permit": "plan_exempt",
        "answers": {**answers, **contact},
        "track": track,
        "signed": permit["text_digests"][track],
    }
    return {**whole, **changes}


@contextmanager
def nothing_written(housing: Housing) -> Iterator[None]:
    """Whatever is asked meanwhile leaves every table as it was, but for what is noted of whoever
    only asks."""
    with housing.unchanged():
        yield
