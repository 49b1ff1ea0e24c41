"""Another office's service, asked over a real connection: its records, its outages, its lies."""

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from permits.outside.record_service import Away, RecordService, Shown
from permits.outside.records import MOST_BYTES, Question
from tests.outside.mail_server import certificate

PARTY = "91350100M000100Y43"
QUESTION = Question("early_start", "land_document", PARTY)
RECORD = {
    "material": "land_document",
    "party": PARTY,
    "as_of": "2022-06-01",
    "data": {"number": "示例"},
}

Answering = Callable[[BaseHTTPRequestHandler], None]


class Other:
    """A service of another office; `answering` says what it does when it is asked."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[tuple[str, str | None]] = []
        self.answering: Answering = answer(200, RECORD)
        self.goes_on = threading.Event()
        self.server = HTTPServer(("127.0.0.1", 0), self._handler())
        if tls is not None:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/records"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        other = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                other.asked.append((self.path, self.headers.get("Authorization")))
                other.answering(self)

            def log_message(self, *_args: object) -> None:
                """Nobody reads it."""

        return Handler

    def close(self) -> None:
        self.goes_on.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def answer(status: int, body: object = None, **headers: str) -> Answering:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()

    def answering(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        given = {"Content-Length": str(len(raw))}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in given.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(raw)

    return answering


@pytest.fixture
def other() -> Iterator[Other]:
    service = Other()
    yield service
    service.close()


def test_a_token_that_was_replaced_is_used_from_the_next_question_on(
    other: Other, tmp_path: Path
) -> None:
    token = tmp_path / "token"
    service = RecordService(other.url, Shown(token))
    for now in ("first", "second"):
        token.write_text(now, encoding="utf-8")
        service.ask(QUESTION)
    assert [sent for _path, sent in other.asked] == ["Bearer first", "Bearer second"]
    token.unlink()
    with pytest.raises(Away, match="FileNotFoundError"):
        service.ask(QUESTION)


def test_who_we_are_is_proved_by_a_certificate_where_the_other_side_wants_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, context = certificate(tmp_path)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(trusted)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    service = Other(context)
    url = service.url.replace("http:", "https:")
    ours = Shown(None, trusted, tmp_path / "mail.key")
    assert RecordService(url, ours, 30.0).ask(QUESTION) is not None
    with pytest.raises(Away):
        RecordService(url, seconds=5.0).ask(QUESTION)
    assert len(service.asked) == 1
    service.close()


def test_a_record_is_asked_for_by_what_it_is_and_with_the_token(
    other: Other, tmp_path: Path
) -> None:
    token = tmp_path / "token"
    token.write_text("secret\n", encoding="utf-8")
    found = RecordService(other.url, Shown(token)).ask(QUESTION)
    assert found is not None
    assert (found.data, str(found.as_of)) == ({"number": "示例"}, "2022-06-01")
    ((path, authorization),) = other.asked
    assert authorization == "Bearer secret"
    assert urlsplit(path).path == "/records"
    assert parse_qs(urlsplit(path).query) == {
        "permit": ["early_start"],
        "material": ["land_document"],
        "party": [PARTY],
    }


def test_a_project_is_named_where_there_is_one(other: Other) -> None:
    project = "2206-410172-04-01-123456"
    question = Question("early_start", "land_document", PARTY, project)
    assert RecordService(other.url).ask(question) is not None
    ((path, authorization),) = other.asked
    assert parse_qs(urlsplit(path).query)["project"] == [project]
    assert authorization is None


def test_that_it_has_none_is_an_answer(other: Other) -> None:
    other.answering = answer(404, {})
    assert RecordService(other.url).ask(QUESTION) is None


def test_it_is_not_asked_for_what_cannot_be_named(other: Other) -> None:
    assert RecordService(other.url).ask(Question("early_start", "land", "nobody")) is None
    assert other.asked == []


@pytest.mark.parametrize(
    "answering",
    [
        answer(500, {}),
        answer(401, {}),
        answer(302, RECORD, Location="/elsewhere"),
        answer(200, b"not json"),
        answer(200, b""),
        answer(200, {**RECORD, "data": {}}),
        answer(200, {**RECORD, "party": "92410172" + "0" * 10}),
        answer(200, {**RECORD, "material": "scheme_opinion"}),
        answer(200, {**RECORD, "project": "2206-410172-04-01-123456"}),
        answer(200, {**RECORD, "data": {"long": "x" * MOST_BYTES}}),
        answer(200, RECORD, Content_Length="5000"),
    ],
    ids=[
        "fault",
        "not let in",
        "sent elsewhere",
        "no json",
        "nothing",
        "no data",
        "of another party",
        "another material",
        "another project",
        "too long",
        "cut off",
    ],
)
def test_an_answer_that_cannot_be_used_is_none(other: Other, answering: Answering) -> None:
    other.answering = answering
    with pytest.raises(Away):
        RecordService(other.url, seconds=0.3).ask(QUESTION)
    assert len(other.asked) == 1


def test_nobody_waits_for_a_service_that_says_nothing(other: Other) -> None:
    other.answering = lambda _request: other.goes_on.wait()
    with pytest.raises(Away):
        RecordService(other.url, seconds=0.05).ask(QUESTION)


def test_nobody_waits_for_one_that_goes_on_and_on(other: Other) -> None:
    def drips(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        for _ in range(200):
            request.wfile.write(b" ")
            request.wfile.flush()
            if other.goes_on.wait(0.02):
                return

    other.answering = drips
    with pytest.raises(Away, match="too long"):
        RecordService(other.url, seconds=0.2).ask(QUESTION)


def test_a_service_that_is_not_there_is_away() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/records"
        with pytest.raises(Away):
            RecordService(url, seconds=0.3).ask(QUESTION)


def test_over_tls_its_certificate_is_asked_for(other: Other) -> None:
    """The service speaks no TLS at all: nothing is sent to it in the clear."""
    with pytest.raises(Away):
        RecordService(other.url.replace("http:", "https:"), seconds=0.3).ask(QUESTION)
    assert other.asked == []
