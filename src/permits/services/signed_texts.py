"""Compares texts that were signed with the events that name them, and keeps what is missing."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Literal

import msgspec
from sqlalchemy import Connection
from sqlalchemy.engine import Dialect

from permits.casework.signed_texts import NoSignedText, SignedText, digest_of, read, texts_of
from permits.definitions.schema import Definition
from permits.store.database import Database
from permits.store.signed_texts import SignedTexts, contents


class TextAmiss(msgspec.Struct, frozen=True):
    """A text that was signed and is not there, or is not what was signed; or one that is there and
    that no event names. `stream` is where it was signed first, empty if nowhere."""

    digest: str
    stream: str
    wrong: Literal["missing", "altered", "unnamed"]

    def __str__(self) -> str:
        says = {
            "missing": f"was signed in {self.stream} and is not there",
            "altered": "is not what was signed under this digest",
            "unnamed": "is there, and no event names it",
        }
        return f"signed_text {self.digest}: {says[self.wrong]}"


def amiss(kept: Iterable[tuple[str, bytes]], named: Mapping[str, str]) -> Iterator[TextAmiss]:
    """What is amiss with the texts that are kept. `named` says which digests events name, and
    in which stream each is named first."""
    there = set[str]()
    for digest, content in kept:
        there.add(digest)
        if digest_of(content) != digest:
            yield TextAmiss(digest, named.get(digest, ""), "altered")
        elif digest not in named:
            yield TextAmiss(digest, "", "unnamed")
    for digest, stream in named.items():
        if digest not in there:
            yield TextAmiss(digest, stream, "missing")


def keep_missing(
    connection: Connection,
    dialect: Dialect,
    named: Iterable[str],
    published: Iterable[Definition],
) -> tuple[str, ...]:
    """Keep each text that events name and that is not there, if a published definition has it; the
    digests of those that none has. Of such a text nobody can say any more what it was."""
    wanted = set(named)
    missing = wanted - contents(connection, wanted).keys()
    found: dict[str, bytes] = {}
    for definition in published if missing else ():
        found |= {d: text for d, text in texts_of(definition).items() if d in missing}
    SignedTexts(dialect).keep(connection, found)
    return tuple(sorted(missing - found.keys()))


def kept_whole(database: Database, digests: Collection[str]) -> dict[str, bytes]:
    """The bytes of texts by their digests; of those only that are what was signed."""
    if not digests:
        return {}
    with database.read() as connection:
        found = contents(connection, digests)
    return {digest: content for digest, content in found.items() if digest_of(content) == digest}


def texts_kept(database: Database, digests: Collection[str]) -> dict[str, SignedText]:
    """What texts say, of those only that are what was signed."""
    found: dict[str, SignedText] = {}
    for digest, content in kept_whole(database, digests).items():
        with suppress(NoSignedText):
            found[digest] = read(content)
    return found
