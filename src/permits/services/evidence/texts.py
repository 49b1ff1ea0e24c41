"""Whether the texts that were signed are there, byte for byte, as the events of their signatures
name them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from permits.casework.families.tolerance import UndertakingSigned
from permits.casework.families.tracks import CommitmentSigned
from permits.casework.signed_texts import texts_of
from permits.definitions.schema import Definition
from permits.evidence.findings import Amiss, Finding
from permits.services.evidence.case_file import KeptText
from permits.services.signed_texts import amiss

TEXTS = "signed texts"
"""Where something is amiss with a text that no case names."""

SIGNED: Final = frozenset({CommitmentSigned.__name__, UndertakingSigned.__name__})

_WHAT: Final = {
    "missing": Amiss.TEXT_MISSING,
    "altered": Amiss.TEXT_ALTERED,
    "unnamed": Amiss.TEXT_UNNAMED,
}


class _Signs(msgspec.Struct):
    text_digest: str


class _Signature(msgspec.Struct):
    body: _Signs


def text_named(kind: str, record: bytes) -> str:
    """The digest of the text that a record names, if it is of a signature; else empty, and so too
    if it cannot be read, which is told where the record itself is looked at."""
    if kind not in SIGNED:
        return ""
    try:
        return msgspec.json.decode(record, type=_Signature).body.text_digest
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return ""


def findings(kept: Iterable[tuple[str, bytes]], named: Mapping[str, str]) -> Iterator[Finding]:
    """What is amiss with texts; `named` says which digests events name, and in which stream."""
    for one in amiss(kept, named):
        yield Finding(_WHAT[one.wrong], one.stream or TEXTS, 0, (one.digest,))


def in_file(
    texts: tuple[KeptText, ...] | None,
    definitions: Iterable[Definition],
    named: Mapping[str, str],
) -> list[tuple[str, bytes]]:
    """The texts of a file; of one that was written before texts were kept, those of its
    definitions that events name."""
    if texts is not None:
        return [(one.digest, one.content.encode()) for one in texts]
    said = (text for one in definitions for text in texts_of(one).items())
    return [(digest, content) for digest, content in said if digest in named]
