"""Sessions: what opens one for a proven account, who asks by a token, and what ends them."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from permits.casework import sessions as rules_of
from permits.casework.dates import day_of
from permits.casework.envelope import Event
from permits.casework.families import access
from permits.casework.sessions import HALF_OPEN, Means, Step, Times
from permits.services.records import Records, new_id
from permits.sign_in_rules import SignInRules
from permits.store import people, sessions
from permits.store.condition import NoRoom
from permits.store.database import Database
from permits.store.people import Account
from permits.store.sessions import Session

SEEN_EVERY = timedelta(minutes=1)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_AGENT = 300


class Client(msgspec.Struct, frozen=True):
    """From where somebody asks: the network address, what the program there calls itself, and the
    mark it was given when it signed in before. Empty if not known."""

    address: str
    agent: str = ""
    mark: str = ""


class Proof(msgspec.Struct, frozen=True):
    """By what somebody has proved to be the person of an account; `coded` if a second factor was
    among it, or whoever vouches for the person has seen one. Not `fresh` if they may have proved
    it elsewhere long ago: nothing grave is done on that."""

    by: tuple[str, ...]
    coded: bool = False
    fresh: bool = True


PASSWORD = Proof(("password",))


class Opened(msgspec.Struct, frozen=True):
    """A session that was opened or goes on under another token. The token goes to the browser and
    is kept nowhere else. `wants` is what has to be done in it before anything else."""

    token: str
    session: Session
    account: Account
    wants: Step | None


class Held(msgspec.Struct, frozen=True):
    """A session that has not ended, with its account as it stands now."""

    session: Session
    account: Account
    wants: Step | None


class Ending(msgspec.Struct, frozen=True):
    """Why sessions of an account end, by whom, and the id of the one that stays, if any."""

    because: str
    actor: str
    but: str = ""


class SessionOver(Exception):
    """The session ended while something was done in it."""


class Sessions:
    """Opens sessions and ends them."""

    def __init__(
        self, database: Database, rules: SignInRules, now: Callable[[], datetime]
    ) -> None:
        self.database = database
        self.rules = rules
        self.now = now
        self.records = Records(database)
        self._finder = sessions.Sessions(database.dialect)

    def open(self, known: people.Known, proof: Proof, client: Client) -> Opened:
        """Open a session for an account whose person was proved, by whatever way of signing in.
        This is the one place where sessions come from."""
        now, token, account = self.now(), secrets.token_urlsafe(32), known.account
        session = Session(
            token_hash=sessions.hash_of(token),
            id=new_id(),
            account=account.id,
            csrf=secrets.token_urlsafe(24),
            times=Times(now, now, now + self._longest(account), now if proof.fresh else LONG_AGO),
            coded=proof.coded,
            address=client.address,
            agent=client.agent[:LONGEST_AGENT],
        )
        wants = self.wants(known, proof)
        if wants is Step.CODE:
            session = replace(session, times=replace(session.times, closes_at=now + HALF_OPEN))
        with self.database.write() as connection:
            sessions.put(connection, session)
            if wants is not Step.CODE:
                self._note(connection, account.id, access.SignedIn(by=proof.by))
        return Opened(token, session, account, wants)

    def of(self, token: str) -> Held | None:
        """The session of a token, if it has not ended, with its account as it stands now."""
        now = self.now()
        with self.database.read() as connection:
            found = self._finder.find(connection, sessions.hash_of(token))
        if found is None or not self._lasts(found.session, found.account, now):
            return None
        session = found.session
        if now - session.times.seen_at > SEEN_EVERY:
            # Pages can be looked at while nothing can be written.
            with suppress(NoRoom), self.database.write() as connection:
                sessions.touch(connection, session.token_hash, now)
        wants = self._wants(found.account, found.means, coded=session.coded)
        return Held(session, found.account.on(day_of(now)), wants)

    def of_account(self, account: Account) -> list[Session]:
        """The sessions of an account that have not ended, the one used last first."""
        now = self.now()
        with self.database.read() as connection:
            found = sessions.of_account(connection, account.id)
        return [one for one in found if self._lasts(one, account, now)]

    def proved(self, session: Session, event: Event, *, coded: bool = False) -> Opened:
        """The session goes on under another token, after its person has proved once more who they
        are. Raises SessionOver if it has ended meanwhile."""
        with self.database.write() as connection:
            self._note(connection, session.account, event)
            return self.renew_in(connection, session, coded=coded)

    def renew_in(self, connection: Connection, session: Session, *, coded: bool) -> Opened:
        """The same, together with what else happens to the account: whoever knows the token that
        the session had is out."""
        now, token = self.now(), secrets.token_urlsafe(32)
        known = people.known(connection, session.account)
        assert known is not None  # noqa: S101 - accounts are closed, never removed
        closes_at = session.times.closes_at
        if coded and not session.coded:
            closes_at = now + self._longest(known.account)
        new = replace(
            session,
            token_hash=sessions.hash_of(token),
            coded=session.coded or coded,
            times=replace(session.times, proved_at=now, closes_at=closes_at, seen_at=now),
        )
        if not sessions.renew(connection, session, new):
            raise SessionOver
        wants = self._wants(known.account, known.means, coded=new.coded)
        return Opened(token, new, known.account, wants)

    def fresh(self, session: Session) -> bool:
        """Whether grave acts may be done in the session without proving once more who one is."""
        return not self.rules.step_up or self.just_proved(session)

    def just_proved(self, session: Session) -> bool:
        """Whether its person proved within the last minutes who they are."""
        return rules_of.fresh(session.times, self.now())

    def end(self, account_id: str, session_id: str, *, actor: str) -> bool:
        """End a session of an account; False if there is none such."""
        with self.database.write() as connection:
            return bool(self._end(connection, account_id, [session_id], Ending("asked", actor)))

    def end_others(self, account_id: str, ending: Ending) -> int:
        """End every session of an account but the one that stays, if any; how many."""
        with self.database.write() as connection:
            return self.end_others_in(connection, account_id, ending)

    def end_others_in(self, connection: Connection, account_id: str, ending: Ending) -> int:
        """The same, together with what else happens to the account."""
        found = [one.id for one in sessions.of_account(connection, account_id)]
        ending_now = [one for one in found if one != ending.but]
        return self._end(connection, account_id, ending_now, ending)

    def _end(self, connection: Connection, account_id: str, ids: list[str], ending: Ending) -> int:
        gone = sessions.end(connection, account_id, ids) if ids else ()
        if gone:
            ended = access.SessionsEnded(sessions=tuple(sorted(gone)), because=ending.because)
            self._note(connection, account_id, ended, actor=ending.actor)
        return len(gone)

    def sign_out(self, session: Session) -> None:
        with self.database.write() as connection:
            if sessions.end(connection, session.account, [session.id]):
                self._note(connection, session.account, access.SignedOut())

    def wants_second_factor(self, account: Account) -> bool:
        """Whether the account must have a second factor."""
        return self.rules.staff_second_factor and is_staff(account)

    def idle(self, account: Account) -> timedelta:
        """How long a session of the account lasts while nothing is asked for."""
        return rules_of.limits(self.rules, staff=is_staff(account)).idle

    def _longest(self, account: Account) -> timedelta:
        return rules_of.limits(self.rules, staff=is_staff(account)).longest

    def _lasts(self, session: Session, account: Account, now: datetime) -> bool:
        limit = rules_of.limits(self.rules, staff=is_staff(account))
        return account.open and not rules_of.ended(session.times, limit, now)

    def wants(self, known: people.Known, proof: Proof) -> Step | None:
        """What a session would want that was opened for an account by this proof."""
        return self._wants(known.account, known.means, coded=proof.coded)

    def _wants(self, account: Account, means: Means, *, coded: bool) -> Step | None:
        staff = is_staff(account)
        return rules_of.wanted(means, self.rules, self.now(), staff=staff, coded=coded)

    def _note(
        self, connection: Connection, account_id: str, event: Event, *, actor: str = ""
    ) -> None:
        stream = access.stream_of(account_id)
        who = actor or account_id
        self.records.append(connection, stream, [event], actor=who, now=self.now())


def is_staff(account: Account) -> bool:
    """Whether the account is of somebody who works here: all but applicants do."""
    return not account.actor.applies
