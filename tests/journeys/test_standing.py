"""A breach is told, objected to and entered; the track is shut, and everybody can read why."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from permits.services.timers import lapse_due
from permits.text.words import Language
from tests.journeys.walking import Walk
from tests.web.housing import FIRE_BRIGADE, Housing, at

PAGE = f"/office/parties/{FIRE_BRIGADE}"


@pytest.fixture
def draft(housing: Housing) -> str:
    """A draft of an applicant in whose case a breach was not put right by 7 July 2022."""
    written = housing.written()
    housing.found_breached()
    housing.clock.now = at(2022, 7, 8)
    look(housing)
    return written


def look(housing: Housing) -> None:
    lapse_due(housing.office.database, housing.office.queue.submit, housing.clock())


def sits_down(walk: Walk, who: str) -> None:
    if walk.page.get_by_role("button", name=walk.says("Sign out")).count():
        walk.press(walk.says("Sign out"))
    walk.go("/sign-in")
    walk.sign_in(who)


def test_from_a_breach_to_the_public_list(
    housing: Housing, draft: str, walks: Callable[..., Walk], language: Language
) -> None:
    walk = walks(language)
    notice_is_given(walk)
    the_party_objects(walk)
    the_head_decides_and_enters(walk)
    sits_down(walk, "fire")
    walk.go(f"{draft}/track")
    expect(walk.main).to_contain_text("GXGH-20220609-0001")
    housing.clock.now = at(2022, 7, 20)
    look(housing)
    walk.go("/credit")
    expect(walk.main).to_contain_text(FIRE_BRIGADE)


def notice_is_given(walk: Walk) -> None:
    says = walk.says
    sits_down(walk, "supervisor")
    walk.go("/office/parties")
    walk.follow(says("Look at a breach"), walk.main)
    walk.follow(says("Give notice of the entry"), walk.main)
    walk.choose(says("Degree"), says("serious breach of faith"))
    walk.fill(says("Facts and grounds, as the notice will state them"), "逾期未整改。")
    walk.press(says("Give notice of the entry"), walk.main)


def the_party_objects(walk: Walk) -> None:
    says = walk.says
    sits_down(walk, "fire")
    walk.follow(says("Credit standing"))
    walk.follow(says("Object to the entry"), walk.main)
    walk.fill(says("What you object, and why"), "已按期整改。")
    walk.press(says("Object to the entry"), walk.main)


def the_head_decides_and_enters(walk: Walk) -> None:
    says = walk.says
    sits_down(walk, "leader")
    walk.go(PAGE)
    walk.follow(says("Decide the objection"), walk.main)
    walk.choose(says("The objection"), says("is rejected"))
    walk.fill(says("Reason, as the organisation will read it"), "经核实，整改晚于限期。")
    walk.press(says("Decide the objection"), walk.main)
    walk.follow(says("Make the entry"), walk.main)
    walk.press(says("Make the entry"), walk.main)
