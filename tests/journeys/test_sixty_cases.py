"""A clerk with sixty cases and no mouse: the list narrowed and sorted, case after case accepted
from one to the next, the rest in one go. Every key that is pressed is counted."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from permits.definitions.edition import Edition
from permits.text.words import Language
from tests.journeys.test_keyboard import UNSEEN
from tests.journeys.walking import Walk
from tests.web.housing import Housing

EACH, AT_ONCE = 30, 25
"""Cases on each of two tracks, and on a page of the list."""

SINGLY: Mapping[Language, int] = {"zh": EACH, "en": 3}
"""Cases that are looked at one by one; all others are accepted together."""

A_CASE = 5
"""Keys for a case that is accepted: to what can be done, open it, to its button, press it, and to
the next case."""

A_PAGE = 7
"""Keys for a page of cases that are accepted together: choose them all, to what is done with them,
to its button, press it, to the button of what is shown, press it, and back to the list."""

__all__ = ["walk"]


class Counting:
    """Somebody who has only a keyboard, and how often they pressed a key."""

    def __init__(self, walk: Walk) -> None:
        self.walk, self.page = walk, walk.page
        self.pressed = 0

    def says(self, message: str) -> str:
        return self.walk.says(message)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1
            assert self.page.evaluate(UNSEEN) == "", self.walk.path

    def opens(self, key: str = "Enter") -> None:
        """Press what leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.pressed += 1
        self.walk.look(closely=False)

    def tab_to(self, place: Locator) -> None:
        for _stop in range(40):
            self.press("Tab")
            if place.evaluate("(one) => one === document.activeElement"):
                return
        raise AssertionError(f"the keyboard does not come to {place}")

    def turns_to(self, name: str, value: str) -> None:
        """From here to a list of choices, and down in it."""
        place = self.page.locator(f"#{name}")
        self.tab_to(place)
        self.press("Home")
        for _step in range(place.locator("option").count()):
            if place.input_value() == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"the arrows do not come to {value}")


@pytest.fixture
def walk(walks: Callable[..., Walk], language: Language) -> Walk:
    return walks(language)


@pytest.fixture(scope="module")
def full(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with sixty cases, filed in turn on two tracks."""
    folder = tmp_path_factory.mktemp("full") / "office"
    housing = Housing(founded, folder)
    for _number in range(EACH):
        housing.filed("commitment")
        housing.filed("ordinary")
    housing.close()
    return folder


@pytest.fixture
def housing(full: Path, tmp_path: Path) -> Iterator[Housing]:
    housing = Housing(full, tmp_path / "office")
    yield housing
    housing.close()


@pytest.fixture
def edition(housing: Housing) -> Edition:
    found = housing.office.shelf.current("plan_exempt")
    assert found is not None
    return found


@pytest.fixture
def cases(housing: Housing) -> list[str]:
    """The cases of the ordinary track by their number."""
    with housing.office.database.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT case_id FROM case_row WHERE track = 'ordinary' ORDER BY number"
        )
        return [str(case).removeprefix("case/") for (case,) in found]


@pytest.fixture
def clerk(walk: Walk, cases: list[str]) -> Counting:
    """At the first page after signing in."""
    walk.go("/sign-in")
    walk.sign_in("window")
    assert walk.path == "/review"
    return Counting(walk)


def rows(page: Page) -> Locator:
    return page.locator(".inbox tbody tr")


def stands_on(page: Page, number: str) -> None:
    """The case of the list that has the focus is this one, and can be seen."""
    place = rows(page).filter(has=page.locator("th a:focus"))
    expect(place).to_contain_text(number)
    expect(place).to_be_in_viewport()


def narrows(clerk: Counting, **wanted: str) -> None:
    """The list narrowed and sorted."""
    clerk.press("f")
    for name, value in wanted.items():
        clerk.turns_to(name, value)
    clerk.tab_to(clerk.walk.main.get_by_role("button", name=clerk.says("Show"), exact=True))
    clerk.opens()


def looks_around(clerk: Counting, cases: list[str], number: str) -> None:
    """From case to case without doing anything, and back to where one was in the list."""
    clerk.press("j", "j", "j")
    clerk.opens()
    assert clerk.walk.path == f"/review/cases/{cases[2]}"
    for key in ("j", "j", "k"):
        clerk.opens(key)
    assert clerk.walk.path == f"/review/cases/{cases[3]}"
    clerk.press("d")
    clerk.opens()
    clerk.opens("u")
    assert clerk.walk.path == f"/review/cases/{cases[3]}"
    clerk.opens("u")
    stands_on(clerk.page, number)


def accepts(clerk: Counting, housing: Housing, case: str, title: str) -> None:
    """The case that is open is accepted, and the page says so."""
    assert clerk.walk.path == f"/review/cases/{case}"
    for role in ("link", "button"):
        clerk.press("d")
        expect(clerk.walk.main.get_by_role(role, name=title, exact=True)).to_be_focused()
        clerk.opens()
    expect(clerk.page.locator(".note--good[role=status]")).to_be_focused()
    assert housing.record(case).case.leaves == ("examining",)


def in_turn(clerk: Counting, housing: Housing, cases: list[str], title: str) -> Iterator[int]:
    """Cases that follow each other on a page of the list, from the one that has the focus; then
    back to the list: the keys that each of them took."""
    clerk.opens()
    for case in cases:
        before = clerk.pressed
        accepts(clerk, housing, case, title)
        clerk.opens("u" if case == cases[-1] else "j")
        yield clerk.pressed - before


def together(clerk: Counting, number: int) -> int:
    """All cases of the page in one go, and back to the list: the keys it took."""
    before = clerk.pressed
    expect(rows(clerk.page)).to_have_count(number)
    clerk.press("a", "t", "Tab")
    clerk.opens()
    clerk.press("d")
    clerk.opens()
    expect(clerk.page.locator(".note--good[role=status]")).to_be_focused()
    clerk.opens("u")
    return clerk.pressed - before


def test_a_clerk_works_through_sixty_cases_without_a_mouse(
    housing: Housing, clerk: Counting, cases: list[str], edition: Edition
) -> None:
    title = edition.definition.chart.actions["accept"].title.in_(clerk.walk.language)
    narrows(clerk, track="ordinary", state="received", order="number")
    expect(rows(clerk.page)).to_have_count(AT_ONCE)
    looks_around(clerk, cases, housing.record(cases[3]).case.number)
    clerk.press("k", "k", "k")
    singly = cases[: SINGLY[clerk.walk.language]]
    taken = list(in_turn(clerk, housing, singly[:AT_ONCE], title))
    if len(singly) > AT_ONCE:
        # What was accepted has left the list; the rest of it has moved up.
        stands_on(clerk.page, housing.record(cases[AT_ONCE]).case.number)
        taken += in_turn(clerk, housing, singly[AT_ONCE:], title)
    assert taken == [A_CASE] * len(singly)
    narrows(clerk, track="")
    left = 2 * EACH - len(singly)
    while left > 0:
        assert together(clerk, min(left, AT_ONCE)) == A_PAGE
        left -= AT_ONCE
    expect(rows(clerk.page)).to_have_count(0)
