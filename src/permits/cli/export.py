"""`permits export`: what the office's log says openly, as files for other tools."""

import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from permits.cli import opening

if TYPE_CHECKING:
    from permits.exchange.own_log import OwnCase

export = typer.Typer(help="Files for other tools.", no_args_is_help=True)


class Form(StrEnum):
    """What a log can be written as."""

    CSV = "csv"
    XES = "xes"
    OCEL_JSON = "ocel-json"
    OCEL_SQLITE = "ocel-sqlite"


@export.callback()
def _group() -> None:
    """Files for other tools."""


@export.command("log")
def export_log(
    form: Annotated[Form, typer.Option("--format", help="What to write.")],
    out: Annotated[Path | None, typer.Option(help="The file; else it is printed.")] = None,
) -> None:
    """Write the events of all cases: what they hold openly, with roles and departments.

    No answer, no text, no account and no party stands in it. The same log gives the same bytes.
    """
    from permits.exchange.own_log import own_cases
    from permits.store.event_log import EventLog

    with opening.office() as opened:
        with opened.database.snapshot() as connection:
            _write(form, out, own_cases(connection, EventLog(opened.database.dialect)))
        opening.note(opened, "export log", form.value)


def _write(form: Form, out: Path | None, cases: "Iterator[OwnCase]") -> None:
    from permits.exchange import writing
    from permits.exchange.writing_sqlite import write_ocel_sqlite

    match form:
        case Form.CSV:
            write_text(out, writing.as_csv(cases))
        case Form.XES:
            write_text(out, writing.as_xes(cases))
        case Form.OCEL_JSON:
            write_text(out, writing.as_ocel_json(cases))
        case Form.OCEL_SQLITE:
            if out is None:
                opening.refuse("a database cannot be printed: name a file with --out")
            with replaced(out) as part:
                write_ocel_sqlite(part, cases)


def write_text(out: Path | None, parts: Iterable[str]) -> None:
    """Write a text into a file, or print it."""
    if out is None:
        sys.stdout.flush()
        for part in parts:
            sys.stdout.buffer.write(part.encode())
        return
    with replaced(out) as file, file.open("w", encoding="utf-8", newline="") as target:
        target.writelines(parts)


@contextmanager
def replaced(out: Path) -> Iterator[Path]:
    """A file beside the one that is wanted, which takes its place once it is whole: whoever reads
    it meanwhile, or after a fault, has the one that was there."""
    part = out.with_name(f"{out.name}.part")
    try:
        part.unlink(missing_ok=True)
        yield part
        part.replace(out)
    except (OSError, sqlite3.Error) as error:
        opening.refuse(f"{out} cannot be written: {getattr(error, 'strerror', None) or error}")
    finally:
        part.unlink(missing_ok=True)
    typer.echo(f"wrote {out}")
