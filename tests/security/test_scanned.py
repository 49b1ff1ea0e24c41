"""What the scanners ask is counted; forms are sent as whoever opened their page anew would."""

from typing import Annotated

import pytest
from fastapi import Depends, FastAPI, Form, Query
from pydantic import BaseModel, Field
from starlette.testclient import TestClient

from tests.security.scanned import Counted, Person, parameters
from tests.security.scanning import Crawl, Found, Outcome, verdict

KEY = "AbCdEfGhIjKlMnOpQrSt-_"


class Asked(BaseModel):
    since: str = Field(alias="from", default="")
    permit: str = ""


def place(at: str = "") -> str:
    return at


def town() -> FastAPI:
    app = FastAPI()

    @app.get("/lists/{name}")
    def lists(name: str, asked: Annotated[Asked, Query()], at: Annotated[str, Depends(place)]):
        return {"name": name, "from": asked.since, "at": at}

    @app.post("/forms")
    def forms(key: Annotated[str, Form()], keys: Annotated[str, Form()]):
        return {"key": key, "keys": keys}

    @app.get("/broken")
    def broken():
        raise ArithmeticError

    return app


@pytest.fixture
def counted() -> Counted:
    return Counted(town())


@pytest.fixture
def asking(counted: Counted) -> TestClient:
    return TestClient(counted, raise_server_exceptions=False)


SOMEBODY = Person("somebody", "x", {"/lists/{name}": "/lists/a"}, frozenset({("POST", "/forms")}))


def test_a_page_is_reached_when_it_was_shown(counted: Counted, asking: TestClient) -> None:
    asking.get("/nowhere")
    asking.post("/lists/a")
    assert counted.reached(SOMEBODY) == set()
    asking.get("/lists/a")
    assert counted.reached(SOMEBODY) == {("GET", "/lists/{name}")}


def test_a_form_is_reached_when_it_was_read_be_it_refused(
    counted: Counted, asking: TestClient
) -> None:
    asking.post("/forms", data={})
    assert counted.asked["POST", "/forms", 422] == 1
    assert counted.reached(SOMEBODY) == {("POST", "/forms")}


def test_a_fault_is_told_with_its_route(counted: Counted, asking: TestClient) -> None:
    asking.get("/lists/a")
    assert counted.faults == []
    asking.get("/broken")
    assert counted.faults == ["GET /broken was answered 500"]


@pytest.mark.parametrize("files", [None, {"file": ("f.pdf", b"x")}])
def test_a_form_that_is_sent_again_has_a_key_of_its_own(asking: TestClient, files) -> None:
    fields = {"key": KEY, "keys": KEY}
    first, second = (asking.post("/forms", data=fields, files=files).json() for _ in range(2))
    assert len({KEY, first["key"], second["key"]}) == 3
    assert len(first["key"]) == len(KEY)
    assert first["keys"] == KEY


@pytest.mark.parametrize("tried", [f"{KEY}'", f"{KEY} OR 1=1", "1"])
def test_a_key_that_a_scanner_made_up_stays(asking: TestClient, tried: str) -> None:
    assert asking.post("/forms", data={"key": tried, "keys": "x"}).json()["key"] == tried


def test_every_name_that_a_page_reads_from_its_address_is_known() -> None:
    route = next(one for one in town().routes if one.path == "/lists/{name}")
    assert parameters(route.dependant) == ["from", "permit", "at"]


def test_one_parameter_that_is_a_hole_is_found_among_others_that_are_none() -> None:
    no = "GET parameter 'order' does not appear to be injectable"
    yes = "sqlmap identified the following injection point(s)"
    assert verdict(no, "/x") == []
    assert verdict(f"{no}\n{yes}", "/x") == [Found("sqlmap", "SQL Injection", "/x")]


def test_that_a_scanner_said_nothing_of_an_address_is_told_like_a_hole() -> None:
    (found,) = verdict("connection refused", "/x")
    assert str(found) == "sqlmap: neither yes nor no, but “connection refused” at /x"


def searched_so_far(*reached: tuple[str, str], wrong: tuple[str, ...] = ()) -> Outcome:
    return Outcome(SOMEBODY, list(wrong), set(reached), 7, Crawl([], 3, ["file"]))


SHOWN = ("GET", "/lists/{name}")


def test_a_search_that_saw_little_is_not_clean() -> None:
    assert searched_so_far(SHOWN).clean
    assert not searched_so_far(("POST", "/forms")).clean
    assert not searched_so_far(SHOWN, wrong=("something",)).clean


def test_a_search_tells_what_it_did_not_reach_and_what_it_had_no_time_for() -> None:
    assert str(searched_so_far(SHOWN, wrong=("something",))).splitlines() == [
        "    something",
        "    not reached: POST /forms",
        "as somebody: 1 findings, 7 requests, 3 addresses crawled, 1 of 1 pages and 0 of 1 forms;"
        " not to the end: file",
    ]
