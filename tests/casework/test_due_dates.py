"""Due dates worked out by hand."""

from datetime import date

import msgspec
import pytest

from permits.casework.due_dates import (
    EARLIEST,
    LATEST,
    BadLength,
    BadPause,
    Due,
    Length,
    OutOfRange,
    days_used,
    reckon,
    warn_from,
)
from permits.casework.working_days import WorkingDays
from tests.casework.days import CALENDAR, DAY, day, due, pause

# --- worked by hand ---


def test_t1_seven_working_days_over_the_national_day_of_2022():
    # 09-30; 10-01 to 10-07 off; 10-08 and 10-09 made up; 10-10, 11, 12, 13.
    assert due("2022-09-29", "7wd") == day("2022-10-13")


def test_t1_the_usual_wrong_answers_are_not_given():
    weekends_only = day("2022-10-10")
    holidays_without_make_up_days = day("2022-10-17")
    assert due("2022-09-29", "7wd") not in (weekends_only, holidays_without_make_up_days)


def test_twenty_working_days_over_new_year_and_spring_festival_of_2023():
    # 12-30; 01-03 to 06: 5; 09 to 13: 10; 16 to 20: 15; 21 to 27 off; 28 and 29 made up: 17;
    # 01-30, 31, 02-01: 20.
    assert due("2022-12-29", "20wd") == day("2023-02-01")


def test_ten_more_working_days_after_an_approved_extension():
    # 02-02, 03: 2; 06 to 10: 7; 13, 14, 15: 10.
    assert due("2022-12-29", "20wd", "10wd") == day("2023-02-15")


def test_a_case_of_ten_working_days_with_a_secondary_material_two_days_earlier():
    # November 2022 has no holiday: 11-02 is the first, 11-11 the eighth, 11-15 the tenth.
    assert due("2022-11-01", "10wd") == day("2022-11-15")
    assert due("2022-11-01", "8wd") == day("2022-11-11")
    assert due("2022-11-01", "20wd") == day("2022-11-29")


def test_three_months_to_start_building_extended_twice():
    assert due("2022-03-01", "3m") == day("2022-06-01")
    assert due("2022-03-01", "3m", "3m") == day("2022-09-01")
    assert due("2022-03-01", "3m", "3m", "3m") == day("2022-12-01")


def test_delivery_and_publication_after_a_decision():
    # 10-14; 17 to 21: 6; 24: 7; 25, 26, 27: 10.
    assert due("2022-10-13", "10wd") == day("2022-10-27")
    assert due("2022-10-13", "7wd") == day("2022-10-24")


def test_the_last_saturday_of_2005_was_worked():
    assert due("2005-12-30", "1wd") == day("2005-12-31")
    # 12-31, then 01-01 to 03 off, 01-04.
    assert due("2005-12-30", "2wd") == day("2006-01-04")


# --- lengths ---


@pytest.mark.parametrize("text", ["7wd", "60d", "2m", "0wd", "0d", "0m", "3660wd", "120m"])
def test_a_length_is_written_as_it_was_read(text):
    assert str(Length.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "7", "wd", "7 wd", "-7wd", "+7wd", "7.5d", "7WD", "7y", "07d", "٧d", "9" * 5000 + "d"],
)
def test_text_that_is_no_length_is_refused_with_what_is_accepted(text):
    with pytest.raises(BadLength, match=r"7wd, 60d or 2m"):
        Length.parse(text)


@pytest.mark.parametrize("text", ["3661wd", "3661d", "121m"])
def test_a_length_beyond_all_reason_is_refused(text):
    with pytest.raises(BadLength, match="is not between 0"):
        Length.parse(text)


def test_a_length_is_checked_however_it_is_made():
    with pytest.raises(BadLength, match="-1wd"):
        Length(-1, "wd")
    with pytest.raises(BadLength, match="weeks"):
        Length(1, "weeks")
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"count": 121, "unit": "m"}', type=Length)


# --- the start day, months and rest days ---


def test_no_time_at_all_is_due_on_the_start_day():
    assert due("2022-10-13", "0wd") == day("2022-10-13")
    assert due("2022-10-01", "0wd") == day("2022-10-01")


def test_natural_days_that_end_on_a_rest_day_end_on_the_next_working_day():
    assert due("2022-09-29", "1d") == day("2022-09-30")
    assert due("2022-09-29", "2d") == day("2022-10-08")  # Saturday 10-01, then the holiday
    assert due("2022-09-29", "9d") == day("2022-10-08")  # the Saturday that was worked
    assert due("2022-10-13", "2d") == day("2022-10-17")  # Saturday 10-15
    assert due("2022-10-01", "0d") == day("2022-10-08")


def test_sixty_days_for_reconsideration():
    # 17 days left in October, 30 in November, 13 in December: Tuesday.
    assert due("2022-10-14", "60d") == day("2022-12-13")


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2022-08-31", "1m", "2022-09-30"),  # no 31 September
        ("2022-01-31", "1m", "2022-02-28"),
        ("2024-01-31", "1m", "2024-02-29"),
        ("2022-11-30", "3m", "2023-02-28"),
        ("2022-02-28", "1m", "2022-03-28"),  # the corresponding day, not the end of the month
        ("2022-10-14", "12m", "2023-10-16"),  # 2023-10-14 is a Saturday
        ("2022-07-01", "3m", "2022-10-08"),  # into the holiday
        ("2022-10-14", "0m", "2022-10-14"),
    ],
)
def test_months_end_on_the_corresponding_day_or_at_the_end_of_the_month(start, length, end):
    assert due(start, length) == day(end)


# --- extensions ---


def test_months_that_are_extended_stay_anchored_at_the_start():
    # One after the other it would be 2022-08-31 → 2023-02-28 → 2023-05-28.
    assert due("2022-08-31", "6m", "3m") == day("2023-05-31")


def test_an_extension_in_another_unit_continues_from_the_unrolled_end():
    # 10d end on Saturday 10-15; not rolled; 5wd: 10-17 to 10-21.
    assert due("2022-10-05", "10d", "5wd") == day("2022-10-21")
    # 5wd end on 10-20; 1m later is Sunday 11-20, so 11-21.
    assert due("2022-10-13", "5wd", "1m") == day("2022-11-21")
    # a month on 11-13 (Sunday, unrolled), 5 working days to 11-18, 2 days to Sunday 11-20
    assert due("2022-10-13", "1m", "5wd", "2d") == day("2022-11-21")


def test_an_extension_by_nothing_changes_nothing():
    assert due("2022-10-05", "10d", "0wd") == due("2022-10-05", "10d") == day("2022-10-17")
    assert due("2022-10-05", "0d", "0wd", "5wd") == due("2022-10-05", "5wd")
    assert due("2022-10-01", "0wd", "0m") == day("2022-10-01")


# --- pauses ---


def test_a_pause_leaves_out_its_last_day_but_not_the_day_it_begins():
    # 10-14 is counted (1); 10-17 to 10-19 paused; 10-20: 2, 10-21: 3.
    assert due("2022-10-13", "3wd", pauses=(pause("2022-10-14..2022-10-19"),)) == day("2022-10-21")


def test_a_pause_of_no_days_changes_nothing():
    assert due("2022-10-13", "3wd", pauses=(pause("2022-10-14..2022-10-14"),)) == day("2022-10-18")


def test_a_pause_that_begins_on_the_start_day():
    # 10-14 and 10-17 paused; 10-18: 1.
    assert due("2022-10-13", "1wd", pauses=(pause("2022-10-13..2022-10-17"),)) == day("2022-10-18")


def test_a_pause_that_began_before_the_start():
    pauses = (pause("2022-10-01..2022-10-17"),)
    assert due("2022-10-13", "1wd", pauses=pauses) == day("2022-10-18")
    assert due("2022-10-13", "0wd", pauses=pauses) == day("2022-10-13")


def test_a_pause_that_was_over_before_the_start_changes_nothing():
    assert due("2022-10-13", "1wd", pauses=(pause("2022-10-01..2022-10-13"),)) == day("2022-10-14")


def test_touching_pauses_are_one():
    apart = (pause("2022-10-14..2022-10-18"), pause("2022-10-18..2022-10-20"))
    assert due("2022-10-13", "2wd", pauses=apart) == day("2022-10-21")
    assert due("2022-10-13", "2wd", pauses=(pause("2022-10-14..2022-10-20"),)) == day("2022-10-21")


def test_overlapping_pauses_leave_a_day_out_once_in_whatever_order_they_come():
    overlapping = (pause("2022-10-17..2022-10-20"), pause("2022-10-14..2022-10-18"))
    assert due("2022-10-13", "2wd", pauses=overlapping) == day("2022-10-21")
    inside = (pause("2022-10-14..2022-10-20"), pause("2022-10-17..2022-10-18"))
    assert due("2022-10-13", "2wd", pauses=inside) == day("2022-10-21")


def test_a_pause_over_the_holiday_costs_the_working_days_in_it_only():
    # Left out are 10-08 and 10-09 (made up) and 10-10; 09-30 was the first day.
    # 10-11: 2, 12: 3, 13: 4, 14: 5, 17: 6, 18: 7.
    assert due("2022-09-29", "7wd", pauses=(pause("2022-09-30..2022-10-10"),)) == day("2022-10-18")
    # A pause in the holiday alone costs nothing.
    assert due("2022-09-29", "7wd", pauses=(pause("2022-09-30..2022-10-07"),)) == day("2022-10-13")


def test_natural_days_and_months_are_paused_by_natural_days():
    five = (pause("2022-11-05..2022-11-10"),)
    # 60d from 10-14 is 12-13, five days later Sunday 12-18, so 12-19.
    assert due("2022-10-14", "60d", pauses=five) == day("2022-12-19")
    # 2m is 12-14, five days later Monday 12-19.
    assert due("2022-10-14", "2m", pauses=five) == day("2022-12-19")


def test_a_pause_that_begins_on_the_due_day_or_later_changes_nothing():
    assert due("2022-09-29", "7wd", pauses=(pause("2022-10-13..2022-10-31"),)) == day("2022-10-13")
    assert due("2022-09-29", "7wd", pauses=(pause("2022-10-13.."),)) == day("2022-10-13")
    assert due("2022-09-29", "7wd", pauses=(pause("2022-10-12..2022-10-13"),)) == day("2022-10-14")
    assert due("2022-09-29", "2d", pauses=(pause("2022-10-08.."),)) == day("2022-10-08")


def test_a_rest_day_rolls_past_a_pause_that_holds_the_next_working_day():
    # 2d end on Saturday 10-01; 10-08 and 10-09 are paused; 10-10.
    assert due("2022-09-29", "2d", pauses=(pause("2022-10-03..2022-10-09"),)) == day("2022-10-10")


def test_a_suspended_term_has_no_due_date():
    assert due("2022-09-29", "7wd", pauses=(pause("2022-10-12.."),)) is None
    assert due("2022-09-29", "7wd", "5d", pauses=(pause("2022-10-12.."),)) is None
    assert due("2022-09-29", "2d", pauses=(pause("2022-10-03.."),)) is None
    closed_and_open = (pause("2022-10-12.."), pause("2022-09-29..2022-09-30"))
    assert due("2022-09-29", "7wd", pauses=closed_and_open) is None


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(BadPause, match="before it begins"):
        pause("2022-10-14..2022-10-13")


# --- beyond the published years ---


def test_a_due_date_beyond_the_last_published_year_is_provisional():
    # 2026-12-30, 31, then 2027-01-01 as if the Friday were worked.
    assert reckon(CALENDAR, day("2026-12-29"), Length.parse("2wd")) == Due(day("2026-12-31"))
    found = reckon(CALENDAR, day("2026-12-29"), Length.parse("3wd"))
    assert found == Due(day("2027-01-01"), unknown_years=(2027,))
    assert found.provisional


def test_natural_days_are_provisional_only_if_their_end_lies_in_an_unknown_year():
    assert reckon(CALENDAR, day("2026-12-01"), Length.parse("60d")) == Due(
        day("2027-02-01"), unknown_years=(2027,)
    )
    assert not reckon(CALENDAR, day("2003-06-02"), Length.parse("12m")).provisional
    assert reckon(CALENDAR, day("2002-06-03"), Length.parse("12m")).unknown_years == (2003,)


def test_before_the_first_published_year():
    assert reckon(CALENDAR, day("2003-12-30"), Length.parse("2wd")) == Due(
        day("2004-01-02"), unknown_years=(2003,)
    )
    assert not reckon(CALENDAR, day("2003-12-31"), Length.parse("2wd")).provisional


def test_a_suspended_term_that_ran_into_an_unknown_year_is_provisional():
    found = reckon(CALENDAR, day("2026-12-29"), Length.parse("9wd"), [pause("2027-01-05..")])
    assert found == Due(None, unknown_years=(2027,))


def test_a_year_that_is_published_ends_the_doubt():
    earlier = WorkingDays(year for year in CALENDAR.years if year.year < 2022)
    before = reckon(earlier, day("2021-12-30"), Length.parse("7wd"))
    assert before == Due(day("2022-01-10"), unknown_years=(2022,))
    (published_2022,) = (year for year in CALENDAR.years if year.year == 2022)
    after = reckon(earlier.with_year(published_2022), day("2021-12-30"), Length.parse("7wd"))
    assert after == Due(day("2022-01-11"))


@pytest.mark.parametrize(
    ("start", "length"),
    [
        (EARLIEST - DAY, "1wd"),
        (LATEST + DAY, "1wd"),
        (LATEST, "1wd"),
        (LATEST, "1d"),
        (LATEST, "1m"),
        (date.max, "1wd"),
    ],
)
def test_a_date_beyond_all_reason_is_refused(start, length):
    with pytest.raises(OutOfRange):
        reckon(CALENDAR, start, Length.parse(length))


def test_a_term_in_months_may_end_in_the_last_year():
    assert reckon(CALENDAR, date(2199, 6, 30), Length.parse("6m")).due == date(2199, 12, 30)
    with pytest.raises(OutOfRange):
        reckon(CALENDAR, date(2199, 7, 1), Length.parse("6m"))


# --- working days used ---


def test_every_working_day_belongs_to_exactly_one_period():
    assert days_used(CALENDAR, day("2022-09-29"), day("2022-10-13")) == 7
    assert days_used(CALENDAR, day("2022-09-29"), day("2022-10-08")) == 2
    assert days_used(CALENDAR, day("2022-10-08"), day("2022-10-13")) == 5


def test_suspended_days_are_not_used():
    pauses = [pause("2022-10-12..2022-10-20"), pause("2022-10-18..2022-10-21")]
    assert days_used(CALENDAR, day("2022-09-29"), day("2022-10-24"), pauses) == 7
    assert days_used(CALENDAR, day("2022-09-29"), day("2022-10-19"), pauses) == 6
    assert days_used(CALENDAR, day("2022-09-29"), day("2023-10-19"), [pause("2022-10-12..")]) == 6


def test_days_of_an_unknown_year_are_not_guessed():
    assert days_used(CALENDAR, day("2026-12-29"), day("2027-01-04")) is None
    pauses = [pause("2026-12-30..2027-01-31")]
    assert days_used(CALENDAR, day("2026-12-29"), day("2027-01-04"), pauses) == 1


def test_a_period_does_not_end_before_it_starts():
    with pytest.raises(ValueError, match="before it starts"):
        days_used(CALENDAR, day("2022-10-13"), day("2022-10-12"))


# --- the warning ---


def test_the_light_is_yellow_from_the_day_that_leaves_two_working_days():
    start, end = day("2022-09-29"), day("2022-10-13")
    assert warn_from(CALENDAR, start, end, 2) == day("2022-10-11")
    assert warn_from(CALENDAR, start, end, 0) == end
    assert warn_from(CALENDAR, start, end, 5) == day("2022-10-08")
    assert warn_from(CALENDAR, start, end, 6) == day("2022-09-30")
    assert warn_from(CALENDAR, start, end, 20) == start
