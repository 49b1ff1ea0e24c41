"""What an applicant has: what waits for them, drafts, cases page by page."""

import re

import pytest

from permits.web.applicant import dashboard
from tests.web.housing import Browser, Housing, at


def listed(html: str) -> list[str]:
    """The cases of the last list of the page, in order."""
    return re.findall(r'<h3><a href="/cases/([0-9a-f-]+)">', html)


def test_whoever_has_nothing_is_told_what_to_do(applicant: Browser) -> None:
    page = applicant.get("/applications").text
    assert "没有正在填写的申请" in page
    assert "还没有办件" in page
    assert "待您办理的事项" not in page


def test_what_waits_comes_first_with_its_date(housing: Housing, applicant: Browser) -> None:
    correcting, granted = housing.correcting(), housing.published()
    page = applicant.get("/applications").text
    waiting = page.partition('id="drafts"')[0]
    assert f'href="/cases/{correcting}/corrections"' in waiting
    assert f'href="/cases/{granted}/obligations/report_completion"' in waiting
    assert "2022年6月30日" in waiting
    assert "2023年6月9日" in waiting


def test_a_draft_shows_its_name_once_it_has_one(housing: Housing, applicant: Browser) -> None:
    begun = applicant.fill("/guide/plan_exempt", "/applications").headers["location"]
    page = applicant.get("/applications").text
    assert re.search(rf'<a href="{begun}">建设工程（市政）规划许可证免办</a>', page)
    written = housing.written(works_name="<i>新</i>名称")
    page = applicant.get("/applications").text
    assert f'<a href="{written}">&lt;i&gt;新&lt;/i&gt;名称</a>' in page


def test_others_see_none_of_it(housing: Housing) -> None:
    case, draft = housing.filed(), housing.written()
    page = housing.browser("builder").get("/applications").text
    assert case not in page
    assert draft not in page
    assert housing.browser("window").get("/applications").status_code == 403
    anyone = housing.browser().get("/applications")
    assert anyone.headers["location"] == "/sign-in?next=%2Fapplications"


def test_the_case_that_changed_last_comes_first(housing: Housing, applicant: Browser) -> None:
    first, second = housing.filed(), housing.filed()
    housing.clock.now = at(2022, 6, 9, 11)
    housing.act("window", first, "accept")
    assert listed(applicant.get("/applications").text) == [first, second]


@pytest.mark.parametrize("hours", [0, 1])
def test_pages_follow_each_other_without_gaps(
    housing: Housing, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    """Also where many cases changed in the same moment."""
    monkeypatch.setattr(dashboard, "AT_ONCE", 2)
    filed = []
    for number in range(5):
        housing.clock.now = at(2022, 6, 9, 9 + hours * number)
        filed.append(housing.filed())
    applicant = housing.browser("fire")
    page, found, first = "/applications", [], True
    while page:
        html = applicant.get(page).text
        found += listed(html)
        assert ('<a href="/applications">第一页</a>' in html) != first
        onwards = re.search(r'<a href="([^"]+)" rel="next">', html)
        page = onwards[1].replace("&amp;", "&") if onwards else ""
        first = False
    assert sorted(found) == sorted(filed)
    if hours:
        assert found == filed[::-1]


@pytest.mark.parametrize(
    "query",
    ["at=x", "after=x", "at=x&after=y", "at=<b>&after='", "at=2022-06-09T00:00:00&after=0"],
)
def test_a_place_that_is_none_shows_something(
    housing: Housing, applicant: Browser, query: str
) -> None:
    housing.filed()
    with housing.unchanged():
        assert applicant.get(f"/applications?{query}").status_code == 200


def test_a_place_that_is_too_long_is_no_place(applicant: Browser) -> None:
    assert applicant.get(f"/applications?at={'x' * 41}&after=x").status_code == 422


def test_only_so_much_waits_on_one_page(
    housing: Housing, applicant: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dashboard, "AT_ONCE", 1)
    late, later = housing.published(), housing.published()
    page = applicant.get("/applications").text.partition('id="drafts"')[0]
    assert (f"/cases/{late}/" in page) != (f"/cases/{later}/" in page)
    assert "仅列出最紧急的1项" in page


def test_nothing_is_said_of_more_where_all_is_shown(
    housing: Housing, applicant: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dashboard, "AT_ONCE", 1)
    housing.published()
    assert "仅列出" not in applicant.get("/applications").text


def test_a_breach_to_be_put_right_waits_and_leads_to_its_case(
    housing: Housing,
) -> None:
    case = housing.found_breached()
    page = housing.browser("fire").get("/applications").text.partition('id="drafts"')[0]
    assert (
        f'<a href="/cases/{case}/obligations/check_after_completion">整改：完工后核查</a>' in page
    )
    assert "2022年7月7日" in page


def test_the_timeline_of_lists_is_provisional_where_the_calendar_ends(housing: Housing) -> None:
    """A date in a year whose holidays are not published is marked."""
    housing.clock.now = at(2026, 12, 30)
    housing.filed()
    page = housing.browser("fire").get("/applications").text
    assert "暂定" in page
