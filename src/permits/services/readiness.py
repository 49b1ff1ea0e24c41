"""Whether an office is set up so that it may stand on a network, and what to set if it is not."""

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from permits.environment import IN_FILES
from permits.outside import webhooks
from permits.outside.issuers import BadIssuers, secret_files
from permits.outside.sources import BadSources, services, token_files
from permits.outside.webhooks import BadEndpoints
from permits.settings import Settings

SHORTEST_KEY = 32
SHORTEST_PASSWORD = 12

_DEFAULTS = re.compile(
    r"(change.?me|default|demo(nstration)?|secret|password|passw0rd|admin|root|test|example"
    r"|postgres|permits|minioadmin|guest|letmein|welcome|qwerty)[0-9!]*",
    re.IGNORECASE,
)
_SECRET = re.compile(r"PERMITS_[A-Z0-9_]*(KEY|SECRET|TOKEN|PASSWORD)")
_SECRET_FILE = re.compile(r"PERMITS_[A-Z0-9_]*(KEY|SECRET|TOKEN|PASSWORD)_FILE")
_GIVEN_IN_FILES = frozenset(f"{name}_FILE" for name in IN_FILES)
_KEY_IDS = re.compile(r"PERMITS_[A-Z0-9_]*(KEY_ID|ACCESS_KEY)")
_OF_ONE_ACCOUNT = "PERMITS_PASSWORD"
"""The password that `permits account open` reads: a rule of its own looks at it."""


class Lack(msgspec.Struct, frozen=True):
    """Something that is missing: the setting it is about, and what is wrong and wanted. What does
    not `refuse` is told, and no more."""

    setting: str
    says: str
    refuses: bool = True

    def __str__(self) -> str:
        return f"{self.setting}: {self.says}"


def lacks(
    settings: Settings, environment: Mapping[str, str], *, demonstration: bool
) -> tuple[Lack, ...]:
    """Everything that keeps this office from a network. `demonstration` if its accounts are those
    of the demonstration, whose password everybody knows."""
    return (
        *_reached(settings),
        *_known_accounts(demonstration=demonstration),
        *_in_clear(settings),
        *_weak(settings, environment),
        *_readable(settings, environment),
        *_debugging(environment),
    )


def _reached(settings: Settings) -> Iterator[Lack]:
    if not settings.https:
        yield Lack(
            "PERMITS_HTTPS",
            "is false, so that cookies would go in clear; set it to true and put a server in"
            " front that does TLS (PERMITS_TRIAL=true tries it on this machine alone)",
        )
    if not settings.address.startswith("https://"):
        yield Lack(
            "PERMITS_ADDRESS",
            "is not the address that browsers reach; set it to https:// and its name",
        )
    if settings.tls is None and not _is_here(settings.host):
        yield Lack(
            "PERMITS_TLS_CERTIFICATE",
            f"is not set, and {settings.host} is reached from other machines, so that passwords"
            " would come in clear even from the server in front; set it and PERMITS_TLS_KEY_FILE,"
            " or listen on 127.0.0.1",
        )
    if not settings.proxies:
        yield Lack(
            "PERMITS_PROXIES",
            "names no server in front, so that whoever guesses passwords is slowed down together"
            " with everybody who comes through the same one; set it to that server's address",
            refuses=False,
        )


def _known_accounts(*, demonstration: bool) -> Iterator[Lack]:
    if demonstration:
        yield Lack(
            "PERMITS_DATA",
            "holds a demonstration: everybody knows the password of its accounts; name another"
            " folder, or serve it with --demo",
        )


_HERE = frozenset({"", "localhost"})
_OVER_TLS = frozenset({"require", "verify-ca", "verify-full"})


def _in_clear(settings: Settings) -> Iterator[Lack]:
    """Services on other machines that are asked without TLS."""
    database = urlsplit(settings.database)
    ssl = parse_qs(database.query).get("sslmode", [""])[-1]
    sqlite = settings.database.startswith("sqlite")
    if not sqlite and not _is_here(database.hostname or "") and ssl not in _OVER_TLS:
        yield Lack(
            "PERMITS_DATABASE",
            "is on another machine and asked in clear; add ?sslmode=verify-full",
        )
    mail = urlsplit(settings.mail)
    plain = mail.scheme == "smtp" and not mail.username  # whoever signs in there begins TLS
    if plain and not _is_here(mail.hostname or ""):
        yield Lack(
            "PERMITS_MAIL",
            "is on another machine and letters go there in clear; set it to smtps://",
        )
    with suppress(BadSources):  # told when the office opens
        asked = [("PERMITS_SHARED_DATA", one) for one in services(settings.sources)]
        for name, address in (("PERMITS_S3_ENDPOINT", settings.s3_endpoint), *asked):
            parts = urlsplit(address)
            if parts.scheme == "http" and not _is_here(parts.hostname or ""):
                yield Lack(name, f"asks {parts.hostname} in clear; set its address to https://")


def _is_here(host: str) -> bool:
    """Whether a host is this machine and no other."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in _HERE


def _weak(settings: Settings, environment: Mapping[str, str]) -> Iterator[Lack]:
    for name, value in sorted(environment.items()):
        ours = _SECRET.fullmatch(name) and not _KEY_IDS.fullmatch(name)
        if ours and name != _OF_ONE_ACCOUNT and weak(value, SHORTEST_KEY):
            yield Lack(
                name,
                f"can be guessed; set it to at least {SHORTEST_KEY} characters drawn at random",
            )
    for name, address, shortest in (
        ("PERMITS_DATABASE", settings.database, SHORTEST_PASSWORD),
        ("PERMITS_MAIL", settings.mail, 0),
    ):
        password = _password_in(address)
        if password is not None and weak(password, shortest):
            yield Lack(name, "holds a password that can be guessed; set another there and here")


def weak(secret: str, shortest: int) -> bool:
    """Whether a secret is one that comes with a program, too short, or of hardly any signs."""
    if _DEFAULTS.fullmatch(secret):
        return True
    return len(secret) < shortest or (shortest > 0 and len(set(secret)) < shortest // 3)


def _password_in(address: str) -> str | None:
    if address.startswith("sqlite"):
        return None
    password = urlsplit(address).password
    return None if password is None else unquote(password)


def _readable(settings: Settings, environment: Mapping[str, str]) -> Iterator[Lack]:
    if _open_to_others(settings.data):
        yield Lack(
            "PERMITS_DATA",
            f"is {settings.data}, which everybody on this machine can read; run"
            f" chmod 700 {settings.data}",
        )
    for name, file in _secret_files(settings, environment):
        if _open_to_others(file):
            yield Lack(
                name,
                f"is in {file}, which everybody on this machine can read; run chmod 600 {file}",
            )


def _secret_files(
    settings: Settings, environment: Mapping[str, str]
) -> Iterable[tuple[str, Path]]:
    for name, value in sorted(environment.items()):
        if _SECRET_FILE.fullmatch(name) or name in _GIVEN_IN_FILES:
            yield name, Path(value)
    if settings.database.startswith("sqlite:///"):
        kept_in = Path(settings.database.removeprefix("sqlite:///"))
        if settings.data not in kept_in.parents:
            yield "PERMITS_DATABASE", kept_in
    # What cannot be used is told when the office opens.
    with suppress(BadSources):
        yield from (("PERMITS_SHARED_DATA", file) for file in token_files(settings.sources))
    with suppress(BadIssuers):
        yield from (("PERMITS_ISSUERS", file) for file in secret_files(settings.issuers_file))
    with suppress(BadEndpoints):
        yield from (
            ("PERMITS_WEBHOOKS", file) for file in webhooks.secret_files(settings.webhooks_file)
        )


def _open_to_others(path: Path) -> bool:
    try:
        return os.name == "posix" and bool(path.stat().st_mode & stat.S_IRWXO)
    except OSError:
        return False


def _debugging(environment: Mapping[str, str]) -> Iterator[Lack]:
    if sys.flags.dev_mode or environment.get("PYTHONASYNCIODEBUG"):
        yield Lack(
            "PYTHONDEVMODE",
            "is for development: faults are told at length and work is slow; leave it and"
            " PYTHONASYNCIODEBUG out",
        )
