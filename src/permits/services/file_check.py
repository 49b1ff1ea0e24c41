"""Reads every file that is kept once more, and says which are not what they were."""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from permits.outside.files import Files
from permits.outside.stores import Damaged, verify
from permits.store import drafts
from permits.store.database import Database


class Found(StrEnum):
    """How a file was found."""

    WHOLE = "whole"
    MISSING = "missing"
    ALTERED = "altered"


class Checked(msgspec.Struct, frozen=True):
    """A file that was looked at. Unless it is whole, `places` are the drafts and cases whose it
    is; `size` is what it had in bytes when it was kept."""

    sha256: str
    size: int
    found: Found
    places: tuple[str, ...] = ()


def check(database: Database, files: Files) -> Iterator[Checked]:
    """Every file of the office, by its hash."""
    with database.read() as connection:
        noted = drafts.noted(connection)
    for sha256, size in noted:
        found = _look_at(files, sha256)
        places: tuple[str, ...] = ()
        if found is not Found.WHOLE:
            with database.read() as connection:
                places = tuple(drafts.places_of(connection, sha256))
        yield Checked(sha256, size, found, places)


def _look_at(files: Files, sha256: str) -> Found:
    try:
        return Found.WHOLE if verify(files.store, sha256) else Found.MISSING
    except Damaged:
        return Found.ALTERED
