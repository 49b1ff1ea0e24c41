"""Puts a backup back where nothing is yet: all of it, verified, or nothing.

What the office did after the backup is not in it, and some of that reached people. So nothing goes
out of a restored office, and no date is told, until somebody has looked and lets it; and whoever
was signed in signs in again.
"""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from permits.casework.dates import as_text
from permits.outside.store_folder import made, sync
from permits.services.backup import manifest as m
from permits.services.backup.checking import verify_backup
from permits.services.backup.comparing import must_hold
from permits.services.rebuild import make_added
from permits.services.watching import Watching
from permits.store import copying, migrations, notes, outbox_state, portable, sessions
from permits.store.database import Database, bare_database, open_database
from permits.store.event_log import BrokenChain, verify_log
from permits.store.extent import extent
from permits.text.pausing import RESTORED

SETUP = "setup"
"""Who acts when a command line does."""


class NotEmpty(Exception):
    """Where a backup would be restored to there is something already; the message says what."""


class Unknown(Exception):
    """The backup was made by a later version of this program; the message says which."""


class Wanted(NamedTuple):
    """Where a backup goes: a folder that is empty or not there, and a database. An empty `url`
    stands for SQLite in that folder. `trusted` is the fingerprint of the key that must have signed
    the backup; with none, whoever signed it is believed. `operator` is whom the machine knows."""

    folder: Path
    url: str
    trusted: str
    operator: str


class Restored(NamedTuple):
    """What there is now: what the backup said of itself, how many sessions were ended, and how
    many tasks wait to go out."""

    manifest: m.Manifest
    sessions: int
    waiting: int


def restore(source: Path, wanted: Wanted, now: Callable[[], datetime]) -> Restored:
    """Restore a backup. Damaged, NotEmpty, Unknown, CannotCopy or a fault of the disk or of the
    database leaves the folder, and a database of PostgreSQL, as they were."""
    _refuse_filled(wanted)
    manifest = verify_backup(source, wanted.trusted)
    if not migrations.known(manifest.revision):
        raise Unknown(
            f"it is of permits {manifest.version} with a database of version {manifest.revision},"
            " which this program does not know; restore it with that version or a later one"
        )
    if manifest.form is m.Form.SQLITE and wanted.url:
        raise NotEmpty(
            "it holds a SQLite database, which goes into a folder; make the backup with --portable"
            " to move an office to PostgreSQL"
        )
    coming = wanted.folder.with_name(f"{wanted.folder.name}.tmp")
    shutil.rmtree(coming, ignore_errors=True)
    made(coming)
    coming.chmod(0o700)
    try:
        _bring_files(source, coming, manifest)
        restored = _bring_database(source, coming, wanted, manifest, now)
        if wanted.folder.exists():
            wanted.folder.rmdir()
        coming.rename(wanted.folder)
    except BaseException:
        shutil.rmtree(coming, ignore_errors=True)
        raise
    sync(wanted.folder.parent)
    return restored


def _refuse_filled(wanted: Wanted) -> None:
    folder = wanted.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmpty(f"{folder} is not empty")
    if wanted.url:
        with bare_database(wanted.url) as database, database.read() as connection:
            if migrations.revision_of(connection) or portable.tables_of(connection):
                raise NotEmpty("the database has tables already")


def _bring_files(source: Path, folder: Path, manifest: m.Manifest) -> None:
    """Copy everything but the database; what is copied is compared once more."""
    for file in m.listed(source):
        target = file.within(folder / "files")
        target.parent.mkdir(parents=True, exist_ok=True)
        _bring(file.within(source / m.FILES), target)
        m.compare(target, m.Content(f"{m.FILES}/{file.sha256}", file.sha256, file.size))
    for one in manifest.contents:
        within, name = Path(one.path).parent.as_posix(), Path(one.path).name
        if within in (m.CONFIG, m.KEYS):
            target = folder / name if within == m.KEYS else folder / m.CONFIG / name
            target.parent.mkdir(exist_ok=True)
            _bring(source / one.path, target)
    for part in {path.parent for path in folder.rglob("*")}:
        sync(part)


def _bring(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    target.chmod(0o600)
    sync(target)


def _bring_database(
    source: Path, folder: Path, wanted: Wanted, manifest: m.Manifest, now: Callable[[], datetime]
) -> Restored:
    file = folder / "permits.db"
    url = wanted.url or f"sqlite:///{file}"
    held = source / manifest.form
    match manifest.form:
        case m.Form.SQLITE:
            _bring(held, file)
        case m.Form.PORTABLE:
            _load(held, url, manifest)
        case m.Form.POSTGRESQL:
            _pg_restore(held, url, manifest)
    try:
        return _looked_through(url, manifest, wanted.operator, now)
    except BaseException:
        if wanted.url:
            with bare_database(url) as database:
                migrations.empty(database.writing)
        raise


def _load(held: Path, url: str, manifest: m.Manifest) -> None:
    with bare_database(url) as database, database.alone() as connection:
        migrations.shape(connection, manifest.revision)
        counts = portable.load(connection, held)
        if counts != manifest.counts:
            raise m.Damaged(f"{m.TABLES} does not hold the rows that {m.MANIFEST} says")


def _pg_restore(held: Path, url: str, manifest: m.Manifest) -> None:
    if not url.startswith("postgres"):
        raise copying.CannotCopy(
            "it holds a PostgreSQL database; name an empty one with --database"
        )
    major = manifest.engine.removeprefix("PostgreSQL ").partition(".")[0]
    program = copying.postgresql_program("pg_restore", (int(major),))
    if program is None:
        raise copying.CannotCopy(
            f"pg_restore {major} or newer is not installed, and it takes that"
        )
    copying.pg_restore(program, held, url)


def _looked_through(
    url: str, manifest: m.Manifest, operator: str, now: Callable[[], datetime]
) -> Restored:
    """Check what was put back, bring it to the newest shape, and keep it from going out."""
    with bare_database(url) as database, database.snapshot() as connection:
        if database.is_sqlite and (wrong := copying.integrity(connection)):
            raise m.Damaged(f"the restored database: {wrong[0]}")
        if extent(connection).counts != manifest.counts:
            raise m.Damaged(f"the restored database does not hold the rows {m.MANIFEST} says")
        try:
            verify_log(connection)
        except BrokenChain as broken:
            raise m.Damaged(f"the restored database: {broken}") from broken
        must_hold(connection, manifest.checkpoint)
    database = open_database(url)
    try:
        make_added(database)
        return _quieted(database, manifest, operator, now)
    finally:
        database.close()


def _quieted(
    database: Database, manifest: m.Manifest, operator: str, now: Callable[[], datetime]
) -> Restored:
    at = now()
    with database.write() as connection:
        ended = sessions.end_all(connection)
        outbox_state.pause(connection, f"{RESTORED}{manifest.made_at}")
        waiting = outbox_state.counts(connection, at).waiting
        notes.put(connection, "restored", f"{as_text(at)} from {manifest.made_at}")
    about = f"backup of {manifest.made_at}, {manifest.events} events"
    Watching(database, now).command("restore", about, operator, actor=SETUP)
    return Restored(manifest, ended, waiting)
