"""Makes a backup while the office works: the database first and the files after it, so that no row
lacks its file, everything written through, verified, and only then under its name."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from permits import __version__
from permits.casework.dates import as_text
from permits.outside.backup_key import backup_key
from permits.outside.files import Files
from permits.outside.keyring import keyring
from permits.outside.store_folder import made, sync
from permits.outside.stores import PART, digest_of
from permits.services.backup import manifest as m
from permits.services.backup.checking import verify_backup
from permits.settings import Settings
from permits.store import copying, drafts, evidence_signed, portable
from permits.store.database import Database, sqlite_library
from permits.store.extent import Extent, extent


class Wanted(NamedTuple):
    """How a backup is to be made: in a form that any database can be filled from, with the keys of
    the office, and with files that are the same as in an earlier backup linked instead of
    copied."""

    portable: bool = False
    keys: bool = False
    earlier: Path | None = None


USUAL = Wanted()


BEHIND = 10
"""By how much less whoever makes a backup is favoured than others who want a core."""


def give_way() -> None:
    """Let everybody else on the machine go first from now on. A backup is work for one core as
    long as it is made, and where there are no more of them than are wanted, whoever writes would
    wait for it. It holds nothing meanwhile that others wait for."""
    os.nice(BEHIND)


class InTheWay(Exception):
    """There is something already where the backup would be."""


class Source(NamedTuple):
    """What a backup is made of."""

    settings: Settings
    database: Database
    files: Files
    now: Callable[[], datetime]


def make(source: Source, target: Path, wanted: Wanted = USUAL) -> m.Manifest:
    """Make a backup in a folder that is not there yet, and verify it.

    Nothing is left at `target` unless all of it is whole. InTheWay if something is there already,
    CannotCopy if the database cannot be written down, Damaged if what was written is not what is
    read back, OSError for a disk that takes no more.
    """
    if target.exists():
        raise InTheWay(str(target))
    key = backup_key(source.settings.backup_key)
    coming = target.with_name(f"{target.name}.tmp")
    shutil.rmtree(coming, ignore_errors=True)
    made(coming)
    coming.chmod(0o700)
    try:
        manifest = _filled(source, coming, wanted, key.fingerprint)
        content = manifest.written()
        (coming / m.SIGNER).write_bytes(key.public)
        (coming / m.SIGNATURE).write_bytes(key.sign(content))
        (coming / m.MANIFEST).write_bytes(content)
        _write_through(coming)
        verify_backup(coming, key.fingerprint)
        coming.rename(target)
    except BaseException:
        shutil.rmtree(coming, ignore_errors=True)
        raise
    sync(target.parent)
    return manifest


def _filled(source: Source, folder: Path, wanted: Wanted, signer: str) -> m.Manifest:
    made_at = as_text(source.now())
    form, held, noted, checkpoint = _database(source.database, folder, wanted)
    written, without = _files(source.files, folder, noted, wanted.earlier)
    absent = without & _noted(source.database)
    _config(source.settings, folder)
    if wanted.keys:
        _keys(source.settings, folder)
    return m.Manifest(
        format=m.FORMAT,
        version=__version__,
        revision=held.revision,
        engine=_engine(source.database),
        made_at=made_at,
        form=form,
        events=held.events,
        streams=held.streams,
        last_at=held.last_at,
        counts=held.counts,
        contents=tuple(_contents(folder)),
        files=len(written),
        files_size=sum(one.size for one in written),
        absent=tuple(sorted(absent)),
        erased=tuple(sorted(without - absent)),
        key_ids=keyring(source.settings.secret_keys, source.settings.key_file).ids,
        keys=wanted.keys,
        signer=signer,
        checkpoint=checkpoint,
    )


def _database(
    database: Database, folder: Path, wanted: Wanted
) -> tuple[m.Form, Extent, list[m.File], m.Checkpoint | None]:
    """Write the database down: in which form, how much it held at that moment, which files it
    noted then, and how far its log was signed."""
    if database.is_sqlite and not wanted.portable:
        copy = folder / m.Form.SQLITE
        copying.copy_sqlite(database, copy)
        with copying.read_copy(copy) as connection:
            return m.Form.SQLITE, *_at_that_moment(connection)
    with database.snapshot() as connection:
        stood = _at_that_moment(connection)
        program = None if wanted.portable else _pg_dump(connection)
        if program is not None:
            copying.pg_dump(program, database, connection, folder / m.Form.POSTGRESQL)
            return m.Form.POSTGRESQL, *stood
        (folder / m.TABLES).mkdir()
        portable.dump(connection, folder / m.TABLES)
    return m.Form.PORTABLE, *stood


def _at_that_moment(
    connection: Connection,
) -> tuple[Extent, list[m.File], m.Checkpoint | None]:
    newest = evidence_signed.newest(connection)
    signed = m.Checkpoint(newest.size, newest.note) if newest is not None else None
    return extent(connection), _files_noted(connection), signed


def _pg_dump(connection: Connection) -> str | None:
    numbers = connection.dialect.server_version_info or (0,)
    return copying.postgresql_program("pg_dump", (int(numbers[0]),))


def _files_noted(connection: Connection) -> list[m.File]:
    return [m.File(*one) for one in drafts.noted(connection)]


def _noted(database: Database) -> set[str]:
    """The files that are noted by now: what is not was erased meanwhile."""
    with database.read() as connection:
        return {sha256 for sha256, _size in drafts.noted(connection)}


def _files(
    files: Files, folder: Path, noted: Sequence[m.File], earlier: Path | None
) -> tuple[list[m.File], set[str]]:
    """Bring the files into the backup; those that came, and the hashes of those that cannot be
    read or are not what they were."""
    written: list[m.File] = []
    without: set[str] = set()
    there = made(folder / m.FILES)
    for one in noted:
        if _linked(one, earlier, there) or _copied(one, files, there):
            written.append(one)
        else:
            without.add(one.sha256)
    lines = (f"{one.sha256} {one.size}\n" for one in written)
    (folder / m.LISTED).write_text("".join(lines), encoding="ascii")
    return written, without


def _linked(one: m.File, earlier: Path | None, folder: Path) -> bool:
    """Take a file over from an earlier backup, if it is there and they share a disk. Whether it is
    whole is seen when the backup is verified."""
    if earlier is None:
        return False
    there, here = one.within(earlier / m.FILES), one.within(folder)
    here.parent.mkdir(exist_ok=True)
    try:
        if there.stat().st_size == one.size:
            here.hardlink_to(there)
            return True
    except OSError:
        pass
    return False


def _copied(one: m.File, files: Files, folder: Path) -> bool:
    here = one.within(folder)
    here.parent.mkdir(exist_ok=True)
    try:
        with files.open(one.sha256) as source, here.open("wb") as target:
            shutil.copyfileobj(source, target, PART)
        with here.open("rb") as back:
            whole = digest_of(back) == one.sha256
    except FileNotFoundError:
        whole = False
    if not whole:
        here.unlink(missing_ok=True)
    return whole


def _config(settings: Settings, folder: Path) -> None:
    """The files the office was set up with, each by the name of its setting. Tokens, passwords and
    keys stand in files of their own, which these only name."""
    config = made(folder / m.CONFIG)
    for name, file in settings.files_of_setup().items():
        if file.is_file():
            shutil.copyfile(file, config / f"{name}{file.suffix}")


def _keys(settings: Settings, folder: Path) -> None:
    keys = made(folder / m.KEYS)
    file = settings.key_file
    secret = settings.secret_keys or file.read_text(encoding="ascii")
    (keys / file.name).write_text(secret, encoding="ascii")
    shutil.copyfile(settings.backup_key, keys / settings.backup_key.name)


def _engine(database: Database) -> str:
    if database.is_sqlite:
        return f"SQLite {sqlite_library().sqlite_version}"
    with database.read() as connection:
        numbers = connection.dialect.server_version_info or ()
    return f"PostgreSQL {'.'.join(map(str, numbers))}"


def _contents(folder: Path) -> Iterator[m.Content]:
    """Every file but those of `files/`, which are listed elsewhere."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and name.parts[0] != m.FILES:
            with path.open("rb") as source:
                yield m.Content(name.as_posix(), digest_of(source), path.stat().st_size)


def _write_through(folder: Path) -> None:
    """Everything in the folder is on the disk when this returns. A file that is linked lay there
    before; writing it through once more costs nothing."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file():
            path.chmod(0o600)
            sync(path)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            sync(path)
    sync(folder)
