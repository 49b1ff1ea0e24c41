"""The shipped calendar, compared day by day with three independent tables.

Where they differ, the notice decides, and the difference is listed here with what it says.
"""

import json
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest
from chinese_calendar.constants import holidays as chinese_calendar_off

from permits.casework.working_days import DayKind, WorkingDays, published
from permits.definitions.calendar_file import read_calendar
from permits.settings import shipped

FILE = shipped("workflows") / "shared" / "calendar.yaml"
YEARS = read_calendar(FILE.read_text(encoding="utf-8"))
CALENDAR = WorkingDays(published(year.record()) for year in YEARS)
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)

HOLIDAY_CN = Path(__file__).parents[1] / "data" / "calendar"

# Worked or not: where chinesecalendar is wrong.
WRONG_IN_CHINESECALENDAR = {
    # 国办发明电〔2005〕35号: Saturday 31 December 2005 is worked, for the New Year days of 2006.
    date(2005, 12, 31),
}

# Weekends: announced or merely adjoining. Worked by neither reading.
NOT_ANNOUNCED_IN_CHINESECALENDAR = {
    # 国办发明电〔2010〕40号: Dragon Boat Festival, 4 to 6 June 2011.
    date(2011, 6, 5),
    # 国办发明电〔2011〕45号: Dragon Boat Festival, 22 to 24 June 2012.
    date(2012, 6, 23),
    # 国发明电〔2015〕1号: 3 to 5 September 2015.
    date(2015, 9, 5),
}
ANNOUNCED_BY_CHINESECALENDAR_ONLY = {
    # 国办发明电〔2013〕28号: 5 April off and Monday 7 April in lieu; the Sunday is not mentioned.
    date(2014, 4, 6),
    # 国办发明电〔2018〕15号: one day off each, "joined to the weekend" (与周末连休).
    *(date(2019, 4, 6), date(2019, 4, 7), date(2019, 6, 8), date(2019, 6, 9)),
    *(date(2019, 9, 14), date(2019, 9, 15)),
    # 国办发明电〔2023〕7号: 1 January 2024 off, "joined to the weekend".
    *(date(2023, 12, 30), date(2023, 12, 31)),
}

# holiday-cn marks the Monday on which work resumed (国办发明电〔2020〕1号) as if it were made up.
RESUMPTION_IN_HOLIDAY_CN = {date(2020, 2, 3)}


def every_day():
    return (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))


def kinds(*wanted: DayKind) -> set[date]:
    return {day for day in every_day() if CALENDAR.why(day).kind in wanted}


def test_the_years_2004_to_2026_are_published():
    assert [year.year for year in YEARS] == list(range(2004, 2027))
    assert not CALENDAR.knows(date(2003, 12, 31))
    assert not CALENDAR.knows(date(2027, 1, 1))


def test_it_agrees_with_chinesecalendar_on_every_day_but_the_listed_one():
    differ = {
        day for day in every_day() if CALENDAR.is_working(day) != chinese_calendar.is_workday(day)
    }
    assert differ == WRONG_IN_CHINESECALENDAR
    assert CALENDAR.why(date(2005, 12, 31)).kind is DayKind.MAKE_UP_DAY


def test_it_differs_from_chinesecalendar_in_the_announced_weekends_listed_only():
    theirs = {day for day in chinese_calendar_off if FIRST <= day <= LAST}
    ours = kinds(DayKind.HOLIDAY)
    assert ours - theirs == NOT_ANNOUNCED_IN_CHINESECALENDAR
    assert theirs - ours == ANNOUNCED_BY_CHINESECALENDAR_ONLY
    for day in NOT_ANNOUNCED_IN_CHINESECALENDAR | ANNOUNCED_BY_CHINESECALENDAR_ONLY:
        assert not CALENDAR.is_working(day)


def test_it_agrees_with_holidays_on_every_day():
    theirs = holidays.country_holidays("CN", years=range(FIRST.year, LAST.year + 2))
    assert [
        day for day in every_day() if CALENDAR.is_working(day) != theirs.is_working_day(day)
    ] == []


def test_it_agrees_with_holiday_cn_on_every_day_off_and_every_day_made_up():
    files = sorted(HOLIDAY_CN.glob("*.json"))
    assert [int(file.stem) for file in files] == list(range(2007, 2027))
    entries = [
        entry for file in files for entry in json.loads(file.read_text(encoding="utf-8"))["days"]
    ]
    off = {date.fromisoformat(e["date"]) for e in entries if e["isOffDay"]}
    work = {date.fromisoformat(e["date"]) for e in entries if not e["isOffDay"]}
    first = date(2006, 12, 30)  # the first day of which the notice for 2007 speaks
    assert {day for day in kinds(DayKind.HOLIDAY) if day >= first} == off
    assert {day for day in kinds(DayKind.MAKE_UP_DAY) if day >= first} == (
        work - RESUMPTION_IN_HOLIDAY_CN
    )
    for day in RESUMPTION_IN_HOLIDAY_CN:
        assert CALENDAR.why(day).kind is DayKind.WEEKDAY


def test_the_addresses_are_those_holiday_cn_names():
    known = {url for year in YEARS for notice in year.notices if (url := notice.url)}
    for file in HOLIDAY_CN.glob("*.json"):
        assert known.issuperset(json.loads(file.read_text(encoding="utf-8"))["papers"])


def test_every_notice_has_its_number_and_whoever_lacks_an_address_says_why():
    for year in YEARS:
        for notice in year.notices:
            assert notice.number
            assert notice.number.split("〔")[0] in ("国办发明电", "国发明电")
        if any(notice.url is None for notice in year.notices):
            assert year.note


def test_the_notices_of_a_year_stand_first_and_one_notice_is_always_cited_alike():
    cited: dict[str, object] = {}
    for year in YEARS:
        assert year.notices[0].title == f"国务院办公厅关于{year.year}年部分节假日安排的通知"
        for notice in year.notices:
            assert cited.setdefault(notice.title, notice) == notice


@pytest.mark.parametrize(
    ("day", "number"),
    [
        ("2005-12-31", "国办发明电〔2005〕35号"),
        ("2006-12-30", "国办发明电〔2006〕49号"),
        ("2007-12-31", "国办发明电〔2007〕52号"),
        ("2011-12-31", "国办发明电〔2011〕45号"),
        ("2015-09-04", "国发明电〔2015〕1号"),
        ("2018-12-29", "国办发明电〔2018〕15号"),
        ("2019-05-03", "国办发明电〔2019〕3号"),
        ("2020-01-30", "国办发明电〔2019〕16号"),
        ("2020-01-31", "国办发明电〔2020〕1号"),
        ("2022-10-08", "国办发明电〔2021〕11号"),
        ("2022-12-31", "国办发明电〔2022〕16号"),
    ],
)
def test_a_day_is_decided_by_the_notice_that_held(day, number):
    assert CALENDAR.why(date.fromisoformat(day)).notice.number == number


def test_a_make_up_day_that_was_withdrawn_is_not_worked():
    # 国办发明电〔2019〕16号 had that Saturday worked, 国办发明电〔2020〕1号 gave it off.
    assert CALENDAR.why(date(2020, 2, 1)).kind is DayKind.HOLIDAY


def test_every_festival_has_one_name_in_each_language():
    names = {(entry.name.zh, entry.name.en) for y in YEARS for entry in y.days_off}
    names |= {(entry.name.zh, entry.name.en) for y in YEARS for entry in y.make_up_days}
    assert len(names) == len({zh for zh, _ in names}) == len({en for _, en in names})
