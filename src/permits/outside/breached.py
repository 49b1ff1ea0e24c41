"""Passwords that were in breaches: a file of their hashes, far too long to be read whole.

Each line is the SHA-1 of a password in 40 hexadecimal digits, a colon, and how often it was met;
lines are sorted by the hash. That is how “Have I Been Pwned” gives its list away.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from permits.outside.passwords import is_common
from permits.settings import BadSetting

DIGITS = 40
LINE = 120
"""No line is longer, its count and ends of lines included."""


class BadList(ValueError):
    """The file is no such list; the message says why."""


class Breached:
    """Looks a password up by halving the file: some thirty short reads in a list of 40 GB.

    OSError if the file cannot be read any more: whether the password was breached is then not
    known, and nobody may be told that it was not.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        with file.open("rb") as source:
            first = source.readline(LINE).partition(b":")[0].strip()
        if not _is_hash(first):
            raise BadList(
                f"{file} is no list of breached passwords: wanted are lines of the SHA-1 of a"
                " password, a colon and a number, sorted by the hash"
            )

    def __contains__(self, password: str) -> bool:
        wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
        sought = wanted.encode("ascii")
        with self.file.open("rb") as source:
            low, high = 0, source.seek(0, 2)
            while low < high:
                middle = (low + high) // 2
                source.seek(middle)
                if middle:
                    source.seek(middle - 1)
                    source.readline(LINE)  # to the beginning of the next line
                begins, found = source.tell(), source.readline(LINE)
                here = found[:DIGITS].upper()
                if here == sought:
                    return True
                if found and here < sought:
                    low = begins + len(found)
                else:
                    high = middle
        return False


def known_passwords(file: Path | None) -> Callable[[str], bool]:
    """Whether whoever guesses may know a password: one of the commonest, or one of the file. The
    file is not read any further than a password asks for. BadSetting if it is no such list."""
    if file is None:
        return is_common
    try:
        breached = Breached(file)
    except (BadList, OSError) as error:
        raise BadSetting(f"PERMITS_BREACHED_PASSWORDS: {error}") from error
    return lambda password: is_common(password) or password in breached


def _is_hash(text: bytes) -> bool:
    return len(text) == DIGITS and not text.strip(b"0123456789abcdefABCDEF")
