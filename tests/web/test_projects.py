"""The page of a project: who sees what of it, what waits in it and why, the critical date."""

import pytest

from tests.web import building as b
from tests.web.building import CODE, OTHER_CODE
from tests.web.housing import Browser, Housing, at


@pytest.fixture
def site(housing: Housing) -> Housing:
    """An office that permits works in stages."""
    b.publish(housing, "staged_construction")
    return housing


@pytest.fixture
def pit(site: Housing) -> str:
    """The pit permitted on a commitment, delivered and published."""
    return b.permitted(site, "pit")


@pytest.fixture
def applicant(site: Housing) -> Browser:
    return site.browser("fire")


PAGE = f"/projects/{CODE}"


def test_a_developer_sees_cases_duties_gates_stages_and_the_critical_date(
    applicant: Browser, pit: str
) -> None:
    page = applicant.get(PAGE).text
    assert f'href="/cases/{pit}"' in page
    for says in (
        "示例大厦",
        CODE,
        "消防救援支队特勤大队",
        "补交规划许可证",
        "办理下一阶段施工许可",
        "须等待",
        "报告完成后放行",
        "2022年9月9日",
        "基坑支护和土方开挖",
        "尚未许可",
    ):
        assert says in page, says


def test_officers_see_it_with_links_of_their_own(site: Housing, pit: str) -> None:
    page = site.browser("window").get(PAGE).text
    assert f'href="/review/cases/{pit}"' in page
    assert "补交规划许可证" in page


def test_a_case_leads_to_its_project_and_back(site: Housing, applicant: Browser, pit: str) -> None:
    for browser, path in ((applicant, f"/cases/{pit}"), (site.browser("leader"), "")):
        page = browser.get(path or f"/review/cases/{pit}").text
        assert f'href="{PAGE}"' in page


def test_a_project_is_listed_for_its_developer_and_its_office(
    site: Housing, applicant: Browser, pit: str
) -> None:
    assert pit
    for browser in (applicant, site.browser("window")):
        page = browser.get("/projects").text
        assert f'href="{PAGE}"' in page
        assert "2022年9月9日" in page
    assert "尚无项目" in site.browser("builder").get("/projects").text
    assert 'href="/projects"' in applicant.get("/").text


def test_the_public_sees_what_was_published_and_nothing_else(site: Housing, pit: str) -> None:
    site.clock.now = at(2022, 6, 13)
    b.report(site, pit, "supply_planning_permit", "supply_basement_drawings")
    second = b.filed(site.browser("fire"), site, "basement")
    number = site.record(pit).case.number
    for browser in (site.browser(), site.browser("builder")):
        page = browser.get(PAGE).text
        assert f'href="/register/{number}"' in page
        for hidden in (site.record(second).case.number, "关键日期", "报告完工", "经办人", "0371"):
            assert hidden not in page
    assert f'href="{PAGE}"' in site.browser().get(f"/register/{number}").text


def test_a_project_of_which_nothing_is_published_is_not_there_for_others(
    site: Housing, applicant: Browser
) -> None:
    b.filed(applicant, site, "pit")
    assert applicant.get(PAGE).status_code == 200
    for browser in (site.browser(), site.browser("builder"), site.stranger()):
        assert browser.get(PAGE).status_code == 404
    assert applicant.get(f"/projects/{OTHER_CODE}").status_code == 404


def test_a_project_of_works_without_gates_or_stages_left_has_a_page(
    site: Housing, applicant: Browser
) -> None:
    """The only case was taken back: it is shown as gone, and nothing waits."""
    case = b.filed(applicant, site, "pit")
    applicant.fill(f"/cases/{case}/actions/withdraw", reason="工程计划调整")
    page = applicant.get(PAGE).text
    assert "已退出项目" in page
    assert "须等待" not in page
    assert "尚未许可" not in page


def test_nothing_in_the_way_is_said_too(site: Housing, pit: str) -> None:
    site.clock.now = at(2022, 6, 13)
    b.report(site, pit, "supply_planning_permit", "supply_basement_drawings")
    assert "无妨碍事项" in site.browser("fire").get(PAGE).text


def test_a_page_is_in_english_too(site: Housing, applicant: Browser, pit: str) -> None:
    assert pit
    applicant.cookies.set("language", "en")
    page = applicant.get(PAGE).text
    assert "Hand in the planning permit" in page
    assert "it opens when that is reported" in page
    assert "Not permitted yet" in page


def test_filing_at_a_shut_gate_says_what_shuts_it_and_keeps_the_draft(
    site: Housing, applicant: Browser, pit: str
) -> None:
    answer = b.apply(applicant, site, "basement")
    assert answer.status_code == 409
    number = site.record(pit).case.number
    assert f"办件{number}的“补交规划许可证”尚未完成，报告完成后放行" in answer.text
    assert "示例大厦一号楼" in applicant.get("/applications").text


@pytest.mark.parametrize(
    ("stage", "typed", "why"),
    [
        ("above_ground", {}, "不得跳过前一阶段。本项目尚未许可：地下室和基础"),
        ("pit", {}, "已由办件"),
        ("basement", {"contractor_code": "91350100M000100Y43"}, "与本项目办件"),
    ],
)
def test_what_does_not_fit_the_project_says_why(
    site: Housing, pit: str, stage: str, typed: dict[str, str], why: str
) -> None:
    site.clock.now = at(2022, 6, 13)
    b.report(site, pit, "supply_planning_permit", "supply_basement_drawings")
    answer = b.apply(site.browser("fire"), site, stage, **typed)
    assert answer.status_code == 409
    assert why in answer.text


def test_another_developer_cannot_file_in_the_project(site: Housing, pit: str) -> None:
    assert pit
    people, draft = site.people, b.written(site.browser("builder"), "pit", "ordinary")
    filing = site.office.filing
    theirs = filing.find(draft.split("/")[2], people.actors["builder"])
    for material in filing.asked(theirs):
        people._hand_in(theirs.id, material, people.actors["builder"])
    answer = site.browser("builder").fill(f"{draft}/check")
    assert answer.status_code == 409
    assert "属于其他建设单位" in answer.text


def test_an_officer_is_told_why_a_grant_waits(site: Housing, applicant: Browser) -> None:
    """Two applied for the pit; once one of them is permitted, the other cannot be."""
    first, second = (b.filed(applicant, site, "pit") for _ in range(2))
    window = site.browser("window")
    for case in (first, second):
        b.take(window, case, "accept")
    b.take(window, first, "grant_on_the_spot")
    page = window.get(f"/review/cases/{second}").text
    assert "已由办件" in page or "须待下列事项完成" in page
    assert f'href="/review/cases/{second}/actions/grant_on_the_spot"' not in page
