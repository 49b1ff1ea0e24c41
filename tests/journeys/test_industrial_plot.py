"""An enterprise applies for admission to its plot, at a ratio of 1.6 at first; it is admitted."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from permits.services.demonstration.plot_stories import SITES, written
from tests.journeys.test_applicant import AGREED, Applicant
from tests.journeys.test_office import Office
from tests.journeys.walking import Walk
from tests.web.housing import Housing
from tests.web.sites import publish

NAME = "industrial_plot"
HANDED_IN = ("industry_plan", "investment_contract", "supervision_agreement", "design_scheme")


def fills_in(applicant: Applicant, **facts: str) -> None:
    """Answers every question, section by section, from the page that lists them."""
    walk, answers = applicant.walk, {**written(SITES[0]).answers, **facts}
    walk.follow(applicant.definition.form.sections[0].title.in_(walk.language), walk.main)
    for section in applicant.definition.form.sections:
        for question in section.fields:
            answer = answers[question.id]
            match question.type:
                case "boolean":
                    applicant.say(question.id, "Yes" if answer == "true" else "No")
                case "choice":
                    applicant.choose(question.id, answer)
                case _:
                    applicant.fill(question.id, answer)
        applicant.onwards()


def puts_right(applicant: Applicant, draft: str, far: str) -> None:
    """The commitment is shut at 1.6; back to the indicators with another scheme."""
    walk, definition = applicant.walk, applicant.definition
    walk.go(f"{draft}/track")
    says = definition.conditions["meets_every_indicator"].says.in_(walk.language)
    expect(walk.main).to_contain_text(says)
    track = definition.tracks["commitment"].title.in_(walk.language)
    expect(walk.page.get_by_label(track, exact=True)).to_be_disabled()
    walk.go(f"{draft}/sections/indicators")
    applicant.fill("far_percent", far)
    applicant.onwards()


def hands_in_and_signs(applicant: Applicant, draft: str, document: Path) -> None:
    walk, definition = applicant.walk, applicant.definition
    walk.go(f"{draft}/track")
    track = definition.tracks["commitment"].title.in_(walk.language)
    walk.page.get_by_label(track, exact=True).check()
    walk.press(walk.says("Choose this track"))
    walk.go(f"{draft}/materials")
    for name in HANDED_IN:
        walk.page.locator(f"input[type=file]#{name}").set_input_files(document)
        walk.press(walk.says("Upload"), of=definition.materials[name].title.in_(walk.language))
    walk.go(f"{draft}/commitments/development")
    walk.page.get_by_label(walk.says(AGREED)).check()
    walk.press(walk.says("Sign now"))


def test_from_the_application_to_the_admission(
    housing: Housing, walks: Callable[..., Walk], document: Path
) -> None:
    publish(housing, NAME)
    edition = housing.office.shelf.current(NAME)
    assert edition is not None
    walk = walks("zh")
    applicant = Applicant(walk, edition)
    draft = applicant.begin()
    fills_in(applicant, far_percent="160")
    puts_right(applicant, draft, "161")
    hands_in_and_signs(applicant, draft, document)
    applicant.file()
    walk.follow(walk.says("To the case"))
    case = walk.path.rsplit("/", 1)[-1]

    office = Office(walk, housing, edition)
    office.sits_down("window")
    walk.go(f"/review/cases/{case}")
    office.takes("accept")
    office.takes("grant_on_the_spot")
    assert housing.record(case).case.decision.result == "granted"

    office.sits_down("fire")
    walk.go(f"/cases/{case}")
    walk.follow(edition.definition.documents["admission"].title.in_(walk.language), walk.main)
    expect(walk.main).to_contain_text("设计方案不再审查")
    walk.go(f"/projects/{SITES[0].code}")
    expect(walk.main).to_contain_text("设计方案（随土地出让确定）")
