"""Requests that arrive slowly, without end, or too many at once: asked of a real server."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import uvicorn

from permits.web import arriving, security
from permits.web.app import create_app
from tests.web.housing import Browser, Housing


@pytest.fixture
def port(housing: Housing, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Where an office is served whose patience is short."""
    monkeypatch.setattr(arriving, "SECONDS_OF_HEADERS", 0.4)
    monkeypatch.setattr(security, "SECONDS_OF_BODY", 0.4)
    config = uvicorn.Config(
        housing.app, log_level="critical", lifespan="off", http=arriving.Impatient, ws="none"
    )
    server = uvicorn.Server(config)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(20)


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        yield line


def answered(line: socket.socket) -> bytes:
    """Everything that comes until the server hangs up, or says no more for a while."""
    found = b""
    try:
        while part := line.recv(65_536):
            found += part
    except (ConnectionError, TimeoutError):
        pass
    return found


HEAD = b"Host: localhost\r\n"


def test_whoever_connects_and_says_nothing_is_hung_up_on(port: int) -> None:
    with connected(port) as line:
        assert answered(line) == b""


def test_headers_that_come_letter_by_letter_are_not_waited_for(port: int) -> None:
    with connected(port) as line:
        line.sendall(b"GET / HTTP/1.1\r\n")
        began = time.monotonic()
        with pytest.raises(ConnectionError):
            while time.monotonic() - began < 8:
                line.sendall(b"X: y\r\n")
                time.sleep(0.1)
        assert time.monotonic() - began < 5


def test_headers_without_end_are_not_kept(port: int) -> None:
    with connected(port) as line:
        line.sendall(b"GET / HTTP/1.1\r\n")
        with pytest.raises(ConnectionError):
            for _ in range(200):
                line.sendall(b"X: " + b"y" * 16_000 + b"\r\n")
                time.sleep(0.01)


def test_a_body_that_does_not_come_is_not_waited_for(port: int) -> None:
    with connected(port) as line:
        line.sendall(b"POST /sign-in HTTP/1.1\r\n" + HEAD + b"Connection: close\r\n")
        line.sendall(b"Content-Type: application/x-www-form-urlencoded\r\n")
        line.sendall(b"Content-Length: 100\r\n\r\nusername=")
        answer = answered(line)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert "未能及时送达".encode() in answer or b"content-security-policy" in answer.lower()


def test_a_program_reads_that_its_body_did_not_come(port: int) -> None:
    with connected(port) as line:
        line.sendall(b"POST /api/v1/sessions HTTP/1.1\r\n" + HEAD + b"Connection: close\r\n")
        line.sendall(b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
        answer = answered(line)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b'"reason":"too_slow"' in answer


def test_one_connection_serves_one_request_after_the_other(port: int) -> None:
    with connected(port) as line:
        for _ in range(3):
            line.sendall(b"GET /healthz HTTP/1.1\r\n" + HEAD + b"\r\n")
            assert line.recv(65_536).startswith(b"HTTP/1.1 200 ")
            time.sleep(0.2)


@pytest.mark.parametrize(
    "request_",
    [
        b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /nothing HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
    ],
    ids=["two lengths", "lengths that differ", "no letters", "TLS", "a space in a name"],
)
def test_where_a_request_ends_is_never_in_doubt(port: int, request_: bytes) -> None:
    """A server in front and this one would each read another request out of the same bytes."""
    with connected(port) as line:
        line.sendall(request_)
        answer = answered(line)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 4")
    assert answer.count(b"HTTP/1.1 ") <= 1


def test_more_requests_at_once_than_are_worked_on_are_told_to_come_again(
    housing: Housing, monkeypatch: pytest.MonkeyPatch
) -> None:
    housing.office.settings = replace(housing.settings, most_requests=1)
    app = create_app(housing.office)
    inside, go_on = threading.Event(), threading.Event()
    public = housing.office.public

    def waits(*given: object) -> None:
        inside.set()
        go_on.wait(20)

    monkeypatch.setattr(public, "entry", waits)
    with Browser(app, base_url="http://localhost") as browser:
        first: list[int] = []
        thread = threading.Thread(target=lambda: first.append(status(browser.get, "/register/1")))
        thread.start()
        assert inside.wait(20)
        answer = browser.get("/")
        problem = browser.get("/api/v1/permits")
        go_on.set()
        thread.join(20)
        assert first == [404]
        assert browser.get("/").status_code == 200
    assert answer.status_code == problem.status_code == 503
    assert answer.headers["retry-after"] == problem.headers["retry-after"] == "5"
    assert problem.json()["reason"] == "busy"


def status(get: Callable[[str], object], path: str) -> int:
    return get(path).status_code
