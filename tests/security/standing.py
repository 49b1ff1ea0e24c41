"""Forms that scanners send again and again, each as whoever opened its page anew would send it."""

import re
import secrets
import uuid
from typing import Any

from sqlalchemy import delete, insert, select
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from permits.store.database import Database
from permits.store.tables import draft, stream, upload

ENDING = re.compile(r"/(?:drafts|review/counter)/([0-9a-f-]{36})/(?:discard|check)")
"""The forms after which a draft is there no more: thrown away, or filed."""

_FORM_KEY = re.compile(rb'(?:(?<=\bkey=)|(?<=name="key"\r\n\r\n))[\w-]{22}(?=&|\r\n|\Z)')
_SEEN = re.compile(rb'(?:(?<=\bseen=)|(?<=name="seen"\r\n\r\n))\d{1,9}(?=&|\r\n|\Z)')
_DRAFT = re.compile(r"/(?:drafts|counter)/([0-9a-f-]{36})(?:/|\Z)")
_CASE = re.compile(r"/cases/([0-9a-f-]{36})(?:/|\Z)")


class Standing:
    """An office now, and its drafts as they were when this was made."""

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.read() as connection:
            found = connection.execute(select(draft)).mappings()
            self._drafts = {str(row["id"]): dict(row) for row in found}
            uploads = connection.execute(select(upload)).mappings()
            self._uploads: list[dict[str, Any]] = [dict(row) for row in uploads]

    def version(self, path: str) -> int | None:
        """The version of the draft or case that an address leads to; None if it leads to none."""
        if found := _DRAFT.search(path):
            query = select(draft.c.version).where(draft.c.id == found[1])
        elif found := _CASE.search(path):
            query = select(stream.c.version).where(stream.c.id == f"case/{found[1]}")
        else:
            return None
        with self._database.read() as connection:
            return connection.execute(query).scalar_one_or_none()

    def put_back(self, path: str) -> None:
        """If a form ended a draft, have it there again as it was, for another case."""
        found = ENDING.fullmatch(path)
        if found is None or (first := self._drafts.get(found[1])) is None:
            return
        one = draft.c.id == found[1]
        with self._database.write() as connection:
            unfiled = select(draft.c.id).where(one, draft.c.filed_at.is_(None))
            if connection.execute(unfiled).first() is not None:
                return
            connection.execute(delete(draft).where(one))
            case = f"case/{uuid.uuid4()}"
            connection.execute(insert(draft), [{**first, "case_id": case}])
            lying = [row for row in self._uploads if row["place"] == found[1]]
            fresh = [{**row, "id": str(uuid.uuid4())} for row in lying]
            if fresh:  # under new ids: what a case took along is its own
                connection.execute(insert(upload), fresh)


class Anew:
    """An application to which a form is sent with what its page would hold if it were opened once
    more: a key of its own, since under one key the second is told what came of the first, and the
    version as it stands. A draft that it ended is there again. Else nothing would be looked at
    that a scanner puts into it the second time."""

    def __init__(self, app: ASGIApp, standing: Standing | None = None) -> None:
        self.app = app
        self.standing = standing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        standing = self.standing if scope["method"] == "POST" else None
        version = standing and await run_in_threadpool(standing.version, scope["path"])

        async def received() -> Message:
            message = await receive()
            if message.get("body"):
                message["body"] = opened_anew(message["body"], version)
            return message

        await self.app(scope, received, send)
        if standing is not None:
            await run_in_threadpool(standing.put_back, scope["path"])


def opened_anew(body: bytes, version: int | None) -> bytes:
    """The body of a form with another key, and with the version of what it is about as it stands
    now; what a scanner put in their places stays."""
    body = _FORM_KEY.sub(secrets.token_urlsafe(16).encode(), body)
    return body if version is None else _SEEN.sub(str(version).encode(), body)
