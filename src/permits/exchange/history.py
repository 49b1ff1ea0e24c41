"""History in an office: cases of before, imported from files, told apart from its own for ever."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec
from sqlalchemy import Connection

from permits.analytics.before import narrowed
from permits.analytics.choosing import Chosen
from permits.casework.dates import day_of
from permits.casework.families.history import (
    STREAM,
    PastCaseRecorded,
    PastCasesWithdrawn,
    PastImport,
    past_imports,
)
from permits.casework.working_days import UnknownYear, WorkingDays
from permits.exchange.figures import Spread, spread
from permits.exchange.history_file import Known, PastFile, read_past
from permits.services.known import end_of
from permits.services.office import Office
from permits.services.records import Records
from permits.store.evidence_reading import numbers_of_cases


class NoSuchImport(LookupError):
    """No file that counts has a SHA-256 which begins like that, or several have."""


class Days(msgspec.Struct, frozen=True):
    """Past cases of a permit type on a track: how many, how many of them were granted, and the
    working days from acceptance (or receipt, where no acceptance is known) to the decision. Those
    that touch a year nobody published are counted in `unknown` only."""

    permit: str
    track: str
    cases: int
    granted: int
    days: Spread | None
    unknown: int


def import_past(opened: Office, raw: bytes, *, actor: str, dry: bool) -> PastFile:
    """Import the cases of a file, all or none; with `dry` only say what would come of it."""
    now = opened.now()
    records = Records(opened.database)
    with opened.database.write() as connection:
        found = read_past(raw, _known(opened, connection, records, now))
        if not found.faults and not dry:
            records.append(connection, STREAM, found.cases, actor=actor, now=now)
    return found


def withdraw(opened: Office, beginning: str, *, actor: str) -> PastImport:
    """Let a file count no more. Raises NoSuchImport."""
    records = Records(opened.database)
    with opened.database.write() as connection:
        held = [
            one
            for one in past_imports(records.events(connection, STREAM))
            if one.source.startswith(beginning)
        ]
        if len(held) != 1 or not beginning:
            raise NoSuchImport(beginning)
        event = PastCasesWithdrawn(source=held[0].source)
        records.append(connection, STREAM, [event], actor=actor, now=opened.now())
    return held[0]


def imports(opened: Office, known: date | None = None) -> tuple[PastImport, ...]:
    """The files that count; or those that counted at the end of a day."""
    with opened.database.read() as connection:
        entries = Records(opened.database).events(connection, STREAM)
    if known is not None:
        entries = [one for one in entries if one[0].recorded_at < end_of(known)]
    return past_imports(entries)


def cases_of_before(
    opened: Office, chosen: Chosen, known: date | None = None
) -> tuple[PastCaseRecorded, ...]:
    """Those of the chosen cases that were decided before the program came."""
    held = imports(opened, known)
    return narrowed((case for one in held for case in one.cases), chosen)


def days_of(cases: Iterable[PastCaseRecorded], calendar: WorkingDays) -> tuple[Days, ...]:
    """The days that past cases took, by permit type and track."""
    groups: dict[tuple[str, str], list[PastCaseRecorded]] = {}
    for case in cases:
        groups.setdefault((case.permit, case.track), []).append(case)
    return tuple(_days(*key, groups[key], calendar) for key in sorted(groups))


def _days(permit: str, track: str, cases: list[PastCaseRecorded], calendar: WorkingDays) -> Days:
    used, unknown = list[int](), 0
    for case in cases:
        try:
            used.append(calendar.between(case.accepted_on or case.received_on, case.decided_on))
        except UnknownYear:
            unknown += 1
    granted = sum(case.result == "granted" for case in cases)
    return Days(permit, track, len(cases), granted, spread(used), unknown)


def _known(opened: Office, connection: Connection, records: Records, now: datetime) -> Known:
    numbers = set(numbers_of_cases(connection))
    for one in past_imports(records.events(connection, STREAM)):
        numbers.update(case.number for case in one.cases)
    tracks = {
        edition.permit: frozenset(map(str, edition.definition.tracks))
        for edition in opened.shelf.permits
    }
    return Known(tracks, frozenset(numbers), day_of(now))
