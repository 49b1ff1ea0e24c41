"""The rows of figures as Parquet files."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from permits.cli import opening


def parquet(
    folder: Annotated[Path, typer.Argument(help="Where the files go; brought up to date.")],
) -> None:
    """Write what figures are counted in as Parquet files, one for each table and month.

    A folder that an export wrote before is brought up to date: only files whose rows changed are
    written anew. Needs the extra `parquet`.
    """
    from permits.analytics.parquet import NoDuckDB
    from permits.analytics.parquet_export import NotOurs, export

    with opening.office() as opened:
        opening.note(opened, "export parquet", folder.name)
        try:
            with opened.database.snapshot() as connection:
                done = export(connection, folder, opened.shelf.calendar)
        except (NoDuckDB, NotOurs) as error:
            opening.refuse(str(error))
        except OSError as error:
            opening.refuse(f"{folder} cannot be written: {error.strerror}")
    typer.echo(
        f"{done.rows} rows; {done.written} files written, {done.kept} as they were,"
        f" {done.removed} taken away"
    )


def figure_sql(
    figure: Annotated[str, typer.Argument(help="The word of a figure, as days_used.")],
    by: Annotated[str, typer.Option(help="By what it is told apart, as track or month.")] = "all",
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day it is of; else today.")
    ] = None,
) -> None:
    """Print the query of a figure: group, number (or two days), how many rows.

    It runs on PostgreSQL, and on DuckDB over the files of `permits export parquet`.
    """
    from permits import settings
    from permits.analytics.choosing import Chosen
    from permits.analytics.measures import RULES, By, Measure
    from permits.analytics.measuring import Asked
    from permits.analytics.parquet import sql
    from permits.casework.dates import day_of

    if figure not in list(Measure):
        opening.refuse(f"there is no figure {figure}; choose one of {', '.join(Measure)}")
    measure = Measure(figure)
    if by not in RULES[measure].ways:
        ways = ", ".join(RULES[measure].ways)
        opening.refuse(f"{figure} cannot be told apart by {by}; choose one of {ways}")
    today: date = as_of.date() if as_of is not None else day_of(settings.now())
    typer.echo(sql(measure, Asked(Chosen(), today, By(by))))
