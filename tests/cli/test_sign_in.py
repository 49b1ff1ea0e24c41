"""The commands with which somebody is helped to sign in."""

import re
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from permits.casework.api_tokens import Scope
from permits.cli.main import app
from permits.environment import from_environment
from permits.services.api_tokens import Wanted
from permits.services.office import Office
from permits.services.second_factors import Enrolled
from permits.services.sessions import Client, Opened
from permits.services.unproved import TooMany
from permits.settings import now
from permits.sign_in_rules import DEMONSTRATION, STRICT
from permits.store.access_log import Wanted as Entries
from tests.services.test_second_factors import Phone

PASSWORD = "first password"
HERE = Client("192.0.2.7", "Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0 Safari/537.36")


@pytest.fixture
def data(tmp_path):
    return {"PERMITS_DATA": str(tmp_path / "office")}


@pytest.fixture
def run(data, monkeypatch):
    """Type a command for an office that has one account."""
    monkeypatch.delenv("PERMITS_DATABASE", raising=False)
    for name, value in data.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PERMITS_PASSWORD", PASSWORD)

    def typed(*words):
        return CliRunner().invoke(app, [*words])

    opened = typed(
        "account", "open", "window", "--name", "窗口", "--role", "window",
        "--office", "planning_bureau", "--department", "planning",
    )  # fmt: skip
    assert opened.exit_code == 0, opened.output
    return typed


@pytest.fixture
def office(run, data):
    opened = Office(replace(from_environment(data), sign_in=DEMONSTRATION), now)
    yield opened
    opened.close()


def test_an_account_that_was_opened_for_somebody_wants_a_password_of_their_own(run, office):
    assert "password to be changed" in run("account", "list").stdout
    opened = office.entry.sign_in("window", PASSWORD, HERE)
    assert opened.wants == "new_password"


def test_a_password_is_made_shown_and_good_once(run, office):
    before = office.entry.sign_in("window", PASSWORD, HERE)
    told = run("account", "password", "window")
    assert told.exit_code == 0
    (made,) = re.findall(r"^window: (\S{19})$", told.stdout, re.MULTILINE)
    assert office.sessions.of(before.token) is None
    assert office.entry.sign_in("window", made, HERE).wants == "new_password"


def test_sessions_are_listed_and_ended(run, office):
    opened = office.entry.sign_in("window", PASSWORD, HERE)
    listed = run("account", "sessions", "window").stdout
    assert "192.0.2.7  Chrome on Linux" in listed
    assert opened.token not in listed
    assert run("account", "sessions", "window", "--end").stdout == "1 sessions ended\n"
    assert office.sessions.of(opened.token) is None


def test_one_session_is_ended_by_its_id(run, office):
    lost, own = (office.entry.sign_in("window", PASSWORD, HERE) for _ in range(2))
    listed = run("account", "sessions", "window", "--only", lost.session.id).stdout
    assert listed.startswith(lost.session.id) and own.session.id not in listed
    ended = run("account", "sessions", "window", "--end", "--only", lost.session.id)
    assert ended.stdout == "1 ended\n"
    assert office.sessions.of(lost.token) is None
    assert office.sessions.of(own.token) is not None
    again = run("account", "sessions", "window", "--end", "--only", lost.session.id)
    assert (again.exit_code, "none of this id" in again.stderr) == (2, True)


def test_tokens_of_programs_are_listed_and_ended(run, office):
    account = office.entry.sign_in("window", PASSWORD, HERE).account
    wanted = [Wanted(name, frozenset({Scope.READ}), 30) for name in ("对账", "统计", "归档")]
    one, two, three = (office.api_tokens.make(account, each) for each in wanted)
    lines = run("account", "tokens", "window").stdout.splitlines()
    assert {line.split("  ")[0] for line in lines} == {m.token.id for m in (one, two, three)}
    assert all("read  until" in line and line.endswith("never used") for line in lines)
    assert one.secret not in "".join(lines)
    assert run("account", "tokens", "window", "--end", "--only", one.token.id).exit_code == 0
    left = run("account", "tokens", "window").stdout
    assert "对账" not in left and "统计" in left
    assert run("account", "tokens", "window", "--end").stdout == "2 ended\n"
    assert office.api_tokens.of_account(account) == []
    noted = [one.kind for one in office.watching.noted(Entries(account.id, ("TokenEnded",)))]
    assert len(noted) == 3


def test_a_second_factor_is_reset(run, office):
    assert (
        run("account", "reset-second-factor", "window").stderr == "window has no second factor\n"
    )
    opened = office.entry.sign_in("window", PASSWORD, HERE)
    begun = office.second_factors.begin(opened.account, opened.session, "x")
    phone = Phone(type("Bureau", (), {"hands": staticmethod(now)}), begun.typed)
    added = office.second_factors.add(opened.session, begun.sealed, phone.code())
    assert isinstance(added, Enrolled)
    assert "second factor" in run("account", "list").stdout
    assert run("account", "reset-second-factor", "window").exit_code == 0
    assert "second factor" not in run("account", "list").stdout
    assert office.sessions.of(added.opened.token) is None


def test_waits_are_lifted(run, office):
    for _ in range(6):
        office.entry.sign_in("window", "wrong", HERE)
    assert isinstance(office.entry.sign_in("window", PASSWORD, HERE), TooMany)
    assert run("account", "unlock", "window").exit_code == 0
    assert isinstance(office.entry.sign_in("window", PASSWORD, HERE), Opened)


ABOUT_ONE = ["password", "sessions", "tokens", "reset-second-factor", "unlock"]


@pytest.mark.parametrize("command", ABOUT_ONE)
def test_accounts_that_are_not_there_are_told(run, command):
    told = run("account", command, "nobody")
    assert (told.exit_code, told.stderr) == (2, "there is no account nobody\n")
    run("account", "close", "window")
    assert "closed for good" in run("account", command, "window").stderr


def test_a_weak_password_opens_no_account(run, monkeypatch):
    monkeypatch.setenv("PERMITS_PASSWORD", "password1")
    words = ("account", "open", "w2", "--name", "x", "--role", "auditor")
    told = run(*words)
    assert (told.exit_code, "guessed first" in told.stderr) == (2, True)


def test_an_office_is_strict_and_a_demonstration_is_not_unless_it_is_set():
    assert from_environment({}).sign_in == STRICT
    assert from_environment({}, demonstration=True).sign_in == DEMONSTRATION
    chosen = {
        "PERMITS_STEP_UP": "true",
        "PERMITS_STAFF_SECOND_FACTOR": "false",
        "PERMITS_PASSWORDS": "dengbao3",
    }
    assert from_environment(chosen, demonstration=True).sign_in.step_up
    assert not from_environment(chosen).sign_in.staff_second_factor
    assert from_environment(chosen).sign_in.dengbao3
    limits = from_environment({"PERMITS_STAFF_SESSION_IDLE": "15"}).sign_in.staff
    assert limits.idle.total_seconds() == 15 * 60
