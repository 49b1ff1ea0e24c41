"""How long a request may take to arrive, and how much of it may arrive before it is looked at."""

import asyncio
from asyncio import TimerHandle
from typing import Any

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

SECONDS_OF_HEADERS = 20.0
SECONDS_OF_BODY = 60.0
SECONDS_OF_FILE = 600.0
"""A file of 20 MB over a line that carries 300 kbit/s."""

MOST_HEADERS = 64 * 1024


class TooSlow(HTTPException):
    """The body of a request did not arrive in time."""

    def __init__(self) -> None:
        super().__init__(408)


def in_time(receive: Receive, seconds: float) -> Receive:
    """Passes a body on for as long as it may take to arrive; TooSlow after that.

    What comes after the body is only the news that the browser has gone, which is waited for
    as long as an answer takes.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    coming = True

    async def timed() -> Message:
        nonlocal coming
        if not coming:
            return await receive()
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError:
            coming = False
            raise TooSlow from None
        coming = bool(message.get("more_body", False))
        return message

    return timed


class Impatient(HttpToolsProtocol):
    """A connection on which whoever opened it has to ask for something soon, and in few words.

    The server itself waits without end for headers that come letter by letter, and keeps however
    many there are.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._waiting: TimerHandle | None = None
        self._read = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._waiting is not None:
            self._read += len(data)
        super().data_received(data)
        if self._waiting is not None and self._read > MOST_HEADERS:
            self.transport.close()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._waiting is None:
            self._wait()

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        super().on_headers_complete()

    def _wait(self) -> None:
        self._read = 0
        self._waiting = self.loop.call_later(SECONDS_OF_HEADERS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
