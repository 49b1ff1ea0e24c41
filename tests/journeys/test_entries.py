"""Several buildings in one answer: one after the other is added, put right and removed, with and
without scripts, in both languages, on a telephone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from permits.definitions.form import Question
from permits.text.words import Language
from tests.journeys.walking import NARROW, Walk
from tests.web import building as b
from tests.web.housing import Housing


class Buildings:
    """Somebody who lists what is to be inspected."""

    def __init__(self, walk: Walk, question: Question) -> None:
        self.walk, self.question = walk, question
        self.titles = {one.id: one.title.in_(walk.language) for one in question.columns}
        assert question.entry is not None
        self.called = question.entry.in_(walk.language)

    def entry(self, place: int) -> Locator:
        says = self.walk.says("%(entry)s %(place)s") % {"entry": self.called, "place": place}
        return self.walk.page.get_by_role("group", name=says, exact=True)

    def field(self, place: int, column: str) -> Locator:
        return self.entry(place).get_by_label(self.titles[column], exact=True)

    def fill(self, place: int, name: str, area: str, structure: str) -> None:
        typed = {"name": name, "floor_area_m2": area, "floors_above": "3", "floors_below": "0"}
        for column, text in typed.items():
            self.field(place, column).fill(text)
        option = self.question.columns[-1].options[structure].in_(self.walk.language)
        self.entry(place).get_by_label(option).check()

    def another(self, place: int) -> None:
        """One more; where one then stands is the new one, at its first field with the next key."""
        name = self.walk.says("Add another: %(entry)s") % {"entry": self.called}
        self.goes_on(self.walk.page.get_by_role("button", name=name, exact=True), place)
        self.walk.page.keyboard.press("Tab")
        expect(self.field(place, "name")).to_be_focused()

    def remove(self, place: int, *, then: int) -> None:
        button = self.entry(place).get_by_role("button", name=self.walk.says("Remove"))
        self.goes_on(button, then)

    def goes_on(self, button: Locator, place: int) -> None:
        """Press it; the entry at a place then has the focus, and is seen."""
        with self.walk.page.expect_navigation():
            button.click()
        expect(self.entry(place)).to_be_focused()
        expect(self.entry(place).locator("> legend")).to_be_in_viewport()
        self.walk.look()


@pytest.mark.parametrize(("language", "scripts"), [("zh", True), ("en", False)])
def test_buildings_are_added_put_right_and_removed(
    housing: Housing,
    walks: Callable[..., Walk],
    language: Language,
    scripts: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Three are begun, one of them wrongly, one by mistake; two are left."""
    b.publish(housing, "completion_inspection")
    begun = housing.browser("fire").fill("/guide/completion_inspection", "/applications")
    draft = begun.headers["location"]
    edition = housing.office.shelf.current("completion_inspection")
    assert edition is not None
    walk = walks(language, scripts=scripts)
    one = Buildings(walk, edition.questions["buildings"])
    walk.page.set_viewport_size({"width": NARROW, "height": 844})
    walk.follow(walk.says("Sign in"))
    walk.sign_in("fire")
    walk.go(f"{draft}/sections/finished")
    one.fill(1, "一号楼", "18000", "concrete")
    one.another(2)
    one.fill(2, "门卫室", "forty-five", "masonry")
    one.another(3)
    one.fill(3, "填错的一栋", "1", "other")
    walk.press(walk.says("Save and continue"))
    walk.page.get_by_role("alert").get_by_role("link").click()
    expect(one.field(2, "floor_area_m2")).to_be_focused()
    one.field(2, "floor_area_m2").fill("45")
    one.remove(3, then=2)
    expect(walk.page.locator("fieldset.entry")).to_have_count(2)
    one.field(2, "name").press("Enter")
    walk.page.wait_for_url(lambda url: not url.endswith(("finished", "#buildings.2")))
    walk.go(f"{draft}/check")
    expect(walk.main).to_contain_text("门卫室")
    expect(walk.main).to_contain_text("18,045")
    assert '"floor_area_m2":"45"' in housing.draft(draft).answers["buildings"]
