"""A draft that a scanner ended is there again for whoever sends the form once more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.standing import Anew, Standing
from tests.web.housing import Browser, Housing, found_office


@pytest.fixture
def housing(tmp_path: Path) -> Iterator[Housing]:
    found_office(tmp_path / "founded")
    made = Housing(tmp_path / "founded", tmp_path / "office")
    yield made
    made.close()


def test_a_draft_that_was_thrown_away_is_there_again(housing: Housing) -> None:
    draft, browser = housing.written("commitment"), again(housing)
    before = housing.draft(draft)
    for _ in range(2):
        assert browser.fill(f"{draft}/discard").status_code == 303
        assert housing.draft(draft).answers == before.answers
    assert browser.fill(f"{draft}/discard", csrf="wrong").status_code == 403


def test_a_draft_that_was_filed_is_there_again_for_another_case(housing: Housing) -> None:
    draft, browser = housing.written("commitment"), again(housing)
    before = housing.draft(draft)
    led = [browser.fill(f"{draft}/check").headers["location"] for _ in range(2)]
    assert len(set(led)) == 2
    after = housing.draft(draft)
    assert (after.answers, after.filed_at) == (before.answers, None)


def test_the_version_of_a_draft_and_of_a_case_is_known(housing: Housing) -> None:
    draft, case = housing.written(), housing.filed()
    standing = Standing(housing.office.database)
    assert standing.version(f"{draft}/track") == housing.draft(draft).version
    now = housing.record(case).case.version
    assert standing.version(f"/review/cases/{case}/notes") == now
    assert standing.version(f"/cases/{case}") == now
    assert standing.version("/lookup") is None


def again(housing: Housing) -> Browser:
    """A browser of an applicant whose forms are sent as by whoever opened their page anew."""
    app = Anew(housing.app, Standing(housing.office.database))
    browser = Browser(app, follow_redirects=False)
    browser.sign_in("fire")
    return browser
