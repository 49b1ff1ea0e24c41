"""A draft survives another edition of its permit type, and is saved while it is written."""

import json

import pytest

from permits.definitions import loader
from permits.definitions.findings import Marks
from tests.kit import content
from tests.web.housing import Browser, Housing, at

BOTH = {"zh": "埋深", "en": "Depth"}


def publish_another(housing: Housing) -> None:
    """From 20 June another edition: a question more, a shorter limit, another notice."""
    data = content()
    data["permit"]["effective_from"] = "2022-06-20"
    fields = {q["id"]: q for section in data["form"]["sections"] for q in section["fields"]}
    fields["length_m"]["most"] = 100
    data["form"]["sections"][2]["fields"].append(
        {"id": "depth_m", "title": BOTH, "type": "integer", "unit": {"zh": "米", "en": "metres"}}
    )
    data["commitments"]["true_declaration"]["notice"].append(BOTH)
    data.pop("samples")
    resolved, findings = loader.build(data, Marks())
    assert resolved is not None, findings
    housing.office.shelf.publish(resolved, actor="setup", now=housing.clock())


@pytest.fixture
def outlived(housing: Housing) -> str:
    draft = housing.written("commitment")
    publish_another(housing)
    housing.clock.now = at(2022, 6, 20)
    return draft


def test_what_changed_is_told_and_no_answer_is_lost(
    housing: Housing, outlived: str, applicant: Browser
) -> None:
    before = dict(housing.draft(outlived).answers)
    page = applicant.get(outlived).text
    assert "规则有变化" in page
    assert "需要重新回答" in page
    assert "管线长度" in page
    assert "埋深" in page
    assert "需要重新阅读并签署" in page
    assert housing.draft(outlived).answers == before
    assert applicant.get(f"{outlived}/check").status_code == 200


def test_a_signature_under_another_text_does_not_stand(housing: Housing, outlived: str) -> None:
    assert housing.draft(outlived).signed == {}


def test_whoever_has_seen_it_goes_on_where_something_is_to_be_answered(
    housing: Housing, outlived: str, applicant: Browser
) -> None:
    answer = applicant.fill(outlived, f"{outlived}/edition")
    assert answer.headers["location"] == f"{outlived}/sections/facts"
    assert "规则有变化" not in applicant.get(outlived).text
    section = applicant.get(answer.headers["location"]).text
    assert 'value="150"' in section
    with housing.unchanged():
        applicant.submit(outlived, f"{outlived}/edition", applicant.hidden(outlived, "/sign-out")
                         | {"seen": "1", "key": "0123456789"})  # fmt: skip


@pytest.fixture
def draft(applicant: Browser) -> str:
    return applicant.fill("/guide/plan_exempt", "/applications").headers["location"]


def autosaved(browser: Browser, draft: str, **fields: str):
    page = f"{draft}/sections/works"
    hidden = browser.hidden(page)
    return browser.submit(page, f"{page}/autosave", {**hidden, **fields})


def test_a_section_is_saved_while_it_is_written(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    answer = autosaved(applicant, draft, works_name="燃气", length_m="1")
    assert json.loads(answer.text) == {"seen": 2}
    assert housing.draft(draft).answers == {"works_name": "燃气"}
    again = autosaved(applicant, draft, works_name="燃气")
    assert json.loads(again.text) == {"seen": 2}


def test_nobody_is_overwritten_unseen(housing: Housing, applicant: Browser, draft: str) -> None:
    autosaved(applicant, draft, works_name="燃气")
    answer = autosaved(applicant, draft, works_name="别的", seen="1")
    assert answer.status_code == 409
    assert housing.draft(draft).answers == {"works_name": "燃气"}


def test_others_save_nothing(housing: Housing, applicant: Browser, draft: str) -> None:
    page = f"{draft}/sections/works"
    fields = {**applicant.hidden(page), "works_name": "别人"}
    theirs = housing.browser("builder")
    fields["csrf"] = theirs.hidden("/", "/sign-out")["csrf"]
    assert theirs.post(f"{page}/autosave", data=fields).status_code == 404
