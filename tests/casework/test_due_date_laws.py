"""Laws that hold for all due dates."""

from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from permits.casework.due_dates import Length, Pause, days_used, reckon, warn_from
from tests.casework.days import CALENDAR, DAY

starts = st.dates(date(2004, 1, 1), date(2026, 6, 30))
counts = st.integers(0, 40)
units = st.sampled_from(["wd", "d", "m"])


@st.composite
def lengths(draw, units=units):
    unit = draw(units)
    return Length(draw(st.integers(0, 4)) if unit == "m" else draw(counts), unit)


@st.composite
def terms(draw, units=units):
    start = draw(starts)
    pauses = []
    for _ in range(draw(st.integers(0, 3))):
        begins = start + draw(st.integers(-10, 60)) * DAY
        pauses.append(Pause(begins, begins + draw(st.integers(0, 30)) * DAY))
    return start, draw(lengths(units)), tuple(pauses)


def by_hand(start: date, length: Length, pauses: tuple[Pause, ...]) -> date | None:
    """The due date found by walking: slow, and simple enough to be believed."""
    today, left = start, length.count
    if length.unit == "m":
        month = start.month - 1 + length.count
        target = date(start.year + month // 12, month % 12 + 1, 1)
        after = (target + 31 * DAY).replace(day=1)
        target = target.replace(day=min(start.day, (after - DAY).day))
        left = (target - start).days

    def off(day: date) -> bool:
        return any(p.covers(day) for p in pauses)

    while left:
        today += DAY
        left -= not off(today) and (length.unit != "wd" or CALENDAR.why(today).kind in WORKED)
    if length.unit == "wd":
        return today
    while CALENDAR.why(today).kind not in WORKED or off(today):
        today += DAY
    return today


WORKED = ("weekday", "make_up_day")


@given(terms())
def test_the_reckoning_agrees_with_walking(term):
    start, length, pauses = term
    found = reckon(CALENDAR, start, length, pauses)
    if not found.provisional:
        assert found.due == by_hand(start, length, pauses)


@given(terms(st.just("wd")))
def test_the_working_days_used_until_the_due_date_are_the_length(term):
    start, length, pauses = term
    found = reckon(CALENDAR, start, length, pauses)
    if not found.provisional:
        assert days_used(CALENDAR, start, found.due, pauses) == length.count


@given(terms(), st.integers(0, 30))
def test_a_longer_term_is_never_due_earlier(term, more):
    start, length, pauses = term
    longer = Length(length.count + more, length.unit)
    assert (
        reckon(CALENDAR, start, length, pauses).due <= reckon(CALENDAR, start, longer, pauses).due
    )


IN_A_PAUSE = (date(2005, 2, 26), Length(0, "d"), (Pause(date(2005, 2, 26), date(2005, 2, 28)),))
"""Saturday to Monday: whether it starts on the Saturday or on the Monday, Tuesday is its end."""


@example(IN_A_PAUSE, 2)
@given(terms(st.sampled_from(["wd", "d"])), st.integers(0, 30))
def test_a_term_in_days_that_starts_later_is_never_due_earlier(term, later):
    start, length, pauses = term
    earlier = reckon(CALENDAR, start, length, pauses).due
    assert earlier <= reckon(CALENDAR, start + later * DAY, length, pauses).due


@given(terms(st.just("m")), st.integers(0, 30))
def test_a_term_in_months_that_starts_later_is_never_due_earlier(term, later):
    start, length, _ = term
    assert reckon(CALENDAR, start, length).due <= reckon(CALENDAR, start + later * DAY, length).due


@given(terms(), st.integers(0, 60), st.integers(0, 30))
def test_another_pause_never_makes_a_term_due_earlier(term, begins, days):
    start, length, pauses = term
    more = (*pauses, Pause(start + begins * DAY, start + (begins + days) * DAY))
    assert reckon(CALENDAR, start, length, pauses).due <= reckon(CALENDAR, start, length, more).due


@given(terms(), lengths())
def test_an_extension_never_makes_a_term_due_earlier(term, extension):
    start, length, pauses = term
    before = reckon(CALENDAR, start, length, pauses).due
    assert before <= reckon(CALENDAR, start, length, pauses, [extension]).due


@given(terms(), st.integers(0, 60), st.integers(0, 60))
def test_periods_that_follow_each_other_lose_no_day(term, first, second):
    start, _, pauses = term
    middle, end = start + first * DAY, start + (first + second) * DAY
    whole = days_used(CALENDAR, start, end, pauses)
    if whole is not None:
        assert whole == days_used(CALENDAR, start, middle, pauses) + days_used(
            CALENDAR, middle, end, pauses
        )


@given(terms(), st.integers(0, 20))
def test_the_warning_leaves_no_more_than_it_should(term, left):
    start, length, pauses = term
    found = reckon(CALENDAR, start, length, pauses)
    if not found.provisional:
        warned = warn_from(CALENDAR, start, found.due, left)
        assert start <= warned
        assert CALENDAR.between(warned, found.due) <= left
        assert warned == start or CALENDAR.between(warned - DAY, found.due) > left
