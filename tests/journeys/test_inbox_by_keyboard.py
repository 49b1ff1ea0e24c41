"""An examiner's morning without a mouse: the list narrowed and searched, a case opened and decided
on, several handed over at once, and back. The focus is seen wherever it is, and never lost."""

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.test_keyboard import UNSEEN, Keys, keys, walk
from tests.web.housing import PASSWORD, Housing

__all__ = ["keys", "walk"]


@pytest.fixture
def cases(housing: Housing) -> list[str]:
    """Three applications that are under examination."""
    found = [housing.filed("ordinary") for _number in range(3)]
    for case in found:
        housing.act("window", case, "accept")
    return found


def stands_on(keys: Keys, place: Locator) -> None:
    """Whoever uses the keyboard is here, and sees it."""
    expect(place).to_be_focused()
    assert keys.page.evaluate(UNSEEN) == ""
    expect(place).to_be_in_viewport()


def turn_to(keys: Keys, place: Locator, value: str) -> None:
    """Down a list of choices with the arrows, from where one stands in it."""
    keys.page.keyboard.press("Home")
    for _step in range(place.locator("option").count()):
        if place.input_value() == value:
            return
        keys.page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows do not come to {value}")


def opened(keys: Keys, key: str = "Enter") -> None:
    with keys.page.expect_navigation():
        keys.page.keyboard.press(key)
    keys.walk.look(closely=False)


def narrows(keys: Keys, cases: list[str]) -> None:
    """The cases of one track, reached from the top of the page."""
    page = keys.page
    keys.to(page.get_by_text(keys.walk.says("Narrow and sort"), exact=True))
    page.keyboard.press("Enter")
    keys.to(page.locator("#track"))
    turn_to(keys, page.locator("#track"), "ordinary")
    keys.press(keys.walk.says("Show"))
    expect(page.locator(".inbox tbody tr")).to_have_count(len(cases))
    keys.follow(keys.walk.says("Skip to the cases"))
    keys.to(page.locator(".inbox tbody input[type=checkbox]").first)
    page.keyboard.press("Tab")
    stands_on(keys, page.locator(".inbox tbody th a").first)


def finds(keys: Keys, case: str, number: str) -> None:
    """A case by its number, opened."""
    page = keys.page
    page.keyboard.press("/")
    stands_on(keys, page.locator("#q"))
    page.keyboard.insert_text(number)
    opened(keys)
    page.keyboard.press("j")
    stands_on(keys, page.locator(".inbox tbody th a").first)
    opened(keys)
    assert keys.walk.path == f"/review/cases/{case}"


def examines(keys: Keys, title: str) -> None:
    """An opinion, at first sent empty; then back to the list from what the page says was done."""
    says, page = keys.walk.says, keys.page
    keys.follow(title)
    keys.press(title)
    stands_on(keys, page.locator(".govuk-error-summary"))
    keys.choose(says("Recommendation"), says("Grant"))
    keys.type(says("Opinion"), "符合控制性详细规划。")
    keys.press(title)
    told = page.locator(".note--good[role=status]")
    stands_on(keys, told)
    page.keyboard.press("Tab")
    stands_on(keys, told.get_by_role("link", name=says("Back to the cases")))
    opened(keys)


def hands_over(keys: Keys, colleague: str, back: str) -> None:
    """All cases of the page to one colleague, and back to the list."""
    says, page = keys.walk.says, keys.page
    page.keyboard.press("a")
    page.keyboard.press("t")
    stands_on(keys, page.locator("#together select"))
    turn_to(keys, page.locator("#together select"), "hand")
    keys.press(says("Look at them together"))
    keys.follow(says("Skip to what is to be done"))
    keys.to(page.locator("#to"))
    turn_to(keys, page.locator("#to"), colleague)
    keys.to(page.locator("main form button.govuk-button"))
    opened(keys)
    stands_on(keys, page.locator(".note--good[role=status]"))
    keys.follow(says("Back to the cases"))
    assert keys.walk.path == back


def test_an_examiner_works_through_the_inbox_without_a_mouse(
    housing: Housing, keys: Keys, cases: list[str]
) -> None:
    says, case = keys.walk.says, cases[1]
    edition = housing.office.shelf.current("plan_exempt")
    assert edition is not None
    keys.follow(says("Sign in"))
    keys.type(says("User name"), "examiner")
    keys.type(says("Password"), PASSWORD)
    keys.press(says("Sign in"))
    assert keys.walk.path == "/review"
    narrows(keys, cases)
    number = housing.record(case).case.number
    finds(keys, case, number)
    examines(keys, edition.definition.chart.actions["examine"].title.in_(keys.walk.language))
    assert housing.record(case).case.opinion is not None
    hands_over(keys, housing.people.actors["examiner"].id, f"/review?q={number}&here={case}")
