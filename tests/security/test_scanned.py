"""What the scanners ask is counted; forms are sent as whoever opened their page anew would."""

from typing import Annotated

import pytest
from fastapi import Depends, FastAPI, Form, Query
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse
from starlette.testclient import TestClient

from tests.security.scanned import EVERY_FORM, Counted, Person, parameters, sent_to
from tests.security.scanning import Crawl, Found, Outcome, verdict
from tests.security.standing import Anew, opened_anew

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

    @app.get("/page", response_class=HTMLResponse)
    def page():
        return '<form method="post" action="/forms">'

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


SOMEBODY = Person("somebody", "x", {"/lists/{name}": "/lists/a"}, {"/forms": "/forms"})


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
def test_a_form_that_is_sent_again_has_a_key_of_its_own(files) -> None:
    asking, fields = TestClient(Anew(town())), {"key": KEY, "keys": KEY}
    first, second = (asking.post("/forms", data=fields, files=files).json() for _ in range(2))
    assert len({KEY, first["key"], second["key"]}) == 3
    assert len(first["key"]) == len(KEY)
    assert first["keys"] == KEY


@pytest.mark.parametrize("tried", [f"{KEY}'", f"{KEY} OR 1=1", "1"])
def test_a_key_that_a_scanner_made_up_stays(tried: str) -> None:
    asking = TestClient(Anew(town()))
    assert asking.post("/forms", data={"key": tried, "keys": "x"}).json()["key"] == tried


@pytest.mark.parametrize(
    ("sent", "now"),
    [
        (b"seen=7&a=b", b"seen=12&a=b"),
        (b"a=b&seen=7", b"a=b&seen=12"),
        (b'name="seen"\r\n\r\n7\r\n--x', b'name="seen"\r\n\r\n12\r\n--x'),
        (b"seen=7%27&a=b", b"seen=7%27&a=b"),
        (b"unseen=7", b"unseen=7"),
    ],
)
def test_a_form_that_is_sent_again_was_seen_as_things_stand(sent: bytes, now: bytes) -> None:
    assert opened_anew(sent, 12) == now
    assert opened_anew(sent, None) == sent


def test_a_form_was_shown_whose_page_was() -> None:
    person = Person("somebody", "x", {}, {"/a/{b}/c": "/a/1/c", "/d": "/d", "/e": "/e"})
    counted = Counted(town())
    counted.sent_to = sent_to('<form method="post" action="/a/2/c?x=1"><button formaction="/d">')
    assert counted.shown(person) == {("POST", "/a/{b}/c"), ("POST", "/d")}


def test_the_forms_of_a_page_are_gathered_as_it_is_shown(
    counted: Counted, asking: TestClient
) -> None:
    asking.get("/page")
    assert counted.shown(SOMEBODY) == {("POST", "/forms")}


def test_a_page_has_every_form_of_somebody_under_their_token(counted: Counted) -> None:
    counted.every_form = SOMEBODY.every_form("the token")
    page = TestClient(counted).get(EVERY_FORM).text
    assert '<form method="post" action="/forms">' in page
    assert 'name="csrf" value="the token"' in page
    assert counted.asked == {}


def test_nobody_is_signed_out_by_a_search(counted: Counted, asking: TestClient) -> None:
    assert asking.post("/sign-out").status_code == 404
    assert counted.asked == {}


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
    return Outcome(SOMEBODY, list(wrong), set(reached), set(), 7, Crawl([], 3, ["file"]))


SHOWN, SENT = ("GET", "/lists/{name}"), ("POST", "/forms")


def test_a_search_that_saw_little_is_not_clean() -> None:
    assert searched_so_far(SHOWN, SENT).clean
    assert not searched_so_far(SENT).clean
    assert not searched_so_far(SHOWN, SENT, wrong=("something",)).clean


def test_a_search_that_never_sent_a_form_is_not_clean() -> None:
    assert not searched_so_far(SHOWN).clean


def test_a_search_tells_what_it_did_not_reach_and_what_it_had_no_time_for() -> None:
    assert str(searched_so_far(SHOWN, wrong=("something",))).splitlines() == [
        "    something",
        "    not reached: POST /forms",
        "as somebody: 1 findings, 7 requests, 3 addresses crawled, 1 of 1 pages,"
        " 0 of 1 forms sent, 0 of them shown by pages; not to the end: file",
    ]
