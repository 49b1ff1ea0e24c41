"""The key with which an office signs its backups (Ed25519), and what is checked of a signature."""

import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from permits.outside import private_files
from permits.settings import BadSetting


class BackupKey:
    """Signs; `fingerprint` is the SHA-256 of the public key in hexadecimal, by which people know
    it, `public` the key itself as PEM."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        public = key.public_key()
        self.public = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        self.fingerprint = _fingerprint(public)

    def sign(self, content: bytes) -> bytes:
        return self._key.sign(content)


def backup_key(file: Path) -> BackupKey:
    """The key of a file, which is made if it is not there. BadSetting if it holds another kind of
    thing."""
    if not file.exists():
        private_files.write_once(file, _new())
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise BadSetting(f"{file} does not hold the key that signs backups, Ed25519 as PEM")
    return BackupKey(key)


def _new() -> str:
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")


def signer_of(public: bytes) -> str:
    """The fingerprint of a public key as PEM; ValueError if it is none."""
    return _fingerprint(_public(public))


def is_signed(public: bytes, content: bytes, signature: bytes) -> bool:
    """Whether the signature is that of this key over this content; ValueError if it is no key."""
    try:
        _public(public).verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _public(pem: bytes) -> Ed25519PublicKey:
    """The key, if nothing else is in the file: readers of PEM pass over what stands beside it."""
    key = load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("not an Ed25519 key")  # noqa: TRY004 - the content is wrong, not its type
    if key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo) != pem:
        raise ValueError("not a key as it is written by this program")
    return key


def _fingerprint(key: Ed25519PublicKey) -> str:
    raw = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(raw).hexdigest()
