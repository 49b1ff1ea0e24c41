"""Sessions of programs: a token for a password, good until it ends, and nothing without it."""

from datetime import timedelta

import pytest

from permits.casework.families.access import RolesChanged
from permits.casework.waits import NAME
from tests.kit import DEPARTMENT, OFFICE
from tests.web.api.program import V1, Program, Programs, nothing_written, refused
from tests.web.housing import FIRE_BRIGADE, PASSWORD, Housing

CURRENT = f"{V1}/sessions/current"


def test_a_session_says_whose_it_is_and_when_it_ends(anyone: Program) -> None:
    sent = {"username": "fire", "password": PASSWORD}
    opened = anyone.post(f"{V1}/sessions", json=sent).json()
    assert opened["token_type"] == "Bearer"
    assert opened["account"]["roles"] == ["applicant"]
    assert opened["account"]["party"] == FIRE_BRIGADE
    assert opened["closes_at"] > opened["opened_at"]
    anyone.headers["authorization"] = f"Bearer {opened['token']}"
    shown = anyone.read(CURRENT)
    assert "token" not in shown
    assert shown["account"] == opened["account"]


@pytest.mark.parametrize("username", ["fire", "nobody"])
def test_a_wrong_password_and_a_wrong_name_look_alike(anyone: Program, username: str) -> None:
    answer = anyone.post(f"{V1}/sessions", json={"username": username, "password": "wrong"})
    refused(answer, 401, "wrong_password")
    assert answer.headers["www-authenticate"] == 'Bearer realm="permits"'


def test_who_guesses_is_slowed_down(anyone: Program) -> None:
    wrong = {"username": "fire", "password": "wrong"}
    for _ in range(NAME.free + 1):
        refused(anyone.post(f"{V1}/sessions", json=wrong), 401, "wrong_password")
    answer = anyone.post(f"{V1}/sessions", json={**wrong, "password": PASSWORD})
    refused(answer, 429, "too_many_attempts")
    assert answer.headers["retry-after"] == "2"


def test_without_a_token_one_is_asked_for(anyone: Program) -> None:
    answer = anyone.get(CURRENT)
    refused(answer, 401, "not_signed_in")
    assert answer.headers["www-authenticate"] == 'Bearer realm="permits"'


@pytest.mark.parametrize("token", ["Bearer made-up", "bearer x", "Basic ZmlyZTp4", "Bearer", ""])
def test_a_token_that_is_none_is_told_from_no_token(anyone: Program, token: str) -> None:
    answer = anyone.get(CURRENT, headers={"authorization": token})
    known = token.lower().startswith("bearer ")
    refused(answer, 401, "session_ended" if known else "not_signed_in")
    assert ('error="invalid_token"' in answer.headers["www-authenticate"]) == known


def test_an_ended_session_is_good_for_nothing(programs: Programs, fire: Program) -> None:
    assert fire.delete(CURRENT).status_code == 204
    refused(fire.get(CURRENT), 401, "session_ended")
    refused(fire.order(f"{V1}/drafts", {"permit": "plan_exempt"}), 401, "session_ended")


def test_a_session_that_was_not_used_ends(housing: Housing, fire: Program) -> None:
    housing.clock.now += timedelta(hours=3)
    refused(fire.get(CURRENT), 401, "session_ended")


def test_a_token_is_never_kept(housing: Housing, fire: Program) -> None:
    token = fire.headers["authorization"].removeprefix("Bearer ")
    with housing.office.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM session").all()
    assert rows
    assert token not in str(rows)


def test_the_cookie_of_a_browser_opens_nothing(housing: Housing, anyone: Program) -> None:
    browser = housing.browser("fire")
    case = housing.filed()
    sent = {"idempotency-key": "a-key-of-my-own"}
    with nothing_written(housing):
        for answer in (
            browser.get(f"{V1}/cases"),
            browser.get(f"{V1}/cases/{case}"),
            browser.post(f"{V1}/drafts", json={"permit": "plan_exempt"}, headers=sent),
            browser.post(f"{V1}/cases/{case}/actions/withdraw", json={}, headers=sent),
        ):
            refused(answer, 401, "not_signed_in")


def test_rights_are_read_at_each_request(housing: Housing, programs: Programs) -> None:
    window, case = programs["window"], housing.filed()
    account = housing.people.actors["window"].id
    examiner = RolesChanged(roles=("examiner",), office=OFFICE, department=DEPARTMENT, party="")
    housing.office.accounts.change(account, examiner, actor="setup")
    refused(window.order(f"{V1}/cases/{case}/actions/accept"), 403, "not_yours")
    housing.office.accounts.close(account, actor="setup")
    refused(window.order(f"{V1}/cases/{case}/actions/accept"), 401, "session_ended")
