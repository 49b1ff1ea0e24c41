"""How much the streams of a PDF unpack to, reckoned without ever holding it whole.

A page of A3 at 600 dpi in colour unpacks to 209 MB, and that is a scan like any other; what
unpacks to more than that, or a whole file to more than a gigabyte, was made to.
"""

import base64
import zlib
from collections.abc import Iterator

from pikepdf import Array, Name, Stream

from permits.outside.parsing.verdicts import Refuted
from permits.text.uploads import Unfit

MEGABYTE = 1024 * 1024
MOST_IN_STREAM = 256 * MEGABYTE
MOST_IN_FILE = 1024 * MEGABYTE
MOST_BETWEEN = 64 * MEGABYTE
"""What a stream may unpack to that is unpacked once more."""

_MOST_OLD = 256 * 1024
"""Bytes of a stream in one of the old codings, which make up to 2,700 of each."""

_STEP = 4 * MEGABYTE

_FLATE = frozenset({"/FlateDecode", "/Fl"})
_HEX = frozenset({"/ASCIIHexDecode", "/AHx"})
_85 = frozenset({"/ASCII85Decode", "/A85"})
_OLD = frozenset({"/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"})
_PICTURES = frozenset(
    {"/DCTDecode", "/DCT", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode", "/CCF"}
)


class Budget:
    """What a file may still unpack to, in bytes."""

    def __init__(self) -> None:
        self.left = MOST_IN_FILE

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Refuted(Unfit.EXPANDS)


def expand(stream: Stream, budget: Budget) -> None:
    """Refuted if the stream unpacks to too much, or is coded in a way no viewer knows; zlib.error
    or ValueError if it is damaged."""
    codings = _codings(stream)
    content = stream.read_raw_bytes() if any(one not in _PICTURES for one in codings) else b""
    for place, coding in enumerate(codings, 1):
        last = place == len(codings)
        if coding in _FLATE and last:
            budget.spend(sum(map(len, _unpacked(content, MOST_IN_STREAM))))
        elif coding in _FLATE:
            content = b"".join(_unpacked(content, MOST_BETWEEN))
        elif coding in _HEX:
            content = bytes.fromhex(content.rstrip(b"> \r\n").decode("ascii"))
        elif coding in _85:
            content = base64.a85decode(content.strip().removeprefix(b"<~").removesuffix(b"~>"))
        elif last and (coding in _PICTURES or (coding in _OLD and len(content) <= _MOST_OLD)):
            return
        elif coding != "/Crypt":
            raise Refuted(Unfit.EXPANDS)


def _codings(stream: Stream) -> tuple[str, ...]:
    filters = stream.get("/Filter")
    if isinstance(filters, Name):
        return (str(filters),)
    return tuple(map(str, filters)) if isinstance(filters, Array) else ()


def _unpacked(packed: bytes, most: int) -> Iterator[bytes]:
    """What something unpacks to, piece by piece; Refuted once it is more than `most` bytes."""
    inflating, size = zlib.decompressobj(), 0
    while packed and not inflating.eof:
        piece = inflating.decompress(packed, _STEP)
        packed = inflating.unconsumed_tail
        size += len(piece)
        if size > most:
            raise Refuted(Unfit.EXPANDS)
        yield piece
