"""When a report of figures is due, and of which period it tells."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.casework.report_days import LAST_DAY, Every, Rhythm

MONDAYS = Rhythm(Every.WEEK, 1)
FIFTHS = Rhythm(Every.MONTH, 5)

RHYTHMS = st.one_of(
    st.builds(Rhythm, st.just(Every.WEEK), st.integers(1, 7)),
    st.builds(
        Rhythm, st.sampled_from([Every.MONTH, Every.QUARTER, Every.YEAR]), st.integers(1, LAST_DAY)
    ),
)
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("rhythm", "after", "due", "first", "last"),
    [
        # 9 June 2022 is a Thursday.
        (MONDAYS, "2022-06-09", "2022-06-13", "2022-06-06", "2022-06-12"),
        (MONDAYS, "2022-06-13", "2022-06-20", "2022-06-13", "2022-06-19"),
        (Rhythm(Every.WEEK, 4), "2022-06-08", "2022-06-09", "2022-05-30", "2022-06-05"),
        (Rhythm(Every.WEEK, 7), "2022-12-31", "2023-01-01", "2022-12-19", "2022-12-25"),
        (FIFTHS, "2022-06-04", "2022-06-05", "2022-05-01", "2022-05-31"),
        (FIFTHS, "2022-06-05", "2022-07-05", "2022-06-01", "2022-06-30"),
        (FIFTHS, "2022-12-09", "2023-01-05", "2022-12-01", "2022-12-31"),
        (FIFTHS, "2024-02-09", "2024-03-05", "2024-02-01", "2024-02-29"),
        (Rhythm(Every.QUARTER, 10), "2022-06-09", "2022-07-10", "2022-04-01", "2022-06-30"),
        (Rhythm(Every.QUARTER, 10), "2022-10-10", "2023-01-10", "2022-10-01", "2022-12-31"),
        (Rhythm(Every.YEAR, 15), "2022-06-09", "2023-01-15", "2022-01-01", "2022-12-31"),
        (Rhythm(Every.YEAR, 15), "2023-01-14", "2023-01-15", "2022-01-01", "2022-12-31"),
    ],
)
def test_it_is_due_on_its_day_and_tells_of_the_period_that_is_over(
    rhythm: Rhythm, after: str, due: str, first: str, last: str
) -> None:
    found = rhythm.next_after(date.fromisoformat(after))
    assert found == date.fromisoformat(due)
    assert rhythm.period(found) == (date.fromisoformat(first), date.fromisoformat(last))


@given(rhythm=RHYTHMS, day=DAYS)
def test_periods_follow_each_other_without_a_gap_and_are_over_when_told(
    rhythm: Rhythm, day: date
) -> None:
    due = rhythm.next_after(day)
    following = rhythm.next_after(due)
    assert day < due < following
    assert rhythm.next_after(due - timedelta(days=1)) == due
    assert rhythm.period(due)[1] + timedelta(days=1) == rhythm.period(following)[0]
    assert rhythm.period(due)[1] < due


@given(rhythm=RHYTHMS, day=DAYS)
def test_every_day_on_which_it_was_due_is_found(rhythm: Rhythm, day: date) -> None:
    first = rhythm.next_after(day)
    second = rhythm.next_after(first)
    third = rhythm.next_after(second)
    until = third - timedelta(days=1)
    assert list(rhythm.due_within(first, until)) == [first, second]
    assert list(rhythm.due_within(first, third)) == [first, second, third]


def test_a_month_has_28_days_for_certain_and_a_week_seven() -> None:
    assert [Rhythm(Every.MONTH, day).fits for day in (0, 1, 28, 29)] == [False, True, True, False]
    assert [Rhythm(Every.WEEK, day).fits for day in (0, 1, 7, 8)] == [False, True, True, False]
