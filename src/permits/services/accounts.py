"""Accounts and sessions: opened, signed in to, ended; each of it an event of the account."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from sqlalchemy import Connection

from permits.casework.dates import day_of
from permits.casework.families import access
from permits.casework.families.parties import PartyRegistered
from permits.casework.families.parties import stream_of as party_stream
from permits.casework.identifiers import is_credit_code
from permits.casework.party import Party
from permits.casework.party_fold import fold_all
from permits.casework.standings import Fault, unfit
from permits.definitions.procedure import Role
from permits.outside import passwords
from permits.outside.mail import is_address
from permits.services.access_streams import AccessStreams
from permits.services.records import By, Records, new_id
from permits.store import people
from permits.store.database import Database
from permits.store.parties import Parties, rows_of
from permits.text import standings
from permits.text.words import Language

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
WINDOW = timedelta(minutes=10)
MOST_FAILURES = 10


class BadAccount(ValueError):
    """An account cannot be like this; the message says why."""

    def __init__(self, fault: Fault, **filled: str) -> None:
        super().__init__(standings.sentence(fault, "en", **filled))
        self.fault = fault
        self.filled = filled

    def sentence(self, language: Language) -> str:
        """Why not, for whoever reads pages."""
        return standings.told(self.fault, language, **self.filled)


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
        self.streams = AccessStreams(database, now)
        self._sessions = people.Sessions(database.dialect)
        self._party_rows = Parties(database.dialect)

    def register_party(self, code: str, name: str, *, actor: str) -> None:
        """Register an organisation, or one under another name; BadAccount if its credit code is
        none."""
        if not is_credit_code(code):
            raise BadAccount(Fault.NO_PARTY, code=code)
        with self.database.write() as connection:
            event = PartyRegistered(code=code, name=name)
            self.records.append(
                connection, party_stream(code), [event], actor=actor, now=self.now()
            )
            record = fold_all(Party(code), self.records.events(connection, party_stream(code)))
            self._party_rows.put(connection, [rows_of(record)])

    def open(self, new: NewAccount, *, actor: str, role: str = "") -> str:
        """Open an account and say its id; BadAccount with the reason if it cannot be opened. One
        that an administrator opens has no role yet: that is for another one to give."""
        _check(new, unroled=bool(role))
        account_id = new_id()
        hash_ = passwords.hashed(new.password)
        with self.database.write() as connection:
            who = people.Person(account_id, new.username, new.name, new.email)
            if not people.add(connection, who, hash_):
                raise BadAccount(Fault.NAME_TAKEN, name=new.username)
            event = access.AccountOpened(
                roles=tuple(sorted(new.roles)),
                office=new.office,
                department=new.department,
                party=new.party,
            )
            self.streams.note(connection, account_id, [event], By(actor, role))
        return account_id

    def change(self, account_id: str, now: access.RolesChanged, *, actor: str) -> None:
        """Give an account other roles; what it may do is read anew at its next request."""
        with self.database.write() as connection:
            self.change_in(connection, account_id, now, By(actor))

    def change_in(
        self, connection: Connection, account_id: str, now: access.RolesChanged, by: By
    ) -> None:
        """The same within the caller's transaction. Whoever stood in for the account, and for whom
        it did, is on their own again."""
        _check_open(connection, account_id)
        _check_roles(frozenset(map(Role, now.roles)), now.office, now.department, now.party)
        self.streams.end_substitutions(connection, account_id, by)
        self.streams.note(connection, account_id, [now], by)

    def close(self, account_id: str, *, actor: str) -> None:
        """Close an account for good and end its sessions."""
        with self.database.write() as connection:
            self.close_in(connection, account_id, access.AccountClosed(), By(actor))

    def close_in(
        self, connection: Connection, account_id: str, closed: access.AccountClosed, by: By
    ) -> None:
        """The same within the caller's transaction."""
        _check_open(connection, account_id)
        self.streams.end_substitutions(connection, account_id, by)
        self.streams.note(connection, account_id, [closed], by)
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
        session, account = found[0], found[1].on(day_of(now))
        if not account.open or now > session.closes_at or now - session.seen_at > IDLE:
            return None
        if now - session.seen_at > timedelta(minutes=1):
            with self.database.write() as connection:
                people.touch_session(connection, session.token_hash, now)
        return session, account

    def shown(self, account_id: str, case_id: str) -> None:
        """Note that personal values of a case were shown to an account."""
        with self.database.write() as connection:
            stream = access.stream_of(account_id)
            shown = [access.CaseShown(case_id=case_id)]
            self.records.append(connection, stream, shown, actor=account_id, now=self.now())

    def sign_out(self, session: people.Session) -> None:
        with self.database.write() as connection:
            people.close_session(connection, session.token_hash)
            stream = access.stream_of(session.account)
            ended = [access.SignedOut()]
            self.records.append(connection, stream, ended, actor=session.account, now=self.now())


def _check_open(connection: Connection, account_id: str) -> None:
    known = people.by_id(connection, account_id)
    if known is None:
        raise BadAccount(Fault.NO_ACCOUNT)
    if not known.open:
        raise BadAccount(Fault.CLOSED, name=known.username)


def _check(new: NewAccount, *, unroled: bool) -> None:
    if not new.username.strip() or len(new.username) > 100:
        raise BadAccount(Fault.NAME_LENGTH)
    if not passwords.SHORTEST <= len(new.password) <= passwords.LONGEST:
        shortest, longest = str(passwords.SHORTEST), str(passwords.LONGEST)
        raise BadAccount(Fault.PASSWORD_LENGTH, shortest=shortest, longest=longest)
    if new.email and not is_address(new.email):
        raise BadAccount(Fault.NO_ADDRESS, address=new.email)
    if new.roles or not unroled:
        _check_roles(new.roles, new.office, new.department, new.party)


def _check_roles(roles: frozenset[Role], office: str, department: str, party: str) -> None:
    fault = unfit(roles, office, department, party)
    if fault is not None:
        raise BadAccount(fault)
