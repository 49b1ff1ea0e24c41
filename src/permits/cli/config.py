"""`permits config`: the settings of an office."""

import typer

from permits.cli import opening

config = typer.Typer(help="The settings of an office.", no_args_is_help=True)


@config.callback()
def _group() -> None:
    """The settings of an office."""


@config.command()
def check() -> None:
    """Try everything that the settings name, and change nothing; exit 1 if something cannot be
    used. `permits doctor` says what keeps an office from a network."""
    from permits.services.setup_check import check_setup

    wrong = 0
    for one in check_setup(opening.settings()):
        wrong += not one.usable
        typer.echo(f"{'ok   ' if one.usable else 'wrong'}  {one.name}: {one.says}")
    typer.echo(f"{wrong or 'nothing'} wrong")
    raise typer.Exit(bool(wrong))
