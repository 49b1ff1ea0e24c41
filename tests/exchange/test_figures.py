"""The figures of a log, each reckoned by hand or by a plain reckoning that shares no code."""

import csv
import gzip
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.casework.working_days import WorkingDays
from permits.cli.opening import shipped_years
from permits.exchange.figures import Figures, figures
from permits.exchange.log import How, LogEvent, Oddities
from permits.exchange.reading import read_log

RECEIPT = Path(__file__).parents[2] / "examples" / "receipt"
CALENDAR = WorkingDays(shipped_years())
SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2022, 9, 30, 9, tzinfo=SHANGHAI)


def event(case: str, activity: str, seconds: float, start: datetime = START) -> LogEvent:
    return LogEvent(case, activity, start + timedelta(seconds=seconds), 1)


def test_a_log_of_three_cases_by_hand():
    found = figures(
        [
            event("1", "a", 0), event("2", "a", 0), event("1", "b", 10), event("2", "b", 30),
            event("1", "c", 30), event("2", "c", 31), event("3", "c", 5),
        ],
        CALENDAR,
    )  # fmt: skip
    assert (found.cases, found.events, found.activities, found.variants) == (3, 7, 3, 2)
    lasted = found.duration_seconds
    assert lasted is not None
    # 0, 30 and 31 seconds: p90 lies at place 1.8, p99 at place 1.98.
    assert (lasted.min, lasted.median, lasted.max) == (0, 30, 31)
    assert (lasted.mean, lasted.p90, lasted.p99) == pytest.approx((61 / 3, 30.8, 30.98))
    assert found.activity_counts == {"c": 3, "a": 2, "b": 2}
    assert found.start_activities == {"a": 2, "c": 1}
    assert found.end_activities == {"c": 3}
    told = [(t.source, t.to, t.count, t.mean_seconds, t.median_seconds) for t in found.transitions]
    assert told == [("a", "b", 2, 20, 20), ("b", "c", 2, 10.5, 10.5)]


def test_events_are_put_in_the_order_of_time_and_ties_stay_as_they_are():
    found = figures([event("1", "z", 5), event("1", "y", 1), event("1", "a", 5)], CALENDAR)
    assert [(t.source, t.to) for t in found.transitions] == [("y", "z"), ("z", "a")]


def test_one_instant_is_one_whatever_offset_it_is_written_with():
    plain = datetime(2022, 9, 30, 1, tzinfo=UTC)
    found = figures([event("1", "a", 0, plain), event("1", "b", 0)], CALENDAR)
    assert found.duration_seconds is not None
    assert found.duration_seconds.max == 0
    assert [(t.source, t.to) for t in found.transitions] == [("a", "b")]


def test_working_days_follow_the_notices():
    # 30 September 2022 to 10 October: 8 and 9 October are made up, and 10 October is a Monday.
    found = figures([event("1", "a", 0), event("1", "b", 10 * 86_400)], CALENDAR).working_days
    assert (found.cases, found.max, found.days_of) == (1, 3, "file")


def test_which_day_a_time_falls_on_is_told_by_the_file_or_by_the_zone():
    late = datetime(2022, 6, 6, 20, tzinfo=UTC)  # 04:00 of the next day in Shanghai
    entries = [event("1", "a", 0, late), event("1", "b", 5 * 3600, late)]
    assert figures(entries, CALENDAR).working_days.max == 1
    there = figures(entries, CALENDAR, SHANGHAI).working_days
    assert (there.max, there.days_of) == (0, "Asia/Shanghai")


def test_years_that_are_not_published_are_told_and_never_guessed():
    later = datetime(2099, 1, 5, tzinfo=SHANGHAI)
    entries = [event("1", "a", 0, later), event("1", "b", 86_400, later), event("2", "a", 0)]
    found = figures(entries, CALENDAR).working_days
    assert (found.cases, found.unknown_cases, found.unknown_years) == (1, 1, (2099,))
    assert found.max == 0


def test_an_empty_log_has_no_spread():
    found = figures([], CALENDAR)
    assert (found.cases, found.events, found.duration_seconds) == (0, 0, None)
    assert (found.working_days.cases, found.working_days.median) == (0, None)


def plainly(rows: Iterable[tuple[str, str, datetime]]) -> dict[str, object]:
    """The same figures without a line of the code that is tried, as floats are reckoned."""
    cases = defaultdict(list)
    for case, activity, at in rows:
        cases[case].append((at, activity))
    traces = [sorted(entries, key=lambda entry: entry[0]) for entries in cases.values()]
    lasted = sorted((t[-1][0] - t[0][0]).total_seconds() for t in traces)
    waits = defaultdict(list)
    for one in traces:
        for (before, a), (after, b) in pairwise(one):
            waits[a, b].append((after - before).total_seconds())
    cuts = statistics.quantiles(lasted, n=100, method="inclusive") if len(lasted) > 1 else []
    return {
        "cases": len(traces),
        "events": sum(map(len, traces)),
        "activities": len({a for t in traces for _, a in t}),
        "variants": len({tuple(a for _, a in t) for t in traces}),
        "lasted": (lasted[0], statistics.median(lasted), statistics.fmean(lasted), lasted[-1]),
        "p90": cuts[89] if cuts else lasted[0],
        "p99": cuts[98] if cuts else lasted[0],
        "counts": Counter(a for t in traces for _, a in t),
        "starts": Counter(t[0][1] for t in traces),
        "ends": Counter(t[-1][1] for t in traces),
        "waits": {
            step: (len(w), statistics.fmean(w), statistics.median(w)) for step, w in waits.items()
        },
    }


def agree(found: Figures, plain: dict[str, object]) -> None:
    for name in ("cases", "events", "activities", "variants"):
        assert getattr(found, name) == plain[name]
    lasted = found.duration_seconds
    assert lasted is not None
    assert (lasted.min, lasted.median, lasted.mean, lasted.max) == pytest.approx(plain["lasted"])
    assert (lasted.p90, lasted.p99) == pytest.approx((plain["p90"], plain["p99"]))
    assert found.activity_counts == plain["counts"]
    assert found.start_activities == plain["starts"]
    assert found.end_activities == plain["ends"]
    told = {
        (t.source, t.to): (t.count, pytest.approx(t.mean_seconds), pytest.approx(t.median_seconds))
        for t in found.transitions
    }
    assert told == plain["waits"]


ROWS = st.lists(
    st.tuples(
        st.sampled_from("123"),
        st.sampled_from("abc"),
        st.integers(0, 10**9).map(lambda n: datetime(2022, 1, 1, tzinfo=UTC) + timedelta(0, n)),
    ),
    min_size=1,
    max_size=20,
)


@given(ROWS)
def test_the_figures_are_those_of_a_plain_reckoning(rows):
    agree(figures([LogEvent(*row, 1) for row in rows], CALENDAR), plainly(rows))


def receipt_rows() -> list[tuple[str, str, datetime]]:
    with gzip.open(RECEIPT / "receipt.csv.gz", "rt", encoding="utf-8", newline="") as source:
        return [
            (
                row["case:concept:name"],
                row["concept:name"],
                datetime.fromisoformat(row["time:timestamp"]),
            )
            for row in csv.DictReader(source)
        ]


def read(name: str) -> Figures:
    odd = Oddities()
    found = figures(read_log(RECEIPT / name, How(), odd), CALENDAR)
    assert odd.total == 0
    return found


def test_the_figures_of_a_real_log_are_those_of_a_plain_reckoning():
    rows, found = receipt_rows(), read("receipt.csv.gz")
    agree(found, plainly(rows))
    assert (found.cases, found.events, found.activities, found.variants) == (1434, 8577, 27, 116)


def test_a_real_log_has_the_same_figures_in_both_of_its_forms():
    assert read("receipt.xes.gz") == read("receipt.csv.gz")


def test_the_working_days_of_a_real_log_are_those_counted_day_by_day():
    worked = {
        day: CALENDAR.is_working(day)
        for day in (date(2010, 1, 1) + timedelta(n) for n in range(4 * 365))
    }
    cases = defaultdict(list)
    for case, _activity, at in receipt_rows():
        cases[case].append(at)
    counts = []
    for times in cases.values():
        first, last = min(times).date(), max(times).date()
        days = (first + timedelta(n + 1) for n in range((last - first).days))
        counts.append(sum(worked[day] for day in days))
    used = read("receipt.csv.gz").working_days
    assert (used.cases, used.min, used.median, used.max) == (
        1434, min(counts), statistics.median(counts), max(counts),
    )  # fmt: skip
    assert used.mean == pytest.approx(statistics.fmean(counts))
