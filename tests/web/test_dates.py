"""Dates of a case, explained day by day."""

import re

import pytest

from permits.services.requests import Extend, SpecialProcedure
from tests.web.housing import Browser, Housing, at


def row(html: str, day: str) -> str:
    """The line of a day in the list of days, without marks."""
    found = re.search(rf"<tr>\s*<th scope=\"row\">{day}.*?</tr>", html, re.DOTALL)
    assert found, day
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0])).strip()


def accepted(housing: Housing) -> str:
    case = housing.filed("ordinary")
    housing.act("window", case, "accept")
    return case


def test_a_term_over_the_national_day_counts_make_up_days(housing: Housing) -> None:
    housing.clock.now = at(2022, 9, 30)
    case = housing.filed()
    page = housing.browser("fire").get(f"/cases/{case}/clocks/completeness").text
    assert "2022年10月12日" in page
    assert "起算当日，不计入" in row(page, "2022年9月30日")
    assert "国庆节" in row(page, "2022年10月3日")
    assert "调休上班" in row(page, "2022年10月8日")
    assert " 1 " in row(page, "2022年10月8日")
    assert "国办发明电〔2021〕11号" in page


def test_a_suspension_is_left_out_and_shown(housing: Housing) -> None:
    case = accepted(housing)
    special = SpecialProcedure(cause="expert_review", stated="10wd", notified=True, reason="评审")
    housing.act("examiner", case, "suspend", special)
    page = housing.browser("fire").get(f"/cases/{case}/clocks/promise").text
    assert "2022年6月9日之后中止，尚未恢复" in page
    housing.clock.now = at(2022, 6, 16)
    housing.act("examiner", case, "resume")
    page = housing.browser("fire").get(f"/cases/{case}/clocks/promise").text
    assert "中止期间：2022年6月9日之后至2022年6月16日" in page
    assert "2022年6月20日" in page
    assert "中止" in row(page, "2022年6月14日")


def test_an_extension_is_shown(housing: Housing, applicant: Browser) -> None:
    case = accepted(housing)
    housing.people.beside("leader", f"case/{case}", Extend(clock="promise", reason="案情复杂。"))
    page = applicant.get(f"/cases/{case}/clocks/promise").text
    assert "延长10个工作日" in page
    assert "2022年6月27日" in page


def test_an_obligation_is_explained_from_its_milestone(
    housing: Housing, applicant: Browser
) -> None:
    case = housing.granted()
    page = applicant.get(f"/cases/{case}/obligations/report_completion/date").text
    assert "自2022年6月9日准予决定起12个月" in page
    assert "于2023年6月9日届满" in page


def test_what_is_to_be_put_right_is_explained_from_the_order(housing: Housing) -> None:
    case = housing.found_breached()
    page = (
        housing.browser("fire").get(f"/cases/{case}/obligations/check_after_completion/date").text
    )
    assert "自2022年6月23日责令之日起10个工作日" in page
    assert "2022年7月7日" in page


def test_where_the_calendar_ends_the_date_is_provisional(housing: Housing) -> None:
    housing.clock.now = at(2026, 12, 30)
    case = housing.filed()
    page = housing.browser("fire").get(f"/cases/{case}/clocks/completeness").text
    assert "暂定" in page
    assert "尚未公布" in page


@pytest.mark.parametrize(
    "path",
    [
        "clocks/promise",
        "clocks/lunch",
        "obligations/report_completion/date",
        "obligations/lunch/date",
        "fees/lunch/date",
    ],
)
def test_what_the_case_has_not_is_not_explained(
    housing: Housing, applicant: Browser, path: str
) -> None:
    assert applicant.get(f"/cases/{housing.filed()}/{path}").status_code == 404


@pytest.mark.parametrize("who", ["window", "auditor"])
def test_whoever_sees_the_case_sees_why(housing: Housing, who: str) -> None:
    case = housing.filed()
    page = housing.browser(who).get(f"/cases/{case}/clocks/completeness")
    assert page.status_code == 200
    assert "2022年6月16日" in page.text


def test_a_long_term_is_told_in_stretches(housing: Housing, applicant: Browser) -> None:
    case = housing.granted()
    page = applicant.get(f"/cases/{case}/obligations/report_completion/date").text
    assert page.count("<tr>") < 20
    assert 'class="month"' not in page


def test_in_english_too(housing: Housing, applicant: Browser) -> None:
    case = housing.filed()
    applicant.get("/language/en")
    page = applicant.get(f"/cases/{case}/clocks/completeness").text
    assert "How this date is reckoned: Completeness check" in page
    assert "16 June 2022" in page
