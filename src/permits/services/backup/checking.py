"""Whether a backup is what was made: its signature, every file of it, and the log within it."""

from pathlib import Path

from permits.services.backup import manifest as m
from permits.store import copying, portable
from permits.store.event_log import BrokenChain, verify_log
from permits.store.extent import extent


def verify_backup(folder: Path, trusted: str) -> m.Manifest:
    """Read all of a backup once more. `trusted` is the fingerprint of the key that must have
    signed it; with none, whoever signed it is believed. Damaged with the first thing that is
    wrong."""
    manifest = m.read(folder, trusted)
    m.verify_contents(folder, manifest)
    try:
        events = _events_in(folder, manifest)
    except (BrokenChain, portable.NotADump, copying.CannotCopy) as error:
        raise m.Damaged(f"the database in it is not whole: {error}") from error
    if events != manifest.events:
        raise m.Damaged(f"the log in it has {events} events, {m.MANIFEST} says {manifest.events}")
    return manifest


def _events_in(folder: Path, manifest: m.Manifest) -> int:
    """How many events the database of a backup holds, with the chain of each stream checked as far
    as that can be done without putting it back."""
    database = folder / manifest.form
    match manifest.form:
        case m.Form.SQLITE:
            return _events_in_sqlite(database, manifest)
        case m.Form.PORTABLE:
            return portable.verify(database)
        case m.Form.POSTGRESQL:
            program = copying.postgresql_program("pg_restore", (0,))
            if program is None:
                raise copying.CannotCopy("pg_restore is not installed, and it takes that")
            copying.pg_list(program, database)
            return manifest.events


def _events_in_sqlite(file: Path, manifest: m.Manifest) -> int:
    with copying.read_copy(file) as connection:
        wrong = copying.integrity(connection)
        if wrong:
            raise m.Damaged(f"{file.name}: {wrong[0]}")
        if extent(connection).counts != manifest.counts:
            raise m.Damaged(f"{file.name} does not hold the rows that {m.MANIFEST} says")
        return verify_log(connection)
