"""Uploaded files: measured, looked into, hashed, and kept under their hash instead of a name."""

import hashlib
import importlib
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from permits.outside.clamd import Clamd
from permits.outside.parsing import pool
from permits.outside.store_folder import COMING, StoreFolder, made
from permits.outside.stores import Away, Brought, Store, parts
from permits.settings import Limits, Settings
from permits.text.uploads import Unfit

log = logging.getLogger(__name__)

_OPENINGS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
"""Files that are taken, by how they begin."""

SUFFIXES = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}

ANSWER = "application/json"

OURS = 0o600
"""Nobody else on this machine reads what was handed in."""


class Looks(Protocol):
    """Looks into files in such a way that none of them can do harm."""

    def look_into(self, source: Path, target: Path, media_type: str) -> Unfit | None:
        """Why a file is not taken, if it is not; a picture is written anew to `target`."""


class Kept(msgspec.Struct, frozen=True):
    """A file as it is kept; `size` in bytes. `came` is the SHA-256 of what was sent, where that
    was something else: a picture is written anew from its pixels."""

    sha256: str
    size: int
    media_type: str
    came: str = ""


class Arrived(msgspec.Struct, frozen=True):
    """A file that is fit to be kept, and is kept once it settles."""

    kept: Kept
    brought: Brought

    def settle(self) -> None:
        self.brought.settle()


class Files:
    """Takes files in, into a store. They come in through a `folder` on this machine."""

    def __init__(self, folder: Path, store: Store | None = None) -> None:
        self.folder = made(folder)
        self.store: Store = store or StoreFolder(folder)
        self.clamd: Clamd | None = None
        self.looks: Looks = pool.shared()

    @contextmanager
    def incoming(
        self, source: BinaryIO, most: int = Limits().file_bytes
    ) -> Iterator[Arrived | Unfit]:
        """What can be read from `source`, of at most so many bytes, ready to be kept; nothing is
        left of it that has not settled by the end."""
        came, anew = self._new(), self._new()
        try:
            arrived = self._arrived(source, came, anew, most)
            try:
                yield arrived
            finally:
                if isinstance(arrived, Arrived):
                    arrived.brought.drop()
        finally:
            came.unlink(missing_ok=True)
            anew.unlink(missing_ok=True)

    def keep_answer(self, content: bytes) -> Kept:
        """Keep what another office answered, as JSON: nobody uploads files of that kind."""
        coming = self._new()
        try:
            coming.touch(mode=OURS, exist_ok=False)
            coming.write_bytes(content)
            _written_through(coming)
            kept = Kept(hashlib.sha256(content).hexdigest(), len(content), ANSWER)
            self.store.bring(coming, kept.sha256).settle()
        finally:
            coming.unlink(missing_ok=True)
        return kept

    def open(self, sha256: str) -> BinaryIO:
        """A kept file; FileNotFoundError if there is none of this hash."""
        return self.store.open(sha256)

    def remove(self, sha256: str, before: datetime) -> bool:
        """Remove a file for good; False, and it stays, if it came in again since an instant."""
        return self.store.remove(sha256, before)

    def kept(self, before: datetime) -> Iterator[str]:
        """The SHA-256 of every file that came in before an instant and settled."""
        return self.store.kept(before)

    def sweep(self, before: datetime) -> int:
        """Remove what began to come in before then and never arrived; how many there were."""
        swept = self.store.sweep(before)
        if not isinstance(self.store, StoreFolder):
            swept += StoreFolder(self.folder).sweep(before)
        return swept

    def _new(self) -> Path:
        """The path of a file in this folder, for something that is coming in."""
        return self.folder / f"{COMING}{secrets.token_hex(16)}"

    def _arrived(self, source: BinaryIO, came: Path, anew: Path, most: int) -> Arrived | Unfit:
        """What came, ready to be kept. Where it cannot be written down, for want of room as for
        anything else, or the store is away, it cannot be looked at now."""
        try:
            kept = self._looked_into(source, came, anew, most)
            if isinstance(kept, Unfit):
                return kept
            return Arrived(kept, self.store.bring(anew if kept.came else came, kept.sha256))
        except (OSError, Away):
            log.exception("a file that came in could not be kept")
            return Unfit.UNCHECKED

    def _looked_into(self, source: BinaryIO, came: Path, anew: Path, most: int) -> Kept | Unfit:
        """What is to be kept: what came, or what it became when it was written anew."""
        digest, size, opening = hashlib.sha256(), 0, b""
        for one in (came, anew):
            one.touch(mode=OURS, exist_ok=False)
        with came.open("wb") as target:
            for part in parts(source):
                size += len(part)
                if size > most:
                    return Unfit.TOO_LARGE
                opening = opening or part[:16]
                digest.update(part)
                target.write(part)
        media_type = _kind(opening)
        if media_type is None:
            return Unfit.KIND if size else Unfit.EMPTY
        unfit = self.looks.look_into(came, anew, media_type) or self._scanned(came)
        if unfit is not None:
            return unfit
        kept = Kept(digest.hexdigest(), size, media_type)
        if media_type != "application/pdf":
            kept = _rewritten(anew, kept)
        if kept.size > most:
            return Unfit.TOO_LARGE
        _written_through(anew if kept.came else came)
        return kept

    def _scanned(self, came: Path) -> Unfit | None:
        if self.clamd is None:
            return None
        with came.open("rb") as source:
            return self.clamd.scan(source)


def files_of(settings: Settings) -> Files:
    """The files of an office, wherever its settings say they are."""
    files = Files(settings.files)
    if settings.files_in:
        # Loaded only here: it is large, and most offices keep their files in a folder.
        bucket = importlib.import_module("permits.outside.store_bucket")
        files.store = bucket.StoreBucket(settings.files_in, settings.s3_endpoint)
    if settings.clamd:
        files.clamd = Clamd(settings.clamd)
    return files


def _kind(opening: bytes) -> str | None:
    return next((kind for start, kind in _OPENINGS.items() if opening.startswith(start)), None)


def _rewritten(anew: Path, came: Kept) -> Kept:
    """A picture as it was written anew."""
    with anew.open("rb") as source:
        sha256 = hashlib.file_digest(source, "sha256").hexdigest()
    size = anew.stat().st_size
    changed = "" if sha256 == came.sha256 else came.sha256
    return Kept(sha256, size, came.media_type, changed)


def _written_through(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
