"""A due date is explained day by day, and the explanation is the reckoning."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.casework.due_dates import Length, OutOfRange, Pause, days_used, reckon
from permits.casework.due_explained import Reason, explain, explain_used
from permits.casework.working_days import WorkingDays, published
from permits.definitions.calendar_file import read_calendar
from permits.settings import shipped

FILE = shipped("workflows") / "shared" / "calendar.yaml"
CALENDAR = WorkingDays(
    published(year.record()) for year in read_calendar(FILE.read_text(encoding="utf-8"))
)
DAY = timedelta(days=1)


def days(start, length, *extensions, pauses=()):
    """Each day as its date without the year, its number and its reason."""
    extended = [Length.parse(extension) for extension in extensions]
    found = explain(CALENDAR, date.fromisoformat(start), Length.parse(length), pauses, extended)
    return [f"{day.date:%m-%d} {day.number or '-'} {day.reason}" for day in found.days]


def test_seven_working_days_over_a_holiday_with_make_up_days():
    assert days("2022-09-29", "7wd") == [
        "09-29 - start_day",
        "09-30 1 counted",
        "10-01 - holiday",
        "10-02 - holiday",
        "10-03 - holiday",
        "10-04 - holiday",
        "10-05 - holiday",
        "10-06 - holiday",
        "10-07 - holiday",
        "10-08 2 make_up_day",
        "10-09 3 make_up_day",
        "10-10 4 counted",
        "10-11 5 counted",
        "10-12 6 counted",
        "10-13 7 counted",
    ]


def test_a_holiday_and_a_make_up_day_name_their_festival_and_their_notice():
    found = explain(CALENDAR, date(2022, 9, 29), Length.parse("7wd"))
    holiday, made_up, ordinary = found.days[2], found.days[9], found.days[11]
    for day in (holiday, made_up):
        assert (day.name.zh, day.name.en) == ("国庆节", "National Day")
        assert day.notice.number == "国办发明电〔2021〕11号"
    assert (ordinary.name, ordinary.notice) == (None, None)


def test_the_made_up_saturday_of_2005_is_announced_by_the_notice_for_2006():
    found = explain(CALENDAR, date(2005, 12, 30), Length.parse("1wd"))
    assert found.days[-1].reason is Reason.MAKE_UP_DAY
    assert found.days[-1].notice.title == "国务院办公厅关于2006年部分节假日安排的通知"


def test_natural_days_count_rest_days_and_roll_on_to_a_working_day():
    assert days("2022-10-13", "3d") == [
        "10-13 - start_day",
        "10-14 1 counted",
        "10-15 2 counted",
        "10-16 3 rolled_over",
        "10-17 - last_day",
    ]


def test_no_days_from_a_rest_day():
    assert days("2022-10-15", "0d") == [
        "10-15 - start_day",
        "10-16 - rolled_over",
        "10-17 - last_day",
    ]
    assert days("2022-10-15", "0wd") == ["10-15 - start_day"]


def test_paused_days_are_shown_as_paused_whatever_else_they_are():
    pauses = [Pause(date(2022, 10, 14), date(2022, 10, 17))]
    assert days("2022-10-13", "2wd", pauses=pauses) == [
        "10-13 - start_day",
        "10-14 1 counted",
        "10-15 - paused",
        "10-16 - paused",
        "10-17 - paused",
        "10-18 2 counted",
    ]


def test_a_suspended_term_is_explained_to_the_day_it_was_suspended():
    pauses = [Pause(date(2022, 10, 17))]
    assert days("2022-10-13", "5wd", pauses=pauses) == [
        "10-13 - start_day",
        "10-14 1 counted",
        "10-15 - weekend",
        "10-16 - weekend",
        "10-17 2 counted",
    ]
    assert explain(CALENDAR, date(2022, 10, 13), Length.parse("5wd"), pauses).due is None


def test_a_term_suspended_while_it_rolls_on_has_no_last_day_yet():
    pauses = [Pause(date(2022, 10, 16))]
    assert days("2022-10-13", "2d", pauses=pauses) == [
        "10-13 - start_day",
        "10-14 1 counted",
        "10-15 2 rolled_over",
        "10-16 - rolled_over",
    ]


def test_an_extension_in_another_unit_goes_on_counting():
    # The second day is Saturday; the term goes on, so it is not rolled.
    assert days("2022-10-13", "2d", "1wd") == [
        "10-13 - start_day",
        "10-14 1 counted",
        "10-15 2 counted",
        "10-16 - weekend",
        "10-17 3 counted",
    ]


def test_days_of_an_unpublished_year_say_so():
    found = explain(CALENDAR, date(2026, 12, 31), Length.parse("2wd"))
    assert found.provisional
    assert found.unknown_years == (2027,)
    assert [(day.counted, day.reason) for day in found.days] == [
        (False, Reason.START_DAY),
        (True, Reason.YEAR_NOT_PUBLISHED),
        (False, Reason.YEAR_NOT_PUBLISHED),
        (False, Reason.YEAR_NOT_PUBLISHED),
        (True, Reason.YEAR_NOT_PUBLISHED),
    ]


def test_what_cannot_be_reckoned_cannot_be_explained():
    with pytest.raises(OutOfRange):
        explain(CALENDAR, date(2199, 12, 31), Length.parse("1wd"))


@st.composite
def terms(draw):
    start = draw(st.dates(date(2003, 6, 1), date(2027, 2, 1)))
    units = draw(st.lists(st.sampled_from(["wd", "d", "m"]), min_size=1, max_size=3))
    lengths = [Length(draw(st.integers(0, 3 if unit == "m" else 30)), unit) for unit in units]
    pauses = []
    for _ in range(draw(st.integers(0, 3))):
        begins = start + draw(st.integers(-10, 60)) * DAY
        until = draw(st.none() | st.integers(0, 30).map(lambda n, b=begins: b + n * DAY))
        pauses.append(Pause(begins, until))
    return start, lengths, pauses


@given(terms())
def test_explanation_and_reckoning_agree(term):
    start, (length, *extensions), pauses = term
    due = reckon(CALENDAR, start, length, pauses, extensions)
    found = explain(CALENDAR, start, length, pauses, extensions)
    assert (found.due, found.unknown_years) == (due.due, due.unknown_years)
    assert [day.date for day in found.days] == [start + n * DAY for n in range(len(found.days))]
    numbers = [day.number for day in found.days if day.counted]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all((day.number is None) is not day.counted for day in found.days)
    if due.due is not None:
        assert found.days[-1].date == due.due


@given(terms())
def test_the_last_counted_number_is_the_length(term):
    start, (length, *_), pauses = term
    found = explain(CALENDAR, start, length, pauses)
    if found.due is not None and length.unit != "m":
        assert sum(day.counted for day in found.days) == length.count


@given(terms())
def test_a_day_that_was_named_uncertain_lies_in_an_unknown_year(term):
    start, (length, *extensions), pauses = term
    found = explain(CALENDAR, start, length, pauses, extensions)
    uncertain = {day.date.year for day in found.days if day.reason is Reason.YEAR_NOT_PUBLISHED}
    assert uncertain <= set(found.unknown_years)


DATES = st.dates(date(2019, 1, 1), date(2025, 12, 31))


@given(
    start=DATES,
    lasts=st.integers(0, 60),
    pauses=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=3),
)
def test_the_days_used_are_those_that_are_counted_one_by_one(start, lasts, pauses):
    end = start + lasts * DAY
    left_out = [Pause(start + a * DAY, start + (a + b) * DAY) for a, b in pauses]
    found = explain_used(CALENDAR, start, end, left_out)
    assert [day.date for day in found] == [start + n * DAY for n in range(lasts + 1)]
    assert found[0].reason is Reason.START_DAY
    numbers = [day.number for day in found if day.counted]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == days_used(CALENDAR, start, end, left_out)
    for day in found[1:]:
        assert (day.reason is Reason.PAUSED) == any(p.covers(day.date) for p in left_out)


def test_the_days_used_of_a_case_with_a_pause_over_a_holiday():
    pause = Pause(date(2022, 10, 8), date(2022, 10, 10))
    found = explain_used(CALENDAR, date(2022, 9, 30), date(2022, 10, 11), [pause])
    assert [f"{day.date:%m-%d} {day.number or '-'} {day.reason}" for day in found] == [
        "09-30 - start_day",
        *(f"10-0{n} - holiday" for n in range(1, 8)),
        "10-08 1 make_up_day",
        "10-09 - paused",
        "10-10 - paused",
        "10-11 2 counted",
    ]


def test_days_of_a_year_that_is_not_published_are_said_to_be_so():
    found = explain_used(CALENDAR, date(2098, 6, 9), date(2098, 6, 10))
    assert found[1].reason is Reason.YEAR_NOT_PUBLISHED
