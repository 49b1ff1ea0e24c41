"""A collector of logs on another machine: syslog (RFC 5424) over TLS (RFC 5425), which every one
speaks. Its certificate has to be vouched for by an authority and to have its name."""

import json
import re
import socket
import ssl
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

PORT = 6514
SECONDS = 20.0
"""How long the collector is waited for, at each step."""

AUDIT, NOTICE, WARNING = 13, 5, 4
"""The facility of audits, and severities, as RFC 5424 numbers them."""

APP = "permits"
_NAME = re.compile(r"[^\x21-\x7e]")


class Line(NamedTuple):
    """Something that is told: when (RFC 3339), of which kind, and what exactly; and whether it is
    to be looked at."""

    at: str
    kind: str
    what: dict[str, object]
    warns: bool = False


class Collector:
    """Takes lines. `address` is `syslog+tls://host` or `syslog+tls://host:port`; `ca` a file of
    authorities beside the system's that may vouch for it."""

    def __init__(self, address: str, ca: Path | None = None) -> None:
        parts = urlsplit(address)
        self.host, self.port = parts.hostname or "", parts.port or PORT
        self.ca = ca

    def take(self, lines: Iterable[Line]) -> None:
        """Give lines to the collector and wait until it has shut the connection in order. OSError
        if it cannot be reached, cannot prove its name, or goes away before."""
        context = ssl.create_default_context()
        if self.ca is not None:
            context.load_verify_locations(self.ca)
        with (
            socket.create_connection((self.host, self.port), SECONDS) as plain,
            context.wrap_socket(plain, server_hostname=self.host) as connection,
        ):
            for line in lines:
                connection.sendall(framed(line))
            connection.unwrap()


def framed(line: Line) -> bytes:
    """A line as it is sent: its length, then RFC 5424 with the rest as one object of JSON, in
    which no end of a line is ever written."""
    said = json.dumps(line.what, ensure_ascii=False, sort_keys=True)
    priority = AUDIT * 8 + (WARNING if line.warns else NOTICE)
    kind = _NAME.sub("", line.kind)[:32] or "-"
    whole = f"<{priority}>1 {line.at} - {APP} - {kind} - \ufeff{said}".encode()
    return b"%d %s" % (len(whole), whole)
