"""The issuers people may sign in with, as a file of the office describes them.

It holds `{"issuers": [{"id", "title": {"zh", "en"}, "issuer", "client", "secret_file", "for",
"second_factor"}]}`; there need be no such file.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from permits.outside.openid import OpenId, safe


class BadIssuers(ValueError):
    """The file of issuers cannot be used; the message says why."""


class Title(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an issuer is called, in both languages."""

    zh: str
    en: str

    def in_(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


Kind = Literal["staff", "applicants"]


class Described(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"for_": "for"}):
    """An issuer as the file describes it. `for` says whose accounts may sign in with it;
    `second_factor` are the methods of RFC 8176 (`amr`) that count as one, so that none of ours is
    asked for: with none named, the issuer proves a password and no more."""

    id: str
    title: Title
    issuer: str
    client: str
    secret_file: str
    for_: tuple[Kind, ...] = ("staff", "applicants")
    second_factor: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    issuers: tuple[Described, ...]


class Issuer(msgspec.Struct, frozen=True):
    """An issuer with the way to ask it."""

    about: Described
    asks: OpenId


Issuers = dict[str, Issuer]


def secret_files(file: Path) -> tuple[Path, ...]:
    """The files with the secrets that a file of issuers names. BadIssuers if it cannot be used."""
    return tuple(file.parent / one.secret_file for one in _described(file))


def read_issuers(file: Path, now: Callable[[], datetime]) -> Issuers:
    """The issuers a file describes, by id; none if there is no such file. BadIssuers if it cannot
    be used."""
    described = _described(file)
    for one in described:
        _check(file, one)
    for twice in ([one.id for one in described], [one.issuer for one in described]):
        doubled = sorted({one for one in twice if twice.count(one) > 1})
        if doubled:
            raise BadIssuers(f"{file}: given twice: {', '.join(doubled)}")
    return {one.id: Issuer(one, _asks(file, one, now)) for one in described}


def _described(file: Path) -> tuple[Described, ...]:
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise BadIssuers(f"{file} cannot be read: {error.strerror}") from error
    try:
        return msgspec.json.decode(raw, type=_File).issuers
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadIssuers(f"{file}: {error}") from error


def _check(file: Path, one: Described) -> None:
    if not (one.id.isascii() and one.id.replace("-", "").replace("_", "").isalnum()):
        raise BadIssuers(f"{file}: {one.id!r}: an id has letters, digits, - and _")
    if not safe(one.issuer):
        raise BadIssuers(f"{file}: {one.id}: the issuer is asked by https:// (or on this machine)")
    if not one.client or not one.for_:
        raise BadIssuers(f"{file}: {one.id} has no client, or is for nobody")


def _asks(file: Path, one: Described, now: Callable[[], datetime]) -> OpenId:
    try:
        secret = (file.parent / one.secret_file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadIssuers(f"{file}: the secret of {one.id} cannot be read: {error}") from error
    if not secret:
        raise BadIssuers(f"{file}: the secret of {one.id} is empty")
    return OpenId(one.issuer, one.client, secret, now)
