"""Where files are kept, by their SHA-256: in a folder, or in a bucket. None is ever changed."""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

PART = 1 << 20
"""Bytes that are read of a file at a time."""


class Damaged(Exception):
    """What is kept under a hash, or came to be, has another one; an alarm, not a refusal."""


class Away(Exception):
    """Where files are kept cannot be reached at the moment."""


class Brought(Protocol):
    """A file that lies safely beside the store, and is not in it yet."""

    def settle(self) -> None:
        """Let it be found under its hash, from now on and after a loss of power. What is there
        already stays, untouched. Quick enough to be done within a transaction."""

    def drop(self) -> None:
        """Take it away again, unless it has settled."""


class Store(Protocol):
    """Keeps files by their SHA-256. Whatever is asked of it may end with Away."""

    def bring(self, path: Path, sha256: str) -> Brought:
        """Take the file at `path` over, which is written through and in the folder of those that
        come in. Damaged if what arrives is not what was sent, or if what is kept under its hash
        already is not what it was."""

    def open(self, sha256: str) -> BinaryIO:
        """A kept file; FileNotFoundError if there is none of this hash."""

    def remove(self, sha256: str, before: datetime) -> bool:
        """Remove a file for good, if there is one; False, and it stays, if it came in since an
        instant."""

    def kept(self, before: datetime) -> Iterator[str]:
        """The SHA-256 of every file that settled before an instant."""

    def sweep(self, before: datetime) -> int:
        """Remove what was brought before then and never settled; how many there were."""


NAME = re.compile(r"[0-9a-f]{64}")
"""What a file is called that is kept."""


def verify(store: Store, sha256: str) -> bool:
    """Whether a file is kept under this hash. Damaged if it has another one."""
    try:
        with store.open(sha256) as source:
            digest = digest_of(source)
    except FileNotFoundError:
        return False
    if digest != sha256:
        raise Damaged(sha256)
    return True


def digest_of(source: BinaryIO) -> str:
    """The SHA-256 of what can be read."""
    digest = hashlib.sha256()
    for part in parts(source):
        digest.update(part)
    return digest.hexdigest()


def parts(source: BinaryIO) -> Iterator[bytes]:
    """What can be read, without ever holding it whole."""
    while part := source.read(PART):
        yield part
