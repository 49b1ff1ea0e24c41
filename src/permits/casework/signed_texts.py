"""The texts that were signed: which of them events name, and what they say.

A text is kept as the very bytes whose digest the event of its signature names, so that it is shown
for good as it was signed, whatever becomes of definitions and of how they are read.
"""

import hashlib
from collections.abc import Iterable, Mapping

import msgspec

from permits.casework.envelope import Event
from permits.casework.families.tolerance import UndertakingSigned
from permits.casework.families.tracks import CommitmentSigned
from permits.casework.tracks import notice_digest, signed_content
from permits.definitions.schema import Commitment, Definition, Undertaking


class Sentence(msgspec.Struct, frozen=True):
    """One paragraph in both languages."""

    zh: str
    en: str


class SignedText(msgspec.Struct, frozen=True):
    """A notice with the statement under it; `kind` is that of the commitment, or `undertaking`."""

    kind: str
    notice: tuple[Sentence, ...]
    statement: tuple[Sentence, ...]


class NoSignedText(ValueError):
    """Bytes are no text that can have been signed here."""


_decoder = msgspec.json.Decoder(SignedText, strict=True)


def read(content: bytes) -> SignedText:
    """What a text says. Raises `NoSignedText`."""
    try:
        return _decoder.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NoSignedText(str(error)) from None


def digest_of(content: bytes) -> str:
    """SHA-256, in hex: under this a text is kept, and by this an event names it."""
    return hashlib.sha256(content).hexdigest()


def named(events: Iterable[Event]) -> tuple[str, ...]:
    """The digests of the texts that events name, each once, in the order of the signatures."""
    signed = (e for e in events if isinstance(e, CommitmentSigned | UndertakingSigned))
    return tuple(dict.fromkeys(e.text_digest for e in signed))


def texts_of(definition: Definition) -> dict[str, bytes]:
    """Every text that a permit type has signed, under its digest."""
    texts: list[Commitment | Undertaking] = [*definition.commitments.values()]
    if definition.undertaking is not None:
        texts.append(definition.undertaking)
    return {notice_digest(text): signed_content(text) for text in texts}


def texts_signed(definition: Definition, events: Iterable[Event]) -> Mapping[str, bytes]:
    """The texts that events name, as the definition by which they were decided says them."""
    wanted = named(events)
    texts = texts_of(definition) if wanted else {}
    return {digest: texts[digest] for digest in wanted}
