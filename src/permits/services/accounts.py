"""Accounts and sessions: opened, signed in to, ended; each of it an event of the account."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from sqlalchemy import Connection

from permits.casework.characters import showable
from permits.casework.families import access
from permits.casework.families.parties import PartyRegistered
from permits.casework.families.parties import stream_of as party_stream
from permits.casework.identifiers import is_credit_code
from permits.casework.party import Party
from permits.casework.party_fold import fold_all
from permits.definitions.procedure import OFFICERS, Role
from permits.outside import passwords
from permits.outside.mail import is_address
from permits.services.records import Records, new_id
from permits.services.sealer import Sealer
from permits.store import people
from permits.store.database import Database
from permits.store.parties import Parties, rows_of
from permits.store.vault import Vault

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
WINDOW = timedelta(minutes=10)
MOST_FAILURES = 10


class BadAccount(ValueError):
    """An account cannot be opened like this; the message says why."""


class SignInRefused(StrEnum):
    """Why a sign-in failed. An unknown name and a wrong password are not told apart."""

    WRONG = "wrong"
    TOO_MANY = "too_many"


class NewAccount(msgspec.Struct, frozen=True):
    """What an account is opened with."""

    username: str
    name: str
    password: str
    roles: frozenset[Role]
    office: str = ""
    department: str = ""
    party: str = ""
    email: str = ""


class Look(msgspec.Struct, frozen=True):
    """What somebody is shown of a case, and what for: one of the office's reasons, and in their
    own words, which are sealed."""

    fields: tuple[str, ...] = ()
    reason: str = ""
    words: str = ""


class SignedIn(msgspec.Struct, frozen=True):
    """A session that was opened: the token goes to the browser and is kept nowhere else."""

    token: str
    session: people.Session
    account: people.Account


class Accounts:
    """Everything about accounts that changes something."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.now = now
        self.records = Records(database)
        self._sessions = people.Sessions(database.dialect)
        self._party_rows = Parties(database.dialect)
        self._vault = Vault(database.dialect)

    def register_party(self, code: str, name: str, *, actor: str) -> None:
        """Register an organisation, or one under another name; BadAccount if its credit code is
        none."""
        if not is_credit_code(code):
            raise BadAccount(f"{code} is not a unified social credit code (GB 32100-2015)")
        if not showable(name, lines=False):
            raise BadAccount("a name holds a character that cannot be shown; type it anew")
        with self.database.write() as connection:
            event = PartyRegistered(code=code, name=name)
            self.records.append(
                connection, party_stream(code), [event], actor=actor, now=self.now()
            )
            record = fold_all(Party(code), self.records.events(connection, party_stream(code)))
            self._party_rows.put(connection, [rows_of(record)])

    def open(self, new: NewAccount, *, actor: str) -> str:
        """Open an account and say its id; BadAccount with the reason if it cannot be opened."""
        _check(new)
        account_id = new_id()
        hash_ = passwords.hashed(new.password)
        with self.database.write() as connection:
            who = people.Person(account_id, new.username, new.name, new.email)
            if not people.add(connection, who, hash_):
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
        """Close an account for good and end its sessions."""
        stream = access.stream_of(account_id)
        with self.database.write() as connection:
            _check_open(connection, account_id)
            closed = [access.AccountClosed()]
            self.records.append(connection, stream, closed, actor=actor, now=self.now())
            events = [event for _e, event in self.records.events(connection, stream)]
            people.put_standing(connection, account_id, access.fold_standing(events))
            people.close_sessions_of(connection, account_id)

    def sign_in(self, username: str, password: str, address: str) -> SignedIn | SignInRefused:
        """Open a session. Guessing is slowed down, for the name and for the address."""
        now = self.now()
        subjects = (f"name:{username[:100]}", f"address:{address}")
        with self.database.read() as connection:
            found = people.by_username(connection, username)
            failures = [people.attempts_since(connection, s, now - WINDOW) for s in subjects]
        if failures[0] >= MOST_FAILURES or failures[1] >= 5 * MOST_FAILURES:
            return SignInRefused.TOO_MANY
        hash_ = found[1] if found else passwords.nobody()
        right = passwords.fits(password[: passwords.LONGEST], hash_)
        if found is None or not right or not found[0].open:
            self._failed(subjects, found[0].id if found else None, now)
            return SignInRefused.WRONG
        return self._open_session(found[0], now)

    def _failed(self, subjects: tuple[str, ...], account_id: str | None, now: datetime) -> None:
        with self.database.write() as connection:
            for subject in subjects:
                people.count_attempt(connection, subject, now)
            if account_id is not None:
                stream = access.stream_of(account_id)
                failed = [access.SignInFailed()]
                self.records.append(connection, stream, failed, actor=account_id, now=now)

    def _open_session(self, account: people.Account, now: datetime) -> SignedIn:
        token = secrets.token_urlsafe(32)
        session = people.Session(
            token_hash=people.hash_of(token),
            account=account.id,
            csrf=secrets.token_urlsafe(24),
            opened_at=now,
            seen_at=now,
            closes_at=now + LONGEST,
        )
        with self.database.write() as connection:
            people.open_session(connection, session)
            stream = access.stream_of(account.id)
            opened = [access.SignedIn()]
            self.records.append(connection, stream, opened, actor=account.id, now=now)
        return SignedIn(token, session, account)

    def session(self, token: str) -> tuple[people.Session, people.Account] | None:
        """The open session of a token with its account as it stands now."""
        now = self.now()
        with self.database.read() as connection:
            found = self._sessions.find(connection, people.hash_of(token))
        if found is None:
            return None
        session, account = found
        if not account.open or now > session.closes_at or now - session.seen_at > IDLE:
            return None
        if now - session.seen_at > timedelta(minutes=1):
            with self.database.write() as connection:
                people.touch_session(connection, session.token_hash, now)
        return found

    def shown(self, account_id: str, case_id: str, look: Look | None = None) -> None:
        """Note that personal values of a case were shown to an account: before they are."""
        stream = access.stream_of(account_id)
        asked, sealer = look or Look(), Sealer(stream)
        shown = access.CaseShown(
            case_id=case_id,
            fields=asked.fields,
            reason=asked.reason,
            words=sealer.text("words", asked.words),
        )
        with self.database.write() as connection:
            self._vault.put(connection, sealer.values)
            self.records.append(connection, stream, [shown], actor=account_id, now=self.now())

    def sign_out(self, session: people.Session) -> None:
        with self.database.write() as connection:
            people.close_session(connection, session.token_hash)
            stream = access.stream_of(session.account)
            ended = [access.SignedOut()]
            self.records.append(connection, stream, ended, actor=session.account, now=self.now())


def _check_open(connection: Connection, account_id: str) -> None:
    known = people.by_id(connection, account_id)
    if known is None:
        raise BadAccount("there is no such account")
    if not known.open:
        raise BadAccount(f"the account {known.username} is closed for good; open another")


def _check(new: NewAccount) -> None:
    if not (showable(new.username, lines=False) and showable(new.name, lines=False)):
        raise BadAccount("a name holds a character that cannot be shown; type it anew")
    if not new.username.strip() or len(new.username) > 100:
        raise BadAccount("a user name has 1 to 100 characters")
    if not passwords.SHORTEST <= len(new.password) <= passwords.LONGEST:
        raise BadAccount(f"a password has {passwords.SHORTEST} to {passwords.LONGEST} characters")
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
