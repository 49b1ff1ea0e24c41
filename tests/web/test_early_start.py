"""非永久性实体工程先行施工 in the browser: filed on the spot, stopped before permanent works."""

import pytest

from permits.services import after
from permits.services.demonstration.sites import early_works
from tests.web.browsing import Browser
from tests.web.housing import Housing
from tests.web.sites import Desk, choose, file, hand_in, publish, write

NAME = "early_start"


@pytest.fixture
def applicant(housing: Housing) -> Browser:
    publish(housing, NAME)
    return housing.browser("fire")


@pytest.fixture
def desk(housing: Housing, applicant: Browser) -> Desk:
    """A filing that was taken on the spot."""
    draft = write(applicant, housing, early_works(0, "2022-06-20"))
    choose(applicant, draft, "commitment")
    hand_in(applicant, draft, "safety_plan", "dust_plan")
    applicant.fill(f"{draft}/commitments/temporary_works_only", agreed="yes")
    desk = Desk(housing, file(applicant, draft))
    desk.granted()
    return desk


def test_piles_leave_the_ordinary_track_alone_and_the_page_says_why(
    housing: Housing, applicant: Browser
) -> None:
    draft = write(applicant, housing, early_works(0, "2022-06-20", piling="true"))
    assert "桩基、永久性结构须先取得施工许可" in applicant.get(f"{draft}/track").text
    assert applicant.fill(f"{draft}/track", track="commitment").status_code == 409


def test_a_filing_goes_to_its_end(desk: Desk) -> None:
    assert "取得施工许可之前，不得进行永久性工程" in desk.page
    desk.on(2022, 6, 20).check("check_site", "2022-06-20", passed=True)
    assert desk.on(2022, 9, 1).report("obtain_permit", "2022-08-31").status_code == 303
    assert "取得施工许可之前，不得进行永久性工程" not in desk.page
    assert desk.on(2022, 9, 6).report("report_permanent_start", "2022-09-05").status_code == 303
    desk.take("window", "conclude")
    assert (desk.record.case.leaves, desk.owed) == (("concluded",), set())


def test_permanent_works_before_the_permit_are_not_offered(housing: Housing, desk: Desk) -> None:
    assert f'href="/cases/{desk.case}/obligations/report_permanent_start"' not in desk.page
    page = housing.browser("fire").get(f"/cases/{desk.case}/obligations/report_permanent_start")
    assert page.headers["location"] == f"/cases/{desk.case}"


def test_piles_on_the_site_end_in_revocation(desk: Desk) -> None:
    desk.on(2022, 6, 20).check("check_site", "2022-06-20", passed=False)
    desk.on(2022, 6, 28)
    held = desk.record.case.obligations["check_site"]
    assert (held.ordered, held.overdue, str(held.due)) == (True, True, "2022-06-27")
    desk.revoked_and_deregistered()
    assert (desk.record.case.code, desk.owed) == (15, set())


def test_a_permit_that_never_comes_is_overdue_and_a_person_revokes(desk: Desk) -> None:
    """The filing was renewed: without, it would have expired on the day the permit was due."""
    desk.on(2022, 6, 20).check("check_site", "2022-06-20", passed=True)
    people, case = desk.on(2022, 11, 1).housing.people, f"case/{desk.case}"
    people.beside("fire", case, after.AskRenewal(reason="仍需使用，条件未变"))
    people.beside("leader", case, after.DecideRenewal(granted=True))
    desk.on(2022, 12, 10)
    assert desk.record.case.obligations["obtain_permit"].overdue
    assert desk.record.case.leaves == ("in_force",)
    desk.revoked_and_deregistered()
    assert (desk.record.case.leaves, desk.owed) == (("deregistered",), set())


def test_the_guide_says_that_it_is_no_permit(applicant: Browser) -> None:
    assert "备案不是施工许可" in applicant.get(f"/guide/{NAME}").text
