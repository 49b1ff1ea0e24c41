"""Signing in: the password, the code after it, and proving once more who one is."""

import secrets
from collections.abc import Callable
from datetime import datetime

import msgspec

from permits.casework.families import access
from permits.casework.families.watching import STRANGERS
from permits.casework.password_rules import LONGEST, ran_out
from permits.casework.sessions import Step
from permits.casework.waits import NAME
from permits.outside import passwords
from permits.outside.keyring import Keyring
from permits.services.records import Records
from permits.services.second_factors import SecondFactors
from permits.services.sessions import PASSWORD, Client, Opened, Proof, Sessions
from permits.services.throttle import (
    Attempt,
    Throttle,
    Tried,
    of_account,
    of_address,
    of_name,
    subjects_of,
)
from permits.services.unproved import TooMany, Wrong
from permits.store import people
from permits.store.access_log import STRANGER
from permits.store.database import Database
from permits.store.people import Account, Known
from permits.store.sessions import Session


class Given(msgspec.Struct, frozen=True):
    """By what somebody proves once more who they are: one of the two is enough."""

    password: str = ""
    code: str = ""


class Entry:
    """Lets people in."""

    def __init__(
        self, sessions: Sessions, factors: SecondFactors, throttle: Throttle, keyring: Keyring
    ) -> None:
        self.sessions = sessions
        self.factors = factors
        self.throttle = throttle
        self.keyring = keyring
        self.database: Database = sessions.database
        self.records = Records(sessions.database)
        self.now: Callable[[], datetime] = sessions.now

    def sign_in(self, username: str, password: str, client: Client) -> Opened | Wrong | TooMany:
        """Open a session by name and password; it says what it wants before anything else."""
        known = self._recognised(username, password, client)
        if not isinstance(known, Known):
            return known
        return self.sessions.open(known, PASSWORD, client)

    def sign_in_at_once(
        self, username: str, password: str, client: Client, code: str
    ) -> Opened | Step | Wrong | TooMany:
        """The same for programs, with the code if one is needed. No session is opened that wants
        anything more; what it would want is said."""
        known = self._recognised(username, password, client)
        if not isinstance(known, Known):
            return known
        proof = PASSWORD
        if known.means.second_factor and code:
            used = self._coded(known.account.id, code)
            if not isinstance(used, str):
                return used
            proof = Proof(("password", used), coded=True)
        wants = self.sessions.wants(known, proof)
        return wants if wants is not None else self.sessions.open(known, proof, client)

    def give_code(self, session: Session, code: str) -> Opened | Wrong | TooMany:
        """Go on in a session that waits for the code that belongs to its password."""
        used = self._coded(session.account, code)
        if not isinstance(used, str):
            return used
        return self.sessions.proved(session, access.SignedIn(by=("password", used)), coded=True)

    def step_up(self, session: Session, given: Given) -> Opened | Wrong | TooMany:
        """Prove in an open session who one is: grave acts may be done in it for a while."""
        attempt = self.throttle.begin([of_account(session.account)])
        if not isinstance(attempt, Attempt):
            return TooMany.of(attempt)
        by = self._proved_by(session.account, given)
        if not by:
            self._note(session.account, access.StepUpFailed())
            return Wrong("code" if given.code else "password")
        self.throttle.right(attempt)
        passed = access.StepUpPassed(by=by)
        return self.sessions.proved(session, passed, coded=by != "password")

    def mark(self, account: Account) -> str:
        """What a browser keeps that has signed in to an account. Failures count by themselves
        there, so that nobody elsewhere can make its person wait by guessing."""
        return self.keyring.marked(f"{account.id} {secrets.token_hex(8)}")

    def lift_waits(self, account: Account, *, actor: str) -> None:
        """Whoever signs in to the account need not wait any more."""
        with self.database.write() as connection:
            people.forget_attempts_of(connection, subjects_of(account))
            stream, lifted = access.stream_of(account.id), [access.WaitsLifted()]
            self.records.append(connection, stream, lifted, actor=actor, now=self.now())

    def _recognised(self, username: str, password: str, client: Client) -> Known | Wrong | TooMany:
        """The account of a name and its password. One password is hashed for each attempt that is
        let in, and one failure noted, whether or not there is such an account: what takes longer
        would tell that there is. For others neither is done."""
        with self.database.read() as connection:
            known = people.by_username(connection, username)
        attempt = self.throttle.begin(self._tried(username, known, client))
        if not isinstance(attempt, Attempt):
            return TooMany.of(attempt)
        hash_ = known.password_hash if known is not None else passwords.nobody()
        right = passwords.fits(password[:LONGEST], hash_)
        if known is None or not right or not self._usable(known):
            self._note(known.account.id if known is not None else "", access.SignInFailed())
            return Wrong("password")
        self.throttle.right(attempt)
        if passwords.outdated(hash_):
            self._rehash(known, password[:LONGEST])
        return known

    def _rehash(self, known: Known, password: str) -> None:
        """Hash the password as it is done now: it is known at this moment only."""
        anew = passwords.hashed(password)
        with self.database.write() as connection:
            people.rehash(connection, known.account.id, known.password_hash, anew)

    def _usable(self, known: Known) -> bool:
        means = known.means
        return known.account.open and not ran_out(
            means.password_set_at, self.now(), once=means.once
        )

    def _tried(self, username: str, known: Known | None, client: Client) -> list[Tried]:
        marked = self.keyring.unmarked(client.mark) or ""
        account_id, _, browser = marked.partition(" ")
        if known is not None and account_id == known.account.id:
            return [Tried(f"browser:{browser}", NAME)]
        tried = [of_name(username)]
        return [*tried, of_address(client.address)] if client.address else tried

    def _coded(self, account_id: str, code: str) -> str | Wrong | TooMany:
        """What kind of code was used up."""
        attempt = self.throttle.begin([of_account(account_id)])
        if not isinstance(attempt, Attempt):
            return TooMany.of(attempt)
        used = self.factors.use(account_id, code)
        if not used:
            self._note(account_id, access.SignInFailed(wrong="code"))
            return Wrong("code")
        self.throttle.right(attempt)
        return used

    def _proved_by(self, account_id: str, given: Given) -> str:
        if given.code:
            return self.factors.use(account_id, given.code)
        with self.database.read() as connection:
            known = people.known(connection, account_id)
        assert known is not None  # noqa: S101 - accounts are closed, never removed
        return "password" if passwords.fits(given.password[:LONGEST], known.password_hash) else ""

    def _note(self, account_id: str, event: access.SignInFailed | access.StepUpFailed) -> None:
        stream = access.stream_of(account_id) if account_id else STRANGERS
        actor = account_id or STRANGER
        with self.database.write() as connection:
            self.records.append(connection, stream, [event], actor=actor, now=self.now())
