"""An applicant is asked to correct the application, uploads what is missing, and sends it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import Walk
from tests.web.housing import Housing


@pytest.fixture
def case(housing: Housing) -> str:
    """A notice asks for the proof of land rights and for another length."""
    return housing.correcting("material.land_title", "field.length_m")


def title(housing: Housing, walk: Walk) -> str:
    """What the missing material is called."""
    edition = housing.office.shelf.current("plan_exempt")
    assert edition is not None
    return edition.definition.materials["land_title"].title.in_(walk.language)


def test_everything_the_notice_asks_for_is_sent_at_once(
    housing: Housing, case: str, walk: Walk, document: Path
) -> None:
    edition = housing.office.shelf.current("plan_exempt")
    assert edition is not None
    length = edition.questions["length_m"].title.in_(walk.language)
    walk.follow(walk.says("Sign in"))
    walk.sign_in("fire")
    walk.follow(walk.says("Supply the corrections"))
    assert walk.path == f"/cases/{case}/corrections"

    walk.press(walk.says("Upload"), of=title(housing, walk))
    nothing = walk.says("Choose a file that is not empty, then press “Upload”.")
    expect(walk.page.get_by_role("alert")).to_contain_text(nothing)
    walk.attach(document)
    walk.press(walk.says("Upload"), of=title(housing, walk))
    walk.press(walk.says("Remove"), of=title(housing, walk))
    expect(walk.main).not_to_contain_text(document.name)
    walk.attach(document)
    walk.press(walk.says("Upload"), of=title(housing, walk))
    expect(walk.main).to_contain_text(document.name)

    walk.fill(length, "about 120")
    walk.press(walk.says("Send the corrections"))
    expect(walk.page.get_by_role("alert")).to_contain_text(length)
    walk.fill(length, "120")
    walk.press(walk.says("Send the corrections"))
    assert walk.path == f"/cases/{case}"
    assert housing.record(case).case.answers["length_m"] == 120
    with walk.page.expect_download() as given:
        walk.page.get_by_role("link", name=document.name).click()
    assert Path(given.value.path()).read_bytes() == document.read_bytes()
