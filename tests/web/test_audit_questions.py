"""Questions an auditor saved, and comes back to."""

import re
from html import escape

import pytest

from permits.services.list_choices import MOST_SAVED
from permits.store.list_choices import Saved
from tests.web.audit import auditor
from tests.web.housing import Housing

ASKED = "/audit/measures/days_used?by=track&from=2022-06-01"


def test_a_question_is_saved_from_its_page_asked_again_and_dropped(housing: Housing) -> None:
    browser = auditor(housing)
    page = browser.get(ASKED).text
    (link,) = re.findall(r'href="(/audit/questions\?ask=[^"]+)"', page)
    assert f'name="address" value="{escape(ASKED)}"' in browser.get(link).text
    named = {"name": " June  by track ", "address": ASKED}
    saved = browser.fill(link, "/audit/questions", **named)
    assert (saved.status_code, saved.headers["location"]) == (303, "/audit/questions")
    listed = browser.get("/audit/questions").text
    (address,) = re.findall(r'<a href="([^"]+)">June by track</a>', listed)
    assert address.replace("&amp;", "&") == ASKED
    assert "June by track" not in auditor(housing).get("/review").text
    browser.fill("/audit/questions", "/audit/questions/drop", drop="June by track")
    assert "June by track" not in browser.get("/audit/questions").text


@pytest.mark.parametrize(
    "address", ["", "https://elsewhere.invalid/audit", "/review", "//x/audit", "/audit?a=\n"]
)
def test_only_pages_of_figures_are_saved(housing: Housing, address: str) -> None:
    browser = auditor(housing)
    refused = browser.fill(
        f"/audit/questions?ask={ASKED.partition('?')[0]}",
        "/audit/questions",
        name="x",
        address=address,
    )
    assert refused.status_code == 422
    assert "Only pages of figures can be saved." in refused.text
    assert browser.get("/audit/questions", params={"ask": address}).text.count("<form") == 1


def test_a_question_has_a_name_and_there_are_not_too_many(housing: Housing) -> None:
    browser, page = auditor(housing), f"/audit/questions?ask={ASKED.partition('?')[0]}"
    assert browser.fill(page, "/audit/questions", name=" ").status_code == 422
    account = housing.people.actors["auditor"].id
    for number in range(MOST_SAVED):
        housing.office.lists.save(account, Saved(f"q{number}", "/audit"))
    full = browser.fill(page, "/audit/questions", name="another")
    assert (full.status_code, "At most 20 questions" in full.text) == (422, True)
