"""Password hashes: Argon2id, and never more at once than the machine can carry."""

import functools
import threading
from pathlib import Path

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

_hasher = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1),))
_at_once = threading.BoundedSemaphore(2)
"""Signing in is the cheapest way to keep a server busy; two at a time leave room for work."""

COMMONEST = Path(__file__).with_name("commonest_passwords.txt")


def hashed(password: str) -> str:
    with _at_once:
        return _hasher.hash(password)


def fits(password: str, hash_: str) -> bool:
    """Whether the password is the one of the hash. Takes as long either way."""
    with _at_once:
        return _hasher.verify(password, hash_)


def outdated(hash_: str) -> bool:
    """Whether a hash was made in another way, or at less cost, than hashes are made now."""
    return _hasher.current_hasher.check_needs_rehash(hash_)


@functools.cache
def nobody() -> str:
    """A hash to verify against when there is no such account, so that the answer takes as long."""
    return hashed("nobody has this password")


@functools.cache
def _commonest() -> frozenset[str]:
    lines = COMMONEST.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("# "))


def is_common(password: str) -> bool:
    """Whether a password is one of those that are guessed first."""
    return password.casefold() in _commonest()
