"""What would come of it: figures worked out by hand, and intervals that cover what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.analytics.draws import Draws
from permits.analytics.simulating import (
    LEAST_SAMPLES,
    MOST_DRAWN,
    Checks,
    Figure,
    Interval,
    Plan,
    estimated,
    interval,
    samples,
    simulated,
)
from permits.casework.moving import Moved

PLAN = Plan(share=30, seed=1, samples=400)


def moved(used: int, exempt: int = 2, *, refused: bool = False) -> Moved:
    acts = (("examiner", 2), ("leader", 1))
    return Moved(used, 1, exempt, 1, 0, 1, acts, 1, refused)


SIX = [moved(3), moved(5), moved(1), moved(3), moved(8, exempt=4), moved(4, refused=True)]


def test_means_and_sums_are_those_of_the_cases():
    figures = simulated(SIX, PLAN, None).figures
    # Days used 3 + 5 + 1 + 3 + 8 + 4 = 24; one day each is left, so 18 are saved.
    assert figures[Figure.DAYS_ORDINARY].mean == 4
    assert (figures[Figure.DAYS_SAVED].mean, figures[Figure.DAYS_SAVED].total) == (3, 18)
    # Exempt 5 × 2 + 4 = 14 and shared 6, so 20 materials; deferred ones are not among them.
    assert figures[Figure.MATERIALS_SAVED].total == 20
    assert figures[Figure.MATERIALS_SAVED].mean == 3.33
    assert figures[Figure.MATERIALS_DEFERRED].total == 6
    # Three steps, of which one is left.
    assert figures[Figure.ACTS_SAVED].total == 12
    assert figures[Figure.REFUSED].total == 1


def test_steps_are_told_by_role():
    acts = simulated([*SIX, Moved(1, 1, 0, 0, 0, 0, (("window", 4),), 1, False)], PLAN, None).acts
    assert {role: one.total for role, one in acts.items()} == {
        "examiner": 12, "leader": 6, "window": 4,
    }  # fmt: skip


def test_the_sum_is_of_the_cases_to_come_that_are_asked_for():
    figures = simulated(SIX, Plan(30, 1, 400, ahead=60), None).figures
    days = figures[Figure.DAYS_SAVED]
    assert days.total == 180
    assert days.total_in is not None and days.total_in.covers(180)


def test_of_fewer_than_five_cases_a_mean_is_told_and_no_interval():
    for count, known in ((4, False), (5, True)):
        figures = simulated(SIX[:count], PLAN, None).figures
        assert (figures[Figure.DAYS_SAVED].mean_in is not None) is known
        assert (figures[Figure.DAYS_SAVED].total_in is not None) is known


def test_where_all_cases_are_alike_it_is_said_and_the_interval_has_no_width():
    shared = simulated(SIX, PLAN, None).figures[Figure.MATERIALS_SHARED]
    assert shared.alike
    assert shared.mean_in == Interval(1, 1)
    assert not simulated(SIX, PLAN, None).figures[Figure.DAYS_SAVED].alike


def test_without_any_case_there_is_nothing_to_simulate():
    with pytest.raises(ValueError, match="at least one"):
        simulated([], PLAN, None)


def test_the_same_seed_gives_the_same_and_another_seed_other_intervals():
    one, again = simulated(SIX, PLAN, None), simulated(SIX, PLAN, None)
    other = simulated(SIX, Plan(30, 2, 400), None)
    assert one == again
    assert one.figures[Figure.DAYS_SAVED].mean_in != other.figures[Figure.DAYS_SAVED].mean_in


def test_an_interval_leaves_five_of_a_hundred_out_on_either_side():
    # Of 1 … 100 in order: the 5th and the 95th.
    assert interval(list(range(100, 0, -1))) == Interval(5, 95)
    assert interval([7]) == Interval(7, 7)


def test_few_cases_are_said_to_give_intervals_that_are_too_narrow():
    assert simulated(SIX, PLAN, None).few
    assert not simulated(SIX * 5, PLAN, None).few


def test_of_many_cases_fewer_samples_are_drawn():
    assert samples(2000, 100) == 2000
    assert samples(2000, 4_000) == MOST_DRAWN // 4_000 == 1000
    assert samples(2000, 10**9) == samples(1, 1) == LEAST_SAMPLES


def test_breaches_to_expect_come_from_the_checks_that_were_made():
    # (3 + ½) ÷ (19 + 1) = 17.5 of 100. Of 40 cases 12 are checked and 7 breach: 2.1 are found.
    found = simulated(SIX, Plan(30, 1, 400, ahead=40), Checks(19, 3, own=True)).breaches
    assert found is not None
    assert (found.rate, found.checks, found.found, found.undiscovered) == (17.5, 12, 2.1, 4.9)
    assert found.rate_in.covers(17.5)
    assert found.checks_in.covers(12)
    assert found.found_in.covers(2)
    assert found.undiscovered_in.covers(5)


def test_checks_that_found_nothing_do_not_show_that_nothing_can_happen():
    found = simulated(SIX, Plan(0, 1, 400, ahead=100), Checks(9, 0, own=False)).breaches
    assert found is not None
    # (0 + ½) ÷ (9 + 1)
    assert found.rate == 5
    assert found.undiscovered_in.high > 5
    assert found.found_in == found.checks_in == Interval(0, 0)


def test_whoever_checks_everything_leaves_nothing_undiscovered():
    found = simulated(SIX, Plan(100, 1, 400), Checks(10, 5, own=True)).breaches
    assert found is not None
    assert found.undiscovered_in == Interval(0, 0)
    assert found.checks_in == Interval(6, 6)


def test_where_nothing_was_ever_checked_nothing_is_said_of_breaches():
    assert simulated(SIX, PLAN, None).breaches is None
    assert simulated(SIX, PLAN, Checks(0, 0, own=False)).breaches is None


@given(st.lists(st.integers(-5, 30), min_size=5, max_size=12), st.integers(0, 9))
def test_no_interval_leaves_what_cases_can_come_to(values, seed):
    one = estimated({"days": values}, 3, LEAST_SAMPLES, seed)["days"]
    assert one.mean_in is not None and one.total_in is not None
    assert min(values) <= one.mean_in.low <= one.mean_in.high <= max(values)
    assert 3 * min(values) <= one.total_in.low <= one.total_in.high <= 3 * max(values)


def waits(draws: Draws, count: int) -> list[int]:
    """Days until something comes that comes on a day with a chance of a quarter; mean 3."""
    found = []
    for _ in range(count):
        days = 0
        while draws.hits(1, 0.25) == 0:
            days += 1
        found.append(days)
    return found


def test_nine_of_ten_intervals_cover_the_process_that_made_the_cases():
    """Of 200 logs of 60 cases of a known process. 90 of 100 are to be covered; the percentile
    bootstrap of skewed numbers covers a little less. Of 200 at 88 of 100 the standard deviation is
    √(200 · 0.88 · 0.12) ≈ 4.6, so four of them lie between 157 and 195."""
    means, sums = 0, 0
    for seed in range(200):
        draws = Draws(seed, "process")
        seen, come = waits(draws, 60), sum(waits(draws, 30))
        one = estimated({"days": seen}, 30, LEAST_SAMPLES, seed)["days"]
        assert one.mean_in is not None and one.total_in is not None
        means += one.mean_in.covers(3)
        sums += one.total_in.covers(come)
    assert 157 <= means <= 195
    assert 157 <= sums <= 195


def test_nine_of_ten_intervals_of_the_rate_cover_the_rate_that_breached():
    """Of 300 offices that checked 25 cases each, of which each breached with a chance of 20 of
    100; a standard deviation is √(300 · 0.9 · 0.1) ≈ 5.2, and four of them are 21."""
    covered = 0
    for seed in range(300):
        bad = Draws(seed, "office").hits(25, 0.2)
        found = simulated(SIX[:1], Plan(50, seed, 200), Checks(25, bad, own=True)).breaches
        assert found is not None
        covered += found.rate_in.covers(20)
    assert 249 <= covered <= 291
