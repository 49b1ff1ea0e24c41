"""What is asked of every request and put on every answer."""

import logging
import re
import secrets
import time
from collections.abc import Callable
from typing import Protocol
from urllib.parse import SplitResult, quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from permits.settings import Settings
from permits.web.arriving import SECONDS_OF_BODY, SECONDS_OF_FILE, in_time
from permits.web.logs import request_id
from permits.web.proxies import Proxies

log = logging.getLogger("permits.web")

MOST_BODY = 1024 * 1024
AROUND_FILE = 64 * 1024
"""What a form puts around a file."""
MOST_DRAINED = 200 * 1024 * 1024
"""So much of a body that is too large is still read, or browsers show no answer at all."""

UPLOADS = re.compile(r".*/(files|uploads|scans/[^/]+)")
"""Addresses that take a file."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""On every answer, unless the route says otherwise. `Referrer-Policy: no-referrer` would make
browsers hide the origin of our own forms, which is looked at below."""

HSTS = "max-age=31536000; includeSubDomains"

WAIT_SECONDS = "5"

Failed = Callable[[Request, int], Response]


class Watch(Protocol):
    """Keeps in the log what is to be known of requests afterwards."""

    async def refused(self, scope: Scope, status: int) -> None: ...

    async def taken(self, scope: Scope) -> None: ...


class TooLarge(HTTPException):
    """The body of a request is larger than this address takes. `came` is how many bytes it has,
    0 if the request did not say so; `most` how many are taken."""

    def __init__(self, came: int = 0, most: int = 0) -> None:
        super().__init__(413)
        self.came, self.most = came, most


class Gate:
    """The outermost layer: hosts, origins, sizes, headers, one line in the log, no traceback."""

    def __init__(
        self, app: ASGIApp, settings: Settings, failed: Failed, watch: "Watch | None" = None
    ) -> None:
        self.app = app
        self.hosts = hosts_of(settings)
        self.https = settings.https
        self.address = settings.address
        self.proxies = Proxies(settings.proxies)
        self.most_at_once = settings.most_requests
        self.at_once = 0
        self.most_upload = settings.limits.file_bytes + AROUND_FILE
        self.failed = failed
        self.watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        plain = self.https and self.proxies.says_plain(scope)
        scope["client"] = self.proxies.client(scope)
        scope.setdefault("state", {})
        if self.https:
            # Browsers are known to come over TLS, which the server in front ends, and what makes
            # whole addresses must not lead out of it.
            scope["scheme"] = "https"
        answer = _Answer(scope, send, https=self.https, watch=self.watch)
        request_id.set(answer.id)
        began = time.perf_counter()
        self.at_once += 1
        try:
            await self._serve(scope, receive, answer, plain=plain)
        except ClientDisconnect:
            log.info("request=%s was given up", answer.id)
        except Exception:
            log.exception("request=%s failed", answer.id)
            if answer.status == 0:
                await self._last_resort(scope)(scope, receive, answer)
        finally:
            self.at_once -= 1
            _note(scope, answer, (time.perf_counter() - began) * 1000)

    async def _serve(
        self, scope: Scope, receive: Receive, answer: "_Answer", *, plain: bool
    ) -> None:
        headers = Headers(scope=scope)
        path = scope["path"]
        if scope["method"] == "HEAD":  # the server leaves the body out by its own scope
            scope = {**scope, "method": "GET"}
        response = self._turned_away(scope, headers, plain=plain)
        if response is not None:
            await response(scope, receive, answer)
            return
        takes_file = UPLOADS.fullmatch(path) is not None
        most = self.most_upload if takes_file else MOST_BODY
        seconds = SECONDS_OF_FILE if takes_file else SECONDS_OF_BODY
        await self.app(scope, limited(most, headers, in_time(receive, seconds)), answer)
        if self.watch is not None and answer.status in (403, 404):
            await self.watch.refused(scope, answer.status)

    def _last_resort(self, scope: Scope) -> Response:
        """The page for a fault of ours, or a bare line if even that cannot be made."""
        try:
            return self.failed(Request(scope), 500)
        except Exception:
            log.exception("the page for a fault failed")
            return PlainTextResponse("500", 500)

    def _turned_away(self, scope: Scope, headers: Headers, *, plain: bool) -> Response | None:
        """The answer to a request that no page is asked about; None for one that may go on."""
        request = Request(scope)
        known = parts_of(f"//{headers.get('host', '')}").hostname in self.hosts
        if not known or "\0" in scope["path"] or b"%00" in scope["query_string"]:
            return self.failed(request, 400)
        if plain:
            return self._to_tls(request)
        if self.at_once > self.most_at_once:
            response = self.failed(request, 503)
            response.headers["Retry-After"] = WAIT_SECONDS
            return response
        if scope["method"] in SAFE or same_origin(headers, https=self.https):
            return None
        return self.failed(request, 403)

    def _to_tls(self, request: Request) -> Response:
        """Browsers are led to TLS. Programs are not: what they send would go in clear again and
        again without anybody noticing."""
        if request.method != "GET" or request.url.path.startswith("/api/") or not self.address:
            return self.failed(request, 400)
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{self.address}{quote(request.url.path)}{query}", 308)


def parts_of(address: str) -> SplitResult:
    """The parts of an address that somebody sent; of nonsense, none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def hosts_of(settings: Settings) -> frozenset[str]:
    """The names this server answers to: its public address, where it listens, this machine."""
    public = urlsplit(settings.address).hostname if settings.address else None
    known = {"localhost", "127.0.0.1", "::1", settings.host.lower(), public or "localhost"}
    return frozenset(known - {"", "0.0.0.0"})  # noqa: S104 - left out, not listened on


def same_origin(headers: Headers, *, https: bool = False) -> bool:
    """Whether a request that changes something comes from a page of ours, as browsers say it.

    Programs say neither; they are known by the token they carry.
    """
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    parts = parts_of(origin)
    return parts.netloc == headers.get("host", "") and (parts.scheme == "https" or not https)


def limited(most: int, headers: Headers, receive: Receive) -> Receive:
    """Passes a body on up to so many bytes; TooLarge beyond that."""
    length = headers.get("content-length", "")
    declared = int(length) if length.isascii() and length.isdigit() else 0
    count = 0

    async def counted() -> Message:
        nonlocal count
        message = await receive()
        count += len(message.get("body", b""))
        if count > most or declared > most:
            await _drain(message, receive)
            raise TooLarge(declared, most)
        return message

    return counted


async def _drain(message: Message, receive: Receive) -> None:
    """Read on to the end, so that the browser listens to the answer; but not for ever."""
    left = MOST_DRAINED
    while message.get("more_body", False) and left > 0:
        message = await receive()
        left -= len(message.get("body", b""))


class _Answer:
    """Sends an answer with the headers that belong on every one, and remembers its status."""

    def __init__(self, scope: Scope, send: Send, *, https: bool, watch: "Watch | None") -> None:
        self.id = secrets.token_hex(8)
        self.status = 0
        self._scope = scope
        self._send = send
        self._https = https
        self._watch = watch

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if self._watch is not None and message["status"] == 200 and _carried_off(headers):
                # Before anything is sent: what cannot be noted is not given.
                await self._watch.taken(self._scope)
            self.status = message["status"]
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers["X-Request-Id"] = self.id
            if self._https:
                headers["Strict-Transport-Security"] = HSTS
        await self._send(message)


def _carried_off(headers: Headers) -> bool:
    """Whether an answer is a file to be kept, rather than a page to be looked at."""
    return headers.get("content-disposition", "").startswith("attachment")


def _note(scope: Scope, answer: _Answer, took_ms: float) -> None:
    """One line: the route, never the address, which may say of whom the request is."""
    route = getattr(scope.get("route"), "path", "-")
    log.info(
        "request=%s %s %s %d %.1fms",
        answer.id,
        scope["method"],
        route,
        answer.status,
        took_ms,
        extra={
            "request": answer.id,
            "method": scope["method"],
            "route": route,
            "status": answer.status,
            "ms": round(took_ms, 1),
        },
    )
