"""The files that were uploaded."""

import typer

from permits.cli import opening

files = typer.Typer(help="The files that were uploaded.", no_args_is_help=True)


@files.callback()
def _group() -> None:
    """The files that were uploaded."""


@files.command("check")
def check_files() -> None:
    """Read every file and compare it with its hash. Exit code 1 if one is missing or altered."""
    from permits.services.file_check import Found, check

    count = size = wrong = 0
    with opening.office() as opened:
        for one in check(opened.database, opened.files):
            count, size = count + 1, size + one.size
            if one.found is not Found.WHOLE:
                wrong += 1
                typer.echo(f"{one.sha256}  {one.found}  {', '.join(one.places) or '-'}")
    typer.echo(f"{count} files, {size} bytes: {wrong or 'none'} missing or altered")
    raise typer.Exit(1 if wrong else 0)
