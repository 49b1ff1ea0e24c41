"""Whether what was answered could have been done by one clerk, one thing at a time, each between
the moment it was asked and the moment it was answered.

The log tells in which order things were done to a case, so that nothing has to be searched: each
order that was told as done must stand in it once, at a place that agrees with what was answered
before it was asked and what was asked after it was answered; together they must fill the log
without a gap. What was refused must have been refusable at some moment while it was being asked,
and have left nothing. Whoever read must have seen the log up to a place between two orders, and no
older than what was answered before. Times are those of one clock for all processes of a machine.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

ALLOWED = {"file": "", "accept": "received", "grant_on_the_spot": "examining"}
"""The state in which each act can be done; with no case there is no state."""


class Call(msgspec.Struct, frozen=True):
    """Something that was asked of a case and what was answered: `how` is done, refused, unknown or
    read. A refusal names its `reason`; `seen` is the version whoever asked said they had seen;
    `head` the hash of the newest event, if whoever read was told it."""

    case: str
    act: str
    key: str
    asked: float
    answered: float
    how: str
    version: int = 0
    reason: str = ""
    seen: int | None = None
    head: str = ""
    state: str = ""


class Place(msgspec.Struct, frozen=True):
    """An order as it stands in the log: its first and last event, and the state it led to."""

    key: str
    first: int
    last: int
    state: str


class Logged(msgspec.Struct, frozen=True):
    """The log of a case: its orders in their order, and the hash of each event."""

    places: tuple[Place, ...]
    hashes: tuple[str, ...]


def wrong(calls: Iterable[Call], log: Mapping[str, Logged]) -> Iterator[str]:
    """What cannot have been, each thing in a sentence; nothing if all of it can."""
    by_case: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        by_case[call.case].append(call)
    for case, those in by_case.items():
        logged = log.get(case, Logged((), ()))
        yield from _filled(case, logged)
        yield from _once(case, those, logged)
        yield from _in_time(case, those, logged)


def _filled(case: str, logged: Logged) -> Iterator[str]:
    at = 0
    for place in logged.places:
        if place.first != at + 1:
            yield f"{case}: the order {place.key} stands at {place.first}, behind {at}"
        at = place.last
    if at != len(logged.hashes):
        yield f"{case}: {len(logged.hashes)} events, and orders for {at}"


def _once(case: str, calls: Sequence[Call], logged: Logged) -> Iterator[str]:
    """Each order that was told as done is there as it was told; none that was refused is."""
    there = {place.key: place for place in logged.places}
    for call in calls:
        place = there.get(call.key)
        if call.how == "done" and place is None:
            yield f"{case}: {call.key} was told as done and is not there"
        elif call.how == "done" and place is not None and place.last != call.version:
            yield f"{case}: {call.key} was told to stand at {call.version}, and is at {place.last}"
        elif call.how == "refused" and place is not None:
            yield f"{case}: {call.key} was refused and is there"


def _in_time(case: str, calls: Sequence[Call], logged: Logged) -> Iterator[str]:
    """Nothing is older than what had been answered before, nor newer than what had been asked."""
    known = Known(calls, logged)
    for call in calls:
        least, most = known.least(call.asked), known.most(call.answered)
        match call.how:
            case "done":
                if not least < call.version <= most:
                    yield f"{case}: {call.key} at {call.version}, not between {least} and {most}"
            case "read":
                yield from _read(call, logged, least, most)
            case "refused":
                if not any(_refusable(call, v, s) for v, s in known.states(least, most)):
                    yield f"{case}: {call.key} was refused as {call.reason} for no reason"
            case _:
                pass


class Known:
    """How far a case had come at least, and at most, at a moment."""

    def __init__(self, calls: Sequence[Call], logged: Logged) -> None:
        self._places = logged.places
        told = sorted((c.answered, c.version) for c in calls if c.how in ("done", "read"))
        self._told = [at for at, _version in told]
        self._least: list[int] = []
        for _at, version in told:
            self._least.append(max(version, self._least[-1] if self._least else 0))
        asked = {call.key: call.asked for call in calls}
        self._begun = [asked.get(place.key, 0.0) for place in logged.places]

    def least(self, moment: float) -> int:
        """The newest version that anybody had been told before."""
        at = bisect_left(self._told, moment)
        return self._least[at - 1] if at else 0

    def most(self, moment: float) -> int:
        """The newest version that can have been there: up to the first order that was asked only
        afterwards."""
        newest = 0
        for place, begun in zip(self._places, self._begun, strict=True):
            if begun > moment:
                break
            newest = place.last
        return newest

    def states(self, least: int, most: int) -> Iterator[tuple[int, str]]:
        """Versions with their states, of the moments between two versions."""
        for version, state in ((0, ""), *((p.last, p.state) for p in self._places)):
            if least <= version <= most:
                yield version, state


def _read(call: Call, logged: Logged, least: int, most: int) -> Iterator[str]:
    ends = {0: ""} | {place.last: place.state for place in logged.places}
    if call.version not in ends:
        yield f"{call.case}: {call.version} was read, in the middle of an order"
    elif not least <= call.version <= most:
        yield f"{call.case}: {call.version} was read, not between {least} and {most}"
    elif call.version and call.head and call.head != logged.hashes[call.version - 1]:
        yield f"{call.case}: another hash was read at {call.version} than stands there"
    elif call.version and call.state != ends[call.version]:
        yield f"{call.case}: {call.state} was read at {call.version}, {ends[call.version]} it was"


def _refusable(call: Call, version: int, state: str) -> bool:
    if call.reason == "overtaken":
        return call.seen is not None and call.seen != version
    return ALLOWED[call.act] != state
