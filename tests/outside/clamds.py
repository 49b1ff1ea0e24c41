"""A scanner that listens at a socket and speaks as clamd does, or fails as it can."""

import socket
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""What every scanner finds, and nobody need fear."""

Behaviour = Callable[[socket.socket, bytes], None]


def scans(line: socket.socket, content: bytes) -> None:
    found = b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"
    line.sendall(found + b"\0")


def fails(line: socket.socket, content: bytes) -> None:
    line.sendall(b"INSTREAM size limit exceeded. ERROR\0")


def closes_early(line: socket.socket, content: bytes) -> None:
    line.sendall(b"stream: O")


def hangs(line: socket.socket, content: bytes) -> None:
    line.settimeout(10)
    line.recv(1)  # until the other side has had enough


def content_of(line: socket.socket) -> bytes:
    """What is sent to be scanned: INSTREAM, then parts, each behind its length, then none."""
    source = line.makefile("rb")
    assert source.read(10) == b"zINSTREAM\0"
    content = b""
    while size := struct.unpack("!L", source.read(4))[0]:
        content += source.read(size)
    return content


@contextmanager
def listening(behaviour: Behaviour, at: Path | None = None) -> Iterator[str]:
    """The address of a scanner, of a socket in the file system if `at` says where."""

    class Answers(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            behaviour(self.request, content_of(self.request))

    if at is None:
        server: socketserver.BaseServer = socketserver.TCPServer(("127.0.0.1", 0), Answers)
        address = "{}:{}".format(*server.server_address)
    else:
        server, address = socketserver.UnixStreamServer(str(at), Answers), str(at)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
