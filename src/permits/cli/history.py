"""`permits history`: cases that were decided before this program came."""

import json
from pathlib import Path
from typing import Annotated

import typer

from permits.cli import opening
from permits.cli.outside_log import AsJson, Lang, Language, shows_everything

history = typer.Typer(help="Cases of before: dates only.", no_args_is_help=True)

MOST_SHOWN = 50


@history.callback()
def _group() -> None:
    """Cases of before: dates only."""


@history.command("import")
def import_history(
    file: Annotated[Path, typer.Argument(help="CSV: number, permit, track, days, result.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would come.")] = False,
    lang: Lang = Language.ZH,
) -> None:
    """Import cases that were decided before this program came, all of a file or none.

    They are history for ever: nothing is decided on them, and no saving is told of them.
    """
    from permits.exchange.history import days_of, import_past
    from permits.exchange.history_wording import days, fault

    try:
        raw = file.read_bytes()
    except OSError as error:
        opening.refuse(f"{file} cannot be read: {error.strerror}")
    with opening.office() as opened:
        found = import_past(opened, raw, actor=opening.SETUP, dry=dry_run)
        told = days_of(found.cases, opened.shelf.calendar)
        if not found.faults and not dry_run:
            opening.note(opened, "history import", found.source)
    if found.faults:
        for one in found.faults[:MOST_SHOWN]:
            typer.echo(fault(one, lang.value), err=True)
        typer.echo(f"{file}: {len(found.faults)} faults, nothing was imported", err=True)
        raise typer.Exit(1)
    if found.ignored:
        typer.echo(f"left alone: {', '.join(found.ignored)}")
    typer.echo("\n".join(days(told, lang.value)))
    verb = "would be imported" if dry_run else "imported"
    typer.echo(f"{len(found.cases)} cases {verb}, SHA-256 {found.source}")


@history.command("list")
def list_history(*, as_json: AsJson = False, lang: Lang = Language.ZH) -> None:
    """List what was imported, and the working days that it took."""
    import msgspec

    from permits.exchange.history import days_of, imports
    from permits.exchange.history_wording import days

    with opening.office() as opened:
        held, calendar = imports(opened), opened.shelf.calendar
    told = days_of((case for one in held for case in one.cases), calendar)
    if as_json:
        files = [
            {"sha256": one.source, "imported_on": one.imported_on, "cases": len(one.cases)}
            for one in held
        ]
        plain = msgspec.to_builtins({"history": True, "imports": files, "days": told})
        typer.echo(json.dumps(plain, ensure_ascii=not shows_everything(), indent=2))
        return
    for one in held:
        typer.echo(f"{one.source}  {one.imported_on}  {len(one.cases)} cases")
    for line in days(told, lang.value):
        typer.echo(line)


@history.command("withdraw")
def withdraw_history(
    source: Annotated[str, typer.Argument(help="The SHA-256 of the file, or how it begins.")],
) -> None:
    """Let a file that was imported by mistake count no more. What it told stays in the log."""
    from permits.exchange.history import NoSuchImport, withdraw

    with opening.office() as opened:
        try:
            gone = withdraw(opened, source, actor=opening.SETUP)
        except NoSuchImport:
            opening.refuse(f"no file that counts, or more than one, begins with '{source}'")
        opening.note(opened, "history withdraw", gone.source)
    typer.echo(f"withdrawn: {gone.source}, {len(gone.cases)} cases")
