"""The family of documents as files: which bytes were kept of which document.

These stand in a stream of their own beside the case: a file is made some time after what it says
was decided, and the version of the case must not change under those who work on it.
"""

import msgspec

from permits.casework.envelope import Event
from permits.casework.parts import Seal


def stream_of(case_id: str) -> str:
    """Where it is told which files were kept of the documents of a case."""
    return f"documents/{case_id}"


class PaperFile(msgspec.Struct, frozen=True):
    """A file: its SHA-256, and its size in bytes."""

    sha256: str
    size: int


class DocumentKept(Event, frozen=True):
    """The files of a document were made and kept, one for each language. `of` is the case,
    `says` are the sealed texts that stand in it. As long as any of those is kept a nonce made of
    their salts stands in the files, so that once they are erased their digests give nothing
    away."""

    of: str
    number: str
    files: dict[str, PaperFile]
    says: tuple[Seal, ...]
    signed: bool = False
