"""Behind a server that does TLS, as the office is run: every redirect stays there."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from ipaddress import ip_network

import httpx2
import pytest
from starlette.requests import Request

from permits.web.clients import address_of
from tests.journeys.serving import served
from tests.web.browsing import HIDDEN, PASSWORD, Caller
from tests.web.housing import Housing

PUBLIC = "permits.example"


@pytest.fixture(params=[False, True], ids=["as served", "by a server that believes headers"])
def proxied(
    request: pytest.FixtureRequest, make_housing: Callable[..., Housing]
) -> Iterator[Caller]:
    housing = make_housing(https=True, address=f"https://{PUBLIC}")
    headers = {"host": PUBLIC, "x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.7"}
    with (
        served(housing.app, proxy_headers=request.param) as address,
        Caller(base_url=address, headers=headers) as proxied,
    ):
        yield proxied


@pytest.mark.parametrize("path", ["/register", "/sign-in", "/api/v1/cases"])
def test_an_address_with_a_slash_too_many_leads_to_the_page_over_tls(
    proxied: Caller, path: str
) -> None:
    answer = proxied.get(f"{path}/?page=2")
    assert answer.status_code == 307
    assert answer.headers["location"] == f"https://{PUBLIC}{path}?page=2"


@pytest.mark.parametrize(
    "forwarded",
    [
        {"x-forwarded-proto": "http"},
        {"x-forwarded-host": "evil.example"},
        {"forwarded": "proto=http;host=evil.example"},
    ],
    ids=str,
)
def test_what_is_forwarded_leads_nobody_elsewhere(
    proxied: Caller, forwarded: dict[str, str]
) -> None:
    answer = proxied.get("/register/", headers=forwarded)
    assert answer.headers["location"] == f"https://{PUBLIC}/register"


def test_a_trial_without_tls_is_not_led_to_it(make_housing: Callable[..., Housing]) -> None:
    with served(make_housing().app) as address, Caller(base_url=address) as caller:
        assert caller.get("/register/").headers["location"] == f"{address}/register"


def test_signing_in_and_back_stays_under_the_public_address(proxied: Caller) -> None:
    page = proxied.get("/applications")
    assert after(page) == f"https://{PUBLIC}/sign-in?next=%2Fapplications"
    door = proxied.get("/sign-in?next=%2Fapplications")
    cookie = door.headers["set-cookie"].partition(";")[0]
    fields = {**hidden(door), "username": "fire", "password": PASSWORD}
    headers = {"cookie": cookie, "origin": f"https://{PUBLIC}"}
    answer = proxied.post("/sign-in", data=fields, headers=headers)
    assert answer.status_code == 303
    assert after(answer) == f"https://{PUBLIC}/applications"
    assert all("Secure" in one for one in answer.headers.get_list("set-cookie"))


def after(answer: httpx2.Response) -> str:
    """Where a browser that asked under the public address goes on to."""
    return str(httpx2.URL(f"https://{PUBLIC}").join(answer.headers["location"]))


def hidden(page: httpx2.Response) -> dict[str, str]:
    return dict(HIDDEN.findall(page.text))


FRONT = "127.0.0.1"


@pytest.fixture
def asked_from(make_housing: Callable[..., Housing]) -> Callable[..., str]:
    """The address a request is taken to come from, by what a peer says of it."""

    def ask(peer: str, *forwarded: str, https: bool = True, proxies: str = FRONT) -> str:
        housing = make_housing(https=https)
        settings = replace(housing.settings, proxies=tuple(map(ip_network, proxies.split(","))))
        housing.office.settings = settings
        headers = [(b"x-forwarded-for", one.encode()) for one in forwarded]
        scope = {"type": "http", "client": (peer, 1), "headers": headers, "app": housing.app}
        return address_of(Request(scope))

    return ask


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        (("192.0.2.7",), "192.0.2.7"),
        (("203.0.113.5, 192.0.2.7",), "192.0.2.7"),
        (("203.0.113.5", "192.0.2.7"), "192.0.2.7"),
        (("2001:db8::1",), "2001:db8::1"),
        ((), ""),
        (("nonsense",), ""),
        (("192.0.2.7, nonsense",), ""),
    ],
)
def test_only_what_the_server_in_front_says_itself_is_believed(
    asked_from: Callable[..., str], forwarded: tuple[str, ...], address: str
) -> None:
    assert asked_from(FRONT, *forwarded) == address


def test_a_row_of_servers_in_front_is_passed_over(asked_from: Callable[..., str]) -> None:
    said, proxies = "203.0.113.5, 192.0.2.7, 10.1.0.3", "127.0.0.1,10.0.0.0/8"
    assert asked_from(FRONT, said, proxies=proxies) == "192.0.2.7"
    assert asked_from(FRONT, "10.1.0.3", proxies=proxies) == ""


def test_nobody_else_is_believed(asked_from: Callable[..., str]) -> None:
    assert asked_from("198.51.100.9", "192.0.2.7") == "198.51.100.9"
    assert asked_from(FRONT, "192.0.2.7", https=False) == FRONT
    assert asked_from("unix", "192.0.2.7") == "unix"
