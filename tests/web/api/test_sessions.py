"""Sessions of programs: a token for a password, good until it ends, and nothing without it."""

import base64
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from permits.casework.families.access import RolesChanged
from permits.casework.sessions import FRESH
from permits.casework.waits import NAME
from permits.outside import one_time_codes
from permits.services.requests import Notice, State
from permits.services.second_factors import Enrolled
from permits.services.sessions import Client
from permits.sign_in_rules import STRICT
from permits.store import people
from permits.store.access_log import Wanted as Entries
from tests.kit import DEPARTMENT, OFFICE
from tests.web.api.program import V1, Program, Programs, contract_of, nothing_written, refused
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


# ── where the office wants more than a password ──────────────────────────────────────────────────


@pytest.fixture
def strict(make_housing: Callable[..., Housing]) -> Housing:
    return make_housing(sign_in=STRICT)


@pytest.fixture
def program(strict: Housing) -> Iterator[Program]:
    with Program(strict.app, contract_of(strict.app)) as program:
        yield program


def enrol(housing: Housing, who: str) -> tuple[Callable[[], str], tuple[str, ...]]:
    """Add a device to an account; what shows its next code, and the recovery codes."""
    office, seconds = housing.office, one_time_codes.STEP_SECONDS
    opened = office.entry.sign_in(who, PASSWORD, Client("10.0.0.1"))
    begun = office.second_factors.begin(opened.account, opened.session, "x")
    secret = base64.b32decode(begun.typed.replace(" ", ""))

    def code() -> str:
        housing.clock.now += timedelta(seconds=seconds)
        return one_time_codes.code_of(secret, int(housing.clock.now.timestamp()) // seconds)

    added = office.second_factors.add(opened.session, begun.sealed, code())
    assert isinstance(added, Enrolled)
    return code, added.codes


def open_session(program: Program, who: str, **more: str) -> Any:
    sent = {"username": who, "password": PASSWORD, **more}
    return program.post(f"{V1}/sessions", json=sent)


def test_a_code_is_wanted_beside_the_password(strict: Housing, program: Program) -> None:
    code, spare = enrol(strict, "window")
    refused(open_session(program, "window"), 401, "code_wanted")
    refused(open_session(program, "window", code="000000"), 401, "wrong_code")
    used = code()
    assert open_session(program, "window", code=used).status_code == 201
    refused(open_session(program, "window", code=used), 401, "wrong_code")
    assert open_session(program, "window", code=spare[0]).status_code == 201


def test_what_has_to_be_done_in_a_browser_first_is_told(strict: Housing, program: Program) -> None:
    refused(open_session(program, "window"), 403, "second_factor_wanted")
    with strict.office.database.read() as connection:
        account = people.by_id(connection, strict.people.actors["fire"].id)
    assert account is not None
    once = strict.office.passwords.set_once(account, actor="setup")
    answer = open_session(program, "fire", password=once)
    refused(answer, 403, "password_change_wanted")


def test_a_session_of_a_browser_that_wants_more_is_none(strict: Housing, program: Program) -> None:
    opened = strict.office.entry.sign_in("window", PASSWORD, Client("10.0.0.1"))
    program.headers["authorization"] = f"Bearer {opened.token}"
    refused(program.get(CURRENT), 401, "session_ended")


def test_idle_time_is_that_of_the_account(strict: Housing, program: Program) -> None:
    code, _spare = enrol(strict, "window")
    assert open_session(program, "window", code=code()).json()["idle_seconds"] == 1800
    assert open_session(program, "fire").json()["idle_seconds"] == 7200


def test_a_grave_act_wants_a_proof_and_is_then_done_under_the_same_key(
    strict: Housing, program: Program
) -> None:
    case = strict.granted()
    strict.people.beside("leader", f"case/{case}", Notice(ground="69-2", reason="骗取"))
    strict.people.beside("fire", f"case/{case}", State(statement="没有异议"))
    code, _spare = enrol(strict, "leader")
    token = open_session(program, "leader", code=code()).json()["token"]
    program.headers["authorization"] = f"Bearer {token}"
    strict.clock.now += FRESH + timedelta(seconds=1)
    program.read(CURRENT)  # it is seen now, and is not for a minute again
    address, body = f"{V1}/cases/{case}/actions/revoke", {"ground": "69-2", "reason": "x"}
    with nothing_written(strict):
        told = refused(program.order(address, body, key="key-of-mine"), 403, "step_up_wanted")
    account = strict.people.actors["leader"].id
    assert not list(strict.office.watching.noted(Entries(account, ("AccessRefused",))))
    assert "/sessions/current/proofs" in told["detail"]
    proofs = f"{CURRENT}/proofs"
    refused(program.post(proofs, json={"password": "wrong"}), 401, "wrong_password")
    refused(program.post(proofs, json={"code": "000000"}), 401, "wrong_code")
    proved = program.post(proofs, json={"code": code()})
    assert proved.status_code == 201
    refused(program.get(CURRENT), 401, "session_ended")
    program.headers["authorization"] = f"Bearer {proved.json()['token']}"
    done = program.order(address, body, key="key-of-mine")
    assert done.status_code == 200, done.text


def test_entries_in_the_credit_record_want_a_proof(strict: Housing, program: Program) -> None:
    strict.granted()
    code, _spare = enrol(strict, "leader")
    token = open_session(program, "leader", code=code()).json()["token"]
    program.headers["authorization"] = f"Bearer {token}"
    party = f"{V1}/parties/{FIRE_BRIGADE}"
    refused(
        program.order(f"{party}/make_entry", {"entry": "entry_1"}), 404, "no_such_credit_entry"
    )
    strict.clock.now += FRESH + timedelta(seconds=1)
    refused(program.order(f"{party}/make_entry", {"entry": "entry_1"}), 403, "step_up_wanted")
    dropped = {"entry": "entry_1", "reason": "x"}
    refused(program.order(f"{party}/drop_entry", dropped), 404, "no_such_credit_entry")
