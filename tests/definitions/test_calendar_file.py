"""The calendar file is strict, and a broken one is mended in one go."""

from datetime import date

import pytest

from permits.definitions.calendar_file import BrokenCalendar, read_calendar

GOOD = """\
calendar: cn
years:
  - year: 2022
    notices:
      - title: 关于2022年的通知
        number: 国办发明电〔2021〕11号
        url: "https://www.gov.cn/2022"
      - title: 关于2023年的通知
    note: {zh: 说明, en: Note}
    days_off:
      - {name: {zh: 元旦, en: "New Year's Day"}, from: "2022-01-01", to: "2022-01-03"}
      - {name: {zh: 元旦, en: "New Year's Day"}, from: 2022-12-31, to: 2022-12-31, notice: 2}
    make_up_days:
      - {day: "2022-01-29", name: {zh: 春节, en: Spring Festival}}
"""


def findings(text: str) -> tuple[str, ...]:
    with pytest.raises(BrokenCalendar) as broken:
        read_calendar(text)
    assert str(broken.value) == "\n".join(broken.value.findings)
    return broken.value.findings


def changed(old: str, new: str) -> tuple[str, ...]:
    assert old in GOOD
    return findings(GOOD.replace(old, new, 1))


def year(off: str = "", work: str = "", head: str = "year: 2022") -> str:
    return (
        f"calendar: cn\nyears:\n  - {head}\n    notices: [{{title: 通知}}]\n"
        f"    days_off: [{off}]\n    make_up_days: [{work}]\n"
    )


NAME = "name: {zh: 节, en: F}"


def test_a_year_is_read_with_its_notices_and_days():
    (read,) = read_calendar(GOOD)
    assert read.year == 2022
    assert [notice.title for notice in read.notices] == ["关于2022年的通知", "关于2023年的通知"]
    assert (read.notices[0].number, read.notices[1].number) == ("国办发明电〔2021〕11号", None)
    assert read.note.zh == "说明"
    assert read.days_off[0].days() == (date(2022, 1, 1), date(2022, 1, 2), date(2022, 1, 3))
    assert read.make_up_days[0].days() == (date(2022, 1, 29),)


def test_a_record_names_for_every_day_the_notice_that_decided_it():
    record = read_calendar(GOOD)[0].record()
    first, *_, last = record["off"]
    assert (first["day"], first["notice"]["title"]) == (date(2022, 1, 1), "关于2022年的通知")
    assert (last["day"], last["notice"]["title"]) == (date(2022, 12, 31), "关于2023年的通知")
    assert record["work"][0]["name"] == {"zh": "春节", "en": "Spring Festival"}


def test_a_year_may_have_no_days_at_all():
    (read,) = read_calendar("calendar: cn\nyears:\n  - {year: 2030, notices: [{title: 通知}]}\n")
    assert (read.days_off, read.make_up_days) == ((), ())


def test_every_finding_is_reported_in_the_order_of_the_file():
    broken = year(
        off=f'{{{NAME}, from: "2022-10-07", to: "2022-10-01"}}',
        work=f'{{{NAME}, day: "2022-13-01"}}, {{name: {{zh: 节}}, day: "2022-10-08"}}',
    )
    assert findings(broken) == (
        "line 5: years[0].days_off[0]: it ends on 2022-10-01, before it starts on 2022-10-07",
        "line 6: years[0].make_up_days[0].day: '2022-13-01' is not a date; write YYYY-MM-DD",
        "line 6: years[0].make_up_days[1].name.en: it is missing",
    )


@pytest.mark.parametrize("written", ["2022-1-29", "29.01.2022", "20220129", "2022-W04-6", "{}"])
def test_a_date_is_written_in_one_way_only(written):
    (finding,) = changed('"2022-01-29"', written)
    assert finding.startswith("line 14: years[0].make_up_days[0].day: ")
    assert finding.endswith("is not a date; write YYYY-MM-DD")


def test_a_day_stands_under_its_own_year():
    (finding,) = findings(year(off=f'{{{NAME}, from: "2022-12-31", to: "2023-01-02"}}'))
    assert finding == (
        "line 5: years[0].days_off[0]: it does not lie within 2022;"
        " each day stands under its own year"
    )
    (finding,) = findings(year(work=f'{{{NAME}, day: "2021-12-25"}}'))
    assert "does not lie within 2022" in finding


def test_a_make_up_day_is_a_saturday_or_a_sunday():
    (finding,) = changed("2022-01-29", "2022-01-28")
    assert finding.endswith("2022-01-28 is a weekday; a make-up day is a Saturday or a Sunday")


def test_a_day_is_given_once():
    twice = f'{{{NAME}, from: "2022-10-01", to: "2022-10-02"}}, ' * 2
    assert [finding.partition("]: ")[2] for finding in findings(year(off=twice))] == [
        "2022-10-01 is given twice",
        "2022-10-02 is given twice",
    ]
    both = year(
        off=f'{{{NAME}, from: "2022-10-01", to: "2022-10-08"}}',
        work=f'{{{NAME}, day: "2022-10-08"}}',
    )
    assert findings(both) == (
        "line 6: years[0].make_up_days[0]: 2022-10-08 is both off and worked",
    )


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("zh: 春节, ", "", "name.zh: it is missing"),
        ("en: Spring Festival", 'en: ""', "at least 1 character"),
        ("number:", "nummer:", "notices[0].nummer: unknown key"),
        ("days_off:", "holidays:", "years[0].holidays: unknown key"),
        ('"https://www.gov.cn/2022"', "www.gov.cn", "notices[0].url: "),
        ("notice: 2", "notice: 3", "the year lists 2 notice(s) only"),
        ("notice: 2", "notice: 0", "notice: "),
        ("calendar: cn", "calendar: us", "line 1: calendar: "),
        ("calendar: cn\n", "", "line 1: calendar: it is missing"),
        ("year: 2022", 'year: "2022"', "years[0].year: "),
        ("year: 2022", "year: 02022", "years[0].year: "),
        ("{zh: 说明, en: Note}", "text", "years[0].note: it must be a mapping"),
    ],
)
def test_what_is_missing_unknown_or_wrong_is_named(old, new, says):
    assert any(says in finding for finding in changed(old, new))


def test_a_year_without_a_notice_is_refused():
    (finding,) = findings("calendar: cn\nyears:\n  - {year: 2022, notices: []}\n")
    assert "years[0].notices" in finding


def test_a_year_is_given_once():
    text = "calendar: cn\nyears:\n" + "  - {year: 2022, notices: [{title: 通知}]}\n" * 2
    assert findings(text) == ("line 4: years[1].year: the year 2022 is given twice",)


def test_other_entries_are_still_checked_when_the_head_of_a_year_is_wrong():
    broken = year(work=f'{{{NAME}, day: "2022-10-07"}}', head="year: soon")
    assert [finding.partition(": ")[2].partition(":")[0] for finding in findings(broken)] == [
        "years[0].year",
        "years[0].make_up_days[0]",
    ]


def test_lists_must_be_lists_and_years_mappings():
    assert findings("calendar: cn\nyears: none\n")[0].startswith("line 2: years: ")
    assert findings("calendar: cn\nyears: [2022]\n") == ("line 2: years[0]: it must be a mapping",)
    broken = "calendar: cn\nyears:\n  - {year: 2022, notices: [{title: 通知}], days_off: none}\n"
    assert findings(broken) == ("line 3: years[0].days_off: must be a list",)
    assert findings("- calendar\n") == ("line 1: it must be a mapping",)


def test_a_key_is_written_once():
    (finding,) = changed("year: 2022", "year: 2022\n    year: 2023")
    assert finding.startswith("line 4: years[0].year: ")
    assert "written twice" in finding


@pytest.mark.parametrize(
    ("trap", "says"),
    [("note: &x {zh: 说明, en: Note}", "anchors"), ("note: !!map {zh: 说明, en: Note}", "tags")],
)
def test_what_makes_yaml_surprising_is_refused(trap, says):
    assert any(says in finding for finding in changed("note: {zh: 说明, en: Note}", trap))


def test_text_that_is_no_yaml_is_refused_with_its_line():
    assert findings("calendar: cn\nyears: [\n")[0].startswith("line 3: ")
    assert findings("calendar: \x00")[0].startswith("line 1: ")
    assert findings("")[0].startswith("line 1: ")
    assert findings("[" * 5000)[0].startswith("line 1: ")
