"""Every page × eight roles × four relations, against a table that was written by hand."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.routing import Route

from permits.web.api import kinds
from permits.web.api import pages as api_pages
from tests.web.housing import Housing, routes
from tests.web.matrix import (
    RELATIONS,
    ROLES,
    SEES_ALL,
    TABLE,
    Scene,
    address,
    leaking,
    relations,
    row_of,
    rows,
    told,
)

PAGES = [row for row in rows(TABLE.read_text(encoding="utf-8")) if not row.programs]
USERS = {"applicant": "fire", "nobody": ""}


@pytest.fixture
def scene(housing: Housing) -> Scene:
    return Scene(housing)


def pages(housing: Housing) -> Iterator[tuple[str, str]]:
    """Every page and every form, in the order in which they are asked for: what ends something
    comes last."""
    found = [(next(iter(route.methods)), route.path) for route in routes(housing.app)]
    about_the_api = (*api_pages.router.routes, *kinds.router.routes)
    found += [("GET", f"/api{route.path}") for route in about_the_api if isinstance(route, Route)]
    ending = ("/discard", "/sign-out")
    yield from sorted(found, key=lambda one: one[0] == "POST" and one[1].endswith(ending))


def test_every_page_has_one_row_and_every_row_a_page(housing: Housing) -> None:
    used = {id(row_of(PAGES, method, path)) for method, path in pages(housing)}
    assert {id(row) for row in PAGES} == used


class Asking:
    """Somebody in a browser, who sends forms as one would who had them before them: with their
    token, and nothing typed."""

    def __init__(self, housing: Housing, who: str) -> None:
        username = USERS.get(who, who)
        self.browser = housing.browser(username)
        self.token = self.browser.hidden("/", "/sign-out")["csrf"] if username else ""

    def ask(self, method: str, path: str) -> Any:
        if method == "GET":
            return self.browser.get(path)
        fields = {"csrf": self.token, "key": str(uuid.uuid4()), "seen": "1"}
        if path == "/sign-in":
            fields["username"] = fields["key"]  # nobody is guessed at twice
        return self.browser.post(path, data=fields)


def test_to_each_what_is_theirs_and_of_others_not_even_that_it_is_there(
    housing: Housing, scene: Scene
) -> None:
    asking = {who: Asking(housing, who) for who in ROLES}
    events, wrong, leaks = housing.events(), [], []
    for method, path in pages(housing):
        row = row_of(PAGES, method, path)
        for who in ROLES:
            things, answers = scene.things(path, USERS.get(who, who) or "nobody"), {}
            for relation, expected in zip(relations(path), row.cells[who], strict=False):
                if expected is None:
                    continue
                asked = address(path, things[RELATIONS.index(relation)])
                answer = asking[who].ask(method, asked)
                answers[relation] = (answer.status_code, told(answer.text))
                if answer.status_code != expected:
                    wrong.append((method, path, who, relation, answer.status_code, expected))
            if who not in SEES_ALL:
                leaks += [(method, path, who, one) for one in leaking(answers)]
    assert not wrong, "\n".join(map(str, wrong))
    assert not leaks, "\n".join(map(str, leaks))
    assert housing.events() == events
