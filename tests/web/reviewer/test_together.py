"""Several cases at once: only what judges nothing, each through its own command, each told."""

import re
from datetime import date
from typing import Any

import pytest

from permits.casework.together import TOGETHER
from permits.definitions.procedure import Act
from permits.services.requests import DefectIn
from tests.casework.test_together import JUDGING
from tests.web.housing import Browser, Housing

FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def ask(browser: Browser, do: str, *cases: str) -> str:
    page = browser.get("/review/together", params={"do": do, "case": list(cases)})
    assert page.status_code == 200
    return page.text


def fields(html: str) -> dict[str, Any]:
    """The form as it stands on the page: a name may stand there several times."""
    form = html.partition('action="/review/together"')[2]
    found: dict[str, Any] = {}
    for name, value in FIELD.findall(form):
        found.setdefault(name, []).append(value)
    return found


def send(browser: Browser, html: str, **more: str) -> Any:
    return browser.post("/review/together", data={**fields(html), **more})


def phase(housing: Housing, case: str) -> tuple[str, ...]:
    return housing.record(case).case.leaves


@pytest.fixture
def window(housing: Housing) -> Browser:
    return housing.browser("window")


def test_what_is_complete_is_accepted_and_the_rest_says_why_not(
    housing: Housing, window: Browser
) -> None:
    whole, other = housing.filed("ordinary"), housing.filed()
    lacking = housing.filed("ordinary", leave_out=("land_title",))
    granted = housing.granted()
    page = ask(window, "accept", whole, other, lacking, granted)
    assert fields(page)["case"] == [whole, other]
    assert "土地权属证明" in page and "当前环节不能办理此项" in page
    done = send(window, page)
    assert done.status_code == 200
    assert "共2件，已办2件" in done.text
    for case in (whole, other):
        assert "accepted" in housing.record(case).case.milestones
    assert "accepted" not in housing.record(lacking).case.milestones


def test_what_somebody_found_amiss_is_not_accepted_unseen(
    housing: Housing, window: Browser
) -> None:
    case = housing.filed("ordinary")
    page = ask(window, "accept", case)
    defect = DefectIn(about="material.land_title", kind="unclear", fix="补交清晰件")
    housing.office.notes.note_findings(
        housing.record(case).case, [defect], housing.people.actors["examiner"]
    )
    done = send(window, page)
    assert "已有人发现问题" in done.text
    assert "accepted" not in housing.record(case).case.milestones


def test_sending_it_twice_does_it_once_and_says_so_twice(
    housing: Housing, window: Browser
) -> None:
    case = housing.filed("ordinary")
    page = ask(window, "accept", case)
    first = send(window, page)
    events = housing.events()
    again = send(window, page)
    assert "共1件，已办1件" in first.text and "共1件，已办1件" in again.text
    assert housing.events() == events


def test_a_case_that_changed_meanwhile_is_left_and_the_others_are_done(
    housing: Housing, window: Browser
) -> None:
    moved, still = housing.filed("ordinary"), housing.filed("ordinary")
    page = ask(window, "accept", moved, still)
    housing.act("window", moved, "accept")
    done = send(window, page).text
    assert "共2件，已办1件" in done
    assert housing.record(moved).case.last_actor == housing.people.actors["window"].id


def test_deliveries_are_recorded_with_their_day_and_means(
    housing: Housing, window: Browser
) -> None:
    cases = [housing.granted(), housing.granted()]
    page = ask(window, "deliver", *cases)
    amiss = send(window, page, on="gestern", means="")
    assert amiss.status_code == 422
    assert fields(amiss.text)["case"] == cases
    done = send(window, page, on="2022-06-09", means="online")
    assert "共2件，已办2件" in done.text
    for case in cases:
        assert housing.record(case).case.milestones["delivered"] == date(2022, 6, 9)
    page = ask(window, "publish", *cases)
    assert "共2件，已办2件" in send(window, page).text


def test_cases_are_handed_to_a_colleague(housing: Housing, window: Browser) -> None:
    cases = [housing.filed(), housing.filed()]
    page = ask(window, "hand", *cases)
    assert send(window, page, to="nobody-of-ours").status_code == 422
    to = housing.people.actors["examiner"].id
    assert "共2件，已办2件" in send(window, page, to=to).text
    shown = housing.browser("examiner").get("/review?who=me").text
    assert all(f"/review/cases/{case}" in shown for case in cases)


@pytest.mark.parametrize("act", JUDGING)
def test_nothing_that_judges_is_done_with_several(window: Browser, act: Act) -> None:
    assert act not in TOGETHER
    assert window.get("/review/together", params={"do": act}).status_code == 422
    token = window.hidden("/review", "/sign-out")["csrf"]
    form = {"csrf": token, "key": "k" * 12, "do": act, "case": "x"}
    assert window.post("/review/together", data=form).status_code == 422


def test_another_action_than_was_asked_for_is_not_slipped_in(
    housing: Housing, window: Browser
) -> None:
    case = housing.filed()
    housing.act("window", case, "accept")
    other = housing.filed()
    page = ask(window, "accept", other)
    sent = fields(page) | {f"action:{other}": ["refuse_acceptance"]}
    done = window.post("/review/together", data=sent)
    assert "共1件，已办0件" in done.text
    slipped = {**fields(page), "case": [case], f"action:{case}": ["grant_on_the_spot"]}
    done = window.post("/review/together", data=slipped)
    assert "共1件，已办0件" in done.text
    assert housing.record(case).case.decision is None


def test_cases_of_others_are_not_among_them(housing: Housing, window: Browser) -> None:
    case = housing.filed()
    stranger = housing.stranger()
    assert "没有选择办件" in ask(stranger, "accept", case)
    page = fields(ask(window, "accept", case))
    token = stranger.hidden("/review", "/sign-out")["csrf"]
    done = stranger.post("/review/together", data={**page, "csrf": token})
    assert done.status_code == 200
    assert "accepted" not in housing.record(case).case.milestones
