"""Files in a folder of this machine, or of one that is mounted."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from permits.outside.stores import NAME, verify

COMING = ".in-"
"""How the names of files begin that are still coming in."""


class StoreFolder:
    """A folder of files by their SHA-256. Nothing in it is ever changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._there: set[str] = set()

    def bring(self, path: Path, sha256: str) -> "_Brought":
        """The file lies in this very folder, so that it only changes its name."""
        verify(self, sha256)
        return _Brought(path, self.part(sha256) / sha256)

    def open(self, sha256: str) -> BinaryIO:
        return (self.folder / sha256[:2] / sha256).open("rb")

    def remove(self, sha256: str, before: datetime) -> bool:
        kept = self.folder / sha256[:2] / sha256
        if not kept.exists():
            return True
        if kept.stat().st_mtime >= before.timestamp():
            return False
        kept.unlink()
        sync(kept.parent)
        return True

    def kept(self, before: datetime) -> Iterator[str]:
        for path in self.folder.glob("[0-9a-f][0-9a-f]/*"):
            with suppress(FileNotFoundError):
                if NAME.fullmatch(path.name) and path.stat().st_mtime < before.timestamp():
                    yield path.name

    def sweep(self, before: datetime) -> int:
        swept = 0
        for coming in self.folder.glob(f"{COMING}*"):
            with suppress(FileNotFoundError):  # it has arrived meanwhile, or somebody else sweeps
                if coming.stat().st_mtime < before.timestamp():
                    coming.unlink()
                    swept += 1
        return swept

    def part(self, sha256: str) -> Path:
        """The part of the folder a file belongs in, itself there for good before the file is.

        Another process may have made it a moment ago, so that its name is written once by each.
        """
        part = self.folder / sha256[:2]
        if part.name not in self._there:
            part.mkdir(exist_ok=True)
            sync(self.folder)
            self._there.add(part.name)
        return part


class _Brought:
    def __init__(self, path: Path, to: Path) -> None:
        self._path = path
        self._to = to
        self._settled = False

    def settle(self) -> None:
        if self._settled:  # the transaction is tried once more
            return
        if not self._to.exists():
            self._path.replace(self._to)
        sync(self._to.parent)
        self._settled = True

    def drop(self) -> None:
        self._path.unlink(missing_ok=True)


def made(folder: Path) -> Path:
    """The folder, there for good with every folder on the way to it."""
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in new:
        sync(one.parent)
    return folder


def sync(folder: Path) -> None:
    """A file is only there for good once its folder is written too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
