"""What was kept long enough is erased: values, files, drafts, forms, sessions, failures.

One stream is done at a time, each in a transaction of its own, so that whoever is stopped goes on
where it was the next time and nothing is told that was not done.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import msgspec
from sqlalchemy import Connection

from permits.casework.dates import day_of
from permits.casework.families.erasing import RETENTION, KeptLongEnough, ValuesErased
from permits.casework.keeping import longest
from permits.casework.streams import read_event
from permits.definitions.parts import Retention
from permits.services.erasing import Why
from permits.services.keeping import Kept
from permits.services.office import Office
from permits.services.records import Records
from permits.services.tidying import forget_over
from permits.store import personal
from permits.store.event_log import EventLog

MOST_AT_ONCE = 200

BASIS = "个人信息保护法 19, 47(1)"
"""What is over is erased by the office itself (个人信息保护法 art. 47(1)1)."""


class Gone(msgspec.Struct, frozen=True):
    """What of a stream went, or would go: the fields of its values, and how many files."""

    stream: str
    called: str
    fields: tuple[str, ...]
    files: int


class Report(msgspec.Struct, frozen=True):
    """What a run erased, or would erase: stream by stream, what belongs to no stream, and how
    many files nobody holds any more were removed."""

    gone: tuple[Gone, ...]
    beside: KeptLongEnough
    swept: int = 0


def run(office: Office, *, actor: str, dry: bool = False) -> Report:
    """Erase everything whose time is over today; with `dry`, only say what that is."""
    gone = tuple(_streams(office, actor, dry=dry))
    beside = _beside(office, actor, dry=dry)
    return Report(gone, beside, 0 if dry else office.erasing.sweep())


def _streams(office: Office, actor: str, *, dry: bool) -> Iterator[Gone]:
    after = ""
    while True:
        with office.database.read() as connection:
            names = personal.with_values(connection, after, MOST_AT_ONCE)
        if not names:
            return
        for stream in names:
            gone = _stream(office, stream, actor, dry=dry)
            if gone.fields or gone.files:
                yield gone
        after = names[-1]


def _stream(office: Office, stream: str, actor: str, *, dry: bool) -> Gone:
    today = day_of(office.now())
    with office.database.read() as connection:
        found = _over(office, connection, stream, today)
    if dry or not (found.fields or found.files):
        return found
    with office.database.write() as connection:
        kept = office.keeping.of(connection, stream)
        seals, uploads = (
            kept.over(today) | _returned(office, connection, kept),
            kept.files_over(today),
        )
        why = Why(actor, "retention", BASIS)
        office.erasing.shred(connection, kept, seals, uploads, why)
    return _gone(kept, seals, len(uploads))


def _over(office: Office, connection: Connection, stream: str, today: date) -> Gone:
    kept = office.keeping.of(connection, stream)
    seals = kept.over(today) | _returned(office, connection, kept)
    return _gone(kept, seals, len(kept.files_over(today)))


def _gone(kept: Kept, seals: frozenset[str], files: int) -> Gone:
    fields = sorted(one.field for one in kept.values if one.seal in seals)
    return Gone(kept.stream, kept.called, tuple(fields), files)


def _returned(office: Office, connection: Connection, kept: Kept) -> frozenset[str]:
    """Values that were erased before and came back with a backup."""
    told = EventLog(office.database.dialect).read(connection, f"erasing/{kept.stream}")
    events = (read_event(envelope, body) for envelope, body in told)
    erased = {seal for event in events if isinstance(event, ValuesErased) for seal in event.seals}
    return frozenset(one.seal for one in kept.values if one.seal in erased)


class _Undone(Exception):
    """What was counted is taken back: nothing was to be erased."""

    def __init__(self, counted: KeptLongEnough) -> None:
        super().__init__()
        self.counted = counted


def _beside(office: Office, actor: str, *, dry: bool) -> KeptLongEnough:
    """Drafts that nobody goes on writing, with their uploads, and scans that lie in trays of the
    counter; forms, sessions and failures."""
    try:
        with office.database.write() as connection:
            counted = _forget(office, connection)
            if dry:
                raise _Undone(counted)
            if counted != KeptLongEnough():
                Records(office.database).append(
                    connection, RETENTION, [counted], actor=actor, now=office.now()
                )
    except _Undone as undone:
        return undone.counted
    return counted


def _forget(office: Office, connection: Connection) -> KeptLongEnough:
    now = office.now()
    drafts, uploads = personal.forget_drafts(connection, _before(now, office.rules.drafts))
    trays = personal.forget_trays(connection, _before(now, office.rules.unhanded))
    over = forget_over(connection, now)
    return KeptLongEnough(
        drafts=drafts,
        uploads=uploads + trays,
        forms=over.forms,
        sessions=over.sessions,
        attempts=over.failures,
    )


def _before(now: datetime, rule: Retention) -> datetime:
    """What was written before then was kept long enough."""
    return now - timedelta(days=longest(rule.keep) + 1)
