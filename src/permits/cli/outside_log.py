"""What the commands about logs of events share: the options of a file, and its events."""

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from permits.cli import opening

if TYPE_CHECKING:
    from permits.exchange.log import How, LogEvent, Oddities


class Language(StrEnum):
    """What an answer is in."""

    ZH = "zh"
    EN = "en"


File = Annotated[Path, typer.Argument(metavar="FILE", help="CSV, XES (also .gz), or OCEL 2.0.")]
Zone = Annotated[
    str, typer.Option("--time-zone", help="Where times without an offset were written.")
]
Encoding = Annotated[
    str, typer.Option("--encoding", help="What a CSV file is in, such as GB18030.")
]
CaseColumn = Annotated[str, typer.Option("--case", help="The column of the case.")]
ActivityColumn = Annotated[str, typer.Option("--activity", help="The column of the activity.")]
TimeColumn = Annotated[str, typer.Option("--time", help="The column of the time.")]
ObjectType = Annotated[str, typer.Option(help="In OCEL: the type of objects that are the cases.")]
Lang = Annotated[Language, typer.Option(help="The language of the answer.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def zone(named: str) -> ZoneInfo | None:
    """The zone of that name; none if none was given."""
    if not named:
        return None
    try:
        return ZoneInfo(named)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        opening.refuse(f"--time-zone: there is no zone '{named}'; write one such as Asia/Shanghai")


def encoding(named: str) -> str:
    """An encoding that there is."""
    try:
        " ".encode(named)
    except LookupError:
        opening.refuse(f"--encoding: '{named}' is not known; write one such as gb18030")
    return named


def events(file: Path, how: "How", oddities: "Oddities", lang: Language) -> "Iterator[LogEvent]":
    """The events of a file; what makes it unreadable ends the command."""
    from permits.exchange.log import BadLog
    from permits.exchange.reading import read_log
    from permits.exchange.wording import unreadable

    try:
        yield from read_log(file, how, oddities)
    except OSError as error:
        opening.refuse(f"{file} cannot be read: {error.strerror or error}")
    except BadLog as bad:
        opening.refuse(f"{file}: {unreadable(bad, lang.value)}")


def shows_everything() -> bool:
    """Whether what is printed arrives as it is, whatever its characters."""
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
