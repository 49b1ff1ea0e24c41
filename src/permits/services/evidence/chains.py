"""What an audit compares as it reads: the records of a stream, and the hashes above the places."""

import hashlib
from collections.abc import Callable, Iterator, Sequence

import msgspec

from permits.casework.envelope import GENESIS
from permits.evidence.findings import Amiss
from permits.evidence.merkle import Place
from permits.store.evidence_reading import EventRow

HASHES = "hashes"
"""Where a hash above the places is amiss."""


class _Head(msgspec.Struct):
    """Of a record, what its row repeats."""

    id: str
    seq: int
    stream: str
    type: str


_decode = msgspec.json.Decoder(_Head).decode


class Chain:
    """One stream, record by record."""

    def __init__(self, tell: Callable[..., None], stream: str = "") -> None:
        self.stream = stream
        self.seq = 0
        self.head = GENESIS
        self._tell = tell

    def add(self, row: EventRow) -> None:
        """The next event of it, as its row has it."""
        self.seq += 1
        self.head = hashlib.sha256(b"\x00" + self.head + row.record).digest()
        if self.head != row.hash:
            self._tell(Amiss.CHANGED, self.stream, row.seq)
            self.head = row.hash
        try:
            record = _decode(row.record)
        except (msgspec.MsgspecError, ValueError):
            self._tell(Amiss.UNREADABLE, self.stream, row.seq)
            return
        if row.seq != self.seq or record.seq != row.seq or record.stream != row.stream:
            self._tell(Amiss.OUT_OF_PLACE, self.stream, row.seq)
            self.seq = row.seq
        if (record.id, record.type) != (row.id, row.type):
            self._tell(Amiss.ROW_DIFFERS, self.stream, row.seq)


class Nodes:
    """The hashes above the places: what should be there, and what is."""

    def __init__(self, stands: Iterator[tuple[Place, bytes]], tell: Callable[..., None]) -> None:
        self._stands = stands
        self._should: dict[Place, bytes] = {}
        self._tell = tell

    def made(self, nodes: Sequence[tuple[Place, bytes]]) -> None:
        self._should.update(nodes)

    def compare(self) -> None:
        for place, found in self._stands:
            should = self._should.pop(place, None)
            if should is None:
                self._tell(Amiss.HASH_UNKNOWN, HASHES, 0, place.level, place.number)
            elif should != found:
                self._tell(Amiss.HASH_DIFFERS, HASHES, 0, place.level, place.number)
        for place in sorted(self._should):
            self._tell(Amiss.HASH_MISSING, HASHES, 0, place.level, place.number)
