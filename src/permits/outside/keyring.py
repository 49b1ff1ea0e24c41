"""Keys that belong to the office, outside its database: what is sealed with them is no use to
whoever has only that. AES-256-GCM; each sealed text says how and under which key it was made, so
that another way can follow while what was sealed before still opens."""

import base64
import binascii
import hashlib
import hmac
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from permits.outside.private_files import kept
from permits.settings import BadSetting

WAY = "aes256gcm"
"""How is sealed now; where a text says nothing of it, it was sealed so before ways had names."""

KEY_BYTES = 32
NONCE_BYTES = 12


class Unopenable(Exception):
    """What was sealed is not for this purpose, was changed, or its key is not on the ring."""


class Keyring:
    """The office's keys. What is new is sealed with the first; all of them open."""

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        self._first = _id(keys[0])
        self._keys = {_id(key): key for key in keys}

    @property
    def ids(self) -> tuple[str, ...]:
        """What the keys are called, the one to seal with first; of no use to open anything."""
        return tuple(self._keys)

    def sealed(self, secret: bytes, about: str) -> str:
        """The secret, encrypted. It opens only for the same purpose: what it is `about`."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        made = AESGCM(self._keys[self._first]).encrypt(nonce, secret, about.encode())
        return f"{WAY}.{self._first}.{_text(nonce + made)}"

    def opened(self, sealed: str, about: str) -> bytes:
        """What was sealed about something; Unopenable if it was not."""
        way, name, text = ("", "", *sealed.rsplit(".", 2))[-3:]
        try:
            if way not in (WAY, ""):
                raise ValueError(way)
            key, whole = self._keys[name], _bytes(text)
            nonce, made = whole[:NONCE_BYTES], whole[NONCE_BYTES:]
            return AESGCM(key).decrypt(nonce, made, about.encode())
        except (KeyError, ValueError, InvalidTag) as error:
            raise Unopenable from error

    def is_newest(self, sealed: str) -> bool:
        """Whether a text was sealed as it would be now."""
        return sealed.startswith(f"{WAY}.{self._first}.")

    def marked(self, text: str) -> str:
        """The text with a mark that only we can make."""
        return f"{text}.{self._first}.{self._mark(self._first, text)}"

    def unmarked(self, marked: str) -> str | None:
        """The text that was marked; None if the mark is not ours."""
        text, name, mark = ("", "", "", *marked.rsplit(".", 2))[-3:]
        if name not in self._keys:
            return None
        good = hmac.compare_digest(self._mark(name, text).encode(), mark.encode())
        return text if good else None

    def _mark(self, name: str, text: str) -> str:
        key = hmac.new(self._keys[name], b"marks", hashlib.sha256).digest()
        return _text(hmac.new(key, text.encode(), hashlib.sha256).digest())


def keyring(keys: str, file: Path) -> Keyring:
    """The keys that are set, the one to seal with first, with commas or spaces between; where none
    is set, the one of the file, which is made if it is not there.

    BadSetting, which does not repeat it, for what is no key.
    """
    words = keys.replace(",", " ").split()
    try:
        found = tuple(_key(word) for word in words or [kept(file, _made)])
    except ValueError:
        raise BadSetting(
            f"{'PERMITS_SECRET_KEY' if words else file} does not hold {KEY_BYTES} bytes in base64;"
            " `openssl rand -base64 32` makes such a key"
        ) from None
    return Keyring(found)


def _key(word: str) -> bytes:
    key = _bytes(word.strip())
    if len(key) != KEY_BYTES:
        raise ValueError
    return key


def _made() -> str:
    return _text(secrets.token_bytes(KEY_BYTES)) + "\n"


def _id(key: bytes) -> str:
    return hashlib.sha256(b"key" + key).hexdigest()[:12]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    """Of either alphabet of base64, padded or not."""
    plain = text.rstrip("=").replace("+", "-").replace("/", "_")
    try:
        raw = plain.encode("ascii")
        return base64.b64decode(raw + b"=" * (-len(raw) % 4), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError from error
