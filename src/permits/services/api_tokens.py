"""Tokens of programs: made by the person of an account, shown once, ended by them or by their
day."""

import secrets
from datetime import timedelta

import msgspec

from permits.casework.api_tokens import MOST, Scope, TokenFault, faults
from permits.casework.dates import day_of
from permits.casework.families import access
from permits.services.records import Records, new_id
from permits.services.sessions import Proof, Sessions
from permits.store import api_tokens as store
from permits.store import people
from permits.store.api_tokens import Token
from permits.store.database import Database
from permits.store.people import Account
from permits.store.sessions import hash_of

PREFIX = "permits_"
"""How every token begins, so that one that got somewhere by mistake is found."""

_VOUCHED = Proof(("token",), coded=True)
"""What a token proves: its person was there, with all that was wanted, when it was made."""

NOTED_EVERY = timedelta(minutes=1)


class Wanted(msgspec.Struct, frozen=True):
    """A token somebody wants: what it is for, what it may do, and how many days from today."""

    name: str
    scopes: frozenset[Scope]
    days: int


class Made(msgspec.Struct, frozen=True):
    """A token that was made. `secret` goes to the person and is kept nowhere."""

    secret: str
    token: Token


class ApiTokens:
    """Makes tokens, and says whose they are."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions
        self.database: Database = sessions.database
        self.records = Records(sessions.database)
        self.now = sessions.now

    def make(self, account: Account, wanted: Wanted) -> Made | tuple[TokenFault, ...]:
        """Make a token of an account; or what is wrong with what was wanted."""
        now = self.now()
        today = day_of(now)
        ends_on = today + timedelta(days=wanted.days) if wanted.days > 0 else None
        found = faults(wanted.name, wanted.scopes, ends_on, today)
        if found or ends_on is None:
            return found
        secret = f"{PREFIX}{secrets.token_urlsafe(32)}"
        token = Token(
            hash_of(secret),
            new_id(),
            account.id,
            wanted.name.strip(),
            wanted.scopes,
            now,
            ends_on,
        )
        with self.database.write() as connection:
            if store.count(connection, account.id) >= MOST:
                return (TokenFault.TOO_MANY,)
            store.put(connection, token)
            event = access.TokenMade(
                token=token.id, scopes=tuple(sorted(token.scopes)), ends_on=ends_on
            )
            stream = access.stream_of(account.id)
            self.records.append(connection, stream, [event], actor=account.id, now=now)
        return Made(secret, token)

    def of(self, secret: str, address: str) -> tuple[Token, Account] | None:
        """The token of a secret with its account as it stands today; None if there is none, its
        last day is over, the account is closed, or its password has to be changed first."""
        now = self.now()
        with self.database.read() as connection:
            token = store.find(connection, hash_of(secret))
            known = people.known(connection, token.account) if token is not None else None
        if token is None or known is None or not known.account.open:
            return None
        if token.ends_on < day_of(now) or self.sessions.wants(known, _VOUCHED) is not None:
            return None
        if token.used_at is None or now - token.used_at > NOTED_EVERY:
            with self.database.write() as connection:
                store.use(connection, token.hash, now, address)
        return token, known.account.on(day_of(now))

    def of_account(self, account: Account) -> list[Token]:
        """The tokens of an account whose last day is not over."""
        today = day_of(self.now())
        with self.database.read() as connection:
            found = store.of_account(connection, account.id)
        return [one for one in found if one.ends_on >= today]

    def end(self, account_id: str, token_id: str, *, actor: str) -> bool:
        """End a token of an account; False if it has none of this id."""
        with self.database.write() as connection:
            if not store.end(connection, account_id, token_id):
                return False
            event = access.TokenEnded(token=token_id)
            stream = access.stream_of(account_id)
            self.records.append(connection, stream, [event], actor=actor, now=self.now())
        return True
