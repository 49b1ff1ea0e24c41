"""Another office's data by HTTP: asked within a limit of time, and never believed blindly.

The service is asked `GET url?permit=…&material=…&party=…&project=…` and answers 200 with a record
as JSON, or 404 if it has none. Everything else, a redirect included, counts as being away.
"""

import ssl
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, urlencode, urlsplit

from permits.outside.records import (
    MOST_BYTES,
    BadRecord,
    Question,
    Record,
    answers,
    named,
    read_record,
)

FOUND, NOT_FOUND = 200, 404
PART = 1 << 14


class Away(Exception):
    """The service could not be asked, or gave no answer that can be used; the message says why."""


class Shown(NamedTuple):
    """With what we prove who we are: a file with a token that is sent as a bearer token, and files
    with a certificate and its key. They are read for each question, so that whoever hands them out
    may replace them at any time."""

    token_file: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    def token(self) -> str:
        """The token of now; OSError or UnicodeDecodeError if it cannot be read."""
        return self.token_file.read_text(encoding="utf-8").strip() if self.token_file else ""

    def context(self) -> ssl.SSLContext:
        """TLS with the certificate of now; OSError if it or its key cannot be used."""
        context = ssl.create_default_context()
        if self.certificate is not None:
            context.load_cert_chain(self.certificate, self.key)
        return context


NOTHING = Shown()


class RecordService:
    """Asks one service. `seconds` is how long an answer is waited for: nothing waits longer than
    what is left of them. `shown` is with what we prove who we are."""

    def __init__(self, url: str, shown: Shown = NOTHING, seconds: float = 5.0) -> None:
        self.address: SplitResult = urlsplit(url)
        self.shown = shown
        self.seconds = seconds

    def ask(self, question: Question) -> Record | None:
        """The record that answers; None if the service says that it has none. Away if it cannot
        be asked or its answer cannot be used."""
        if not named(question):
            return None
        until = time.monotonic() + self.seconds
        try:
            with closing(self._connection()) as connection:
                raw = self._get(connection, question, until)
        except (OSError, HTTPException, ValueError) as error:
            raise Away(f"{type(error).__name__}: {error}") from error
        return None if raw is None else _record(raw, question)

    def _connection(self) -> HTTPConnection:
        host, port = self.address.hostname or "", self.address.port
        if self.address.scheme == "https":
            context = self.shown.context()
            return HTTPSConnection(host, port, timeout=self.seconds, context=context)
        return HTTPConnection(host, port, timeout=self.seconds)

    def _get(self, connection: HTTPConnection, question: Question, until: float) -> bytes | None:
        asked = {
            "permit": question.permit,
            "material": question.material,
            "party": question.party,
            **({"project": question.project} if question.project else {}),
        }
        headers = {"Accept": "application/json"}
        token = self.shown.token()
        if token:
            headers["Authorization"] = f"Bearer {token}"
        path = self.address.path or "/"
        connection.connect()
        _wait_no_longer(connection, until)
        connection.request("GET", f"{path}?{urlencode(asked)}", headers=headers)
        answer = connection.getresponse()
        if answer.status == NOT_FOUND:
            return None
        if answer.status != FOUND:
            raise Away(f"answered {answer.status}")
        return _body(connection, answer, until)


def _body(connection: HTTPConnection, answer: HTTPResponse, until: float) -> bytes:
    """The body, as far as it comes in time and is no longer than a record may be."""
    found = bytearray()
    while True:
        _wait_no_longer(connection, until)
        part = answer.read1(PART)
        if not part:
            break
        found += part
        if len(found) > MOST_BYTES:
            raise Away("the answer is longer than a record may be")
    if answer.length:
        raise Away("the answer was cut off")
    return bytes(found)


def _wait_no_longer(connection: HTTPConnection, until: float) -> None:
    """Let the connection wait for what is left of the time, and no longer."""
    left = until - time.monotonic()
    if left <= 0:
        raise Away("the answer took too long")
    if connection.sock is not None:
        connection.sock.settimeout(left)


def _record(raw: bytes, question: Question) -> Record:
    try:
        record = read_record(raw)
    except BadRecord as bad:
        raise Away(f"no record: {bad}") from bad
    if not answers(record, question):
        raise Away("the record speaks of something else than was asked")
    return record
