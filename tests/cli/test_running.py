"""The program while it runs: what it logs and measures, and how it ends when it is told to, when
too many come, and when its disk fails."""

import json
import re
import signal
import socket
import threading
import time
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

from permits.cli.main import app
from permits.web.stopping import BROKEN
from tests.cli.serving import Served, free_port
from tests.cli.test_killed import PEOPLE, Filer, case_in, cases, choose_password, write
from tests.web.browsing import hidden_in

pytestmark = pytest.mark.timeout(900)


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("PERMITS_DATA", str(tmp_path / "office"))
    monkeypatch.delenv("PERMITS_DATABASE", raising=False)
    monkeypatch.setenv("PERMITS_TRIAL", "true")
    monkeypatch.setenv("PERMITS_PROCESSES", "1")
    monkeypatch.setenv("PERMITS_PASSWORD", "correct horse")
    return tmp_path / "office"


HALF = (
    b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 12\r\n\r\nuserna"
)


def test_a_request_that_is_being_served_is_answered_before_it_ends(folder, monkeypatch):
    """And what it logs and measures meanwhile."""
    at = f"127.0.0.1:{free_port()}"
    monkeypatch.setenv("PERMITS_METRICS", at)
    monkeypatch.setenv("PERMITS_LOG", "json")
    served = Served(folder).wait()
    assert served.get("/readyz") == "ready"
    figures = urllib.request.urlopen(f"http://{at}/metrics", timeout=30).read().decode()
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as line:
        line.sendall(HALF)
        time.sleep(0.5)
        served.process.send_signal(signal.SIGTERM)
        time.sleep(1)
        line.sendall(b"me=abc")
        answer = line.recv(65_536)
    told = served.ended()
    assert answer.startswith(b"HTTP/1.1 403 ")
    request = re.search(rb"x-request-id: (\w+)", answer, re.IGNORECASE)[1].decode()
    assert served.process.returncode == 0
    lines = [json.loads(one) for one in told.splitlines() if one.startswith("{")]
    (noted,) = [one for one in lines if one.get("request") == request]
    assert (noted["method"], noted["route"], noted["status"]) == ("POST", "/sign-in", 403)
    for name in (
        "permits_database_up 1.0", 'permits_open_cases{light="red"} 0.0',
        "permits_outbox_given_up 0.0", "permits_outbox_oldest_seconds 0.0",
        "permits_dates_waiting 0.0", "permits_database_full 0.0",
    ):  # fmt: skip
        assert f"\n{name}\n" in figures


class Patient(Filer):
    """Comes again when told to, as the answer says."""

    def __init__(self, address: str, drafts: list[str]) -> None:
        super().__init__(address, drafts)
        self.turned_away = 0

    def file(self) -> None:
        for draft in self.drafts:
            fields = None
            while fields is None:
                page = self.browser.get(f"{draft}/check")
                if not self.busy(page):
                    fields = hidden_in(page.text, f"{draft}/check")
            answer = self.browser.post(f"{draft}/check", data=fields)
            while self.busy(answer):
                answer = self.browser.post(f"{draft}/check", data=fields)
            assert answer.status_code == 303, answer.text
            self.told.append(case_in(answer))

    def busy(self, answer) -> bool:
        if answer.status_code != 503:
            return False
        assert answer.headers["retry-after"] == "5"
        self.turned_away += 1
        time.sleep(0.05)
        return True


def test_where_too_many_come_some_are_told_to_come_again_and_nothing_is_lost(folder, monkeypatch):
    with Served(folder).wait():
        pass
    drafts = write(folder)[: PEOPLE * 3]
    with Served(folder).wait() as served:
        choose_password(served.address)
    monkeypatch.setenv("PERMITS_MOST_REQUESTS", "1")
    with Served(folder).wait() as served:
        filers = [Patient(served.address, drafts[n::PEOPLE]) for n in range(PEOPLE)]
        for filer in filers:
            filer.start()
        for filer in filers:
            filer.join(240)
    told = [case for filer in filers for case in filer.told]
    assert sum(filer.turned_away for filer in filers) > 0
    assert len(set(told)) == len(told) == len(drafts)
    assert cases(folder) == set(told)


def test_once_the_database_is_damaged_it_ends_and_says_so(folder):
    CliRunner().invoke(app, ["account", "list"])
    served = Served(folder).wait()
    file = folder / "permits.db"
    with file.open("r+b") as damaged:
        damaged.seek(4096)
        damaged.write(bytes(file.stat().st_size - 4096))
    for path in ("/register", "/statistics", "/notices"):
        threading.Thread(target=_ask, args=(served, path), daemon=True).start()
    told = served.ended()
    assert served.process.returncode == BROKEN
    assert "the database or its disk is damaged" in told


def _ask(served: Served, path: str) -> None:
    try:
        served.get(path)
    except OSError:
        return
