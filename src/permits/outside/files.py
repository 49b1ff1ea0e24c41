"""Uploaded files: looked at, hashed, and kept under their hash instead of a name."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
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


class Files:
    """A folder of files by their SHA-256. Nothing in it is ever changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, source: BinaryIO, most: int = MOST_BYTES) -> Kept | Unfit:
        """Keep what can be read from `source`, durably, before any record speaks of it."""
        digest, size, opening = hashlib.sha256(), 0, b""
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".in-", delete=False) as target:
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
                Path(target.name).replace(self._path(kept.sha256))
            finally:
                Path(target.name).unlink(missing_ok=True)
        _sync(self._path(kept.sha256).parent)
        return kept

    def open(self, sha256: str) -> BinaryIO:
        """A kept file; FileNotFoundError if there is none of this hash."""
        return self._path(sha256).open("rb")

    def _path(self, sha256: str) -> Path:
        folder = self.folder / sha256[:2]
        folder.mkdir(exist_ok=True)
        return folder / sha256


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
