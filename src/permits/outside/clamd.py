"""Has files scanned for viruses by clamd, in its own protocol (INSTREAM of clamd(8)).

"OK" says that nothing it knows was found where it looked, and it does not look everywhere: files
are looked into by the parsers first.
"""

import logging
import socket
import struct
import time
from typing import BinaryIO

from permits.text.uploads import Unfit

log = logging.getLogger(__name__)

PATIENCE = 60
"""Seconds for which a file is scanned, all in all."""

_CLEAN = "stream: OK"
_FOUND = " FOUND"
_PART = 1 << 18
_LONGEST_ANSWER = 4096


class Clamd:
    """A scanner that listens at `host:port`, or at a socket in the file system."""

    def __init__(self, at: str, patience: float = PATIENCE) -> None:
        self.at = at
        self.patience = patience

    def scan(self, source: BinaryIO) -> Unfit | None:
        """Why a file is not taken, if it is not. What cannot be scanned is not taken either."""
        try:
            answer = self._ask(source)
        except OSError as error:
            log.warning("clamd cannot be asked: %s", type(error).__name__)
            return Unfit.UNCHECKED
        if answer == _CLEAN:
            return None
        log.warning("clamd says of a file: %r", answer)
        return Unfit.INFECTED if answer.endswith(_FOUND) else Unfit.UNCHECKED

    def _ask(self, source: BinaryIO) -> str:
        ends = time.monotonic() + self.patience
        with self._connected() as line:
            line.sendall(b"zINSTREAM\0")
            while part := source.read(_PART):
                line.settimeout(_left(ends))
                line.sendall(struct.pack("!L", len(part)) + part)
            line.sendall(struct.pack("!L", 0))
            answer = b""
            while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
                line.settimeout(_left(ends))
                part = line.recv(_LONGEST_ANSWER)
                if not part:
                    break  # it ended before its answer did, which then is none that is known
                answer += part
        whole = answer.endswith(b"\0")
        return answer[:-1].decode(errors="replace") if whole else ""

    def _connected(self) -> socket.socket:
        if not self.at.startswith("/"):
            host, _, port = self.at.rpartition(":")
            return socket.create_connection((host.strip("[]"), int(port)), self.patience)
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(self.patience)
        try:
            line.connect(self.at)
        except OSError:
            line.close()
            raise
        return line


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
