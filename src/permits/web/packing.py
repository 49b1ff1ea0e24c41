"""Pages packed for the way to the browser.

How long a packed page is may tell what is in it, if somebody can put words of their own beside a
secret (BREACH). So each is made longer by a length drawn at random, in the place the format has
for a file's name, where browsers pay no heed to it.
"""

import secrets
import struct
import zlib
from collections.abc import Mapping

MOST_ADDED = 100
SHORTEST = 1_000
"""Fewer bytes are not worth the work."""

LEVEL = 3
"""Twice as fast as the usual one, and a page is hardly longer."""

_HEADER = b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\xff"
"""A gzip file with a name, of no time and no system (RFC 1952)."""


def packed(plain: bytes, headers: Mapping[str, str]) -> bytes | None:
    """A page packed with gzip; None if the browser does not take that, or it is too short."""
    if len(plain) < SHORTEST or "gzip" not in headers.get("accept-encoding", ""):
        return None
    name = b"a" * secrets.randbelow(MOST_ADDED + 1) + b"\0"
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    ends = struct.pack("<II", zlib.crc32(plain), len(plain))
    return b"".join((_HEADER, name, packer.compress(plain), packer.flush(), ends))
