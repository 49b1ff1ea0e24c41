"""Brings a database to the newest shape, or leaves it alone if it is there already."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine


class TooNew(Exception):
    """The database was shaped by a later version of this program and is left alone."""


def is_newest(connection: Connection) -> bool:
    """Whether a database has the newest shape; TooNew if it has one that we do not know."""
    scripts = _scripts()
    at = revision_of(connection)
    if at and at not in {script.revision for script in scripts.walk_revisions()}:
        raise TooNew(
            f"the database is of version {at}, which this program does not know;"
            " use the newer program it was last opened with"
        )
    return at == scripts.get_current_head()


def upgrade(connection: Connection) -> None:
    """Run every migration that has not run, in the caller's transaction; TooNew as above."""
    if not is_newest(connection):
        shape(connection, "head")


def revision_of(connection: Connection) -> str:
    """The shape a database has; empty if it has none yet."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def known(revision: str) -> bool:
    """Whether this program knows a shape, so that it can bring a database of it to the newest."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


def shape(connection: Connection, revision: str) -> None:
    """Give an empty database a shape that is known, in the caller's transaction."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def begin_anew(engine: Engine) -> None:
    """Drop everything that is in the database, and give it the newest shape again."""
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        command.upgrade(config, "head")


def empty(engine: Engine) -> None:
    """Drop everything that is in the database."""
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")


@cache
def _scripts() -> ScriptDirectory:
    """The migrations, read once: they do not change while a program runs."""
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config
