"""What scripts add: a section saves itself, an upload shows how far it is; and the way before it,
from “which permit do I need?” to the draft. Without scripts all of it works (other journeys)."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from permits.text.words import Language
from tests.journeys.test_applicant import Applicant
from tests.journeys.walking import Walk
from tests.kit import content
from tests.papers import PDF
from tests.web.housing import Housing


def test_from_the_question_which_permit_to_a_file_that_came_whole(
    housing: Housing, walks: Callable[..., Walk], language: Language
) -> None:
    walk = walks(language)
    says = walk.says
    edition = housing.office.shelf.current("plan_exempt")
    assert edition
    one = Applicant(walk, edition)
    walk.follow(says("Which permit do I need?"))
    walk.follow(edition.definition.service.need.in_(language))
    one.choose("listed_as", "temporary_relocation")
    for name in ("new_land", "neighbours_affected", "restricted_place"):
        one.say(name, "No")
    walk.press(says("Continue"))
    expect(walk.main).to_contain_text(says("Saves most"))
    walk.follow(says("Sign in and apply"), walk.main)
    walk.sign_in("fire")
    walk.press(says("Begin an application"))
    draft = walk.path

    walk.go(f"{draft}/sections/works")
    one.fill("works_name", "雪松路电杆迁改工程")
    status = walk.page.locator("[data-autosave-status]")
    expect(status).to_have_text(says("Saved"))
    assert housing.draft(draft).answers["works_name"] == "雪松路电杆迁改工程"
    one.fill("works_place", "雪松路")
    one.fill("works_summary", "迁改电杆")
    one.onwards()
    expect(walk.page.get_by_role("alert")).to_have_count(0)
    assert housing.draft(draft).answers["works_summary"] == "迁改电杆"


def test_an_upload_shows_what_became_of_it_where_one_is(
    housing: Housing, walks: Callable[..., Walk], tmp_path: Path
) -> None:
    walk = walks("zh")
    says = walk.says
    draft = housing.written("ordinary")
    walk.go("/sign-in")
    walk.sign_in("fire")
    walk.go(f"{draft}/materials")
    good, bad = tmp_path / "证明.pdf", tmp_path / "坏.pdf"
    good.write_bytes(PDF)
    bad.write_bytes(b"not a document")
    walk.page.locator("input[type=file]").first.set_input_files(bad)
    walk.page.get_by_role("button", name=says("Upload")).first.click()
    expect(walk.page.locator(".govuk-error-summary")).to_be_focused()
    (_noted,) = walk.errors  # the browser's note of the status
    walk.errors.clear()
    walk.attach(good)
    title = content()["materials"]["application"]["title"]["zh"]
    walk.press(says("Upload"), of=title)
    expect(walk.main).to_contain_text(says("Receipt with the fingerprint"))
    walk.go("/co-signing")
