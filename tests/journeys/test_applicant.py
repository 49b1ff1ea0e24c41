"""An applicant reads the guide, writes with interruptions, signs, files, and follows the case."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from permits.definitions.edition import Edition
from tests.journeys.walking import Walk
from tests.web.housing import Housing

NAME = "特勤大队燃气工程𬭎㛃䶮"
WRONG = "There is no case with this number and code. Check both; they are on the receipt."
AGREED = "I have read the whole notice, and for the applicant I make the commitment above."


class Applicant:
    """Somebody who applies for the exemption of a gas main."""

    def __init__(self, walk: Walk, edition: Edition) -> None:
        self.walk = walk
        self.says = walk.says
        self.definition = edition.definition
        self.edition = edition

    def question(self, name: str) -> str:
        return self.edition.questions[name].title.in_(self.walk.language)

    def fill(self, name: str, text: str) -> None:
        self.walk.fill(self.question(name), text)

    def option(self, name: str, option: str) -> str:
        """What an answer to a question is called."""
        rows = {row: one.title for row, one in self.definition.list.items()}
        options = {**rows, **self.edition.questions[name].options}
        return options[option].in_(self.walk.language)

    def choose(self, name: str, option: str) -> None:
        self.walk.choose(self.question(name), self.option(name, option))

    def say(self, name: str, answer: str) -> None:
        """Answer yes or no."""
        self.walk.choose(self.question(name), self.says(answer))

    def onwards(self) -> None:
        self.walk.press(self.says("Save and continue"))

    def begin(self) -> str:
        """From the home page over the guide to an empty application; its address."""
        self.walk.follow(self.definition.permit.title.in_(self.walk.language))
        self.walk.follow(self.says("Sign in and apply"))
        self.walk.sign_in("fire")
        self.walk.press(self.says("Begin an application"))
        return self.walk.path

    def describe_the_works(self) -> None:
        """Leaves something out, is told so, and completes it."""
        walk = self.walk
        walk.follow(self.definition.form.sections[0].title.in_(walk.language))
        self.fill("works_name", NAME)
        self.onwards()
        expect(walk.page.get_by_role("alert")).to_contain_text(self.question("works_place"))
        assert walk.page.title().startswith(self.says("Error: "))
        self.fill("works_place", "特勤大队营区")
        self.fill("works_summary", "接入燃气管线。\n全长150米。")
        self.onwards()

    def break_off(self, draft: str) -> None:
        """Puts the application aside in the middle, and finds it again as it was."""
        self.choose("listed_as", "short_line")
        self.onwards()
        self.fill("length_m", "150")
        self.walk.press(self.says("Save and go on later"))
        self.walk.go("/applications")
        self.walk.follow(NAME, self.walk.main)
        assert self.walk.path == draft
        self.walk.follow(self.says("Continue"))
        length = self.walk.page.get_by_label(self.question("length_m"), exact=True)
        expect(length).to_have_value("150")

    def state_the_facts(self) -> None:
        self.choose("road_class", "branch")
        for name in ("underground", "breaks_road"):
            self.say(name, "Yes")
        for name in ("new_land", "restricted_place", "neighbours_affected"):
            self.say(name, "No")
        self.onwards()
        self.fill("starts_on", "2022-06-20")
        self.onwards()
        self.fill("contact_name", "经办人")
        self.fill("contact_phone", "0371-00000000")
        self.onwards()

    def choose_and_sign(self) -> None:
        """Forgets to tick the box at first."""
        walk = self.walk
        walk.follow(self.says("Continue"))
        track = self.definition.tracks["commitment"].title.in_(walk.language)
        walk.page.get_by_label(track, exact=True).check()
        walk.press(self.says("Choose this track"))
        walk.follow(self.says("Continue"))
        walk.press(self.says("Sign now"))
        expect(walk.page.get_by_role("alert")).to_contain_text(self.says("There is a problem"))
        walk.page.get_by_label(self.says(AGREED)).check()
        walk.press(self.says("Sign now"))

    def file(self) -> tuple[str, str]:
        """Number and code, as the receipt shows them."""
        self.walk.follow(self.says("Check and file"))
        self.walk.press(self.says("File the application"))
        assert re.fullmatch(r"/cases/[0-9a-f-]+/receipt", self.walk.path)
        number, code = self.walk.main.locator("strong.mono.big").all_text_contents()
        return number, code

    def look_at_the_case(self) -> None:
        """The case, why it is due when it is, and the receipt as a document."""
        walk = self.walk
        walk.follow(self.says("To the case"))
        walk.follow(re.compile(self.definition.clocks["completeness"].title.in_(walk.language)))
        walk.follow(self.says("Back to the case"))
        walk.follow(self.definition.documents["receipt"].title.in_(walk.language))
        walk.press(self.says("Sign out"))

    def look_it_up(self, number: str, code: str) -> None:
        """As anybody can who holds the receipt; with a slip at first."""
        walk, says = self.walk, self.says
        walk.follow(says("Look up a case"))
        for tried in (code[::-1], code):
            walk.fill(says("Case number"), number)
            walk.fill(says("Look-up code"), tried)
            walk.press(says("Look up"))
            if tried != code:
                expect(walk.page.get_by_role("alert")).to_contain_text(says(WRONG))


@pytest.fixture
def applicant(housing: Housing, walk: Walk) -> Applicant:
    edition = housing.office.shelf.current("plan_exempt")
    assert edition is not None
    return Applicant(walk, edition)


def test_from_the_guide_to_the_receipt_and_back_by_the_code(
    housing: Housing, applicant: Applicant
) -> None:
    draft = applicant.begin()
    applicant.describe_the_works()
    applicant.break_off(draft)
    applicant.state_the_facts()
    applicant.choose_and_sign()
    number, code = applicant.file()
    assert number == "GXGH-20220609-0001"
    applicant.look_at_the_case()
    applicant.look_it_up(number, code)
    expect(applicant.walk.main).to_contain_text(NAME)
    assert "0371-00000000" not in applicant.walk.main.inner_text()
    assert housing.events() > 0


@pytest.mark.parametrize("scripts", [True, False])
def test_an_impatient_finger_files_once(
    housing: Housing,
    walks: Callable[..., Walk],
    scripts: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    draft, walk = housing.written("commitment"), walks("zh", scripts=scripts)
    walk.follow(walk.says("Sign in"))
    walk.sign_in("fire")
    walk.go(f"{draft}/check")
    filing = walk.main.get_by_role("button", name=walk.says("File the application"))
    filing.dblclick()
    walk.page.wait_for_url(re.compile("/cases/"))
    walk.look()
    with housing.office.database.read() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM case_row").scalar_one()
    assert found == 1
