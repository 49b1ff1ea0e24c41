"""Whether everything the settings name can be used, before anybody is sent to it."""

import os
import secrets
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

from sqlalchemy.exc import DBAPIError

from permits.casework.announcements import KINDS
from permits.outside.issuers import BadIssuers, read_issuers
from permits.outside.keyring import keyring
from permits.outside.sources import BadSources, read_sources
from permits.outside.typesetting.look import BadLook, read_look
from permits.outside.webhooks import BadEndpoints, read_webhooks
from permits.services.board_thresholds import thresholds_of
from permits.services.personal_rules import rules_of
from permits.services.public_rules import public_rules_of
from permits.services.terms import terms_of
from permits.settings import BadSetting, Settings, now
from permits.store import copying, migrations
from permits.store.condition import Broken
from permits.store.database import bare_database


class Checked(NamedTuple):
    """A setting that was looked at: what it is, without anything secret, or what is wrong."""

    name: str
    says: str
    usable: bool


def check_setup(settings: Settings) -> Iterator[Checked]:
    """Look at each setting; what cannot be used is told and keeps none from being looked at.
    Nothing is written but a file that is gone at the end."""
    for name, look in _looks(settings):
        try:
            yield Checked(name, look(), usable=True)
        except (BadSetting, BadSources, BadIssuers, BadEndpoints, BadLook, ValueError) as error:
            yield Checked(name, _line(error), usable=False)
        except (DBAPIError, Broken, OSError) as error:
            yield Checked(name, _line(getattr(error, "orig", None) or error), usable=False)


def _looks(settings: Settings) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "PERMITS_DATA", partial(_folder, settings)
    yield "PERMITS_DATABASE", partial(_database, settings)
    yield "PERMITS_SECRET_KEY", partial(_keys, settings)
    readers: tuple[tuple[str, str, Callable[[], object]], ...] = (
        ("PERMITS_CREDIT_TERMS", "credit_terms", lambda: terms_of(settings.credit_terms)),
        ("PERMITS_PERSONAL_RULES", "personal_rules", lambda: rules_of(settings.personal_rules)),
        (
            "PERMITS_BOARD_THRESHOLDS",
            "board_thresholds",
            lambda: thresholds_of(settings.board_thresholds),
        ),
        ("PERMITS_PUBLIC_RULES", "public_rules", lambda: public_rules_of(settings.public_rules)),
        ("PERMITS_SHARED_DATA", "shared_data", lambda: read_sources(settings.sources)),
        ("PERMITS_ISSUERS", "issuers", lambda: read_issuers(settings.issuers_file, now)),
        ("PERMITS_DOCUMENTS", "documents", lambda: read_look(settings.documents_file)),
        (
            "PERMITS_WEBHOOKS",
            "webhooks",
            lambda: read_webhooks(settings.webhooks_file, tuple(KINDS.values())),
        ),
    )
    files = settings.files_of_setup()
    for name, key, read in readers:
        file = files.get(key)
        yield name, partial(_read, read, str(file) if file and file.exists() else "none")


def _read(read: Callable[[], object], says: str) -> str:
    read()
    return says


def _folder(settings: Settings) -> str:
    """The data folder, in which something can be written; or where it will be made."""
    if not settings.data.exists():
        return f"{settings.data}, made at the first start"
    probe = settings.data / f".probe-{secrets.token_hex(8)}"
    handle = os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.close(handle)
    probe.unlink()
    return str(settings.data)


def _database(settings: Settings) -> str:
    """Where the database is and which shape it has. One that is not there is not made."""
    if settings.database.startswith("sqlite:///"):
        path = settings.database.removeprefix("sqlite:///")
        if not os.path.exists(path):  # noqa: PTH110 - the address may not be a path at all
            return f"{path}, made at the first start"
    with bare_database(settings.database) as database, database.read() as connection:
        revision = migrations.revision_of(connection)
        if revision and not migrations.known(revision):
            raise ValueError(f"it is of version {revision}, which this program does not know")
        where = urlsplit(settings.database)
        at = where.path if where.scheme == "sqlite" else f"{where.hostname}{where.path}"
        shape = f"version {revision}" if revision else "empty"
        backups = "" if database.is_sqlite else _backups(connection.dialect.server_version_info)
    return f"{at}, {shape}{backups}"


def _backups(numbers: tuple[int | str, ...] | None) -> str:
    """How backups of PostgreSQL are made here."""
    program = copying.postgresql_program("pg_dump", (int((numbers or (0,))[0]),))
    return f", backups by {program}" if program else ", backups by ourselves"


def _keys(settings: Settings) -> str:
    """The names of the keys. The file is not made by looking."""
    if not settings.secret_keys and not settings.key_file.exists():
        return f"{settings.key_file}, made at the first start"
    return ", ".join(keyring(settings.secret_keys, settings.key_file).ids)


def _line(error: object) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
