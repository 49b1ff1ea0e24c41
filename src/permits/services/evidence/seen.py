"""The events that an audit has read: the hash of each, and whether it has a place."""

from collections.abc import Iterator

HASH = 32
"""Bytes of a SHA-256."""
KEPT = HASH + 1
"""Bytes that are kept of an event: its hash, and whether a place was found for it."""


class Seen:
    """Hashes of events by stream and number, a stream in one piece: of twelve million events
    there are some hundreds of megabytes instead of thousands.

    What no undamaged log holds, numbers with gaps before them and hashes of other lengths, is kept
    apart.
    """

    def __init__(self) -> None:
        self._streams: dict[str, bytearray] = {}
        self._odd: dict[tuple[str, int], bytes] = {}
        self._odd_unplaced: set[tuple[str, int]] = set()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, stream: str, seq: int, found: bytes) -> None:
        """An event as its row has it. Of one stream they come in the order of their numbers, and
        none comes twice."""
        self._count += 1
        kept = self._streams.get(stream)
        if kept is None:
            kept = self._streams[stream] = bytearray()
        if len(found) == HASH and seq == len(kept) // KEPT + 1:
            kept += found
            kept.append(0)
        else:
            self._odd[stream, seq] = found
            self._odd_unplaced.add((stream, seq))

    def placed(self, stream: str, seq: int) -> bytes | None:
        """The hash of an event, for which a place was found with this; None if there is none."""
        kept = self._streams.get(stream)
        at = (seq - 1) * KEPT
        if kept is not None and 0 <= at < len(kept):
            kept[at + HASH] = 1
            return bytes(kept[at : at + HASH])
        self._odd_unplaced.discard((stream, seq))
        return self._odd.get((stream, seq))

    def unplaced(self) -> Iterator[tuple[str, int]]:
        """What no place was found for, in no order."""
        for stream, kept in self._streams.items():
            flags = kept[HASH::KEPT]
            if not all(flags):
                yield from ((stream, n) for n, flag in enumerate(flags, 1) if not flag)
        yield from self._odd_unplaced
