"""Forgets what is kept only for a while: keys, sessions, failures, files that never arrived."""

from datetime import datetime, timedelta

import msgspec

from permits.services.office import Office
from permits.store import keys, people
from permits.store.database import Database

NEVER_ARRIVED = timedelta(days=1)


class Tidied(msgspec.Struct, frozen=True):
    """How many keys were forgotten, sessions that had ended, failures, and files swept up."""

    keys: int = 0
    sessions: int = 0
    failures: int = 0
    files: int = 0


def tidy(office: Office) -> Tidied:
    """Forget all that is old by now."""
    now, database, forgotten = office.now(), office.database, 0
    while some := _forget_keys(database, now):
        forgotten += some
    with database.write() as connection:
        sessions = people.forget_sessions(connection, now)
        failures = people.forget_attempts(connection, now)
    return Tidied(forgotten, sessions, failures, office.files.sweep(now - NEVER_ARRIVED))


def _forget_keys(database: Database, now: datetime) -> int:
    """Some at a time, so that nobody who writes waits long."""
    with database.write() as connection:
        return keys.forget(connection, now)
