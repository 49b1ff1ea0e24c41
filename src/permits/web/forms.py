"""A form as it was sent: its token looked at, its texts and files at hand."""

import re
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import BinaryIO

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from permits.services.cases import Ticket
from permits.web.visits import Visit

MOST_FIELDS = 300
MOST_FILES = 1
LONGEST_KEY = 100

PLAIN_FORM = "application/x-www-form-urlencoded"
_TOO_MANY = "Too many fields"
"""How Starlette begins what it says of a form with more fields than it was to take."""

PROOF = "proof_"
"""How the names of fields begin that go along with those of another form; see `web.step_up`."""

_UNSHOWN = re.compile("[\x00\ud800-\udfff]")
"""No page can show these and not every database can keep them."""


class Posted:
    """What a form held. A field that is not there reads as empty."""

    def __init__(self, form: FormData) -> None:
        self._form = FormData([one for one in form.multi_items() if not _proves(one[0])])
        self._proof = {name: value for name, value in form.multi_items() if _proves(name)}

    def proof(self, name: str) -> str:
        """A text by which somebody proves once more who they are. No form is ever shown again with
        it, and it is kept nowhere."""
        value = self._proof.get(f"{PROOF}{name}")
        return shown(value) if isinstance(value, str) else ""

    def text(self, name: str) -> str:
        value = self._form.get(name)
        return shown(value) if isinstance(value, str) else ""

    def all_of(self, name: str) -> tuple[str, ...]:
        """Every text under a name: the boxes of it that were ticked."""
        return tuple(value for value in self._form.getlist(name) if isinstance(value, str))

    def texts(self) -> Mapping[str, str]:
        """Every text, the last of each name."""
        found = self._form.items()
        return {name: shown(value) for name, value in found if isinstance(value, str)}

    def every(self, name: str) -> tuple[str, ...]:
        """Every text of one name, in order."""
        return tuple(shown(one) for one in self._form.getlist(name) if isinstance(one, str))

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every text with its name, in order."""
        found = self._form.multi_items()
        return tuple((name, shown(value)) for name, value in found if isinstance(value, str))

    def file(self, name: str) -> tuple[str, BinaryIO] | None:
        """A file with the name it was given; None if none was chosen."""
        value = self._form.get(name)
        if not isinstance(value, UploadFile) or not value.filename:
            return None
        return shown(value.filename), value.file

    @property
    def key(self) -> str:
        """The form's own key, under which sending it twice is known; 400 without one."""
        key = self.text("key")
        if not 8 <= len(key) <= LONGEST_KEY:
            raise HTTPException(400)
        return key

    @property
    def seen(self) -> int:
        """The version that the person had before them; 400 without one."""
        seen = self.text("seen")
        if not (seen.isascii() and seen.isdigit() and len(seen) < 10):
            raise HTTPException(400)
        return int(seen)

    @property
    def ticket(self) -> Ticket:
        return Ticket(self.key, self.seen)


def _proves(name: str) -> bool:
    return name.startswith(PROOF)


def shown(text: str) -> str:
    """The text with a replacement character for each that cannot be one, as browsers show it."""
    return _UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", text)


class TooManyFields(HTTPException):
    """A form has more fields than are taken. `came` is how many, 0 if they were not counted to the
    end: those of a form with a file are not."""

    def __init__(self, came: int = 0) -> None:
        super().__init__(400)
        self.came = came


@asynccontextmanager
async def opened(request: Request) -> AsyncIterator[Posted]:
    """The form of a request, whoever sent it. TooManyFields if it has more than are taken, before
    anything is made of them."""
    if request.headers.get("content-type", "").startswith(PLAIN_FORM):
        came = fields_in(await request.body())
        if came > MOST_FIELDS:
            raise TooManyFields(came)
    async with _read(request) as form:
        yield Posted(form)


def fields_in(body: bytes) -> int:
    """How many fields a plain form has; that takes far less than to read them."""
    return sum(1 for one in body.split(b"&") if one)


@asynccontextmanager
async def _read(request: Request) -> AsyncIterator[FormData]:
    try:
        form = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS)
    except HTTPException as error:
        if error.detail.startswith(_TOO_MANY):
            raise TooManyFields from error
        raise
    try:
        yield form
    finally:
        await form.close()


async def read_form(request: Request, visit: Visit) -> AsyncIterator[Posted]:
    """The form of a request; 403 if it does not carry the token of the visit."""
    async with opened(request) as posted:
        token = posted.text("csrf")
        expected = visit.session.csrf if visit.session is not None else visit.door
        if not token or not expected:
            raise HTTPException(403, "form")
        if not secrets.compare_digest(token.encode(), expected.encode()):
            raise HTTPException(403, "form")
        yield posted
