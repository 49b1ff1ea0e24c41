"""The State Council's notices, read as they are pasted: the days are those of the shipped years,
and what contradicts itself or cannot be read is told."""

import pytest

from permits.definitions.calendar_file import read_calendar
from permits.definitions.holiday_notice import Unread, UnreadNotice, read_notice
from permits.settings import shipped

CLOSING = (
    "节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作，"
    "遇有重大突发事件，要按规定及时报告并妥善处置，确保人民群众祥和平安度过节日假期。"
)
NOTICES = {
    2026: f"""国务院办公厅关于2026年
部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
{CLOSING}
国务院办公厅
2025年11月4日""",
    2025: f"""国务院办公厅关于2025年部分节假日安排的通知 国办发明电〔2024〕12号
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
{CLOSING}""",
    2024: f"""国务院办公厅关于2024年部分节假日安排的通知 国办发明电〔2023〕7号
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
{CLOSING}""",
}


@pytest.mark.parametrize("year", NOTICES)
def test_the_days_of_a_notice_are_those_of_the_year_that_comes_with_the_program(year: int) -> None:
    text = (shipped("workflows") / "shared" / "calendar.yaml").read_text(encoding="utf-8")
    [known] = [one for one in read_calendar(text) if one.year == year]
    found = read_notice(NOTICES[year], known.notices[0].url or "")
    assert found.record() == known.record()


def unread(text: str) -> list[tuple[Unread, str]]:
    with pytest.raises(UnreadNotice) as caught:
        read_notice(text)
    assert str(caught.value)
    return [(one.why, one.words) for one in caught.value.findings]


@pytest.mark.parametrize(
    ("was", "now", "why", "words"),
    [
        ("至3日（周六）", "至3日（周五）", Unread.OTHER_WEEKDAY, "3日(周五)"),
        ("调休，共3天", "调休，共4天", Unread.OTHER_NUMBER, ""),
        ("1月4日（周日）上班", "1月32日（周日）上班", Unread.NO_SUCH_DAY, "1月32日(周日)"),
        ("9月25日（周五）至27日（周日）", "9月31日至27日", Unread.NO_SUCH_DAY, "9月31日"),
        ("一、元旦：", "一、元宵节：", Unread.UNKNOWN_HOLIDAY, "元宵节"),
        ("放假，共3天", "可以放假，共3天", Unread.UNKNOWN_SENTENCE, ""),
        (
            "1月4日（周日）上班",
            "2027年1月3日（周日）上班",
            Unread.OTHER_YEAR,
            "2027年1月3日(周日)",
        ),
        ("5月9日（周六）", "5月8日", Unread.CONTRADICTS, ""),
        ("5月9日（周六）", "5月2日（周六）", Unread.CONTRADICTS, ""),
        ("国办发明电〔2025〕7号", "", Unread.NO_NUMBER, ""),
    ],
)
def test_what_does_not_fit_is_told_with_its_words(
    was: str, now: str, why: Unread, words: str
) -> None:
    assert was in NOTICES[2026]
    told = unread(NOTICES[2026].replace(was, now, 1 if "共3天" in was else -1))
    assert told[0][0] is why
    assert words in told[0][1]


def test_days_off_of_another_year_are_told_and_none_is_kept() -> None:
    told = unread(NOTICES[2026].replace("1月1日（周四）至3日", "2025年12月31日至2026年1月3日"))
    assert [why for why, _words in told] == [Unread.OTHER_YEAR]


def test_a_text_without_a_title_or_without_days_is_no_notice() -> None:
    assert unread("放假安排") == [(Unread.NO_TITLE, "")]
    assert unread(NOTICES[2026].partition("一、")[0]) == [(Unread.NO_DAYS, "")]
