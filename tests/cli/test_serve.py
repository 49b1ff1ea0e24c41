"""The program as people start it, stop it, and start it where it cannot be."""

import os
import signal
import socket
import ssl
import time
from http.client import HTTPException
from pathlib import Path

import pytest
from typer.testing import CliRunner

from permits.cli.main import app
from permits.cli.serve import PATIENCE
from tests.cli.serving import Served, words_of
from tests.outside.mail_server import certificate

OFFICER = ("--name", "窗口", "--role", "window", "--office", "planning_bureau")


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """The folder of an office, which commands are for."""
    monkeypatch.setenv("PERMITS_DATA", str(tmp_path / "office"))
    monkeypatch.delenv("PERMITS_DATABASE", raising=False)
    monkeypatch.setenv("PERMITS_PASSWORD", "long enough")
    return tmp_path / "office"


def run(*words: str):
    return CliRunner().invoke(app, words)


def test_a_demonstration_is_whole_however_often_it_was_interrupted(folder, monkeypatch):
    """Killed while it is filled, it is not served half full but begun anew; once whole it is
    there again after the program was stopped, and after it was killed."""
    filling = Served(folder, "--demo")
    while len(list((folder / "files").glob("*/*"))) < 10:
        assert filling.process.poll() is None
        time.sleep(0.02)
    assert "Filling the office" in filling.kill()
    monkeypatch.setenv("PERMITS_TRIAL", "true")
    told = Served(folder).ended()
    assert told.startswith("filling this office with demonstration cases was interrupted")
    served = Served(folder, "--demo").wait()
    before = served.get("/register")
    assert "特勤大队" in served.get("/register?number=GXGH-20220609-0001")
    assert "it is begun anew" in served.stop()
    again = Served(folder, "--demo").wait()
    assert again.get("/register") == before
    assert "anew" not in again.kill()
    third = Served(folder, "--demo").wait()
    assert third.get("/register") == before
    third.stop()
    assert run("rebuild", "--check").stdout == "0 differences\n"


def test_whoever_serves_a_demonstration_as_an_office_is_turned_away(folder, monkeypatch):
    from permits.services.demonstration import noted
    from permits.store.database import open_database

    database = open_database(f"sqlite:///{folder / 'permits.db'}")
    noted.note(database, noted.TOLD)
    database.close()
    monkeypatch.setenv("PERMITS_ADDRESS", "https://permits.example")
    folder.chmod(0o700)
    assert "everybody knows the password" in Served(folder).ended()
    monkeypatch.setenv("PERMITS_TRIAL", "true")
    assert "everybody knows the password" in Served(folder).wait().stop()


def test_an_interrupted_demonstration_with_accounts_of_others_is_left_alone(folder):
    from permits.services.demonstration import noted
    from permits.store.database import open_database

    run("account", "open", "somebody", *OFFICER, "--department", "planning")
    database = open_database(f"sqlite:///{folder / 'permits.db'}")
    noted.note(database, noted.BEGUN)
    database.close()
    assert "accounts of its own" in Served(folder, "--demo").ended()
    assert "somebody" in run("account", "list").stdout


def test_an_office_with_accounts_of_its_own_is_not_filled_with_demonstration_cases(folder):
    run("account", "open", "window", *OFFICER, "--department", "planning")
    served = Served(folder, "--demo")
    assert "accounts of its own" in served.ended()
    assert served.process.returncode == 2


def test_a_served_office_has_the_shipped_permit_types_and_no_demonstration_accounts(
    folder, monkeypatch
):
    monkeypatch.setenv("PERMITS_TRIAL", "true")
    served = Served(folder).wait()
    assert "plan_exempt" in served.get("/")
    assert "demonstration" not in served.get("/sign-in")
    told = served.stop()
    assert f"Serving on http://127.0.0.1:{served.port} " in told
    assert "Nobody can sign in yet" in told
    run("account", "open", "window", *OFFICER, "--department", "planning")
    assert "Nobody can sign in" not in Served(folder).wait().stop()


def test_without_tls_it_says_that_it_waits_for_a_server_in_front(folder, monkeypatch):
    monkeypatch.setenv("PERMITS_ADDRESS", "https://permits.example")
    told = Served(folder).wait().stop()
    assert "does TLS and is reached as https://permits.example" in told


def test_with_a_certificate_it_speaks_tls_itself_and_nothing_old(folder, tmp_path, monkeypatch):
    trusted, _context = certificate(tmp_path)
    monkeypatch.setenv("PERMITS_TRIAL", "true")
    monkeypatch.setenv("PERMITS_TLS_CERTIFICATE", str(trusted))
    monkeypatch.setenv("PERMITS_TLS_KEY_FILE", str(tmp_path / "mail.key"))
    context = ssl.create_default_context(cafile=trusted)
    with Served(folder, "--processes", "1") as served:
        assert shaken(served, context) == "TLSv1.3"
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        assert shaken(served, context) == "TLSv1.2"
        context.set_ciphers("ECDHE+AES+SHA1:AES256-SHA")
        with pytest.raises(ssl.SSLError):
            shaken(served, context)
        with pytest.raises((OSError, HTTPException)):
            served.get("/healthz")


def shaken(served, context):
    """The version of TLS that is agreed on, once the program answers."""
    for _ in range(1_800):
        assert served.process.poll() is None, served.process.stderr.read().decode()
        try:
            plain = socket.create_connection(("127.0.0.1", served.port), 60)
        except ConnectionRefusedError:
            time.sleep(0.1)
            continue
        with context.wrap_socket(plain, server_hostname="127.0.0.1") as connection:
            connection.sendall(b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            assert connection.recv(12) == b"HTTP/1.1 200"
            return connection.version()
    raise AssertionError("it does not listen")


def test_an_address_that_is_taken_is_told_before_anything_is_done(folder):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        served = Served(folder, "--demo", port=port)
        told = served.ended()
    assert served.process.returncode == 2
    assert told.startswith(f"cannot listen on 127.0.0.1, port {port}: ")
    assert "--port" in told
    assert not folder.exists()


def until(comes_true, seconds=30) -> None:
    for _ in range(seconds * 10):
        if comes_true():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come true")


def test_a_process_that_dies_is_replaced_and_nobody_is_turned_away(folder, monkeypatch):
    monkeypatch.setenv("PERMITS_PROCESSES", "2")
    monkeypatch.setenv("PERMITS_TRIAL", "true")
    with Served(folder).wait() as served:
        first, second = served.serving()
        os.kill(first, signal.SIGKILL)
        # One that dies while it is asked whether it lives is missed when it gave no answer.
        until(lambda: len(set(served.serving()) - {first, second}) == 1, PATIENCE + 30)
        assert "plan_exempt" in served.get("/")
        assert second in served.serving()


def test_who_serves_ends_when_whoever_started_it_is_killed(folder, monkeypatch):
    monkeypatch.setenv("PERMITS_PROCESSES", "2")
    monkeypatch.setenv("PERMITS_TRIAL", "true")
    served = Served(folder).wait()
    serving = served.serving()
    assert len(serving) == 2
    served.process.kill()
    served.ended()
    until(lambda: not any(map(words_of, serving)))
