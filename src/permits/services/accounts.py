"""Accounts: opened, given other roles, closed; each of it an event of the account."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from permits.casework.families import access
from permits.casework.families.parties import PartyRegistered
from permits.casework.families.parties import stream_of as party_stream
from permits.casework.identifiers import is_credit_code
from permits.casework.party import Party
from permits.casework.party_fold import fold_all
from permits.casework.password_rules import Wanted, weaknesses
from permits.definitions.procedure import OFFICERS, Role
from permits.outside import passwords
from permits.outside.mail import is_address
from permits.services.records import Records, new_id
from permits.services.sessions import Ending, Sessions
from permits.sign_in_rules import SignInRules
from permits.store import people, second_factors
from permits.store.database import Database
from permits.store.parties import Parties, rows_of
from permits.store.people import Password
from permits.text.sign_in import weakness


class BadAccount(ValueError):
    """An account cannot be opened like this; the message says why."""


class NewAccount(msgspec.Struct, frozen=True):
    """What an account is opened with. A password that somebody else knows is for `once`."""

    username: str
    name: str
    password: str
    roles: frozenset[Role]
    office: str = ""
    department: str = ""
    party: str = ""
    email: str = ""
    once: bool = False


class Accounts:
    """Everything about accounts that changes something."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions
        self.database: Database = sessions.database
        self.now: Callable[[], datetime] = sessions.now
        self.records = Records(sessions.database)
        self._party_rows = Parties(sessions.database.dialect)

    def register_party(self, code: str, name: str, *, actor: str) -> None:
        """Register an organisation, or one under another name; BadAccount if its credit code is
        none."""
        if not is_credit_code(code):
            raise BadAccount(f"{code} is not a unified social credit code (GB 32100-2015)")
        with self.database.write() as connection:
            event = PartyRegistered(code=code, name=name)
            self.records.append(
                connection, party_stream(code), [event], actor=actor, now=self.now()
            )
            record = fold_all(Party(code), self.records.events(connection, party_stream(code)))
            self._party_rows.put(connection, [rows_of(record)])

    def open(self, new: NewAccount, *, actor: str) -> str:
        """Open an account and say its id; BadAccount with the reason if it cannot be opened."""
        _check(new, self.sessions.rules)
        account_id = new_id()
        password = Password(passwords.hashed(new.password), self.now(), new.once)
        with self.database.write() as connection:
            who = people.Person(account_id, new.username, new.name, new.email)
            if not people.add(connection, who, password):
                raise BadAccount(f"the user name {new.username} is taken")
            event = access.AccountOpened(
                roles=tuple(sorted(new.roles)),
                office=new.office,
                department=new.department,
                party=new.party,
            )
            stream = access.stream_of(account_id)
            self.records.append(connection, stream, [event], actor=actor, now=self.now())
            people.put_standing(connection, account_id, access.fold_standing([event]))
        return account_id

    def change(self, account_id: str, now: access.RolesChanged, *, actor: str) -> None:
        """Give an account other roles; what it may do is read anew at its next request."""
        stream = access.stream_of(account_id)
        with self.database.write() as connection:
            _check_open(connection, account_id)
            _check_roles(frozenset(map(Role, now.roles)), now.office, now.department, now.party)
            self.records.append(connection, stream, [now], actor=actor, now=self.now())
            events = [event for _e, event in self.records.events(connection, stream)]
            people.put_standing(connection, account_id, access.fold_standing(events))

    def close(self, account_id: str, *, actor: str) -> None:
        """Close an account for good, end its sessions, and forget its second factor."""
        stream = access.stream_of(account_id)
        with self.database.write() as connection:
            _check_open(connection, account_id)
            closed = [access.AccountClosed()]
            self.records.append(connection, stream, closed, actor=actor, now=self.now())
            events = [event for _e, event in self.records.events(connection, stream)]
            people.put_standing(connection, account_id, access.fold_standing(events))
            second_factors.remove(connection, account_id)
            self.sessions.end_others_in(connection, account_id, Ending("closed", actor))

    def shown(self, account_id: str, case_id: str) -> None:
        """Note that personal values of a case were shown to an account."""
        with self.database.write() as connection:
            stream = access.stream_of(account_id)
            shown = [access.CaseShown(case_id=case_id)]
            self.records.append(connection, stream, shown, actor=account_id, now=self.now())


def _check_open(connection: Connection, account_id: str) -> None:
    known = people.by_id(connection, account_id)
    if known is None:
        raise BadAccount("there is no such account")
    if not known.open:
        raise BadAccount(f"the account {known.username} is closed for good; open another")


def _check(new: NewAccount, rules: SignInRules) -> None:
    if not new.username.strip() or len(new.username) > 100:
        raise BadAccount("a user name has 1 to 100 characters")
    wanted = Wanted(new.password, new.username, new.name)
    weak = [weakness(one, rules, "en") for one in weaknesses(wanted, rules, passwords.is_common)]
    if weak:
        raise BadAccount(" ".join(weak))
    if new.email and not is_address(new.email):
        raise BadAccount(f"{new.email!r} is not an address that letters can be sent to")
    _check_roles(new.roles, new.office, new.department, new.party)


def _check_roles(roles: frozenset[Role], office: str, department: str, party: str) -> None:
    if not roles:
        raise BadAccount("an account has at least one role")
    if roles & OFFICERS and not (office and department):
        raise BadAccount("an officer belongs to an office and a department")
    if (Role.APPLICANT in roles) != bool(party):
        raise BadAccount("an applicant acts for a party, and only an applicant does")
    if Role.APPLICANT in roles and len(roles) > 1:
        raise BadAccount("an applicant's account has no other role")
    if Role.TIMER in roles:
        raise BadAccount("the timer is no person")
