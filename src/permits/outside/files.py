"""Uploaded files: looked at, hashed, and kept under their hash instead of a name."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import msgspec

MOST_BYTES = 20 * 1024 * 1024

_OPENINGS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
"""Files that are taken, by how they begin."""

SUFFIXES = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}


class Unfit(StrEnum):
    """Why a file is not taken. Each needs a text in both languages."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    KIND = "kind"
    TOO_MANY = "too_many"


class Kept(msgspec.Struct, frozen=True):
    """A file that was kept; `size` in bytes."""

    sha256: str
    size: int
    media_type: str


ANSWER = "application/json"

COMING = ".in-"
"""How the names of files begin that are still coming in."""


class Files:
    """A folder of files by their SHA-256. Nothing in it is ever changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._there: set[str] = set()
        made = [one for one in (folder, *folder.parents) if not one.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        for one in made:
            _sync(one.parent)

    def keep(self, source: BinaryIO, most: int = MOST_BYTES) -> Kept | Unfit:
        """Keep what can be read from `source`, durably, before any record speaks of it."""
        digest, size, opening = hashlib.sha256(), 0, b""
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix=COMING, delete=False) as target:
            try:
                for part in _parts(source):
                    size += len(part)
                    if size > most:
                        return Unfit.TOO_LARGE
                    opening = opening or part[:16]
                    digest.update(part)
                    target.write(part)
                media_type = _kind(opening)
                if size == 0 or media_type is None:
                    return Unfit.EMPTY if size == 0 else Unfit.KIND
                target.flush()
                os.fsync(target.fileno())
                kept = Kept(digest.hexdigest(), size, media_type)
                folder = self._part(kept.sha256)
                Path(target.name).replace(folder / kept.sha256)
            finally:
                Path(target.name).unlink(missing_ok=True)
        _sync(folder)
        return kept

    def keep_answer(self, content: bytes) -> Kept:
        """Keep what another office answered, as JSON: nobody uploads files of that kind."""
        sha256 = hashlib.sha256(content).hexdigest()
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix=COMING, delete=False) as target:
            try:
                target.write(content)
                target.flush()
                os.fsync(target.fileno())
                folder = self._part(sha256)
                Path(target.name).replace(folder / sha256)
            finally:
                Path(target.name).unlink(missing_ok=True)
        _sync(folder)
        return Kept(sha256, len(content), ANSWER)

    def open(self, sha256: str) -> BinaryIO:
        """A kept file; FileNotFoundError if there is none of this hash."""
        return (self.folder / sha256[:2] / sha256).open("rb")

    def remove(self, sha256: str, before: datetime) -> bool:
        """Remove a file for good; False, and it stays, if it came in again since an instant."""
        kept = self.folder / sha256[:2] / sha256
        if not kept.exists():
            return True
        if kept.stat().st_mtime >= before.timestamp():
            return False
        kept.unlink()
        _sync(kept.parent)
        return True

    def sweep(self, before: datetime) -> int:
        """Remove what began to come in before then and never arrived; how many there were."""
        swept = 0
        for coming in self.folder.glob(f"{COMING}*"):
            with suppress(FileNotFoundError):  # it has arrived meanwhile, or somebody else sweeps
                if coming.stat().st_mtime < before.timestamp():
                    coming.unlink()
                    swept += 1
        return swept

    def _part(self, sha256: str) -> Path:
        """The part of the folder a file belongs in, itself there for good before the file is.

        Another process may have made it a moment ago, so that its name is written once by each.
        """
        part = self.folder / sha256[:2]
        if part.name not in self._there:
            part.mkdir(exist_ok=True)
            _sync(self.folder)
            self._there.add(part.name)
        return part


def _kind(opening: bytes) -> str | None:
    return next((kind for start, kind in _OPENINGS.items() if opening.startswith(start)), None)


def _parts(source: BinaryIO) -> Iterator[bytes]:
    while part := source.read(1 << 20):
        yield part


def _sync(folder: Path) -> None:
    """A file is only there for good once its folder is written too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
