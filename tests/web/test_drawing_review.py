"""施工图审查告知承诺 in the browser: signed by three, the certificate owed, begun only with it."""

import pytest

from permits.services.demonstration.sites import drawings
from tests.web.browsing import Browser
from tests.web.housing import Housing
from tests.web.sites import Desk, choose, file, hand_in, publish, write

NAME = "drawing_review"
HANDED_IN = ("drawings", "survey_report", "fire_drawings")
LETTER = "commitments/drawings_comply"
OTHERS = {f"agreed:drawings_comply.{role}": "yes" for role in ("surveyor", "designer")}


@pytest.fixture
def applicant(housing: Housing) -> Browser:
    publish(housing, NAME)
    return housing.browser("fire")


@pytest.fixture
def draft(housing: Housing, applicant: Browser) -> str:
    """An application that is written, on commitment, with its materials; nobody has signed."""
    address = write(applicant, housing, drawings(0, "2022-08-01"))
    choose(applicant, address, "commitment")
    hand_in(applicant, address, *HANDED_IN)
    return address


@pytest.fixture
def desk(housing: Housing, applicant: Browser, draft: str) -> Desk:
    """The case, granted with the certificate owed."""
    applicant.fill(f"{draft}/{LETTER}", agreed="yes", **OTHERS)
    desk = Desk(housing, file(applicant, draft))
    desk.granted()
    return desk


def test_each_who_signs_is_named_with_unit_and_person(applicant: Browser, draft: str) -> None:
    page = applicant.get(f"{draft}/{LETTER}").text
    for role, person in (("勘察单位", "勘察负责人（示例）"), ("设计单位", "设计负责人（示例）")):
        assert f"，{person}：授权签署人已经阅读告知书全文" in page
        assert f"{role}（9241017200" in page


@pytest.mark.parametrize("missing", ["agreed", *OTHERS])
def test_as_long_as_one_of_three_has_not_signed_it_is_not_signed(
    housing: Housing, applicant: Browser, draft: str, missing: str
) -> None:
    ticks = {"agreed": "yes", **OTHERS}
    del ticks[missing]
    answer = applicant.fill(f"{draft}/{LETTER}", **ticks)
    assert answer.status_code == 422
    assert f'href="#{missing}"' in answer.text
    assert housing.draft(draft).signed == {}
    assert f'action="{draft}/check"' not in applicant.get(f"{draft}/check").text


def test_a_case_goes_to_its_end(desk: Desk) -> None:
    assert desk.record.case.code == 12
    shut = desk.page
    assert "补交审查合格书之前，图纸不得使用" in shut
    assert f'href="/cases/{desk.case}/obligations/report_start"' not in shut
    desk.on(2022, 7, 20)
    if "check_drawings" in desk.owed:
        desk.check("check_drawings", "2022-07-20", passed=True)
    refused = desk.report("supply_certificate", "2022-07-19", with_file=False)
    assert refused.status_code == 422
    assert "施工图审查合格书" in refused.text
    assert desk.report("supply_certificate", "2022-07-19").status_code == 303
    assert "补交审查合格书之前，图纸不得使用" not in desk.page
    assert desk.on(2022, 7, 26).report("report_start", "2022-07-25").status_code == 303
    desk.on(2022, 8, 10).check("check_use", "2022-08-10", passed=True)
    desk.take("window", "conclude")
    assert (desk.record.case.leaves, desk.owed) == (("concluded",), set())


def test_a_start_before_the_certificate_is_refused_however_it_is_sent(
    housing: Housing, desk: Desk
) -> None:
    page = f"/cases/{desk.case}/obligations/report_start"
    browser = housing.browser("fire")
    assert browser.get(page).headers["location"] == f"/cases/{desk.case}"
    hidden = browser.hidden(f"/cases/{desk.case}/obligations/supply_certificate")
    answer = browser.submit(f"/cases/{desk.case}", page, {**hidden, "on": "2022-06-09"})
    assert answer.status_code == 409
    assert "补交施工图审查合格书" in answer.text
    assert "works_started" not in desk.record.case.milestones


def test_other_drawings_on_the_site_end_in_revocation(desk: Desk) -> None:
    desk.on(2022, 7, 20).report("supply_certificate", "2022-07-19")
    desk.on(2022, 7, 26).report("report_start", "2022-07-25")
    desk.on(2022, 8, 1).check("check_use", "2022-08-01", passed=False)
    assert "须整改" in desk.page or "整改" in desk.page
    desk.on(2022, 8, 16)
    held = desk.record.case.obligations["check_use"]
    assert (held.ordered, held.overdue, str(held.due)) == (True, True, "2022-08-15")
    desk.revoked_and_deregistered()
    assert (desk.record.case.code, desk.owed) == (15, set())


def test_a_certificate_that_never_comes_is_overdue_and_a_person_revokes(desk: Desk) -> None:
    desk.on(2022, 8, 10)
    held = desk.record.case.obligations["supply_certificate"]
    assert (held.overdue, desk.record.case.leaves) == (True, ("in_force",))
    desk.revoked_and_deregistered()
    assert (desk.record.case.leaves, desk.owed) == (("deregistered",), set())


def test_history_says_for_whom_it_was_signed_and_names_nobody(
    housing: Housing, desk: Desk
) -> None:
    """Names are personal answers, which officers are shown on request."""
    inside = housing.browser("window").get(f"/review/cases/{desk.case}").text
    for role in ("建设单位", "勘察单位", "设计单位"):
        assert f"签署人：{role}" in inside
    assert "设计负责人（示例）" not in inside


def test_before_the_decision_nobody_is_told_how_the_lots_will_fall(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    applicant.fill(f"{draft}/{LETTER}", agreed="yes", **OTHERS)
    desk = Desk(housing, file(applicant, draft))
    desk.take("window", "accept")
    page = housing.browser("window").get(f"/review/cases/{desk.case}/actions/grant_on_the_spot")
    assert "将随机抽取决定是否进行：抽查图纸" in page.text
    assert "本案" not in page.text.partition("办理后将产生以下结果")[2].partition("</ul>")[0]
    assert "义务开始：抽查图纸" not in page.text


def test_in_english_too(applicant: Browser, draft: str) -> None:
    applicant.get("/language/en")
    page = applicant.get(f"{draft}/{LETTER}").text
    assert "Designer (9241017200" in page
    assert "has signed and sealed this letter" in page
