"""An outside log held against a definition: which cases go the way that the chart allows.

A log tells what was done, not what the application said. So a condition may hold or not, as in
some application it does, and a case fits if there is any way through the chart that has its
events in their order. All ways are followed at once.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from permits.definitions.checker.applications import Applications
from permits.definitions.checker.roads import roads_of
from permits.definitions.conditions import compile_all
from permits.definitions.schema import Definition
from permits.definitions.steps import Leaves, leaves_of
from permits.exchange.instants import micros
from permits.exchange.log import LogEvent, Place
from permits.exchange.mapping import Declared

Why = Literal["unknown_activity", "shut", "unfinished"]
"""Why a case does not fit: its activity has no meaning here; the action is not open where the case
stands, or leads elsewhere; or the case stopped where none may have."""

Trace = tuple[str, ...]
Stands = frozenset[Leaves]


class Misfit(msgspec.Struct, frozen=True):
    """Where a trace stops fitting: the number of the event, counted from 0; its activity; where
    the case could stand before it, and the actions that leave from there."""

    event: int
    activity: str
    why: Why
    stands: tuple[Leaves, ...]
    open: tuple[str, ...]


class Refused(msgspec.Struct, frozen=True):
    """A case that does not fit: the first event that does not, counted from 1, and its place."""

    case: str
    event: int
    activity: str
    place: Place
    why: Why
    stands: tuple[str, ...]
    open: tuple[str, ...]


class Replayed(msgspec.Struct, frozen=True):
    """What came of a log."""

    cases: int
    fitting: int
    refused: tuple[Refused, ...]

    @property
    def whys(self) -> dict[Why, int]:
        return dict(Counter(one.why for one in self.refused))


class Player:
    """Follows traces through the chart of one definition, and keeps what it has found."""

    def __init__(self, definition: Definition, declared: Declared) -> None:
        chart = definition.chart
        self._declared = declared
        self._roads = roads_of(chart)
        self._applications = Applications(definition, compile_all(definition))
        self._start: Stands = frozenset({leaves_of(chart, chart.initial)})
        self._after: dict[tuple[Stands, str], Stands] = {}
        self._found: dict[Trace, Misfit | None] = {}

    def misfit(self, trace: Trace) -> Misfit | None:
        """Where a trace stops fitting; None if it fits.

        Raises TooWide if the conditions of one action read more than can be gone through.
        """
        if trace not in self._found:
            self._found[trace] = self._look(trace)
        return self._found[trace]

    def _look(self, trace: Trace) -> Misfit | None:
        stands = self._start
        for number, activity in enumerate(trace):
            if activity in self._declared.ignored:
                continue
            if activity not in self._declared.activities:
                return self._told(number, activity, "unknown_activity", stands)
            after = self._led(stands, activity)
            if not after:
                return self._told(number, activity, "shut", stands)
            stands = after
        if not any(map(self._declared.stopped, stands)):
            return self._told(len(trace) - 1, trace[-1], "unfinished", stands)
        return None

    def _told(self, event: int, activity: str, why: Why, stands: Stands) -> Misfit:
        leaving = {action for leaves in stands for action in self._roads.leaving(leaves)}
        return Misfit(event, activity, why, tuple(sorted(stands)), tuple(sorted(leaving)))

    def _led(self, stands: Stands, activity: str) -> Stands:
        """Everywhere the case can stand after the activity."""
        key = (stands, activity)
        if key not in self._after:
            meaning = self._declared.activities[activity]
            self._after[key] = frozenset(
                after
                for before in stands
                for after in self._ways(before, meaning.action)
                if meaning.leads(before, after)
            )
        return self._after[key]

    def _ways(self, leaves: Leaves, action: str) -> Iterator[Leaves]:
        asked = self._roads.asked(leaves, action)
        met = self._applications.telling(asked) if asked else ()
        held = {application.holding for application in met} or {frozenset[str]()}
        yield from (way.leaves for way in self._roads.ways(leaves, action, held))


def replay(events: Iterable[LogEvent], player: Player) -> Replayed:
    """Hold every case against the definition; events in the order of their times, ties as they
    stand in the file."""
    cases: dict[str, list[LogEvent]] = {}
    for event in events:
        cases.setdefault(event.case, []).append(event)
    refused = []
    for case, entries in cases.items():
        entries.sort(key=lambda event: micros(event.at))
        misfit = player.misfit(tuple(event.activity for event in entries))
        if misfit is not None:
            refused.append(_refused(case, entries[misfit.event].place, misfit))
    return Replayed(len(cases), len(cases) - len(refused), tuple(refused))


def _refused(case: str, place: Place, misfit: Misfit) -> Refused:
    return Refused(
        case=case,
        event=misfit.event + 1,
        activity=misfit.activity,
        place=place,
        why=misfit.why,
        stands=tuple(" ".join(leaves) for leaves in misfit.stands),
        open=misfit.open,
    )
