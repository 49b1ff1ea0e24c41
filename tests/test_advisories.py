"""Whoever makes a release is told of holes that are known, and when nobody could be asked."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from tools.advisories import main
from tools.components import LOCK, pinned

RELEASES = list(pinned(LOCK.read_text(encoding="utf-8")))
HOLE = {"id": "PYSEC-2022-1", "aliases": ["CVE-2022-1"], "fixed_in": ["99.1"]}


class Index(HTTPServer):
    """An index that knows every release, and of some what is wrong with them."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.known: dict[str, object] = {}
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        index = self.server
        assert isinstance(index, Index)
        index.asked.append(self.path)
        name = self.path.split("/")[2]
        raw = json.dumps(index.known.get(name, {"vulnerabilities": []})).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_args: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def index() -> Iterator[Index]:
    with Index() as served:
        thread = threading.Thread(target=served.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield served
        served.shutdown()
        thread.join()


def test_every_release_that_is_pinned_is_asked_for(index: Index, capsys) -> None:
    assert main(["--at", index.address]) == 0
    assert index.asked == [f"/pypi/{one.name}/{one.version}/json" for one in RELEASES]
    told = capsys.readouterr().out
    assert told == f"{len(RELEASES)} releases, 0 holes, 0 not answered for\n"


def test_a_hole_is_told_with_its_names_and_where_it_is_mended(index: Index, capsys) -> None:
    one = RELEASES[0]
    withdrawn = {**HOLE, "id": "PYSEC-2022-2", "withdrawn": "2022-06-09T00:00:00Z"}
    index.known[one.name] = {"vulnerabilities": [HOLE, withdrawn]}
    assert main(["--at", index.address]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0] == f"{one.name} {one.version}: PYSEC-2022-1 CVE-2022-1, mended in 99.1"
    assert len(told) == 2


def test_who_does_not_answer_has_not_said_that_there_is_none(index: Index, capsys) -> None:
    index.known[RELEASES[0].name] = {"info": {}}
    assert main(["--at", index.address]) == 2
    assert "1 not answered for" in capsys.readouterr().out
    assert main(["--at", "http://127.0.0.1:1"]) == 2
    assert f"{len(RELEASES)} not answered for" in capsys.readouterr().out
