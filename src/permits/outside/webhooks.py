"""Programs of others that are told what happened, as Standard Webhooks 1.0 has it.

A file of JSON says which there are, and is the list of addresses that may be told anything:

    {"endpoints": [{"id": "province", "url": "https://hooks.example/permits",
                    "secret_files": ["province.secret"], "tells": ["case.decided"]}]}

A secret is `whsec_` and 24 to 64 bytes in base64. Where two are named every message is signed
with both, so that the receiver can change from one to the other in its own time. `tells` may be
left out for everything. Addresses of private networks are refused, whatever a name leads to,
unless the endpoint says `"allow_private": true`; only then may it be reached without TLS.
"""

import base64
import binascii
import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import msgspec

SECONDS = 10.0
PREFIX = "whsec_"
FEWEST, MOST = 24, 64
"""Bytes of a secret."""

GONE = 410
"""The receiver wants to be told nothing any more."""


class BadEndpoints(ValueError):
    """The file of endpoints cannot be used; the message says why."""


class NotTold(Exception):
    """The receiver did not take a message; the message of this says why. `for_good` if it never
    will, `unreachable` if it was not reached at all, so that it will not take others either."""

    def __init__(self, says: str, *, for_good: bool = False, unreachable: bool = False) -> None:
        super().__init__(says)
        self.for_good = for_good
        self.unreachable = unreachable


class Endpoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A receiver as the file describes it."""

    id: str
    url: str
    secret_files: tuple[str, ...]
    tells: tuple[str, ...] = ()
    allow_private: bool = False

    @property
    def parts(self) -> SplitResult:
        return urlsplit(self.url)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    endpoints: tuple[Endpoint, ...]


class Webhooks:
    """Every receiver there is, with its secrets, the one in use first."""

    def __init__(self, endpoints: Mapping[str, tuple[Endpoint, tuple[bytes, ...]]]) -> None:
        self._endpoints = dict(endpoints)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self._endpoints)

    def for_kind(self, kind: str) -> tuple[str, ...]:
        """The receivers that are told of something of this kind."""
        return tuple(
            name
            for name, (one, _secrets) in self._endpoints.items()
            if not one.tells or kind in one.tells
        )

    def tell(self, name: str, message: str, at: int, content: bytes) -> None:
        """Tell a receiver; NotTold if it did not take it. `message` is what it knows the message
        by, however often it comes, `at` now, in seconds since 1970."""
        endpoint, secrets = self._endpoints[name]
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "permits",
            "webhook-id": message,
            "webhook-timestamp": str(at),
            "webhook-signature": signature(secrets, message, at, content),
        }
        try:
            status = _post(endpoint, content, headers)
        except (OSError, http.client.HTTPException) as error:
            why = str(error) or type(error).__name__
            says = f"{endpoint.parts.hostname} cannot be reached: {why}"
            raise NotTold(says, unreachable=True) from error
        if not 200 <= status < 300:
            raise NotTold(f"{endpoint.parts.hostname} answered {status}", for_good=status == GONE)


NOBODY = Webhooks({})


def signature(secrets: Sequence[bytes], message: str, at: int, content: bytes) -> str:
    """What goes into `webhook-signature`: a signature for each secret, with blanks between."""
    signed = f"{message}.{at}.".encode() + content
    made = (hmac.new(secret, signed, hashlib.sha256).digest() for secret in secrets)
    return " ".join(f"v1,{base64.b64encode(one).decode()}" for one in made)


def _post(endpoint: Endpoint, content: bytes, headers: dict[str, str]) -> int:
    """The status of the answer. Redirects are answers like others, and not followed."""
    parts = endpoint.parts
    line = _Line(parts, allow_private=endpoint.allow_private)
    try:
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        line.request("POST", path, content, headers)
        return line.getresponse().status
    finally:
        line.close()


class _Line(http.client.HTTPConnection):
    """A connection to an address that was looked at after its name was looked up, so that no name
    leads elsewhere between the two."""

    def __init__(self, parts: SplitResult, *, allow_private: bool) -> None:
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._allow_private = allow_private
        port = parts.port or (443 if self._tls else 80)
        super().__init__(parts.hostname or "", port, timeout=SECONDS)

    def connect(self) -> None:
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        addresses = [str(one[4][0]) for one in found]
        if not self._allow_private and not all(map(is_public, addresses)):
            raise OSError("its address is in a private network, which is not allowed")
        plain = socket.create_connection((addresses[0], self.port), SECONDS)
        self.sock = plain
        if self._tls is not None:
            self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)


def is_public(address: str) -> bool:
    """Whether an address is one of the internet at large."""
    given = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(given, "ipv4_mapped", None)
    return (mapped or given).is_global and not (mapped or given).is_multicast


def read_webhooks(file: Path, kinds: Sequence[str]) -> Webhooks:
    """The receivers a file describes; none if there is no such file. BadEndpoints if it cannot be
    used. `kinds` are the things that are told."""
    try:
        described = msgspec.json.decode(file.read_bytes(), type=_File).endpoints
    except FileNotFoundError:
        return NOBODY
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadEndpoints(f"{file} cannot be used: {error}") from error
    names = [one.id for one in described]
    for one in described:
        wrong = _wrong_with(one, names, kinds)
        if wrong:
            raise BadEndpoints(f"{file}: {one.id}: {wrong}")
    return Webhooks({one.id: (one, _secrets(file, one)) for one in described})


def _wrong_with(one: Endpoint, names: Sequence[str], kinds: Sequence[str]) -> str:
    unknown = sorted(set(one.tells) - set(kinds))
    if not one.id or "/" in one.id or names.count(one.id) > 1:
        return "an id is a word of its own, without a stroke"
    if not one.parts.hostname or one.parts.scheme not in ("https", "http"):
        return "the url begins with https://"
    if one.parts.scheme == "http" and not one.allow_private:
        return "the url begins with https://; without TLS only with allow_private"
    if not 1 <= len(one.secret_files) <= 2:
        return "one or two secret_files are named"
    return f"nothing is told of {', '.join(unknown)}" if unknown else ""


def _secrets(file: Path, one: Endpoint) -> tuple[bytes, ...]:
    return tuple(_secret(file.parent / name, one.id) for name in one.secret_files)


def _secret(file: Path, of: str) -> bytes:
    """Never repeated in a message, for it is secret."""
    try:
        text = file.read_text(encoding="ascii").strip()
        secret = base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except (OSError, UnicodeDecodeError, binascii.Error) as error:
        raise BadEndpoints(f"{file}: the secret of {of} cannot be read") from error
    if not text.startswith(PREFIX) or not FEWEST <= len(secret) <= MOST:
        raise BadEndpoints(
            f"{file}: the secret of {of} is {PREFIX} and {FEWEST} to {MOST} bytes in base64"
        )
    return secret


def secret_files(file: Path) -> tuple[Path, ...]:
    """The files with secrets that a file of endpoints names. BadEndpoints if it cannot be used."""
    try:
        described = msgspec.json.decode(file.read_bytes(), type=_File).endpoints
    except FileNotFoundError:
        return ()
    except (OSError, msgspec.MsgspecError) as error:
        raise BadEndpoints(f"{file} cannot be used: {error}") from error
    return tuple(file.parent / name for one in described for name in one.secret_files)
