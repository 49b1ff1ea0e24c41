"""Fees for whoever keeps the books: the file for the treasury, and its file compared."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from permits.cli import opening

if TYPE_CHECKING:
    from permits.analytics.treasury_file import Line
    from permits.services.office import Office

fees = typer.Typer(help="Fees: their ledgers and the treasury.", no_args_is_help=True)


@fees.callback()
def _group() -> None:
    """Fees: their ledgers and the treasury."""


@fees.command()
def reconcile(
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")],
    output: Annotated[Path | None, typer.Option(help="Write every entry as CSV.")] = None,
    against: Annotated[Path | None, typer.Option(help="The treasury's own file (CSV).")] = None,
) -> None:
    """Print what was owed, fixed, paid and refunded in a period, and write every entry as CSV.

    With the treasury's file every number on which the two do not agree is told, and the exit code
    is 1 if there is one.
    """
    if last < first:
        opening.refuse("--to lies before --from")
    begin, end = first.date(), last.date()
    theirs = None if against is None else _read(against)
    with opening.office() as opened:
        _print_totals(opened, begin, end)
        if output is not None:
            _write(opened, begin, end, output)
        found = [] if theirs is None else _differences(opened, begin, end, theirs)
    for says in found:
        typer.echo(says)
    if theirs is not None:
        typer.echo(f"{len(found)} differences")
    if found:
        raise typer.Exit(1)


def _read(file: Path) -> "list[Line]":
    from permits.analytics.treasury_file import BadFile, read
    from permits.analytics.treasury_sheet import unreadable

    try:
        return read(file.read_bytes())
    except OSError as error:
        opening.refuse(f"{file} cannot be read: {error.strerror}")
    except BadFile as wrong:
        opening.refuse(f"{file}: {unreadable(wrong, 'en')}")


def _print_totals(opened: "Office", first: date, last: date) -> None:
    from permits.analytics import treasury
    from permits.analytics.treasury_sheet import kind
    from permits.text.amounts import money

    with opened.database.read() as connection:
        found = treasury.totals(connection, first, last)
    typer.echo(f"owed before {first}: {money(found.before_fen, 'en')}")
    for each, fen in found.by_kind.items():
        typer.echo(f"{kind(each, 'en')}: {money(fen, 'en')}")
    typer.echo(f"owed after {last}: {money(found.after_fen, 'en')}")


def _write(opened: "Office", first: date, last: date, file: Path) -> None:
    from permits.analytics import sheets, treasury
    from permits.analytics.treasury_sheet import sheet

    with opened.database.snapshot() as connection:
        found = treasury.totals(connection, first, last)
        entries = treasury.entries(connection, first, last)
        rows = sheet(entries, found, opened.shelf.edition, "zh")
        text = "".join(sheets.lines(rows))
    opening.note(opened, "fees reconcile --output", f"{first} to {last}")
    try:
        file.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        opening.refuse(f"{file} cannot be written: {error.strerror}")
    typer.echo(f"wrote {file}")


def _differences(opened: "Office", first: date, last: date, theirs: "list[Line]") -> list[str]:
    from permits.analytics import treasury
    from permits.analytics.treasury_file import compare
    from permits.analytics.treasury_sheet import difference

    with opened.database.snapshot() as connection:
        ours = treasury.entries(connection, first, last)
        return [difference(one, "en") for one in compare(ours, theirs)]
