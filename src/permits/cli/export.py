"""What an office hands out for others to work with."""

import typer

from permits.cli.export_parquet import figure_sql, parquet

export = typer.Typer(help="Data for other programs.", no_args_is_help=True)


@export.callback()
def _group() -> None:
    """Data for other programs."""


export.command()(parquet)
export.command("figure-sql")(figure_sql)
