"""Several buildings in one answer: one after the other is added, put right and removed, with and
without scripts, in both languages, on a telephone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from permits.text.words import Language
from tests.journeys.walking import NARROW, Walk
from tests.web import building as b
from tests.web.housing import Housing


@pytest.mark.parametrize(("language", "scripts"), [("zh", True), ("en", False)])
def test_buildings_are_added_put_right_and_removed(
    housing: Housing,
    walks: Callable[..., Walk],
    language: Language,
    scripts: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Three are begun, one of them wrongly, one by mistake; two are left."""
    walk = walks(language, scripts=scripts)
    b.publish(housing, "completion_inspection")
    browser = housing.browser("fire")
    draft = browser.fill("/guide/completion_inspection", "/applications").headers["location"]
    walk.page.set_viewport_size({"width": NARROW, "height": 844})
    walk.follow(walk.says("Sign in"))
    walk.sign_in("fire")
    walk.go(f"{draft}/sections/finished")
    edition = housing.office.shelf.current("completion_inspection")
    assert edition is not None
    question = edition.questions["buildings"]
    titles = {column.id: column.title.in_(walk.language) for column in question.columns}
    assert question.entry is not None
    called = question.entry.in_(walk.language)
    more = walk.says("Add another: %(entry)s") % {"entry": called}

    def entry(place: int):
        named = walk.says("%(entry)s %(place)s") % {"entry": called, "place": place}
        return walk.page.get_by_role("group", name=named, exact=True)

    def fill(place: int, name: str, area: str, structure: str) -> None:
        typed = {"name": name, "floor_area_m2": area, "floors_above": "3", "floors_below": "0"}
        for column, text in typed.items():
            entry(place).get_by_label(titles[column], exact=True).fill(text)
        option = question.columns[-1].options[structure].in_(walk.language)
        entry(place).get_by_label(option).check()

    fill(1, "一号楼", "18000", "concrete")
    walk.press(more)
    expect(walk.page.get_by_role("group", name=question.title.in_(walk.language))).to_be_visible()
    fill(2, "门卫室", "forty-five", "masonry")
    walk.press(more)
    fill(3, "填错的一栋", "1", "other")
    walk.press(walk.says("Save and continue"))
    alert = walk.page.get_by_role("alert")
    expect(alert).to_contain_text(titles["floor_area_m2"])
    alert.get_by_role("link").first.click()
    wrong = entry(2).get_by_label(titles["floor_area_m2"], exact=True)
    expect(wrong).to_be_focused()
    wrong.fill("45")
    remove = walk.says("Remove")
    with walk.page.expect_navigation():
        entry(3).get_by_role("button", name=remove).click()
    walk.look()
    expect(walk.page.locator("fieldset.entry")).to_have_count(2)
    entry(2).get_by_label(titles["name"], exact=True).press("Enter")
    walk.page.wait_for_url(lambda url: not url.endswith(("finished", "#buildings")))
    walk.go(f"{draft}/check")
    expect(walk.main).to_contain_text("门卫室")
    expect(walk.main).to_contain_text("18,045")
    assert '"floor_area_m2":"45"' in housing.draft(draft).answers["buildings"]
