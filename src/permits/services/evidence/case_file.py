"""The file of one case, for somebody who trusts nobody here: everything it takes to verify it.

One object of JSON. Records stand in it as they were written, byte for byte; hashes in hex and in
base64 as notes have them.
"""

from datetime import datetime
from typing import Any, Literal

import msgspec

from permits.evidence.notes import read_hash, write_hash

FORMAT: Literal["permits-case@v1"] = "permits-case@v1"


class KeptEvent(msgspec.Struct, frozen=True):
    """An event: its record, the hash before it in its stream, and its place in the log with the
    hashes that prove it; no place if it has none under the checkpoint."""

    record: str
    previous: str
    place: int | None = None
    path: tuple[str, ...] = ()

    @property
    def hashes(self) -> tuple[bytes, ...]:
        """The proof. Raises `ValueError`."""
        return tuple(map(read_hash, self.path))


class KeptDefinition(msgspec.Struct, frozen=True):
    """A permit type as it was published, resolved, with the event that says so."""

    content: str
    published: KeptEvent


class KeptText(msgspec.Struct, frozen=True):
    """A text that was signed, byte for byte, under its SHA-256 in hex, which the events of its
    signatures name."""

    digest: str
    content: str


class CaseFile(msgspec.Struct, frozen=True):
    """A case and what it was decided by.

    `events` are all of its stream, `calendar` all of the calendar's, `definitions` the versions
    it was bound to. `checkpoint` is the signed note under which everything has its place, `keys`
    the public keys that signed for this office; somebody who has them from elsewhere believes
    those instead. `figures` and `dues` are what the office's tables say of the case, to be
    compared with what its events say. `texts` are those that were signed in it; a file that was
    written before texts were kept has none, and the definitions in it say them.
    """

    format: Literal["permits-case@v1"]
    case: str
    made_at: datetime
    events: tuple[KeptEvent, ...]
    calendar: tuple[KeptEvent, ...]
    definitions: tuple[KeptDefinition, ...]
    checkpoint: str
    keys: tuple[str, ...]
    figures: dict[str, Any]
    dues: tuple[dict[str, Any], ...]
    texts: tuple[KeptText, ...] | None = None


_decoder = msgspec.json.Decoder(CaseFile, strict=True)


class NoCaseFile(ValueError):
    """A file is none of a case."""


def written(file: CaseFile) -> bytes:
    """The file, in lines that people can read."""
    return msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n"


def read(content: bytes) -> CaseFile:
    """The case in a file. Raises `NoCaseFile`."""
    try:
        return _decoder.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NoCaseFile(str(error)) from None


def path_of(proof: tuple[bytes, ...]) -> tuple[str, ...]:
    """A proof as files hold it."""
    return tuple(map(write_hash, proof))
