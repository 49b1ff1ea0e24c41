"""A session ends while somebody is writing: they sign in again and go on where they were."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.journeys.walking import Walk
from tests.web.housing import IDLE, Housing


def test_what_was_typed_when_the_session_ended_is_in_the_form_again(
    housing: Housing, walk: Walk
) -> None:
    edition = housing.office.shelf.current("plan_exempt")
    assert edition is not None
    length = edition.questions["length_m"].title.in_(walk.language)
    draft = housing.written()
    walk.follow(walk.says("Sign in"))
    walk.sign_in("fire")
    walk.go(f"{draft}/sections/facts")
    walk.fill(length, "134")
    housing.clock.now += IDLE + timedelta(seconds=1)
    walk.press(walk.says("Save and continue"))
    expect(walk.page.get_by_role("status").first).to_contain_text(
        walk.says(
            "Your session has ended. What you typed is kept for a day: sign in with the same"
            " account and it stands in the form again. Files have to be chosen again."
        )
    )
    walk.sign_in("fire")
    expect(walk.page.get_by_role("status").first).to_contain_text(
        walk.says(
            "Your session had ended. What you typed stands here again and has not been sent yet."
        )
    )
    expect(walk.page.get_by_label(length)).to_have_value("134")
    assert housing.draft(draft).answers["length_m"] == "150"
    walk.press(walk.says("Save and continue"))
    assert housing.draft(draft).answers["length_m"] == "134"
