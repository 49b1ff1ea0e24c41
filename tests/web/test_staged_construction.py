"""The staged construction permit in the browser: applied for, driven to its end, and revoked."""

import pytest

from permits.services.rebuild import check
from tests.web import building as b
from tests.web.housing import Housing, at


@pytest.fixture
def site(housing: Housing) -> Housing:
    b.publish(housing, "staged_construction")
    return housing


def test_three_stages_go_up_to_their_end_by_their_pages(site: Housing) -> None:
    pit = b.permitted(site, "pit")
    site.clock.now = at(2022, 6, 20)
    b.report(site, pit, "supply_planning_permit", "supply_basement_drawings")
    b.report(site, pit, "report_start")
    b.check(site, pit, "check_commitment")
    basement = b.permitted(site, "basement")
    site.clock.now = at(2022, 8, 22)
    b.report(site, basement, "supply_superstructure_drawings", "report_start")
    b.check(site, basement, "check_commitment")
    b.check(site, basement, "datum_check")
    above = b.permitted(site, "above_ground")
    site.clock.now = at(2022, 10, 20)
    b.report(site, above, "report_start")
    site.clock.now = at(2023, 3, 20)
    b.report(site, above, "report_completion")
    b.check(site, above, "check_commitment")
    for case in (pit, basement):
        b.report(site, case, "report_completion")
    window = site.browser("window")
    for case in (pit, basement, above):
        if "spot_check" in site.record(case).case.obligations:
            b.check(site, case, "spot_check")
        b.take(window, case, "conclude")
        ended = site.record(case).case
        assert ended.leaves == ("concluded",)
        assert not [k for k in ended.clocks.values() if k.running]
        assert not [o for o in ended.obligations.values() if o.status == "open"]
    page = site.browser("fire").get(f"/projects/{b.CODE}").text
    assert page.count("已许可") == 3
    assert "无妨碍事项" in page
    assert check(site.office.database) == ()


def test_a_finished_building_is_inspected_by_the_pages(site: Housing) -> None:
    """Held up until completion is reported, then applied for, examined and granted to its end."""
    b.publish(site, "completion_inspection")
    whole = b.permitted(site, "whole")
    held_up = b.inspect(site)
    assert held_up.status_code == 409
    assert "联合验收" in held_up.text
    site.clock.now = at(2022, 9, 1)
    b.report(site, whole, "report_start")
    site.clock.now = at(2022, 12, 1)
    b.report(site, whole, "report_completion")
    case = b.inspect(site).headers["location"].split("/")[2]
    b.take(site.browser("window"), case, "accept")
    b.take(site.browser("examiner"), case, "examine", recommends="grant", opinion="符合要求")
    before = site.browser("leader").get(f"/review/cases/{case}").text
    assert f"/review/cases/{case}/actions/grant" not in before, "two officers look at it first"
    b.check(site, case, "inspect_building")
    b.take(site.browser("leader"), case, "grant")
    window = site.browser("window")
    b.take(window, case, "deliver", on=b.today(site), means="online")
    b.take(window, case, "publish")
    b.take(window, case, "conclude")
    assert site.record(case).case.leaves == ("concluded",)


def test_a_broken_commitment_leads_to_revocation_by_the_pages(site: Housing) -> None:
    pit = b.permitted(site, "pit")
    site.clock.now = at(2022, 6, 20)
    b.report(site, pit, "report_start")
    b.check(site, pit, "check_commitment", passed=False)
    site.clock.now = at(2022, 7, 11)
    home = f"/review/cases/{pit}/beside"
    site.browser("leader").fill(f"{home}/notice", ground="69-2", reason="逾期未整改")
    site.browser("fire").fill(f"/cases/{pit}/statement", statement="没有意见")
    b.take(site.browser("leader"), pit, "revoke", ground="69-2", reason="逾期未整改")
    b.take(site.browser("window"), pit, "deregister", ground="70-4")
    ended = site.record(pit).case
    assert ended.leaves == ("deregistered",)
    assert not [o for o in ended.obligations.values() if o.status == "open"]
    answer = b.apply(site.browser("fire"), site, "basement")
    assert answer.status_code == 409
    assert "不得跳过前一阶段" in answer.text
