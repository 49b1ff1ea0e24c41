"""Signed notes and checkpoints as C2SP writes them: text, and lines of signatures under it.

https://c2sp.org/signed-note and https://c2sp.org/tlog-checkpoint. A key is named; its id is made
of the name, the kind of signature and the public key, so that a name alone vouches for nothing.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from permits.evidence.merkle import HASH_BYTES

ED25519 = b"\x01"
ID_BYTES, KEY_BYTES = 4, 32
MOST_SIGNATURES = 16
MOST_BYTES = 1_000_000
_DASH = "— "
_PRIVATE = "PRIVATE+KEY"


class BadKey(ValueError):
    """A text is no key. The message does not repeat it."""


class BadNote(ValueError):
    """A text is no signed note, or no checkpoint."""


class NotSigned(ValueError):
    """No key that is trusted has signed the note, or a signature of one is not right."""


class Verifier(NamedTuple):
    """A public key with its name, as others are told it."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that name the key together with its name."""
        return _id(self.name, self.public)

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_text(ED25519 + self.public)}"


class Signer(Protocol):
    """Whoever signs notes: a key in a file, or something else that keeps a key to itself."""

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        ...

    def sign(self, text: bytes) -> bytes:
        """The signature of a text: 64 bytes of Ed25519."""
        ...


class KeySigner:
    """Signs with a key at hand."""

    def __init__(self, name: str, seed: bytes) -> None:
        self._seed = seed
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = Verifier(name, self._key.public_key().public_bytes_raw())

    def sign(self, text: bytes) -> bytes:
        return self._key.sign(text)

    def secret(self) -> str:
        """The key as a text, to be kept where nobody else reads it."""
        made = f"{self.verifier.name}+{self.verifier.id.hex()}+{_text(ED25519 + self._seed)}"
        return f"{_PRIVATE}+{made}"


def new_signer(name: str) -> KeySigner:
    """A new key. Raises `BadKey` if a key cannot have that name."""
    _must_be_a_name(name)
    return KeySigner(name, Ed25519PrivateKey.generate().private_bytes_raw())


def read_signer(text: str) -> KeySigner:
    """The key in a text that `KeySigner.secret` wrote. Raises `BadKey`."""
    prefix = f"{_PRIVATE}+"
    if not text.startswith(prefix):
        raise BadKey("this is no private key for notes")
    name, key_id, seed = _split(text.strip().removeprefix(prefix))
    signer = KeySigner(name, seed)
    if signer.verifier.id != key_id:
        raise BadKey("the id of the key is not that of its name and key")
    return signer


def read_verifier(text: str) -> Verifier:
    """The public key in a text: name, id and key with plus signs between. Raises `BadKey`."""
    name, key_id, public = _split(text.strip())
    verifier = Verifier(name, public)
    if verifier.id != key_id:
        raise BadKey("the id of the key is not that of its name and key")
    return verifier


def _split(text: str) -> tuple[str, bytes, bytes]:
    name, _, rest = text.partition("+")
    key_id, _, key = rest.partition("+")
    _must_be_a_name(name)
    try:
        raw, found = _bytes(key), bytes.fromhex(key_id)
    except ValueError:
        raise BadKey("this is no key for notes") from None
    if len(raw) != 1 + KEY_BYTES or raw[:1] != ED25519 or len(found) != ID_BYTES:
        raise BadKey("this is no Ed25519 key for notes")
    return name, found, raw[1:]


def _must_be_a_name(name: str) -> None:
    if not name or "+" in name or any(c.isspace() or not c.isprintable() for c in name):
        raise BadKey("a key has a name without spaces and plus signs")


class Signature(NamedTuple):
    """A line under a note: whose it says it is, and the signature."""

    name: str
    key_id: bytes
    signature: bytes


class Note(NamedTuple):
    """A note as it was read. Its text counts for nothing until a trusted key has signed it."""

    text: str
    signatures: tuple[Signature, ...]


def signed(text: str, signer: Signer) -> str:
    """A text, which ends with a line break, with the signature of one key under it."""
    return f"{text}\n{_line(signer, text)}"


def _line(signer: Signer, text: str) -> str:
    verifier = signer.verifier
    return f"{_DASH}{verifier.name} {_text(verifier.id + signer.sign(text.encode()))}\n"


def read_note(content: str) -> Note:
    """The note in a text. Raises `BadNote`."""
    control = any(c < " " and c != "\n" for c in content)
    if control or not content.endswith("\n") or len(content) > MOST_BYTES:
        raise BadNote("this is no signed note")
    text, gap, lines = content.rpartition("\n\n")
    found = lines.splitlines()
    if not gap or not text or not 1 <= len(found) <= MOST_SIGNATURES:
        raise BadNote("this is no signed note: it has no signatures under its text")
    return Note(f"{text}\n", tuple(map(_signature, found)))


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        raw = _bytes(encoded)
    except ValueError:
        raw = b""
    if not line.startswith(_DASH) or not name or "+" in name or len(raw) <= ID_BYTES:
        raise BadNote("this is no signed note: a line under it is no signature")
    return Signature(name, raw[:ID_BYTES], raw[ID_BYTES:])


def opened(content: str, trusted: Iterable[Verifier]) -> tuple[str, tuple[Verifier, ...]]:
    """The text of a note, and which of the trusted keys signed it. Signatures of others are
    passed over. Raises `BadNote`, and `NotSigned` if none did or one that claims to did not."""
    note = read_note(content)
    keys = {(one.name, one.id): one for one in trusted}
    found = []
    for one in note.signatures:
        verifier = keys.get((one.name, one.key_id))
        if verifier is None:
            continue
        if not _is_right(verifier, note.text, one.signature):
            raise NotSigned(f"the signature of {one.name} is not right")
        found.append(verifier)
    if not found:
        raise NotSigned("it is not signed by a key that is trusted")
    return note.text, tuple(found)


def _is_right(verifier: Verifier, text: str, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(verifier.public).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


class Checkpoint(NamedTuple):
    """What a log says of itself: its name, how many leaves it has, and their root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{_text(self.root)}\n"


def read_checkpoint(text: str) -> Checkpoint:
    """The checkpoint in the text of a note. Lines after the third are passed over. `BadNote`."""
    lines = text.split("\n")
    if len(lines) < 4:
        raise BadNote("this is no checkpoint: it names no log, size and root")
    origin, size, root = lines[:3]
    try:
        found = read_hash(root)
    except ValueError:
        raise BadNote("this is no checkpoint: its root is no hash") from None
    if not origin or not is_number(size):
        raise BadNote("this is no checkpoint: it names no log or no size")
    return Checkpoint(origin, int(size), found)


def opened_checkpoint(
    content: str, trusted: Iterable[Verifier]
) -> tuple[Checkpoint, tuple[Verifier, ...]]:
    """The checkpoint in a note, and which of the trusted keys signed it. One of them has to bear
    the name of the log: no key speaks for another log. Raises `BadNote` and `NotSigned`."""
    text, signers = opened(content, trusted)
    checkpoint = read_checkpoint(text)
    if all(one.name != checkpoint.origin for one in signers):
        raise NotSigned("no key of that log has signed it")
    return checkpoint, signers


def is_number(text: str) -> bool:
    """Whether a text is a whole number as notes write it, below 2**63."""
    plain = text.isascii() and text.isdigit() and len(text) < 20
    return plain and str(int(text)) == text and int(text) < 1 << 63


def write_hash(raw: bytes) -> str:
    """A hash as notes write it."""
    return _text(raw)


def read_hash(text: str) -> bytes:
    """The hash in a text. Raises `ValueError`."""
    raw = _bytes(text)
    if len(raw) != HASH_BYTES:
        raise ValueError
    return raw


def _id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:ID_BYTES]


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    """Of the standard alphabet, padded, and written in the one way there is."""
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError from error
    if _text(raw) != text:
        raise ValueError
    return raw
