"""Slows guessing down, in the database, so that all processes of an office count together."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import msgspec

from permits.casework.waits import ADDRESS, NAME, Pace, counted_as, wait
from permits.store import people
from permits.store.database import Database
from permits.store.people import Account

AT_ONCE = timedelta(0)


class Tried(msgspec.Struct, frozen=True):
    """For what somebody tries, and how soon that is slowed down."""

    subject: str
    pace: Pace


class Attempt(msgspec.Struct, frozen=True):
    """An attempt that counts as failed until it turns out to be right."""

    tried: Sequence[Tried]
    at: datetime


class Throttle:
    """Counts failures and says who has to wait."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.now = now

    def begin(self, tried: Sequence[Tried]) -> Attempt | timedelta:
        """Whoever need not wait may try, and that counts at once, so that of many who try at the
        same time each is counted before the next one looks. Who has to wait is told for how long,
        which does not count and lengthens nothing."""
        now = self.now()
        with self.database.write() as connection:
            people.take_turns(connection, [one.subject for one in tried])
            waits = [AT_ONCE]
            for one in tried:
                count, last = people.failures(connection, one.subject, now - one.pace.within)
                waits.append(wait(count, last, now, one.pace))
            if max(waits) > AT_ONCE:
                return max(waits)
            for one in tried:
                people.count_attempt(connection, one.subject, now)
        return Attempt(tried, now)

    def right(self, attempt: Attempt) -> None:
        """It was right: whoever failed before under this name begins anew. Behind the address
        there are others, whose failures stay."""
        with self.database.write() as connection:
            for one in attempt.tried:
                if one.pace is ADDRESS:
                    people.take_back_attempt(connection, one.subject, attempt.at)
                else:
                    people.forget_attempts_of(connection, [one.subject])

    def take_back(self, attempt: Attempt) -> None:
        """It was no failure; those before it stay as they are."""
        with self.database.write() as connection:
            for one in attempt.tried:
                people.take_back_attempt(connection, one.subject, attempt.at)


def of_name(username: str) -> Tried:
    """Signing in under a name, whether or not there is an account of it."""
    return Tried(f"name:{username[:100]}", NAME)


def of_address(address: str) -> Tried:
    """Signing in from a network address."""
    return Tried(f"address:{counted_as(address)}", ADDRESS)


def of_account(account_id: str) -> Tried:
    """Proving in one's own account who one is: codes, and the password once more."""
    return Tried(f"account:{account_id}", NAME)


def subjects_of(account: Account) -> list[str]:
    """Under what failures of whoever tries to sign in to an account are counted."""
    return [of_name(account.username).subject, of_account(account.id).subject]
