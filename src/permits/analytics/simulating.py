"""What would come of a permit type that moved to notice and commitment, with how sure that is.

Cases of the ordinary track, as each would have gone on the commitment track, are drawn anew many
times, with replacement (the percentile bootstrap): how the mean is spread over these draws says
how far it hangs on which cases happened to come. How many would breach what they committed to
comes from checks that were really made, with the spread of Jeffreys' prior, which tells something
even of few checks, and never that nothing can happen. Everything is drawn from a given seed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from operator import mul

import msgspec

from permits.analytics.draws import Draws
from permits.casework.moving import Moved

LEVEL = 90
"""Of a hundred draws so many lie in an interval; as many of the rest below as above."""

LEAST = 5
"""Cases that an interval rests on, at least: of fewer a mean is told, and no interval."""

FEW = 30
"""Below so many cases the percentile bootstrap is known to give intervals that are too narrow."""

MOST_DRAWN = 4_000_000
"""Cases drawn in one simulation, at most: of many cases fewer samples are drawn, and so told."""

LEAST_SAMPLES, MOST_SAMPLES = 200, 10_000


class Figure(StrEnum):
    """What is estimated. Closed: each needs a title and an explanation."""

    MATERIALS_SAVED = "materials_saved"
    MATERIALS_EXEMPT = "materials_exempt"
    MATERIALS_SHARED = "materials_shared"
    MATERIALS_COMMITTED = "materials_committed"
    MATERIALS_DEFERRED = "materials_deferred"
    DAYS_ORDINARY = "days_ordinary"
    DAYS_SAVED = "days_saved"
    ACTS_ORDINARY = "acts_ordinary"
    ACTS_SAVED = "acts_saved"
    REFUSED = "refused"


_VALUES: Mapping[Figure, Callable[[Moved], int]] = {
    Figure.MATERIALS_SAVED: lambda case: case.materials,
    Figure.MATERIALS_EXEMPT: lambda case: case.exempt,
    Figure.MATERIALS_SHARED: lambda case: case.shared,
    Figure.MATERIALS_COMMITTED: lambda case: case.committed,
    Figure.MATERIALS_DEFERRED: lambda case: case.deferred,
    Figure.DAYS_ORDINARY: lambda case: case.used,
    Figure.DAYS_SAVED: lambda case: case.days,
    Figure.ACTS_ORDINARY: lambda case: sum(times for _role, times in case.acts),
    Figure.ACTS_SAVED: lambda case: case.acts_saved,
    Figure.REFUSED: lambda case: int(case.refused),
}


class Interval(msgspec.Struct, frozen=True):
    """Between which numbers `LEVEL` of a hundred draws lie."""

    low: float
    high: float

    def covers(self, number: float) -> bool:
        return self.low <= number <= self.high


class Estimate(msgspec.Struct, frozen=True):
    """A figure: what it comes to in a case on the average, and in so many cases to come.

    `mean_in` is the interval of the mean; `total_in` that of the sum of as many cases to come as
    are asked for, in which both is: which cases were seen, and which will come. They are None of
    fewer than `LEAST` cases. `alike` says that all cases had the same number: an interval of no
    width, because what never happened cannot be drawn.
    """

    mean: float
    mean_in: Interval | None
    total: float
    total_in: Interval | None
    alike: bool


class Checks(msgspec.Struct, frozen=True):
    """Commitment cases that were checked after the grant, and those in which a breach was found;
    of this permit type, or of all together."""

    cases: int
    breached: int
    own: bool


class Breaches(msgspec.Struct, frozen=True):
    """Checks to be made among the cases to come, and what becomes of breaches; means, each with
    its interval. `rate` is that of the checks that were made, as (breached + ½) ÷ (checked + 1).
    Who is not checked is not found: `undiscovered`."""

    of: Checks
    checks: float
    checks_in: Interval
    rate: float
    rate_in: Interval
    found: float
    found_in: Interval
    undiscovered: float
    undiscovered_in: Interval


class Plan(msgspec.Struct, frozen=True):
    """What is asked: `share` of a hundred cases checked, `ahead` cases to come (0: as many as were
    seen), how many samples, and the seed."""

    share: int
    seed: int
    samples: int = 2000
    ahead: int = 0


class Simulated(msgspec.Struct, frozen=True):
    """What a simulation came to, and what it rests on. `samples` is how many were really drawn.
    `breaches` is None if no commitment was ever checked: then nothing is known of them, which is
    not the same as none."""

    cases: int
    ahead: int
    samples: int
    figures: dict[Figure, Estimate]
    acts: dict[str, Estimate]
    breaches: Breaches | None

    @property
    def few(self) -> bool:
        """Whether the intervals rest on so few cases that they are likely to be too narrow."""
        return self.cases < FEW


def simulated(cases: Sequence[Moved], plan: Plan, checks: Checks | None) -> Simulated:
    """The simulation of cases, of which there is at least one (else ValueError)."""
    if not cases:
        raise ValueError("a simulation needs at least one decided ordinary case")
    ahead = plan.ahead or len(cases)
    made = samples(plan.samples, len(cases) + ahead)
    values = {figure.value: [of(case) for case in cases] for figure, of in _VALUES.items()}
    actors = sorted({whose for case in cases for whose, _times in case.acts})
    acts = {f"acts/{whose}": [dict(case.acts).get(whose, 0) for case in cases] for whose in actors}
    found = estimated({**values, **acts}, ahead, made, plan.seed)
    return Simulated(
        cases=len(cases),
        ahead=ahead,
        samples=made,
        figures={figure: found[figure.value] for figure in Figure},
        acts={whose: found[f"acts/{whose}"] for whose in actors},
        breaches=_breaches(checks, ahead, made, plan) if checks and checks.cases else None,
    )


def samples(asked: int, each: int) -> int:
    """How many samples are drawn, if each draws so many cases."""
    return max(LEAST_SAMPLES, min(asked, MOST_SAMPLES, MOST_DRAWN // each))


def estimated(
    values: Mapping[str, Sequence[int]], ahead: int, made: int, seed: int
) -> dict[str, Estimate]:
    """Several numbers of the same cases, each by its name, from so many samples. All are drawn
    together, so what goes together in a case goes together in every sample."""
    names = list(values)
    rows, which = _distinct(list(zip(*values.values(), strict=True)))
    columns = list(zip(*rows, strict=True))
    means: list[list[float]] = [[] for _ in names]
    totals: list[list[float]] = [[] for _ in names]
    draws, count = Draws(seed, "cases"), len(which)
    for _ in range(made if count >= LEAST else 0):
        sample = [which[place] for place in draws.places(count, count)]
        coming = [sample[place] for place in draws.places(ahead, count)]
        seen, come = _often(sample, rows), _often(coming, rows)
        for n, column in enumerate(columns):
            means[n].append(sum(map(mul, seen, column)) / count)
            totals[n].append(sum(map(mul, come, column)))
    return {
        name: _estimate(values[name], ahead, means[n], totals[n]) for n, name in enumerate(names)
    }


def _distinct(
    cases: Sequence[tuple[int, ...]],
) -> tuple[list[tuple[int, ...]], list[int]]:
    """The kinds of cases there are, and of which kind each is."""
    kinds: dict[tuple[int, ...], int] = {}
    which = [kinds.setdefault(case, len(kinds)) for case in cases]
    return list(kinds), which


def _often(drawn: Iterable[int], rows: Sequence[object]) -> list[int]:
    counts = Counter(drawn)
    return [counts[kind] for kind in range(len(rows))]


def _estimate(
    values: Sequence[int], ahead: int, means: Sequence[float], totals: Sequence[float]
) -> Estimate:
    mean = sum(values) / len(values)
    return Estimate(
        mean=round(mean, 2),
        mean_in=interval(means) if means else None,
        total=round(mean * ahead, 1),
        total_in=interval(totals) if totals else None,
        alike=len(set(values)) == 1,
    )


def interval(drawn: Sequence[float]) -> Interval:
    """Between which of these numbers, put in order, `LEVEL` of a hundred lie."""
    ordered, outside = sorted(drawn), (100 - LEVEL) // 2
    low = -(-outside * len(ordered) // 100)
    high = -(-(100 - outside) * len(ordered) // 100)
    return Interval(round(ordered[max(low, 1) - 1], 2), round(ordered[high - 1], 2))


def _breaches(checks: Checks, ahead: int, made: int, plan: Plan) -> Breaches:
    """Each sample draws a rate that the checks allow, then which cases to come breach, then which
    of all are checked. A check finds the breach there is."""
    draws = Draws(plan.seed, "breaches")
    good, bad = checks.cases - checks.breached + 0.5, checks.breached + 0.5
    rates, looked, found, hidden = list[float](), list[float](), list[float](), list[float]()
    for _ in range(made):
        rate = draws.beta(bad, good)
        breaching = draws.hits(ahead, rate)
        seen = draws.hits(breaching, plan.share / 100)
        rates.append(100 * rate)
        looked.append(seen + draws.hits(ahead - breaching, plan.share / 100))
        found.append(seen)
        hidden.append(breaching - seen)
    rate = bad / (good + bad)
    share = plan.share / 100
    return Breaches(
        of=checks,
        checks=round(ahead * share, 1),
        checks_in=interval(looked),
        rate=round(100 * rate, 2),
        rate_in=interval(rates),
        found=round(ahead * rate * share, 2),
        found_in=interval(found),
        undiscovered=round(ahead * rate * (1 - share), 2),
        undiscovered_in=interval(hidden),
    )
