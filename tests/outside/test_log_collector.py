"""The access log leaves the machine over TLS, to a collector that can prove its name."""

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from permits.outside.log_collector import Collector, Line, framed
from tests.outside.mail_server import certificate

LINE = Line("2022-06-09T01:00:00.000000+00:00", "SignInFailed", {"whose": "张三\n<0>"}, warns=True)


class Machine:
    """Another machine: takes what comes over TLS until the other side has had enough."""

    def __init__(self, folder: Path) -> None:
        self.trusted, self._context = certificate(folder)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self.got: list[bytes] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                plain, _address = self._door.accept()
                with self._context.wrap_socket(plain, server_side=True) as peer:
                    found = b""
                    while part := peer.recv(4096):
                        found += part
                    self.got.append(found)
                    peer.unwrap()
            except OSError:
                if self._door.fileno() < 0:
                    return

    def close(self) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._thread.join()


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    other = Machine(tmp_path)
    yield other
    other.close()


def test_a_line_is_framed_by_its_length_and_is_one_line_whatever_is_in_it() -> None:
    length, _, whole = framed(LINE).partition(b" ")
    assert int(length) == len(whole)
    head, _, said = whole.decode().partition("\ufeff")
    assert head == "<108>1 2022-06-09T01:00:00.000000+00:00 - permits - SignInFailed - "
    assert json.loads(said) == {"whose": "张三\n<0>"}
    assert "\n" not in said
    assert framed(LINE._replace(warns=False)).partition(b" ")[2].startswith(b"<109>1 ")


def test_a_kind_that_is_no_name_for_syslog_is_cut_to_one() -> None:
    assert " permits - ab - " in framed(LINE._replace(kind="a b\n")).decode()
    assert " permits - - - " in framed(LINE._replace(kind="张")).decode()


def test_lines_are_taken_by_whoever_proves_the_name(machine: Machine) -> None:
    Collector(f"syslog+tls://127.0.0.1:{machine.port}", machine.trusted).take([LINE, LINE])
    assert machine.got == [framed(LINE) * 2]


def test_nothing_is_told_to_whoever_does_not(machine: Machine) -> None:
    with pytest.raises(OSError, match="certificate verify failed"):
        Collector(f"syslog+tls://127.0.0.1:{machine.port}").take([LINE])
    with pytest.raises(OSError, match="certificate verify failed"):
        Collector(f"syslog+tls://localhost:{machine.port}", machine.trusted).take([LINE])
    assert machine.got == []


def test_a_collector_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ConnectionRefusedError):
        Collector("syslog+tls://127.0.0.1:1").take([LINE])
