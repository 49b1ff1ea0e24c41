"""A breach is told, objected to and entered; the track is shut, and everybody can read why."""

from collections.abc import Callable

from playwright.sync_api import expect

from permits.services.timers import lapse_due
from permits.text.words import Language
from tests.journeys.walking import Walk
from tests.web.housing import FIRE_BRIGADE, Housing, at

PAGE = f"/office/parties/{FIRE_BRIGADE}"


def test_from_a_breach_to_the_public_list(
    housing: Housing, walks: Callable[..., Walk], language: Language
) -> None:
    draft = housing.written()
    housing.found_breached()
    clock = housing.clock
    clock.now = at(2022, 7, 8)
    lapse_due(housing.office.database, housing.office.queue.submit, clock())
    walk = walks(language)
    says = walk.says

    def sits_down(who: str) -> None:
        if walk.page.get_by_role("button", name=says("Sign out")).count():
            walk.press(says("Sign out"))
        walk.go("/sign-in")
        walk.sign_in(who)

    sits_down("supervisor")
    walk.go("/office/parties")
    walk.follow(says("Look at a breach"), walk.main)
    walk.follow(says("Give notice of the entry"), walk.main)
    walk.choose(says("Degree"), says("serious breach of faith"))
    walk.fill(says("Facts and grounds, as the notice will state them"), "逾期未整改。")
    walk.press(says("Give notice of the entry"), walk.main)

    sits_down("fire")
    walk.follow(says("Credit standing"))
    walk.follow(says("Object to the entry"), walk.main)
    walk.fill(says("What you object, and why"), "已按期整改。")
    walk.press(says("Object to the entry"), walk.main)

    sits_down("leader")
    walk.go(PAGE)
    walk.follow(says("Decide the objection"), walk.main)
    walk.choose(says("The objection"), says("is rejected"))
    walk.fill(says("Reason, as the organisation will read it"), "经核实，整改晚于限期。")
    walk.press(says("Decide the objection"), walk.main)
    walk.follow(says("Make the entry"), walk.main)
    walk.press(says("Make the entry"), walk.main)

    sits_down("fire")
    walk.go(f"{draft}/track")
    expect(walk.main).to_contain_text("GXGH-20220609-0001")
    clock.now = at(2022, 7, 20)
    lapse_due(housing.office.database, housing.office.queue.submit, clock())
    walk.go("/credit")
    expect(walk.main).to_contain_text(FIRE_BRIGADE)
