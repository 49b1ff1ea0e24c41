"""Officers take cases from receipt to the closed file; an auditor sees what that saved."""

import re

import pytest
from playwright.sync_api import expect

from permits.definitions.edition import Edition
from permits.services.requests import Report
from tests.journeys.walking import Walk
from tests.web.housing import Housing


class Office:
    """Whoever works in the office, one after the other at the same desk."""

    def __init__(self, walk: Walk, housing: Housing, edition: Edition) -> None:
        self.walk = walk
        self.housing = housing
        self.says = walk.says
        self.definition = edition.definition

    def action(self, name: str) -> str:
        return self.definition.chart.actions[name].title.in_(self.walk.language)

    def sits_down(self, who: str) -> None:
        """Whoever sat here signs out; the next one lands among the cases of the office."""
        if self.walk.page.get_by_role("button", name=self.says("Sign out")).count():
            self.walk.press(self.says("Sign out"))
        self.walk.go("/sign-in")
        self.walk.sign_in(who)

    def finds(self, case: str, pile: str = "With the office") -> None:
        """Opens a case from its pile, by its title."""
        self.walk.follow(re.compile(re.escape(self.says(pile))), self.walk.main)
        self.walk.follow(self.housing.record(case).case.answers["works_name"], self.walk.main)

    def needs_personal_data(self) -> None:
        """Says what for, and is shown the telephone that was masked before."""
        expect(self.walk.main).not_to_contain_text("0371-00000000")
        self.walk.main.locator("input[name=reason]").first.check()
        self.walk.fill(self.says("In your own words"), "约定勘察时间")
        self.walk.press(self.says("Show the personal data"), self.walk.main)
        expect(self.walk.main).to_contain_text("0371-00000000")

    def signs(self, case: str, check: str) -> None:
        """The other inspector signs the record of a check."""
        self.sits_down("inspector2")
        self.finds(case)
        title = self.says("Sign the record of the check: %(what)s", what=check)
        self.walk.follow(title)
        agrees = self.says("I was there, it is right: I sign")
        self.walk.choose(self.says("Do you sign this record?"), agrees)
        self.walk.press(title, self.walk.main)

    def takes(self, action: str, **typed: str) -> None:
        """Takes an action that is offered, and is told that it was done."""
        title = self.action(action)
        self.walk.follow(title, self.walk.main)
        for label, text in typed.items():
            self.walk.fill(self.says(label), text)
        self.walk.press(title, self.walk.main)
        done = self.says("Done. %(what)s", what="").strip()
        expect(self.walk.page.get_by_role("status")).to_contain_text(done)

    def delivers(self) -> None:
        title = self.action("deliver")
        self.walk.follow(title, self.walk.main)
        self.walk.press(title, self.walk.main)
        expect(self.walk.page.get_by_role("alert")).to_contain_text(
            self.says("Choose one of these")
        )
        self.walk.choose(self.says("How"), self.says("at the counter"))
        self.walk.press(title, self.walk.main)


@pytest.fixture
def office(housing: Housing, walk: Walk) -> Office:
    edition = housing.office.shelf.current("plan_exempt")
    assert edition is not None
    return Office(walk, housing, edition)


def test_an_exemption_from_the_inbox_to_the_figures(housing: Housing, office: Office) -> None:
    case, walk = housing.filed(), office.walk
    office.sits_down("window")
    office.finds(case)
    walk.follow(office.says("Where it stands in the procedure"))
    walk.follow(office.says("Back to the case"))
    office.needs_personal_data()
    office.takes("accept")
    office.takes("grant_on_the_spot")
    office.delivers()
    office.takes("publish")

    report = Report(obligation="report_completion", on="2022-06-09")
    housing.people.beside("fire", f"case/{case}", report)
    office.sits_down("inspector")
    office.finds(case)
    check = office.definition.obligations["check_after_completion"].title.in_(walk.language)
    title = office.says("Record the check: %(what)s", what=check)
    walk.follow(title)
    for name in ("inspector", "inspector2"):
        walk.page.get_by_label(name, exact=True).check()
    walk.choose(office.says("Result"), office.says("As committed"))
    walk.fill(office.says("What was found on the spot"), "走向、长度与申报一致。")
    walk.press(title, walk.main)
    office.signs(case, check)

    office.sits_down("window")
    office.finds(case)
    office.takes("conclude")
    assert housing.record(case).case.leaves == ("concluded",)

    office.sits_down("auditor")
    expect(walk.main).to_contain_text("5")
    walk.go(f"/audit/cases/{case}")
    walk.go("/audit/cases")


def test_an_incomplete_application_is_corrected_and_decided_by_another(
    housing: Housing, office: Office
) -> None:
    case, walk = housing.filed("ordinary", leave_out=("land_title",)), office.walk
    office.sits_down("window")
    office.finds(case)
    shut = walk.main.locator("details").first
    expect(shut).to_contain_text(office.action("accept"))
    office.takes("issue_correction")
    housing.people.correct("fire", f"case/{case}", ("land_title",))
    walk.go("/review")
    office.finds(case)
    office.takes("accept")

    office.sits_down("examiner")
    office.finds(case)
    title = office.action("examine")
    walk.follow(title, walk.main)
    walk.press(title, walk.main)
    expect(walk.page.get_by_role("alert")).to_contain_text(office.says("Write something here"))
    walk.choose(office.says("Recommendation"), office.says("Refuse"))
    walk.fill(office.says("Opinion"), "设计方案不符合控制性详细规划。")
    walk.press(title, walk.main)

    office.sits_down("leader")
    office.finds(case)
    expect(walk.main).to_contain_text("设计方案不符合控制性详细规划。")
    office.takes("refuse", Reasons="设计方案不符合控制性详细规划。")
    refusal = office.definition.documents["refusal"].title.in_(walk.language)
    walk.follow(refusal, walk.main)
    expect(walk.main).to_contain_text("设计方案不符合控制性详细规划。")
    assert housing.record(case).case.decision.result == "refused"
