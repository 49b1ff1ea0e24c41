"""What a log comes to: cases and events, how long cases take, what follows what.

Events of a case are put in the order of their times; those of one time stay in the order of the
file. Kept of each event are eight bytes for its time and four for its activity.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec

from permits.casework.working_days import UnknownYear, WorkingDays
from permits.exchange.instants import micros
from permits.exchange.log import LogEvent

_SECOND = 1_000_000


class Spread(msgspec.Struct, frozen=True):
    """How numbers are spread. Percentiles are interpolated in a line between the two nearest."""

    min: float
    median: float
    mean: float
    p90: float
    p99: float
    max: float


class Transition(msgspec.Struct, frozen=True, rename={"source": "from"}):
    """How often one activity came right after another in a case, and after how many seconds."""

    source: str
    to: str
    count: int
    mean_seconds: float
    median_seconds: float


class DaysUsed(msgspec.Struct, frozen=True):
    """Working days after the day of a case's first event, up to the day of its last, spread over
    the cases whose years are published; the years that are not, and how many cases touch them.

    `days_of` is the zone whose days these are, or `file`: as each time is written.
    """

    days_of: str
    cases: int
    min: float | None
    median: float | None
    mean: float | None
    p90: float | None
    p99: float | None
    max: float | None
    unknown_cases: int
    unknown_years: tuple[int, ...]


class Figures(msgspec.Struct, frozen=True):
    """The figures of a log; spreads are None if there are no cases."""

    cases: int
    events: int
    activities: int
    variants: int
    duration_seconds: Spread | None
    activity_counts: dict[str, int]
    start_activities: dict[str, int]
    end_activities: dict[str, int]
    transitions: tuple[Transition, ...]
    working_days: DaysUsed


class _Case:
    """The events of one case in the order of the file, and the days of the earliest and latest."""

    __slots__ = ("activities", "earliest", "first", "last", "latest", "times")

    def __init__(self) -> None:
        self.times = array("q")
        self.activities = array("l")
        self.earliest = self.latest = self.first = self.last = 0

    def add(self, at: datetime, activity: int, zone: ZoneInfo | None) -> None:
        time = micros(at)
        if not self.times or time < self.earliest:
            self.earliest, self.first = time, _day(at, zone)
        if not self.times or time >= self.latest:
            self.latest, self.last = time, _day(at, zone)
        self.times.append(time)
        self.activities.append(activity)

    def sort(self) -> None:
        """By time; a stable sort, so that ties stay as they are."""
        times = self.times
        if all(a <= b for a, b in pairwise(times)):
            return
        order = sorted(range(len(times)), key=times.__getitem__)
        self.activities = array("l", (self.activities[n] for n in order))
        self.times = array("q", (times[n] for n in order))


def figures(
    events: Iterable[LogEvent], calendar: WorkingDays, zone: ZoneInfo | None = None
) -> Figures:
    """The figures of a log. Working days are those of `calendar`; which day a time falls on is
    told by `zone`, or by the offset it is written with."""
    cases, names = _gathered(events, zone)
    counts = Counter[int]()
    for case in cases:
        counts.update(case.activities)
    return Figures(
        cases=len(cases),
        events=sum(counts.values()),
        activities=len(names),
        variants=len({case.activities.tobytes() for case in cases}),
        duration_seconds=spread([case.latest - case.earliest for case in cases], _SECOND),
        activity_counts=_named(counts, names),
        start_activities=_named(Counter(case.activities[0] for case in cases), names),
        end_activities=_named(Counter(case.activities[-1] for case in cases), names),
        transitions=tuple(_transitions(cases, names)),
        working_days=_days_used(cases, calendar, zone),
    )


def _gathered(events: Iterable[LogEvent], zone: ZoneInfo | None) -> tuple[list[_Case], list[str]]:
    """The cases with their events in the order of their times, and the names of activities."""
    numbers: dict[str, int] = {}
    cases: dict[str, _Case] = {}
    for event in events:
        case = cases.get(event.case)
        if case is None:
            case = cases[event.case] = _Case()
        case.add(event.at, numbers.setdefault(event.activity, len(numbers)), zone)
    for case in cases.values():
        case.sort()
    return list(cases.values()), list(numbers)


def _named(counts: Mapping[int, int], names: Sequence[str]) -> dict[str, int]:
    """The counts by name, the most frequent first."""
    found = sorted((-count, names[number]) for number, count in counts.items())
    return {name: -count for count, name in found}


def _transitions(cases: Iterable[_Case], names: Sequence[str]) -> Iterator[Transition]:
    """The most frequent first."""
    waits: dict[tuple[int, int], array[int]] = {}
    for case in cases:
        steps, spent = pairwise(case.activities), pairwise(case.times)
        for step, (before, after) in zip(steps, spent, strict=True):
            waits.setdefault(step, array("q")).append(after - before)
    order = sorted(waits, key=lambda s: (-len(waits[s]), names[s[0]], names[s[1]]))
    for source, to in order:
        found = sorted(waits[source, to])
        mean = Fraction(sum(found), len(found) * _SECOND)
        median = quantile(found, Fraction(1, 2)) / _SECOND
        yield Transition(names[source], names[to], len(found), float(mean), float(median))


def _days_used(cases: Iterable[_Case], calendar: WorkingDays, zone: ZoneInfo | None) -> DaysUsed:
    days, unknown, unknown_cases = list[int](), set[int](), 0
    for case in cases:
        try:
            days.append(
                calendar.between(date.fromordinal(case.first), date.fromordinal(case.last))
            )
        except UnknownYear as missing:
            unknown.update(missing.years)
            unknown_cases += 1
    told = {} if (found := spread(days)) is None else msgspec.structs.asdict(found)
    return DaysUsed(
        days_of="file" if zone is None else zone.key,
        cases=len(days),
        **{name: told.get(name) for name in Spread.__struct_fields__},
        unknown_cases=unknown_cases,
        unknown_years=tuple(sorted(unknown)),
    )


def _day(at: datetime, zone: ZoneInfo | None) -> int:
    return (at if zone is None else at.astimezone(zone)).toordinal()


def spread(numbers: list[int], unit: int = 1) -> Spread | None:
    """The spread of whole numbers of a unit, reckoned exactly and rounded once; None of none."""
    if not numbers:
        return None
    found = sorted(numbers)
    mean = Fraction(sum(found), len(found) * unit)
    half, p90, p99 = (float(quantile(found, Fraction(n, 100)) / unit) for n in (50, 90, 99))
    return Spread(found[0] / unit, half, float(mean), p90, p99, found[-1] / unit)


def quantile(ordered: Sequence[int], share: Fraction) -> Fraction:
    """The quantile of numbers in order: the place `share * (n - 1)`, counted from 0, in a straight
    line between its two neighbours."""
    place = share * (len(ordered) - 1)
    below = int(place)
    rest = place - below
    if not rest:
        return Fraction(ordered[below])
    return ordered[below] + rest * (ordered[below + 1] - ordered[below])
