"""The same application, written and filed without a mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from permits.text.words import Language
from tests.journeys.test_applicant import AGREED, Applicant
from tests.journeys.walking import Walk
from tests.web.housing import PASSWORD, Housing

MOST_STOPS = 80

UNSEEN = """
() => {
  const one = document.activeElement;
  if (one === document.body) return "";
  const drawn = getComputedStyle(one).opacity === "0" ? one.labels[0] : null;
  const shown = drawn ? getComputedStyle(drawn, "::before") : getComputedStyle(one);
  const seen = shown.outlineStyle !== "none" && parseFloat(shown.outlineWidth) >= 2;
  return seen ? "" : one.outerHTML;
}
"""
"""What has the focus, if whoever uses the keyboard does not see that it has."""


class Keys:
    """Somebody who has only a keyboard."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.page = walk.page

    def to(self, place: Locator) -> None:
        """Tab onwards until a place has the focus, seeing it all the way."""
        for _stop in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            unseen = self.page.evaluate(UNSEEN)
            assert not unseen, f"{self.walk.path}: {unseen}"
            if place.evaluate("(one) => one === document.activeElement"):
                return
        raise AssertionError(f"the keyboard does not come to {place}")

    def follow(self, name: str) -> None:
        self.to(self.page.get_by_role("link", name=name, exact=True).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.walk.look(closely=False)

    def press(self, name: str) -> None:
        self.to(self.walk.main.get_by_role("button", name=name, exact=True).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.walk.look(closely=False)

    def type(self, label: str, text: str) -> None:
        self.to(self.page.get_by_label(label, exact=True))
        self.page.keyboard.insert_text(text)

    def date(self, label: str, day: str) -> None:
        """Type a date in the order in which the browser asks for it."""
        place = self.page.get_by_label(label, exact=True)
        self.to(place)
        year, month, of_month = day.split("-")
        for typed in (month + of_month + year, year + month + of_month):
            self.page.keyboard.type(typed)
            if place.input_value() == day:
                return
            self.page.keyboard.press("Shift+Tab")
            self.to(place)
        raise AssertionError(f"{day} cannot be typed")

    def choose(self, question: str, answer: str) -> None:
        """Tab into the answers of a question, then down to one of them."""
        group = self.page.get_by_role("group", name=question, exact=True)
        wanted = group.get_by_label(answer, exact=True)
        self.to(group.get_by_role("radio").first)
        self.page.keyboard.press("Space")
        for _step in range(group.get_by_role("radio").count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not come to {answer}")


@pytest.fixture
def walk(walks: Callable[..., Walk], language: Language) -> Walk:
    return walks(language)


@pytest.fixture
def keys(walk: Walk) -> Keys:
    return Keys(walk)


@pytest.fixture
def applicant(housing: Housing, walk: Walk) -> Applicant:
    edition = housing.office.shelf.current("plan_exempt")
    assert edition is not None
    return Applicant(walk, edition)


def test_the_first_stop_leads_to_the_content(keys: Keys) -> None:
    keys.follow(keys.walk.says("Skip to the content"))
    keys.to(keys.walk.main.get_by_role("link").first)


def test_an_application_is_written_and_filed_without_a_mouse(
    housing: Housing, keys: Keys, applicant: Applicant
) -> None:
    says, asks = keys.walk.says, applicant.question
    keys.follow(applicant.definition.permit.title.in_(keys.walk.language))
    keys.follow(says("Sign in and apply"))
    keys.type(says("User name"), "fire")
    keys.type(says("Password"), PASSWORD)
    keys.press(says("Sign in"))
    keys.press(says("Begin an application"))
    keys.follow(says("Continue"))
    write(keys, applicant)
    keys.follow(says("Continue"))
    track = applicant.definition.tracks["commitment"].title.in_(keys.walk.language)
    keys.choose(says("Choose a track"), track)
    keys.press(says("Choose this track"))
    keys.follow(says("Continue"))
    keys.to(keys.page.get_by_label(says(AGREED)))
    keys.page.keyboard.press("Space")
    keys.press(says("Sign now"))
    keys.follow(says("Check and file"))
    keys.press(says("File the application"))
    assert keys.walk.path.endswith("/receipt")
    assert asks("length_m")
    [case] = [part for part in keys.walk.path.split("/") if len(part) == 36]
    assert housing.record(case).case.answers["length_m"] == 150


def write(keys: Keys, applicant: Applicant) -> None:
    """Every question of the form, in the order in which they are put."""
    says, asks = keys.walk.says, applicant.question
    for name, text in (("works_name", "特勤大队燃气工程"), ("works_place", "营区")):
        keys.type(asks(name), text)
    keys.type(asks("works_summary"), "接入燃气管线。")
    keys.press(says("Save and continue"))
    keys.choose(asks("listed_as"), applicant.option("listed_as", "short_line"))
    keys.press(says("Save and continue"))
    keys.type(asks("length_m"), "150")
    keys.choose(asks("road_class"), applicant.option("road_class", "branch"))
    for name in ("new_land", "underground", "breaks_road"):
        keys.choose(asks(name), says("No"))
    for name in ("neighbours_affected", "restricted_place"):
        keys.choose(asks(name), says("No"))
    keys.press(says("Save and continue"))
    keys.date(asks("starts_on"), "2022-06-20")
    keys.press(says("Save and continue"))
    keys.type(asks("contact_name"), "经办人")
    keys.type(asks("contact_phone"), "0371-00000000")
    keys.press(says("Save and continue"))
