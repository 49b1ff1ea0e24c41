"""Tokens of programs: made by a person, for so much and so long, and never for what is grave."""

import re
from datetime import timedelta

import pytest

from permits.casework.api_tokens import LONGEST, MOST, Scope
from permits.services.api_tokens import Made, Wanted
from permits.services.tidying import tidy
from permits.store import people
from permits.store.access_log import Wanted as Entries
from tests.web.api.program import V1, Program, Programs, refused
from tests.web.housing import Housing

ALL = frozenset(Scope)


def made(housing: Housing, username: str, *scopes: Scope, days: int = 30) -> Made:
    with housing.office.database.read() as connection:
        known = people.by_username(connection, username)
    assert known is not None
    wanted = Wanted("每日对账", frozenset(scopes), days)
    token = housing.office.api_tokens.make(known.account, wanted)
    assert isinstance(token, Made)
    return token


def with_token(programs: Programs, username: str, *scopes: Scope, days: int = 30) -> Program:
    secret = made(programs.housing, username, *scopes, days=days).secret
    program = Program(programs.housing.app, programs.anyone.contract)
    program.headers["authorization"] = f"Bearer {secret}"
    return program


def test_a_token_is_made_on_a_page_and_shown_once(programs: Programs) -> None:
    browser = programs.housing.browser("fire")
    answer = browser.fill("/account/tokens", name=" 对账 ", days="90", scopes="read")
    assert answer.status_code == 201
    found = re.search(r"permits_[\w-]{43}", answer.text)
    assert found is not None
    page = browser.get("/account").text
    assert "对账" in page
    assert "读取：您的账户可以看到的一切" in page
    assert "有效期至2022年9月7日" in page
    assert "从未使用" in page
    assert found[0] not in page
    program = Program(programs.housing.app, programs.anyone.contract)
    program.headers["authorization"] = f"Bearer {found[0]}"
    assert program.get(f"{V1}/cases").status_code == 200
    assert "最近使用于" in browser.get("/account").text


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": " "}, "请用不超过100字说明令牌的用途"),
        ({"name": "长" * 101}, "请用不超过100字说明令牌的用途"),
        ({"scopes": "everything"}, "请选择令牌可用于什么"),
        ({"days": "3650"}, "请选择有效期"),
        ({"days": "x"}, "请选择有效期"),
    ],
)
def test_what_cannot_be_made_is_said_where_it_was_typed(housing, changed, says) -> None:
    browser = housing.browser("fire")
    answer = browser.fill(
        "/account/tokens", **{"name": "对账", "days": "90", "scopes": "read", **changed}
    )
    assert answer.status_code == 422
    assert says in answer.text
    assert "permits_" not in answer.text


def test_a_token_may_do_what_it_was_made_for_and_no_more(programs: Programs) -> None:
    reads = with_token(programs, "fire", Scope.READ)
    assert reads.get(f"{V1}/cases").status_code == 200
    draft = {"permit": "plan_exempt"}
    refused(reads.order(f"{V1}/drafts", draft), 403, "scope_wanted")
    files = with_token(programs, "fire", Scope.FILE)
    assert files.order(f"{V1}/drafts", draft).status_code == 201
    refused(files.get(f"{V1}/cases"), 403, "scope_wanted")
    noted = programs.housing.office.watching.noted(Entries(kinds=("AccessRefused",)))
    assert not list(noted), "whoever made the token was refused nothing"


def test_who_acts_needs_a_token_to_act(programs: Programs) -> None:
    case = programs.housing.filed()
    address = f"{V1}/cases/{case}/actions/accept"
    refused(
        with_token(programs, "window", Scope.READ, Scope.FILE).order(address), 403, "scope_wanted"
    )
    assert with_token(programs, "window", Scope.ACT).order(address).status_code == 200


def test_a_token_can_do_nothing_that_its_person_cannot(programs: Programs) -> None:
    case = programs.housing.filed()
    fire = with_token(programs, "fire", *Scope)
    assert fire.order(f"{V1}/cases/{case}/actions/accept").status_code == 403
    builder = with_token(programs, "builder", *Scope)
    refused(builder.get(f"{V1}/cases/{case}"), 404, "no_such_case")


def test_what_takes_a_right_away_is_done_by_people(programs: Programs) -> None:
    case = programs.housing.published()
    leader = with_token(programs, "leader", *Scope)
    body = {"ground": "69-1-5", "reason": "x"}
    refused(leader.order(f"{V1}/cases/{case}/actions/revoke", body), 403, "person_wanted")


def test_a_token_is_no_session(programs: Programs) -> None:
    program = with_token(programs, "fire", *Scope)
    refused(program.get(f"{V1}/sessions/current"), 401, "not_signed_in")
    assert program.delete(f"{V1}/sessions/current").status_code == 204
    assert program.get(f"{V1}/cases").status_code == 200
    browser = programs.housing.browser()
    browser.cookies.set("session", program.headers["authorization"].removeprefix("Bearer "))
    assert browser.get("/applications").status_code == 303


def test_it_lasts_to_its_last_day(programs: Programs) -> None:
    program = with_token(programs, "fire", Scope.READ, days=1)
    programs.later(2022, 6, 10)
    assert program.get(f"{V1}/cases").status_code == 200
    programs.later(2022, 6, 11)
    answer = program.get(f"{V1}/cases")
    refused(answer, 401, "token_ended")
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]
    programs.housing.clock.now += timedelta(days=2)
    assert tidy(programs.housing.office).sessions > 0


def test_whoever_ends_it_ends_it_at_once(programs: Programs) -> None:
    housing = programs.housing
    program = with_token(programs, "fire", Scope.READ)
    browser = housing.browser("fire")
    found = re.search(r"/account/tokens/([\w-]+)", browser.get("/account").text)
    assert found is not None
    other = housing.browser("builder")
    csrf = other.hidden("/", "/sign-out")["csrf"]
    assert other.post(found[0], data={"csrf": csrf}).status_code == 404
    assert program.get(f"{V1}/cases").status_code == 200
    csrf = browser.hidden("/account", found[0])["csrf"]
    assert browser.post(found[0], data={"csrf": csrf}).headers["location"].startswith("/account?")
    refused(program.get(f"{V1}/cases"), 401, "token_ended")


def test_it_ends_with_the_account(programs: Programs) -> None:
    housing = programs.housing
    program = with_token(programs, "fire", Scope.READ)
    housing.office.accounts.close(housing.people.actors["fire"].id, actor="setup")
    refused(program.get(f"{V1}/cases"), 401, "token_ended")


@pytest.mark.parametrize("secret", ["permits_", "permits_made-up"])
def test_a_token_that_nobody_made_is_none(anyone: Program, secret: str) -> None:
    answer = anyone.get(f"{V1}/cases", headers={"authorization": f"Bearer {secret}"})
    refused(answer, 401, "token_ended")


def test_nobody_has_more_than_a_few_and_none_for_ever(housing: Housing) -> None:
    tokens, longest = housing.office.api_tokens, LONGEST
    with housing.office.database.read() as connection:
        known = people.by_username(connection, "fire")
    assert known is not None
    for _ in range(MOST):
        made(housing, "fire", Scope.READ, days=longest)
    assert tokens.make(known.account, Wanted("x", ALL, 1)) == ("too_many",)
    assert tokens.make(known.account, Wanted("x", ALL, longest + 1)) == ("too_long",)
    assert tokens.make(known.account, Wanted("", frozenset(), 0)) == (
        "nameless",
        "no_scope",
        "past",
    )
    page = housing.browser("fire").fill("/account/tokens", name="x", days="30", scopes="read")
    assert (page.status_code, "令牌数量已达上限" in page.text) == (422, True)


def test_while_a_password_has_to_be_changed_no_token_opens_anything(programs: Programs) -> None:
    housing = programs.housing
    program = with_token(programs, "fire", Scope.READ)
    with housing.office.database.read() as connection:
        known = people.by_username(connection, "fire")
    assert known is not None
    housing.office.passwords.set_once(known.account, actor="setup")
    refused(program.get(f"{V1}/cases"), 401, "token_ended")
    assert housing.office.api_tokens.of_account(known.account) == []


def test_what_programs_are_refused_is_noted_with_whose_token_it_was(programs: Programs) -> None:
    housing = programs.housing
    case = housing.filed()
    builder = with_token(programs, "builder", *Scope)
    refused(builder.get(f"{V1}/cases/{case}"), 404, "no_such_case")
    account = housing.people.actors["builder"].id
    noted = housing.office.watching.noted(Entries(account))
    assert [one.kind for one in noted if case in str(one.what)] == ["AccessRefused"]
