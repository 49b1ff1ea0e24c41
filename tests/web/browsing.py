"""A browser without scripts, which knows pages only by their HTML."""

import re
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import Future
from functools import cache
from html import unescape
from typing import Any

import anyio
import httpx2
from anyio.from_thread import BlockingPortal
from starlette.types import ASGIApp

from tests.papers import PDF

__all__ = ["PASSWORD", "PDF", "Browser", "Caller", "FillsIn", "fingerprint"]

PASSWORD = "correct horse"

HIDDEN = re.compile(r'<input type="hidden" name="([a-z_:]+)" value="([^"]*)">')


def fingerprint(sha256: str) -> str:
    """A fingerprint as a page shows it: lines may end between groups of eight."""
    return "<wbr>".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))


class FillsIn:
    """What a browser without scripts does with forms: fills them in as they stand on the page."""

    get: Callable[..., Any]
    post: Callable[..., Any]
    base_url: Any

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        answer = self.fill("/sign-in", username=username, password=password)
        assert answer.status_code == 303, answer.text

    def hidden(self, page: str, action: str = "") -> dict[str, str]:
        """The hidden fields of the form on a page that is sent to `action` (by default `page`)."""
        return hidden_in(self.get(page).text, action or page.partition("?")[0])

    def attach(self, page: str, action: str, name: str, content: bytes):
        """Open a page, choose a file in its form, send it."""
        files = {"file": (name, content, "application/octet-stream")}
        return self.submit(page, action, self.hidden(page, action), files=files)

    def fill(self, page: str, action: str = "", **fields: str):
        """Open a page, fill in its form, send it."""
        sent_to = action or page.partition("?")[0]
        return self.submit(page, sent_to, {**self.hidden(page, action), **fields})

    def submit(self, page: str, action: str, fields: dict[str, str], **more: Any):
        """Send a form as it was filled in on a page."""
        headers = {"referer": str(self.base_url.join(page))}
        return self.post(action, data=fields, headers=headers, **more)


@cache
def loop() -> BlockingPortal:
    """Where every application of this process answers: one loop with its threads, as a server has,
    instead of another for each request."""
    begun: Future[BlockingPortal] = Future()

    async def running() -> None:
        async with BlockingPortal() as portal:
            begun.set_result(portal)
            await portal.sleep_until_stopped()

    threading.Thread(target=anyio.run, args=(running,), daemon=True).start()
    return begun.result()


class InPieces(httpx2.AsyncByteStream):
    """A body of unknown length, as it is sent."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            yield piece


class Across(httpx2.BaseTransport):
    """Hands a request to the loop and the whole answer back, once: starlette's own client goes to
    and fro for every step of it."""

    def __init__(self, app: ASGIApp, client: tuple[str, int]) -> None:
        self._inside = httpx2.ASGITransport(app, client=client)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if not isinstance(request.stream, httpx2.AsyncByteStream):
            request.stream = InPieces(request.stream)
        return loop().call(self._answered, request)

    async def _answered(self, request: httpx2.Request) -> httpx2.Response:
        answer = await self._inside.handle_async_request(request)
        kept = httpx2.ByteStream(b"".join([part async for part in answer.aiter_raw()]))
        return httpx2.Response(answer.status_code, headers=answer.headers.raw, stream=kept)


SOMEBODY = ("testclient", 50_000)


class Asking(httpx2.Client):
    """Whoever asks an application in the same process. Every page it answers with is looked at."""

    def __init__(self, app: ASGIApp, client: tuple[str, int] = SOMEBODY, **how: Any) -> None:
        headers = {"user-agent": SOMEBODY[0], **how.pop("headers", {})}
        asked = {"base_url": "http://localhost", "follow_redirects": True, **how}
        super().__init__(transport=Across(app, client), headers=headers, **asked)

    def request(self, *asked: Any, **how: Any) -> Any:
        answer = super().request(*asked, **how)
        if answer.headers.get("content-type", "").startswith("text/html"):
            can_be_followed(answer.text, answer.url.path)
        return answer


class Browser(FillsIn, Asking):
    """A browser that asks an application in the same process."""


ENTRY = re.compile(r'<li>\s*(?:<a href="#([^"]*)">)?\s*([^<]*?)\s*<')


def entries_in(html: str) -> list[tuple[str, str]]:
    """What a page lists as wrong: the field that each entry leads to, and what it says."""
    listed = html.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    return [(field, unescape(says)) for field, says in ENTRY.findall(listed)]


def can_be_followed(html: str, path: str) -> None:
    """No two entries of the list of what is wrong say the same, and each leads somewhere."""
    assert "\0" not in html
    entries = entries_in(html)
    says = [one for _field, one in entries]
    assert len(set(says)) == len(says), (path, says)
    lost = [field for field, _says in entries if field and f'id="{field}"' not in html]
    assert not lost, (path, entries)


def hidden_in(html: str, action: str) -> dict[str, str]:
    """The hidden fields of the form in a page that is sent to `action`."""
    forms = re.findall(r"<form\b[^>]*\baction=\"([^\"]*)\"[^>]*>(.*?)</form>", html, re.DOTALL)
    for sent_to, inside in forms:
        if sent_to == action:
            return dict(HIDDEN.findall(inside))
    raise AssertionError(f"no form for {action} on the page")


class Caller(FillsIn, httpx2.Client):
    """A browser that asks a server by its address."""


LOOK = {"reason": "reach_the_person", "words": "约定勘察时间"}
"""What somebody needs personal data for."""


def look(browser: FillsIn, case: str, **changed: str) -> Any:
    """Ask to be shown what a case holds about people."""
    page = f"/review/cases/{case}"
    return browser.fill(page, f"{page}/personal", **{**LOOK, **changed})
