"""`permits export`: what the office's log says openly, as files for other tools."""

import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from permits.cli import opening
from permits.cli.export_parquet import figure_sql, parquet

if TYPE_CHECKING:
    from permits.exchange.national_codes import Codes
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


export.command()(parquet)
export.command("figure-sql")(figure_sql)


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


@export.command("national")
def export_national(
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")],
    codes: Annotated[Path, typer.Option(help="The office's codes, with what they rest on.")],
    out: Annotated[Path, typer.Option(help="A folder for the tables.")],
) -> None:
    """Write cases, their status and checks of commitments as tables of the national exchange.

    What was told on the days of the period, once; what turned out wrong follows again, marked as
    void. Exit code 1 if a case could not be told.
    """
    from permits.analytics import sheets
    from permits.exchange import national
    from permits.exchange.national_office import told_of

    if last < first:
        opening.refuse("--to lies before --from")
    begin, end = first.date(), last.date()
    held = _codes(codes)
    with opening.office() as opened:
        rows, untold = told_of(opened.database, opened.shelf.edition, held, (begin, end))
        opening.note(opened, "export national", f"{begin} to {end}")
    _make_folder(out)
    period = f"{begin:%Y%m%d}-{end:%Y%m%d}"
    for table in national.COLUMNS:
        write_text(out / f"{table}.csv", sheets.lines(national.lines_of(table, rows, period)))
    for one in untold:
        typer.echo(f"{one.case}: left out, no code `{one.name}` holds on {one.on}", err=True)
    if untold:
        raise typer.Exit(1)


@export.command("answers")
def export_answers(
    permit: Annotated[str, typer.Argument(help="The permit type.")],
    folder: Annotated[Path, typer.Argument(help="Where the tables go.")],
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Results from then on.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Results until then.")
    ] = None,
    *,
    english: Annotated[bool, typer.Option("--english", help="In English.")] = False,
) -> None:
    """Write what was answered in the cases of a permit type that have a result: answers.csv, and a
    table for each question that takes several entries.

    Answers about people are not told: that there is one stands in their place.
    """
    from permits.analytics import cases, sheets
    from permits.analytics.choosing import Chosen, Which
    from permits.exchange import answers_out

    if first is not None and last is not None and last < first:
        opening.refuse("--to lies before --from")
    with opening.office() as opened:
        if opened.shelf.current(permit) is None:
            known = ", ".join(one.permit for one in opened.shelf.permits)
            opening.refuse(f"there is no permit type {permit}; choose one of {known}")
        chosen = Chosen(permit, "", first and first.date(), last and last.date())
        counted = cases.every(opened.database, chosen, Which.ALL)
        read = answers_out.reading(opened, counted, None, "en" if english else "zh")
        opening.note(opened, "export answers", f"{permit} {len(read.cases)}")
        _make_folder(folder)
        tables = {"answers": answers_out.answers(opened, read)}
        for group in answers_out.several(read):
            tables[group] = answers_out.entries(opened, read, group)
        for name, sheet in tables.items():
            heads = [title for _word, title in sheet.columns]
            write_text(folder / f"{name}.csv", sheets.lines(chain([heads], sheet.rows)))


def _codes(file: Path) -> "Codes":
    from permits.exchange.declared import BadDeclaration
    from permits.exchange.national_codes import read_codes

    try:
        return read_codes(file.read_text(encoding="utf-8-sig"), str(file))
    except (OSError, UnicodeDecodeError) as error:
        opening.refuse(f"{file} cannot be read: {error}")
    except BadDeclaration as bad:
        opening.refuse("\n".join(bad.findings))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        opening.refuse(f"{folder} cannot be made: {error.strerror}")


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
