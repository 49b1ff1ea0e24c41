"""Accounts: opened once, signed in to slowly, ended at once; each of it in the log."""

from datetime import timedelta
from functools import partial

import pytest

from permits.definitions.procedure import Role
from permits.services.accounts import (
    IDLE,
    LONGEST,
    BadAccount,
    NewAccount,
    SignedIn,
    SignInRefused,
)
from permits.store import people, people_tables
from permits.store.event_log import EventLog
from permits.store.names import Names
from tests.kit import PARTY
from tests.services.conftest import PASSWORD, at_once


@pytest.fixture
def accounts(bureau):
    return bureau.office.accounts


def names_of(bureau, account_id):
    with bureau.office.database.read() as connection:
        log = EventLog(connection.dialect).read(connection, f"access/{account_id}")
    return [envelope.type for envelope, _body in log]


def test_the_right_password_opens_a_session_of_the_account_as_it_stands(bureau, accounts):
    signed = accounts.sign_in("window", PASSWORD, "10.0.0.1")
    assert isinstance(signed, SignedIn)
    session, account = accounts.session(signed.token)
    assert account.actor == bureau.actors["window"]
    assert session.csrf == signed.session.csrf
    assert names_of(bureau, account.id) == ["AccountOpened", "SignedIn"]


def test_the_token_itself_is_kept_nowhere(bureau, accounts):
    signed = accounts.sign_in("window", PASSWORD, "10.0.0.1")
    (row,) = bureau.rows(people_tables.session)
    assert row["token_hash"] == people.hash_of(signed.token)
    assert signed.token not in str(row)


@pytest.mark.parametrize(("username", "password"), [("window", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_are_answered_alike(accounts, username, password):
    assert accounts.sign_in(username, password, "10.0.0.1") is SignInRefused.WRONG


def test_failures_are_in_the_log_of_the_account(bureau, accounts):
    accounts.sign_in("window", "wrong", "10.0.0.1")
    assert names_of(bureau, bureau.actors["window"].id)[-1] == "SignInFailed"


def test_guessing_a_name_is_slowed_down_and_others_are_not(bureau, accounts):
    for _ in range(10):
        accounts.sign_in("window", "wrong", "10.0.0.1")
    assert accounts.sign_in("window", PASSWORD, "10.0.0.2") is SignInRefused.TOO_MANY
    assert isinstance(accounts.sign_in("leader", PASSWORD, "10.0.0.1"), SignedIn)
    bureau.hands.set(bureau.hands() + timedelta(minutes=11))
    assert isinstance(accounts.sign_in("window", PASSWORD, "10.0.0.1"), SignedIn)


def test_many_who_guess_at_once_are_all_counted(bureau):
    """In the same minute, the first of them at the same moment."""
    database, now = bureau.office.database, bureau.office.now()

    def guess(minute):
        with database.write() as connection:
            people.count_attempt(connection, "address:10.0.0.9", now + timedelta(minutes=minute))

    for minute in range(10):
        assert at_once(*[partial(guess, minute)] * 8) == []
    assert [row["count"] for row in bureau.rows(people_tables.attempt)] == [8] * 10


def test_guessing_many_names_from_one_address_is_slowed_down(accounts):
    for n in range(50):
        accounts.sign_in(f"guess{n}", "wrong", "10.0.0.9")
    assert accounts.sign_in("window", PASSWORD, "10.0.0.9") is SignInRefused.TOO_MANY
    assert isinstance(accounts.sign_in("window", PASSWORD, "10.0.0.8"), SignedIn)


def test_a_session_ends_when_it_is_idle_and_after_its_longest_time(bureau, accounts):
    signed = accounts.sign_in("window", PASSWORD, "10.0.0.1")
    start = bureau.hands()
    bureau.hands.set(start + IDLE)
    assert accounts.session(signed.token) is not None
    bureau.hands.set(start + IDLE + IDLE)
    assert accounts.session(signed.token) is not None, "it was used in between"
    bureau.hands.set(start + IDLE + IDLE + IDLE + timedelta(seconds=1))
    assert accounts.session(signed.token) is None
    again = accounts.sign_in("window", PASSWORD, "10.0.0.1")
    at = bureau.hands()
    for hours in range(1, 13):
        bureau.hands.set(at + timedelta(hours=hours))
        assert accounts.session(again.token) is not None
    bureau.hands.set(at + LONGEST + timedelta(seconds=1))
    assert accounts.session(again.token) is None


def test_signing_out_ends_the_session_at_once(bureau, accounts):
    signed = accounts.sign_in("window", PASSWORD, "10.0.0.1")
    accounts.sign_out(signed.session)
    assert accounts.session(signed.token) is None
    assert names_of(bureau, bureau.actors["window"].id)[-1] == "SignedOut"


def test_a_made_up_token_opens_nothing(accounts):
    assert accounts.session("made-up") is None


def test_a_closed_account_is_out_at_once_and_stays_out(bureau, accounts):
    signed = accounts.sign_in("window", PASSWORD, "10.0.0.1")
    accounts.close(bureau.actors["window"].id, actor="setup")
    assert accounts.session(signed.token) is None
    assert accounts.sign_in("window", PASSWORD, "10.0.0.1") is SignInRefused.WRONG


def test_a_closed_account_is_closed_for_good(bureau, accounts):
    """Neither other roles nor a second closing does anything to it."""
    from permits.casework.families.access import RolesChanged

    account_id = bureau.actors["window"].id
    accounts.close(account_id, actor="setup")
    before = bureau.events()
    changed = RolesChanged(
        roles=("window",), office="planning_bureau", department="planning", party=""
    )
    with pytest.raises(BadAccount, match="closed for good"):
        accounts.change(account_id, changed, actor="setup")
    with pytest.raises(BadAccount, match="closed for good"):
        accounts.close(account_id, actor="setup")
    with pytest.raises(BadAccount, match="no such account"):
        accounts.close("nobody", actor="setup")
    assert bureau.events() == before
    assert accounts.sign_in("window", PASSWORD, "10.0.0.1") is SignInRefused.WRONG


def new(**changes):
    values = {
        "username": "new",
        "name": "新人",
        "password": "long enough",
        "roles": frozenset({Role.WINDOW}),
        "office": "planning_bureau",
        "department": "planning",
    }
    return NewAccount(**{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"username": "window"}, "taken"),
        ({"username": " "}, "user name"),
        ({"username": "n" * 101}, "user name"),
        ({"password": "short"}, "password"),
        ({"password": "p" * 129}, "password"),
        ({"roles": frozenset()}, "role"),
        ({"office": ""}, "office"),
        ({"party": PARTY}, "party"),
        ({"roles": frozenset({Role.APPLICANT})}, "party"),
        ({"roles": frozenset({Role.APPLICANT, Role.WINDOW}), "party": PARTY}, "go together"),
        ({"roles": frozenset({Role.TIMER})}, "timer"),
        ({"email": "a@x.invalid\nBcc: b@x.invalid"}, "address"),
    ],
)
def test_accounts_that_cannot_be_are_not_opened(bureau, accounts, changes, why):
    before = bureau.events()
    with pytest.raises(BadAccount, match=why):
        accounts.open(new(**changes), actor="setup")
    assert bureau.events() == before


def test_of_several_who_take_a_name_at_once_one_has_it(bureau, accounts):
    raised = at_once(*[lambda: accounts.open(new(), actor="setup")] * 4)
    assert [type(error) for error in raised] == [BadAccount] * 3
    assert "new is taken" in str(raised[0])
    assert [row["username"] for row in bureau.rows(people_tables.account)].count("new") == 1


def test_an_organisation_needs_a_right_credit_code(accounts):
    with pytest.raises(BadAccount, match="GB 32100"):
        accounts.register_party("91350100M000100Y44", "错", actor="setup")


def test_names_and_organisations_are_found(bureau):
    parties = Names(bureau.office.database.dialect)
    with bureau.office.database.read() as connection:
        assert parties.party(connection, PARTY) == "示例单位"
        assert parties.party(connection, "unknown") == "unknown"
        found = people.with_role(
            connection,
            Role.WINDOW,
            office="planning_bureau",
            department="planning",
            of_party=PARTY,
        )
        assert [account.username for account in found] == ["window"]
        mine = people.with_role(
            connection, Role.APPLICANT, office="", department="", of_party=PARTY
        )
        assert [account.username for account in mine] == ["applicant"]
        assert people.by_id(connection, "nobody") is None


def test_a_password_can_be_replaced(bureau, accounts):
    from permits.outside.passwords import hashed

    with bureau.office.database.write() as connection:
        people.set_password(connection, bureau.actors["window"].id, hashed("another one"))
    assert accounts.sign_in("window", PASSWORD, "10.0.0.1") is SignInRefused.WRONG
    assert isinstance(accounts.sign_in("window", "another one", "10.0.0.1"), SignedIn)


def test_roles_are_changed_as_a_whole_and_from_the_next_request_on(bureau, accounts):
    from permits.casework.families.access import RolesChanged

    signed = accounts.sign_in("window", PASSWORD, "10.0.0.1")
    changed = RolesChanged(
        roles=("examiner",), office="planning_bureau", department="planning", party=""
    )
    accounts.change(bureau.actors["window"].id, changed, actor="setup")
    _session, account = accounts.session(signed.token)
    assert account.actor.roles == {Role.EXAMINER}
    with pytest.raises(BadAccount, match="party"):
        accounts.change(
            bureau.actors["window"].id,
            RolesChanged(roles=("applicant",), office="", department="", party=""),
            actor="setup",
        )
    with pytest.raises(BadAccount, match="no such account"):
        accounts.change("nobody", changed, actor="setup")
