"""Accounts: opened once, given other roles, closed for good; each of it in the log."""

from hashlib import sha1

import pytest

from permits.casework.password_rules import Weakness
from permits.definitions.procedure import Role
from permits.outside.breached import known_passwords
from permits.services.accounts import Accounts, BadAccount, NewAccount
from permits.services.own_passwords import Passwords
from permits.services.sessions import Client
from permits.services.unproved import Wrong
from permits.settings import BadSetting
from permits.store import people, people_tables
from permits.store.names import Names
from tests.kit import PARTY
from tests.services.conftest import PASSWORD, at_once


@pytest.fixture
def accounts(bureau):
    return bureau.office.accounts


HERE = Client("10.0.0.1")


def test_a_closed_account_is_out_at_once_and_stays_out(bureau, accounts):
    entry = bureau.office.entry
    signed = entry.sign_in("window", PASSWORD, HERE)
    accounts.close(bureau.actors["window"].id, actor="setup")
    assert bureau.office.sessions.of(signed.token) is None
    assert bureau.rows(people_tables.session) == []
    assert entry.sign_in("window", PASSWORD, HERE) == Wrong("password")


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
    assert bureau.office.entry.sign_in("window", PASSWORD, HERE) == Wrong("password")


def test_a_password_that_was_in_a_breach_is_refused_wherever_one_is_set(bureau, tmp_path):
    breached, office = "zanzibar 1964 breached", bureau.office
    line = sha1(breached.encode(), usedforsecurity=False).hexdigest()
    (tmp_path / "list").write_text(f"{line}:3\n")
    is_known = known_passwords(tmp_path / "list")
    assert not known_passwords(None)(breached)
    assert is_known("Baseball1"), "the commonest are refused with a list too"
    accounts = Accounts(office.sessions, is_known)
    with pytest.raises(BadAccount, match="guessed first"):
        accounts.open(new(password=breached), actor="setup")
    signed = office.entry.sign_in("window", PASSWORD, HERE)
    own = Passwords(office.sessions, office.passwords.throttle, is_known)
    weak = own.change(signed.session, signed.account, PASSWORD, breached)
    assert weak == (Weakness.COMMON,)
    (tmp_path / "list").unlink()
    with pytest.raises(FileNotFoundError):
        accounts.open(new(password=breached), actor="setup")
    with pytest.raises(BadSetting, match="PERMITS_BREACHED_PASSWORDS"):
        known_passwords(tmp_path / "list")


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
        ({"password": "short"}, "at least 8 characters"),
        ({"password": "p" * 129}, "at most 128 characters"),
        ({"password": "Baseball1"}, "guessed first"),
        ({"username": "newcomer", "password": "I am NEWCOMER"}, "user name must not"),
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


def test_roles_are_changed_as_a_whole_and_from_the_next_request_on(bureau, accounts):
    from permits.casework.families.access import RolesChanged

    signed = bureau.office.entry.sign_in("window", PASSWORD, HERE)
    changed = RolesChanged(
        roles=("examiner",), office="planning_bureau", department="planning", party=""
    )
    accounts.change(bureau.actors["window"].id, changed, actor="setup")
    account = bureau.office.sessions.of(signed.token).account
    assert account.actor.roles == {Role.EXAMINER}
    with pytest.raises(BadAccount, match="party"):
        accounts.change(
            bureau.actors["window"].id,
            RolesChanged(roles=("applicant",), office="", department="", party=""),
            actor="setup",
        )
    with pytest.raises(BadAccount, match="no such account"):
        accounts.change("nobody", changed, actor="setup")
