"""A chart of months: every number at its place, none outside."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from permits.web.auditor.chart import ABOVE, PLOT, chart

NUMBERS = st.lists(st.integers(-5_000, 5_000), min_size=1, max_size=150)


def months(numbers):
    return [(f"{2000 + n // 12}-{n % 12 + 1:02d}", number) for n, number in enumerate(numbers)]


def share(text):
    assert text.endswith("%")
    return float(text[:-1])


@given(NUMBERS.filter(any))
def test_bars_stand_on_the_zero_line_and_are_as_high_as_their_number(numbers):
    drawn = chart(months(numbers))
    unit = PLOT / (drawn.lines[-1].value - drawn.lines[0].value)
    for bar, number in zip(drawn.bars, numbers, strict=True):
        assert bar.value == number
        assert abs(bar.height - abs(number) * unit) < 0.01
        foot = bar.y + bar.height if number > 0 else bar.y
        assert abs(foot - drawn.zero) < 0.02
        assert ABOVE - 0.02 <= bar.y <= bar.y + bar.height <= ABOVE + PLOT + 0.02


@given(NUMBERS.filter(any))
def test_bars_lie_beside_each_other_within_the_page(numbers):
    drawn = chart(months(numbers))
    edges = [(share(bar.x), share(bar.x) + share(bar.width)) for bar in drawn.bars]
    assert share(drawn.left) <= edges[0][0]
    assert edges[-1][1] <= 100
    assert all(one[1] <= other[0] for one, other in pairwise(edges))


@given(NUMBERS.filter(any))
def test_lines_are_few_at_whole_numbers_and_around_everything(numbers):
    values = [line.value for line in chart(months(numbers)).lines]
    assert 2 <= len(values) <= 6
    assert 0 in values
    assert values[0] <= min(numbers) <= max(numbers) <= values[-1]
    assert len({later - one for one, later in pairwise(values)}) == 1


@given(NUMBERS.filter(any))
def test_not_more_months_are_named_than_fit(numbers):
    drawn = chart(months(numbers))
    assert 1 <= len(drawn.labels) <= 12
    assert 1 <= sum(label.major for label in drawn.labels) <= 6
    assert drawn.labels[0].month == drawn.first
    assert {label.month for label in drawn.labels} <= {bar.month for bar in drawn.bars}


def test_numbers_stand_at_the_bars_while_there_is_room():
    few, many = chart(months([1] * 14)), chart(months([1] * 15))
    assert (few.numbered, many.numbered) == (True, False)


def test_there_is_nothing_to_draw_of_nothing():
    assert chart([]) is None
    assert chart(months([0, 0])) is None


def test_an_example():
    drawn = chart([("2022-06", 10), ("2022-07", -5)])
    assert [line.value for line in drawn.lines] == [-5, 0, 5, 10]
    assert [bar.height for bar in drawn.bars] == [113.33, 56.67]
    assert drawn.zero == drawn.bars[1].y == 135.33
