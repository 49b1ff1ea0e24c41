"""Data of other offices: which sources there are, and records that they deliver as files."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from permits.cli import opening

if TYPE_CHECKING:
    from permits.outside.record_folder import RecordFolder

shared_data = typer.Typer(help="Data of other offices.", no_args_is_help=True)


@shared_data.callback()
def _group() -> None:
    """Data of other offices."""


@shared_data.command("sources")
def list_sources() -> None:
    """List the sources with what each gives and how old its data may be."""
    from permits.outside.sources import BadSources, read_sources

    file = opening.settings().sources
    try:
        found = read_sources(file).by_id.values()
    except BadSources as error:
        opening.refuse(str(error))
    for source in found:
        one = source.about
        where = one.url or str(file.parent / one.folder)
        typer.echo(f"{one.id}  {where}  {one.fresh_days} days  {', '.join(one.gives)}")
    if not found:
        typer.echo(f"no sources: there is no {file}")


@shared_data.command("take-in")
def take_in(source: str, files: list[Path]) -> None:
    """Put records that an office has delivered as JSON files into its folder.

    Each is named with its digest (SHA-256) and the day of which it speaks. A record of an earlier
    day than what is there is left out. If one file cannot be used, none of those after it is
    taken in, and the exit code is 2.
    """
    from permits.outside.records import BadRecord

    folder = _folder_of(source)
    for file in files:
        try:
            taken = folder.take_in(file.read_bytes())
        except OSError as error:
            opening.refuse(f"{file} cannot be read: {error.strerror}")
        except BadRecord as bad:
            opening.refuse(f"{file} is no record: {bad}")
        left_out = "  left out: there is a newer one" if taken.newer else ""
        typer.echo(f"{taken.material}  {taken.as_of}  {taken.sha256}{left_out}")


def _folder_of(name: str) -> "RecordFolder":
    from permits.outside.record_folder import RecordFolder
    from permits.outside.sources import BadSources, read_sources

    try:
        source = read_sources(opening.settings().sources).by_id.get(name)
    except BadSources as error:
        opening.refuse(str(error))
    if source is None:
        opening.refuse(f"there is no source {name}")
    if not isinstance(source.asks, RecordFolder):
        opening.refuse(f"{name} is asked by its address and takes no files in")
    return source.asks
