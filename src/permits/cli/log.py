"""`permits log metrics`: what an event log comes to, ours or another's."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from permits.cli import opening
from permits.cli.outside_log import (
    ActivityColumn,
    AsJson,
    CaseColumn,
    Encoding,
    File,
    Lang,
    Language,
    ObjectType,
    TimeColumn,
    Zone,
    encoding,
    events,
    shows_everything,
    zone,
)

if TYPE_CHECKING:
    from permits.casework.working_days import WorkingDays

log = typer.Typer(help="Event logs of other tools.", no_args_is_help=True)


@log.callback()
def _group() -> None:
    """Event logs of other tools."""


@log.command()
def metrics(
    file: File,
    *,
    time_zone: Zone = "",
    encoded: Encoding = "utf-8",
    case: CaseColumn = "",
    activity: ActivityColumn = "",
    time: TimeColumn = "",
    object_type: ObjectType = "",
    calendar: Annotated[
        Path | None, typer.Option(help="Years of a calendar file, before those shipped.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = Language.ZH,
) -> None:
    """Print the cases, events and variants of a log, how long cases take and what follows what.

    What is odd about the file is told by line or event. A time without an offset needs a zone.
    """
    import msgspec

    from permits.exchange.figures import figures
    from permits.exchange.log import How, Oddities
    from permits.exchange.wording import oddities, summary

    where = zone(time_zone)
    how = How(
        zone=where,
        encoding=encoding(encoded),
        case=case,
        activity=activity,
        time=time,
        object_type=object_type,
    )
    odd = Oddities()
    found = figures(events(file, how, odd, lang), _calendar(calendar), where)
    if as_json:
        told = {
            **msgspec.to_builtins(found),
            "oddities": {"count": odd.total, "kinds": odd.counts, "first": odd.first},
        }
        plain = msgspec.to_builtins(told)
        typer.echo(json.dumps(plain, ensure_ascii=not shows_everything(), indent=2))
        return
    typer.echo("\n".join(summary(found, lang.value)))
    if odd.total:
        typer.echo("\n".join(("", *oddities(odd, lang.value))))


def _calendar(file: Path | None) -> "WorkingDays":
    """The shipped years, those of a file in their place."""
    from permits.casework.working_days import WorkingDays, published
    from permits.definitions.calendar_file import BrokenCalendar, read_calendar

    years = WorkingDays(opening.shipped_years())
    if file is None:
        return years
    try:
        given = read_calendar(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        opening.refuse(f"{file} cannot be read: {error}")
    except BrokenCalendar as broken:
        opening.refuse("\n".join(f"{file}: {finding}" for finding in broken.findings))
    for year in given:
        years = years.with_year(published(year.record()))
    return years
