"""工业定制地 in the browser: admitted, the scheme settled, checked, put right or not."""

import pytest

from permits.services.demonstration.plot_stories import SITES, written
from tests.web import building as b
from tests.web.browsing import Browser
from tests.web.housing import Housing
from tests.web.sites import Desk, choose, file, hand_in, publish, write

NAME = "industrial_plot"
HANDED_IN = ("industry_plan", "investment_contract", "supervision_agreement", "design_scheme")
"""No other office gives the scheme here, so it is handed in."""
CLAIMED = {"admitted_plot": "true"}


@pytest.fixture
def applicant(housing: Housing) -> Browser:
    publish(housing, NAME)
    b.publish(housing, "staged_construction")
    return housing.browser("fire")


def begun(applicant: Browser, housing: Housing, **facts: str) -> str:
    """An application that is written; its address."""
    return write(applicant, housing, written(SITES[0], project_code=b.CODE, **facts))


@pytest.fixture
def desk(housing: Housing, applicant: Browser) -> Desk:
    """The plot, admitted on commitment."""
    draft = begun(applicant, housing)
    choose(applicant, draft, "commitment")
    hand_in(applicant, draft, *HANDED_IN)
    applicant.fill(f"{draft}/commitments/development", agreed="yes")
    desk = Desk(housing, file(applicant, draft))
    desk.granted()
    return desk


@pytest.fixture
def inspected(desk: Desk) -> Desk:
    """Built and jointly inspected; the indicators are to be checked by 18 December 2023."""
    desk.on(2022, 9, 6).report("report_start", "2022-09-05")
    desk.on(2023, 9, 1).report("report_completion", "2023-09-01")
    desk.on(2023, 11, 20).report("report_inspection", "2023-11-20")
    return desk


def test_the_guide_says_what_is_asked_and_what_is_spared(applicant: Browser) -> None:
    page = applicant.get(f"/guide/{NAME}").text
    for says in ("容积率大于1.6", "履约监管协议", "产业发展承诺书", "示例值"):
        assert says in page, says
    staged = applicant.get("/guide/staged_construction").text
    assert "机关已掌握，无需提交：用地为已经准入的工业定制地" in staged


@pytest.mark.parametrize(("far", "opens"), [("160", False), ("161", True)])
def test_t16_a_ratio_of_1_6_shuts_the_commitment_and_1_61_opens_it(
    housing: Housing,
    applicant: Browser,
    far: str,
    opens: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    draft = begun(applicant, housing, far_percent=far)
    page = applicant.get(f"{draft}/track").text
    assert ("四项指标均达到准入条件" in page) is not opens
    answer = applicant.fill(f"{draft}/track", track="commitment")
    assert answer.status_code == (303 if opens else 409)


def test_what_falls_short_is_examined_and_refused(housing: Housing, applicant: Browser) -> None:
    draft = begun(applicant, housing, far_percent="160")
    choose(applicant, draft, "ordinary")
    hand_in(applicant, draft, *HANDED_IN, "development_commitment", "design_scheme")
    desk = Desk(housing, file(applicant, draft))
    desk.take("window", "accept")
    desk.take("examiner", "examine", recommends="refuse", opinion="容积率未大于1.6")
    leader = housing.browser("leader").get(f"/review/cases/{desk.case}").text
    assert "容积率大于1.6" in leader
    assert f'href="/review/cases/{desk.case}/actions/grant"' not in leader
    desk.take("leader", "refuse", reason="容积率未大于1.6")
    day = housing.clock.now.date().isoformat()
    desk.take("window", "deliver", on=day, means="online")
    desk.take("window", "publish")
    assert (desk.record.case.leaves, desk.owed) == (("refusal_served",), set())
    assert "不予准入（已办结）" in desk.page


def test_a_case_goes_to_its_end(inspected: Desk) -> None:
    assert inspected.owed == {"check_completion", "report_production", "check_production"}
    inspected.on(2023, 12, 1).check("check_completion", "2023-12-01", passed=True)
    assert inspected.on(2025, 9, 1).report("report_production", "2025-08-29").status_code == 303
    inspected.on(2025, 10, 10).check("check_production", "2025-10-10", passed=True)
    inspected.take("window", "conclude")
    assert (inspected.record.case.leaves, inspected.owed) == (("concluded",), set())


def test_what_falls_short_at_completion_is_put_right(inspected: Desk) -> None:
    inspected.on(2023, 12, 1).check("check_completion", "2023-12-01", passed=False)
    held = inspected.record.case.obligations["check_completion"]
    assert (held.ordered, str(held.due)) == (True, "2024-03-01")
    assert "整改" in inspected.page
    inspected.on(2024, 2, 28).check("check_completion", "2024-02-28", passed=True)
    assert inspected.owed == {"report_production", "check_production"}


def test_what_is_not_put_right_ends_in_revocation_and_settles_nothing_any_more(
    housing: Housing, inspected: Desk
) -> None:
    inspected.on(2023, 12, 1).check("check_completion", "2023-12-01", passed=False)
    inspected.on(2024, 3, 4)
    held = inspected.record.case.obligations["check_completion"]
    assert (held.ordered, held.overdue) == (True, True)
    inspected.revoked_and_deregistered()
    assert (inspected.record.case.code, inspected.owed) == (15, set())
    assert "取消准入决定书" in inspected.page
    answer = b.apply(housing.browser("fire"), housing, "whole", **CLAIMED)
    assert answer.status_code == 409
    assert "设计方案（随土地出让确定）" in answer.text


def test_the_construction_permit_rests_on_the_plot_and_brings_the_planning_permit(
    housing: Housing, applicant: Browser
) -> None:
    refused = b.apply(applicant, housing, "pit", **CLAIMED)
    assert refused.status_code == 409
    assert "请先办理工业定制地准入" in refused.text
    draft = begun(applicant, housing)
    choose(applicant, draft, "commitment")
    hand_in(applicant, draft, *HANDED_IN)
    applicant.fill(f"{draft}/commitments/development", agreed="yes")
    desk = Desk(housing, file(applicant, draft))
    desk.granted()
    filed = b.written(applicant, "pit", **CLAIMED)
    asked = housing.office.filing.asked(housing.draft(filed))
    assert "scheme_opinion" not in asked
    assert "project_approval" in asked
    answer = applicant.fill(f"{b.handed_in(applicant, housing, filed)}/check")
    pit = str(answer.headers["location"]).split("/")[2]
    window = housing.browser("window")
    b.take(window, pit, "accept")
    b.take(window, pit, "grant_on_the_spot")
    page = applicant.get(f"/cases/{pit}").text
    assert "建设工程规划许可证和建筑工程施工许可证（合并核发）" in page
    assert f"本项目办件{desk.record.case.number}已经确定" in page
    project = applicant.get(f"/projects/{b.CODE}").text
    assert "已为本项目确定：设计方案（随土地出让确定）" in project


def test_in_english_too(applicant: Browser, housing: Housing, desk: Desk) -> None:
    applicant.get("/language/en")
    page = applicant.get(f"/cases/{desk.case}").text
    assert "Notice of admission to an industrial plot" in page
    guide = applicant.get("/guide/staged_construction").text
    assert "The office has it already if: the land is an admitted plot" in guide
