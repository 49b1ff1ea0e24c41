"""Opens the office for a command, and says plainly why it cannot be opened."""

import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from permits.casework.working_days import PublishedYear
    from permits.services.office import Office
    from permits.settings import Settings
    from permits.store.database import Database

SETUP = "setup"
"""Who acts when a command line does."""


def refuse(says: str) -> NoReturn:
    """End with an error that names what is wrong, and no traceback."""
    typer.echo(says, err=True)
    raise typer.Exit(2)


def settings(*, demonstration: bool = False) -> "Settings":
    """The settings of the environment, for a demonstration or for an office of its own."""
    from permits.environment import from_environment
    from permits.settings import BadSetting

    try:
        return from_environment(os.environ, demonstration=demonstration)
    except BadSetting as error:
        refuse(str(error))


@contextmanager
def office(
    chosen: "Settings | None" = None, now: Callable[[], datetime] | None = None
) -> "Iterator[Office]":
    """An open office, closed at the end with everybody answered."""
    from permits.services.office import Office

    given = chosen or settings()
    with _told("the office cannot be opened"):
        _make_private(given)
        opened = Office(given, now)
    try:
        with _followed():
            yield opened
    finally:
        opened.close()


@contextmanager
def database(chosen: "Settings | None" = None) -> "Iterator[Database]":
    """The database of an office that need not open: nobody works in it meanwhile."""
    from permits.store.database import open_database

    given = chosen or settings()
    with _told("the database cannot be opened"):
        _make_private(given)
        opened = open_database(given.database)
    try:
        with _followed():
            yield opened
    finally:
        opened.close()


@contextmanager
def _followed() -> Iterator[None]:
    """End in one line with exit code 1 if what was asked for rests on a record that is not what
    was written, or that cannot have happened."""
    from permits.services.unfollowed import WRONG
    from permits.store.published import Altered

    try:
        yield
    except (*WRONG, Altered) as broken:
        typer.echo(f"the log is not whole: {broken}", err=True)
        raise typer.Exit(1) from None


def _make_private(given: "Settings") -> None:
    """The data folder, if there is none yet: for whoever runs the office, and nobody else."""
    if not given.data.exists():
        given.data.parent.mkdir(parents=True, exist_ok=True)
        given.data.mkdir(mode=0o700, exist_ok=True)


def note(opened: "Office", command: str, about: str = "") -> None:
    """Keep in the access log what was done by a command, and as whom the machine knows whoever
    gave it."""
    opened.watching.command(command, about, operator(), actor=SETUP)


def operator() -> str:
    """The name the machine knows whoever gave the command by."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


@contextmanager
def _told(what: str) -> Iterator[None]:
    """End in one line with what could not be done, if it could not."""
    from sqlalchemy.exc import DBAPIError

    from permits.outside.issuers import BadIssuers
    from permits.outside.sources import BadSources
    from permits.outside.typesetting.look import BadLook
    from permits.outside.webhooks import BadEndpoints
    from permits.settings import BadSetting
    from permits.store.condition import Broken, NoRoom, Unsure
    from permits.store.migrations import TooNew
    from permits.store.published import Altered

    try:
        yield
    except BadSetting as error:
        refuse(f"{what}: {error}")
    except (BadSources, BadIssuers, BadEndpoints, BadLook) as error:
        refuse(f"{what}: {first_line(error)}")
    except (TooNew, Altered, Broken, NoRoom, Unsure, DBAPIError, OSError) as error:
        refuse(f"{what}: {first_line(error)}")


def first_line(error: Exception) -> str:
    """What an error says, as one line; if it says nothing itself, what brought it about does."""
    said = error if str(error) or error.__cause__ is None else error.__cause__
    text = str(getattr(said, "orig", None) or said).strip()
    return text.splitlines()[0] if text else type(error).__name__


def read_text(file: Path) -> str:
    """What a file says that somebody names; ends the program if it cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        refuse(f"{file} cannot be read")


def shipped_years() -> "tuple[PublishedYear, ...]":
    """The calendar years that come with the program."""
    from permits.casework.working_days import published
    from permits.definitions.calendar_file import read_calendar
    from permits.settings import shipped

    text = (shipped("workflows") / "shared" / "calendar.yaml").read_text(encoding="utf-8")
    return tuple(published(year.record()) for year in read_calendar(text))


def furnish(opened: "Office") -> None:
    """Give an office that has none the calendar and the permit types that come with the program,
    and make the key of receipts known before the first is given.

    What an office has published itself is never replaced.
    """
    from permits.definitions.loader import load_folder
    from permits.definitions.policies.loader import load_policies
    from permits.settings import shipped

    if not opened.shelf.calendar.years:
        opened.shelf.load_years(shipped_years(), actor=SETUP, now=opened.now())
    if not opened.shelf.permits:
        resolved, findings = load_folder(shipped("workflows"))
        if findings:
            refuse("\n".join(map(str, findings)))
        opened.shelf.furnish(resolved, actor=SETUP, now=opened.now())
    if not opened.policies.all:
        policies, findings = load_policies(shipped("workflows") / "policies")
        if findings:
            refuse("\n".join(map(str, findings)))
        opened.policies.publish(policies, actor=SETUP)
    opened.receipts.make_known()
