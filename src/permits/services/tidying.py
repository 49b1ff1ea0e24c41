"""Forgets what is kept only for a while: keys, sessions, failures, files that never arrived,
what was done outside, forms that nobody came back to."""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection

from permits.casework.dates import day_of
from permits.services.office import Office
from permits.store import api_tokens, keys, outbox, people, sessions, tallies, unsent
from permits.store.database import Database

NEVER_ARRIVED = timedelta(days=1)

COMES_BACK = timedelta(days=1)
"""For so long it is known whose session has ended, and what was typed in it."""


class Tidied(msgspec.Struct, frozen=True):
    """How many keys were forgotten, sessions and tokens that had ended, failures, files swept up,
    and tasks that were done long ago, and forms that nobody came back to."""

    keys: int = 0
    sessions: int = 0
    failures: int = 0
    files: int = 0
    tasks: int = 0
    forms: int = 0


def tidy(office: Office) -> Tidied:
    """Forget all that is old by now."""
    now, database = office.now(), office.database
    done_before = now - timedelta(days=office.settings.keep_done_days)
    forgotten = _bit_by_bit(database, lambda connection: keys.forget(connection, now))
    tasks = _bit_by_bit(database, lambda connection: outbox.forget(connection, done_before))
    with database.write() as connection:
        over = forget_over(connection, now)
        tallies.forget(connection, day_of(now))
    files = office.files.sweep(now - NEVER_ARRIVED)
    return Tidied(forgotten, over.sessions, over.failures, files, tasks, over.forms)


class Over(msgspec.Struct, frozen=True):
    """How many sessions and tokens had ended, forms nobody came back to, and failures."""

    sessions: int
    forms: int
    failures: int


def forget_over(connection: Connection, now: datetime) -> Over:
    """Forget what of people is kept for a day only, whoever asks for it: here, or as part of what
    was kept long enough."""
    ended = sessions.forget(connection, now - COMES_BACK)
    ended += api_tokens.forget(connection, day_of(now - COMES_BACK))
    forms = unsent.forget(connection, now - COMES_BACK)
    return Over(ended, forms, people.forget_attempts(connection, now))


def _bit_by_bit(database: Database, forget: Callable[[Connection], int]) -> int:
    """Some at a time, so that nobody who writes waits long; how many in all."""
    forgotten = 0
    while True:
        with database.write() as connection:
            some = forget(connection)
        if not some:
            return forgotten
        forgotten += some
