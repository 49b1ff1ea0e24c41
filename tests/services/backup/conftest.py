"""An office with cases and files, and where its backups go."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from permits.outside.backup_key import backup_key
from permits.services.backup.making import Source
from permits.services.backup.restoring import Restored, Wanted, restore
from permits.store.database import Database, open_database
from tests.conftest import administered, named
from tests.services.conftest import GAS, Bureau


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """The address of a PostgreSQL database with nothing in it."""
    name = f"empty_{uuid.uuid4().hex[:12]}"
    with administered(server) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield named(server, name)
    with administered(server) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def busy(bureau: Bureau) -> Bureau:
    """Three cases, their documents drawn, and letters that wait."""
    for _ in range(3):
        case = bureau.people.file(GAS, "commitment")
        bureau.people.act("window", case, "accept")
        bureau.people.act("window", case, "grant_on_the_spot")
    bureau.office.documents.draw()
    return bureau


@pytest.fixture
def source(bureau: Bureau) -> Source:
    office = bureau.office
    return Source(office.settings, office.database, office.files, office.now)


@pytest.fixture
def fresh(bureau: Bureau, request, tmp_path) -> Iterator[str]:
    """The address of a database to restore to: of the kind of the office's; none is named for
    SQLite, which lies in the folder."""
    if bureau.office.database.is_sqlite:
        yield ""
        return
    with empty_database(request.getfixturevalue("postgresql_server")) as address:
        yield address


@pytest.fixture
def put_back(bureau: Bureau, fresh: str, tmp_path: Path) -> Callable[..., Restored]:
    """Restore a backup into `tmp_path / "new"`."""
    signer = backup_key(bureau.office.settings.backup_key).fingerprint

    def do(backup: Path, *, signer: str = signer, url: str = fresh) -> Restored:
        return restore(backup, Wanted(tmp_path / "new", url, signer, "root"), bureau.office.now)

    return do


@contextmanager
def restored(folder: Path, url: str) -> Iterator[Database]:
    database = open_database(url or f"sqlite:///{folder / 'permits.db'}")
    yield database
    database.close()
