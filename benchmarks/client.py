"""A browser for load: kept-alive connections, one session, requests at a rate that never waits.

An answer's time counts from the moment its request was due, not from when it was sent: if the
server stalls, everything that was due meanwhile is late, as it would be for people.
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import NamedTuple, cast
from urllib.parse import urlencode

from benchmarks.measure import percentile

HIDDEN = re.compile(rb'<input type="hidden" name="csrf" value="([^"]*)">')
COOKIE = re.compile(rb"set-cookie: ([a-z]+)=([^;]*)", re.IGNORECASE)
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


class Answer(NamedTuple):
    """What came back."""

    status: int
    head: bytes
    body: bytes


class Connection(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self) -> None:
        self._got = bytearray()
        self._answer: asyncio.Future[Answer] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def ask(self, request: bytes) -> asyncio.Future[Answer]:
        assert self.transport is not None  # noqa: S101 - it was connected
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return self._answer

    @property
    def answering(self) -> bool:
        """Whether part of an answer has come."""
        return bool(self._got)

    def data_received(self, data: bytes) -> None:
        self._got += data
        end = self._got.find(b"\r\n\r\n")
        if end < 0 or self._answer is None:
            return
        head = bytes(self._got[:end])
        length = LENGTH.search(head)
        whole = end + 4 + (int(length[1]) if length else 0)
        if len(self._got) >= whole:
            body = bytes(self._got[end + 4 : whole])
            self._got.clear()
            answer, self._answer = self._answer, None
            answer.set_result(Answer(int(head[9:12]), head, body))

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        if self._answer is not None:
            self._answer.set_exception(exc or ConnectionResetError())


class Host:
    """A server, with as many connections to it as are in use at once."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._idle: list[Connection] = []

    async def ask(self, request: bytes) -> Answer:
        """The answer. A connection that was kept may be closed by the server just as it is used
        again; then the request goes over a new one, as browsers send it."""
        kept = self._kept()
        if kept is not None:
            try:
                return await self._over(kept, request)
            except ConnectionError:
                if kept.answering:
                    raise
        return await self._over(await self._new(), request)

    async def _over(self, connection: Connection, request: bytes) -> Answer:
        answer = await connection.ask(request)
        self._idle.append(connection)
        return answer

    def _kept(self) -> Connection | None:
        while self._idle:
            connection = self._idle.pop()
            if connection.transport is not None:
                return connection
        return None

    async def _new(self) -> Connection:
        loop = asyncio.get_running_loop()
        _transport, made = await loop.create_connection(Connection, "127.0.0.1", self.port)
        return made

    def close(self) -> None:
        for connection in self._idle:
            if connection.transport is not None:
                connection.transport.close()


class Browser:
    """Somebody with a session: signed in as everybody does, with the form token of the session."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self._cookies: dict[str, str] = {}
        self._token = ""

    async def get(self, path: str) -> Answer:
        return await self._ask("GET", path, b"")

    async def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form with the token that pages of this session carry."""
        return await self._ask("POST", path, urlencode({"csrf": self._token, **fields}).encode())

    async def open(self, path: str) -> Answer:
        """Look at a page and take its form token."""
        answer = await self.get(path)
        found = HIDDEN.search(answer.body)
        if found is None:
            raise SystemExit(f"{path} answered {answer.status} and has no form")
        self._token = found[1].decode()
        return answer

    async def sign_in(self, username: str, password: str) -> None:
        await self.open("/sign-in")
        answer = await self.post("/sign-in", {"username": username, "password": password})
        if answer.status != 303:
            raise SystemExit(f"signing in as {username} answered {answer.status}")

    async def _ask(self, method: str, path: str, body: bytes) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        head = (
            f"{method} {path} HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{self.host.port}\r\n"
            f"Cookie: {cookies}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        answer = await self.host.ask(head.encode() + body)
        for name, value in COOKIE.findall(answer.head):
            self._cookies[name.decode()] = value.decode()
        return answer


class Load(NamedTuple):
    """How requests at a rate were answered: milliseconds of each, and how many went wrong."""

    times: list[float]
    wrong: list[str]

    def at(self, share: float) -> float:
        return percentile(self.times, share)


Request = Callable[[], Awaitable[Answer]]


async def at_rate(requests: Iterable[Request], rate: float, warm_up: int, wanted: int) -> Load:
    """Send requests, each when it is due; the first `warm_up` are answered but not counted."""
    load, sent = Load([], []), []

    async def one(number: int, request: Request, due: float) -> None:
        answer = await request()
        took = (time.perf_counter() - due) * 1000
        if answer.status != wanted:
            load.wrong.append(f"{answer.status}")
        if number >= warm_up:
            load.times.append(took)

    begun = time.perf_counter()
    for number, request in enumerate(requests):
        due = begun + number / rate
        left = due - time.perf_counter()
        if left > 0:
            await asyncio.sleep(left)
        sent.append(asyncio.ensure_future(one(number, request, due)))
    await asyncio.gather(*sent)
    return load
