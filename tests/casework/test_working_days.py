"""The calendar in the small: two invented years beside each other, a gap, and none at all."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.casework.working_days import (
    DayKind,
    MisplacedDay,
    Notice,
    PublishedYear,
    Reached,
    SpecialDay,
    Text,
    UnknownYear,
    WorkingDays,
    published,
)

NOTICE = Notice("关于放假的通知", "国办发明电〔2021〕11号", "https://www.gov.cn/notice")
AUTUMN = Text("国庆节", "National Day")


def special(*days: str) -> tuple[SpecialDay, ...]:
    return tuple(SpecialDay(date.fromisoformat(day), AUTUMN, NOTICE) for day in days)


# 2022: the first week of October off, Saturday 8 and Sunday 9 worked. 2023: an ordinary year.
Y2022 = PublishedYear(
    2022,
    (NOTICE,),
    off=special(*(f"2022-10-0{n}" for n in range(1, 8))),
    work=special("2022-10-08", "2022-10-09"),
)
Y2023 = PublishedYear(2023, (Notice("次年的通知"),))
CALENDAR = WorkingDays([Y2022, Y2023])

days = st.dates(date(2021, 6, 1), date(2024, 6, 1))
known_days = st.dates(date(2022, 1, 1), date(2023, 12, 31))


def test_weekdays_are_worked_and_weekends_are_not():
    assert CALENDAR.is_working(date(2022, 9, 30))
    assert not CALENDAR.is_working(date(2022, 9, 24))


def test_a_holiday_is_not_worked_and_a_make_up_day_is():
    assert not CALENDAR.is_working(date(2022, 10, 3))
    assert CALENDAR.is_working(date(2022, 10, 8))
    assert CALENDAR.is_working(date(2022, 10, 9))


def test_the_ordinal_counts_from_the_first_published_day():
    assert CALENDAR.ordinal(date(2022, 1, 1)) == 0  # a Saturday
    assert CALENDAR.ordinal(date(2022, 1, 3)) == 1
    assert CALENDAR.ordinal(date(2022, 1, 9)) == 5


def test_a_duration_is_a_subtraction_of_ordinals():
    start, end = date(2022, 9, 29), date(2022, 10, 13)
    assert CALENDAR.ordinal(end) - CALENDAR.ordinal(start) == 7
    assert CALENDAR.between(start, end) == 7
    assert CALENDAR.between(end, start) == -7


def test_the_ordinal_is_the_sum_of_the_working_days_day_by_day():
    day, count = date(2022, 1, 1), 0
    while day <= date(2023, 12, 31):
        count += CALENDAR.is_working(day)
        assert CALENDAR.ordinal(day) == count, day
        day += timedelta(days=1)


def test_the_day_after_a_count_is_a_working_day_and_the_start_is_never_counted():
    assert CALENDAR.after(date(2022, 9, 29), 1) == Reached(date(2022, 9, 30))
    assert CALENDAR.after(date(2022, 9, 30), 1) == Reached(date(2022, 10, 8))
    assert CALENDAR.after(date(2022, 10, 1), 1) == Reached(date(2022, 10, 8))
    assert CALENDAR.after(date(2022, 10, 9), 1) == Reached(date(2022, 10, 10))


def test_nothing_after_a_day_is_the_day_itself_whatever_it_is():
    assert CALENDAR.after(date(2022, 10, 3), 0) == Reached(date(2022, 10, 3))


def test_a_count_is_never_negative():
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.after(date(2022, 10, 3), -1)


@given(known_days, st.integers(0, 150))
def test_after_and_between_agree(start, count):
    reached = CALENDAR.after(start, count)
    if not reached.provisional:
        assert CALENDAR.between(start, reached.day) == count
        assert count == 0 or CALENDAR.is_working(reached.day)


@given(days, days, days)
def test_stretches_add_up_where_the_years_are_known(one, two, three):
    a, b, c = sorted((one, two, three))
    if not CALENDAR.unknown_years(a, c):
        assert CALENDAR.between(a, b) + CALENDAR.between(b, c) == CALENDAR.between(a, c)


def test_an_unpublished_year_is_refused_not_guessed():
    assert not CALENDAR.knows(date(2024, 1, 2))
    for question in (CALENDAR.is_working, CALENDAR.ordinal):
        with pytest.raises(UnknownYear, match="2024") as refusal:
            question(date(2024, 1, 2))
        assert refusal.value.years == (2024,)
    with pytest.raises(UnknownYear, match="2024"):
        CALENDAR.between(date(2023, 12, 29), date(2024, 1, 2))
    with pytest.raises(UnknownYear, match="2021"):
        CALENDAR.ordinal(date(2021, 12, 31))


def test_a_date_in_an_unpublished_year_is_provisional_and_says_which_year():
    last_friday = date(2023, 12, 29)
    reached = CALENDAR.after(last_friday, 1)
    assert reached == Reached(date(2024, 1, 1), unknown_years=(2024,))
    assert reached.provisional
    assert not CALENDAR.after(date(2023, 12, 28), 1).provisional


def test_an_unpublished_start_day_matters_not_as_it_is_never_counted():
    assert CALENDAR.after(date(2021, 12, 31), 1) == Reached(date(2022, 1, 3))
    assert CALENDAR.between(date(2021, 12, 31), date(2022, 1, 3)) == 1
    assert CALENDAR.after(date(2021, 12, 30), 1).unknown_years == (2021,)


def test_nothing_is_counted_between_a_day_and_itself_even_if_its_year_is_unknown():
    assert CALENDAR.between(date(2030, 1, 1), date(2030, 1, 1)) == 0


def test_a_gap_between_published_years_is_unknown_too():
    gap = WorkingDays([Y2022, PublishedYear(2024, (NOTICE,))])
    assert gap.ordinal(date(2022, 12, 30)) == CALENDAR.ordinal(date(2022, 12, 30))
    with pytest.raises(UnknownYear, match="2023"):
        gap.ordinal(date(2024, 2, 1))
    with pytest.raises(UnknownYear, match="2023"):
        gap.between(date(2022, 12, 1), date(2024, 2, 1))
    assert gap.between(date(2024, 1, 1), date(2024, 1, 5)) == 4
    assert gap.after(date(2022, 12, 30), 300).unknown_years == (2023,)


def test_a_gap_as_long_as_there_are_years_is_no_whole_either():
    gap = WorkingDays([Y2022, PublishedYear(2025, (NOTICE,))])
    assert gap.unknown_years(date(2022, 6, 1), date(2025, 6, 1)) == (2023, 2024)
    with pytest.raises(UnknownYear, match="2023"):
        gap.ordinal(date(2025, 2, 3))


def test_without_any_year_every_answer_is_provisional():
    nothing = WorkingDays([])
    assert nothing.years == ()
    assert nothing.after(date(2022, 9, 30), 1) == Reached(date(2022, 10, 3), (2022,))
    with pytest.raises(UnknownYear):
        nothing.ordinal(date(2022, 9, 30))


def test_why_a_day_is_worked_or_not():
    assert CALENDAR.why(date(2022, 9, 30)).kind is DayKind.WEEKDAY
    assert CALENDAR.why(date(2022, 9, 24)).kind is DayKind.WEEKEND
    assert CALENDAR.why(date(2024, 1, 1)).kind is DayKind.YEAR_NOT_PUBLISHED
    holiday = CALENDAR.why(date(2022, 10, 1))
    assert (holiday.kind, holiday.name, holiday.notice) == (DayKind.HOLIDAY, AUTUMN, NOTICE)
    made_up = CALENDAR.why(date(2022, 10, 8))
    assert (made_up.kind, made_up.name, made_up.notice) == (DayKind.MAKE_UP_DAY, AUTUMN, NOTICE)


def test_a_notice_is_cited_with_its_number_where_it_is_known():
    assert NOTICE.cited == "关于放假的通知（国办发明电〔2021〕11号）"
    assert Y2023.source == "次年的通知"


def test_the_digest_is_of_the_content_not_of_its_order():
    assert WorkingDays([Y2023, Y2022]).digest == CALENDAR.digest
    assert len(CALENDAR.digest) == 64
    assert WorkingDays([Y2022]).digest != CALENDAR.digest
    assert Y2022.digest != Y2023.digest


def test_a_published_year_is_added_without_touching_the_old_calendar():
    longer = CALENDAR.with_year(PublishedYear(2024, (NOTICE,), off=special("2024-01-01")))
    assert [year.year for year in longer.years] == [2022, 2023, 2024]
    assert longer.after(date(2023, 12, 29), 1) == Reached(date(2024, 1, 2))
    assert not CALENDAR.knows(date(2024, 1, 2))


def test_a_year_is_replaced_when_a_later_notice_changes_its_last_days():
    amended = CALENDAR.with_year(PublishedYear(2023, (NOTICE,), work=special("2023-12-30")))
    assert amended.is_working(date(2023, 12, 30))
    assert amended.between(date(2022, 1, 1), date(2023, 12, 31)) == 1 + CALENDAR.between(
        date(2022, 1, 1), date(2023, 12, 31)
    )


def test_a_year_given_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        WorkingDays([Y2022, Y2022])


@pytest.mark.parametrize(
    ("off", "work"),
    [
        (special("2023-01-01"), ()),
        (special("2022-10-01", "2022-10-01"), ()),
        (special("2022-10-01"), special("2022-10-01")),
    ],
)
def test_a_record_holds_days_of_its_year_only_and_each_once(off, work):
    with pytest.raises(MisplacedDay):
        PublishedYear(2022, (NOTICE,), off, work)


def test_a_record_comes_back_from_plain_data():
    assert published(msgspec.to_builtins(Y2022)) == Y2022
    with pytest.raises(msgspec.ValidationError):
        published({"year": 2022})
