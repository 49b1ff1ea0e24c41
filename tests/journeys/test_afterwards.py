"""After the decision: completion is reported, the public reads it; another is taken back."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import Walk
from tests.web.housing import Housing, at


@pytest.fixture
def case(housing: Housing) -> str:
    """A case that was granted and published a fortnight ago."""
    case = housing.published()
    housing.clock.now = at(2022, 6, 23)
    return case


def test_completion_is_reported_with_a_photograph(
    housing: Housing, case: str, walk: Walk, document: Path
) -> None:
    edition = housing.office.shelf.current("plan_exempt")
    assert edition is not None
    duty = edition.definition.obligations["report_completion"].title.in_(walk.language)
    walk.follow(walk.says("Sign in"))
    walk.sign_in("fire")
    walk.follow(duty, walk.main)
    walk.follow(walk.says("Why this date"))
    walk.page.go_back()
    walk.look()
    walk.attach(document)
    walk.press(walk.says("Upload"), of=duty)
    expect(walk.main).to_contain_text(document.name)
    walk.press(walk.says("Report"))
    expect(walk.page.get_by_role("alert")).to_contain_text("2022-06-09")
    walk.fill(walk.says("Day on which it was done"), "2022-06-22")
    walk.press(walk.says("Report"))
    assert walk.path == f"/cases/{case}"
    held = housing.record(case).case.obligations["report_completion"]
    assert (held.status, len(held.evidence)) == ("settled", 1)
    receipt = edition.definition.documents["filing_receipt"].title.in_(walk.language)
    walk.follow(receipt)


def test_the_public_finds_the_decision(housing: Housing, case: str, walk: Walk) -> None:
    walk.follow(walk.says("Public register"))
    walk.fill(walk.says("Case number"), "GXGH-2022")
    walk.press(walk.says("Search"))
    walk.follow(re.compile("特勤大队燃气工程"), walk.main)
    expect(walk.main).to_contain_text(housing.record(case).case.number)
    walk.go("/register?number=GXGH-1999")
    expect(walk.main).to_contain_text(walk.says("No published case has a number that begins so."))
    walk.go("/register/GXGH-19990101-0001")
    expect(walk.main).to_contain_text(walk.says("Page not found"))


def test_an_application_is_taken_back_after_a_question(housing: Housing, walk: Walk) -> None:
    case = housing.filed()
    edition = housing.office.shelf.current("plan_exempt")
    assert edition is not None
    action = edition.definition.chart.actions["withdraw"].title.in_(walk.language)
    walk.follow(walk.says("Sign in"))
    walk.sign_in("fire")
    walk.go(f"/cases/{case}")
    walk.follow(action)
    walk.fill(walk.says("Reason (optional)"), "工程取消。")
    walk.press(action)
    assert walk.path == f"/cases/{case}"
    expect(walk.main).to_contain_text("工程取消。")
