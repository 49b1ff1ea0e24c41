"""Seals: what the log holds in the place of a personal value or a free text."""

import hashlib
import hmac

SALT_BYTES = 32


def seal(salt: bytes, value: str) -> str:
    """HMAC-SHA256 of the value under a salt of 32 random bytes, in hex.

    Who has salt and value can show that the log means them; once both are erased the seal says
    nothing, however few values were possible.
    """
    return hmac.new(salt, value.encode(), hashlib.sha256).hexdigest()


def opens(sealed: str, salt: bytes, value: str) -> bool:
    """Whether a seal was made of this value with this salt."""
    return hmac.compare_digest(sealed, seal(salt, value))
