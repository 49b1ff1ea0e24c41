"""Streams of the log of which nothing can be made, and what is not compared for want of them."""

from collections.abc import Collection, Iterable
from typing import Any

import msgspec

from permits.casework.envelope import CannotFollow
from permits.services.signed_texts import TextAmiss
from permits.store.event_log import BrokenChain

CASE = "case/"

Wrong = BrokenChain | CannotFollow
WRONG = (BrokenChain, CannotFollow)
"""What is raised for a stream that is not what was written, or that cannot have happened."""


class Unfollowed(msgspec.Struct, frozen=True):
    """A stream that can be followed only up to one of its events, and why not further. Nothing can
    be made of it."""

    stream: str
    seq: int
    why: str

    def __str__(self) -> str:
        return f"{self.stream}, event {self.seq}: {self.why}; its rows were not compared"


def unfollowed(wrong: Wrong) -> Unfollowed:
    """The stream that an error tells of."""
    why = wrong.why if isinstance(wrong, CannotFollow) else wrong.what
    return Unfollowed(wrong.stream, wrong.seq, why)


class LeftOut:
    """What is not compared, because the streams it is made of could not be followed: `streams`;
    `cases` says whether one of a case is among them, so that nothing made of all cases is."""

    def __init__(self, streams: Iterable[Unfollowed]) -> None:
        self.streams: Collection[str] = frozenset(one.stream for one in streams)
        self.cases = any(one.startswith(CASE) for one in self.streams)
        names = {one.partition("/")[2] for one in self.streams}
        self._keys = {*self.streams, *names, *(CASE + name for name in names)} - {"", CASE}

    def row(self, key: tuple[Any, ...]) -> bool:
        """Whether a row is not compared: its key names a stream that could not be followed, or the
        case that one is of."""
        return not self._keys.isdisjoint(part for part in key if isinstance(part, str))

    def text(self, one: TextAmiss) -> bool:
        """Whether a text may be named by an event that was not read."""
        return self.cases and one.wrong == "unnamed"
