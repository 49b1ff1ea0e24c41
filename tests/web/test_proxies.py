"""Whose word about the browser's address is taken, and what becomes of browsers without TLS."""

from collections.abc import Callable
from ipaddress import IPv4Network

import pytest

from permits.web.proxies import Proxies
from tests.web.browsing import PASSWORD
from tests.web.housing import Browser, Housing

FRONT, INNER, BROWSER = "10.0.0.5", "10.0.0.6", "203.0.113.7"


def asked(peer: str, *forwarded: str, proto: str = "") -> dict[str, object]:
    headers = [(b"x-forwarded-for", one.encode()) for one in forwarded]
    if proto:
        headers.append((b"x-forwarded-proto", proto.encode()))
    return {"type": "http", "client": (peer, 4711), "headers": headers}


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        (BROWSER, (), BROWSER),
        (BROWSER, ("192.0.2.1",), BROWSER),
        (FRONT, (), FRONT),
        (FRONT, (BROWSER,), BROWSER),
        (FRONT, (f"192.0.2.1, {BROWSER}",), BROWSER),
        (FRONT, ("192.0.2.1", BROWSER), BROWSER),
        (FRONT, (f"{BROWSER}, {INNER}",), BROWSER),
        (FRONT, (f"192.0.2.1, nonsense, {INNER}",), INNER),
        (FRONT, ("nonsense",), FRONT),
        (FRONT, ("",), FRONT),
        ("::ffff:10.0.0.5", (BROWSER,), BROWSER),
        (FRONT, ("2001:db8::7",), "2001:db8::7"),
        ("a socket", (BROWSER,), "a socket"),
    ],
)
def test_the_browser_is_the_first_from_the_right_that_is_not_trusted(peer, forwarded, client):
    assert Proxies((IPv4Network("10.0.0.0/28"),)).client(asked(peer, *forwarded))[0] == client


def test_nobody_is_trusted_unless_named():
    assert Proxies(()).client(asked(FRONT, BROWSER))[0] == FRONT
    assert Proxies(()).client({"type": "http", "client": None, "headers": []}) is None


@pytest.mark.parametrize(
    ("peer", "said", "plain"),
    [
        (FRONT, "http", True),
        (FRONT, "HTTP", True),
        (FRONT, "https", False),
        (FRONT, "https, http", True),
        (FRONT, "", False),
        (BROWSER, "http", False),
    ],
)
def test_only_a_named_server_says_that_a_browser_came_without_tls(peer, said, plain):
    assert Proxies((IPv4Network(FRONT),)).says_plain(asked(peer, proto=said)) is plain


@pytest.fixture
def behind(make_housing: Callable[..., Housing]) -> Housing:
    """An office with a server in front; the tests' browsers come from that server."""
    return make_housing(https=True, address="https://localhost", behind_a_proxy=True)


def through(housing: Housing, **headers: str) -> Browser:
    browser = Browser(
        housing.app,
        base_url="https://localhost",
        follow_redirects=False,
        client=("127.0.0.1", 4711),
        headers={name.replace("_", "-"): said for name, said in headers.items()},
    )
    housing._browsers.append(browser)
    return browser


def test_who_guesses_through_a_server_in_front_is_slowed_down_alone(behind: Housing) -> None:
    guessing = through(behind, x_forwarded_for="203.0.113.7")
    hidden = guessing.hidden("/sign-in")
    for number in range(60):
        fields = {**hidden, "username": f"nobody{number}", "password": "guess"}
        last = guessing.post("/sign-in", data=fields)
    assert last.status_code == 429
    through(behind, x_forwarded_for="203.0.113.8").sign_in("fire", PASSWORD)


def test_a_browser_without_tls_is_led_to_it_and_a_program_is_not(behind: Housing) -> None:
    plain = through(behind, x_forwarded_proto="http")
    answer = plain.get("/register?page=2")
    assert answer.status_code == 308
    assert answer.headers["location"] == "https://localhost/register?page=2"
    assert plain.get("/api/v1/register").status_code == 400
    assert plain.post("/sign-in", data={"username": "fire"}).status_code == 400
    assert through(behind, x_forwarded_proto="https").get("/register").status_code == 200
