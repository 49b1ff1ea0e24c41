"""Passwords: changed by their owner, or set for them by somebody who runs the office."""

import secrets
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from permits.casework.envelope import Event
from permits.casework.families import access
from permits.casework.password_rules import LONGEST, Wanted, Weakness, weaknesses
from permits.outside import passwords
from permits.services.other_ways import end_other_ways
from permits.services.records import Records
from permits.services.second_factors import LETTERS
from permits.services.sessions import Ending, Opened, Sessions
from permits.services.throttle import Attempt, Throttle, of_account, subjects_of
from permits.services.unproved import TooMany, Wrong
from permits.store import people
from permits.store.database import Database
from permits.store.people import Account, Password
from permits.store.sessions import Session

Weak = tuple[Weakness, ...]
"""What is wrong with a new password; nothing was changed."""


class Passwords:
    """Changes passwords, and ends the sessions that were opened with the old one."""

    def __init__(
        self,
        sessions: Sessions,
        throttle: Throttle,
        is_known: Callable[[str], bool] = passwords.is_common,
    ) -> None:
        self.sessions = sessions
        self._is_known = is_known
        self.throttle = throttle
        self.database: Database = sessions.database
        self.records = Records(sessions.database)
        self.now: Callable[[], datetime] = sessions.now

    def change(
        self, session: Session, account: Account, old: str, new: str
    ) -> Opened | Weak | Wrong | TooMany:
        """Change the password of whoever knows the old one."""
        attempt = self.throttle.begin([of_account(account.id)])
        if not isinstance(attempt, Attempt):
            return TooMany.of(attempt)
        hash_ = self._known(account).password_hash
        if not passwords.fits(old[:LONGEST], hash_):
            return Wrong("password")
        self.throttle.right(attempt)
        return self._changed(session, account, new, hash_)

    def replace(self, session: Session, account: Account, new: str) -> Opened | Weak:
        """Have another password in the place of one that has to be changed, with which the session
        was just opened."""
        return self._changed(session, account, new, self._known(account).password_hash)

    def _changed(
        self, session: Session, account: Account, new: str, old_hash: str
    ) -> Opened | Weak:
        wanted = Wanted(new, account.username, account.name)
        weak = (*weaknesses(wanted, self.sessions.rules, self._is_known),)
        if not weak and passwords.fits(new, old_hash):
            weak = (Weakness.AS_BEFORE,)
        if weak:
            return weak
        password = Password(passwords.hashed(new), self.now())
        ending = Ending("password", account.id, session.id)
        with self.database.write() as connection:
            people.set_password(connection, account.id, password)
            self._note(connection, account, access.PasswordChanged(), account.id)
            self.sessions.end_others_in(connection, account.id, ending)
            return self.sessions.renew_in(connection, session, coded=False)

    def set_at(self, account: Account) -> datetime:
        """Since when the account has the password it has."""
        return self._known(account).means.password_set_at

    def set_once(self, account: Account, *, actor: str) -> str:
        """Set a password made by chance, which has to be changed when it is used, and end every
        session and every other way in: somebody else may know them. It is told this once and
        nobody keeps it."""
        new = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
        password = Password(passwords.hashed(new), self.now(), password_once=True)
        with self.database.write() as connection:
            people.set_password(connection, account.id, password)
            people.forget_attempts_of(connection, subjects_of(account))
            self._note(connection, account, access.PasswordSet(), actor)
            self.sessions.end_others_in(connection, account.id, Ending("password", actor))
            end_other_ways(
                connection, self.records, account.id, actor=actor, now=password.password_set_at
            )
        return new

    def _known(self, account: Account) -> people.Known:
        with self.database.read() as connection:
            known = people.known(connection, account.id)
        assert known is not None  # noqa: S101 - accounts are closed, never removed
        return known

    def _note(self, connection: Connection, account: Account, event: Event, actor: str) -> None:
        stream = access.stream_of(account.id)
        self.records.append(connection, stream, [event], actor=actor, now=self.now())
