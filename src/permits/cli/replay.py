"""`permits replay`: an outside log held against a definition."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from permits.cli import opening
from permits.cli.definitions import one_definition
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
    from permits.definitions.schema import Definition
    from permits.exchange.mapping import Declared


def replay(
    file: File,
    definition: Annotated[
        str, typer.Option(metavar="ID|FILE", help="A shipped permit type, or a file.")
    ],
    mapping: Annotated[
        Path | None, typer.Option(help="What the activities are; else they are named as actions.")
    ] = None,
    *,
    time_zone: Zone = "",
    encoded: Encoding = "utf-8",
    case: CaseColumn = "",
    activity: ActivityColumn = "",
    time: TimeColumn = "",
    object_type: ObjectType = "",
    as_json: AsJson = False,
    lang: Lang = Language.ZH,
) -> None:
    """Tell which cases of a log go the way that a definition allows, and where others leave it.

    A condition may hold or not: a log does not say what was answered.
    """
    import msgspec

    from permits.definitions.checker.applications import TooWide
    from permits.exchange.log import How, Oddities
    from permits.exchange.replay import Player
    from permits.exchange.replay import replay as held
    from permits.exchange.replay_wording import told
    from permits.exchange.wording import oddities

    resolved = one_definition(definition)
    player = Player(resolved.definition, declared(mapping, resolved.definition))
    how = How(
        zone=zone(time_zone),
        encoding=encoding(encoded),
        case=case,
        activity=activity,
        time=time,
        object_type=object_type,
    )
    odd = Oddities()
    try:
        found = held(events(file, how, odd, lang), player)
    except TooWide:
        opening.refuse(f"{definition}: the conditions of one action read too much at once")
    if as_json:
        plain = {
            "definition": resolved.definition.permit.id,
            "digest": resolved.digest,
            **msgspec.to_builtins(found),
            "oddities": {"count": odd.total, "kinds": odd.counts},
        }
        typer.echo(json.dumps(plain, ensure_ascii=not shows_everything(), indent=2))
        return
    typer.echo("\n".join(told(found, lang.value)))
    if odd.total:
        typer.echo("\n".join(("", *oddities(odd, lang.value))))


def declared(mapping: Path | None, definition: "Definition") -> "Declared":
    from permits.exchange.declared import BadDeclaration
    from permits.exchange.mapping import named_alike, read_mapping

    if mapping is None:
        return named_alike(definition)
    try:
        return read_mapping(mapping.read_text(encoding="utf-8-sig"), str(mapping), definition)
    except (OSError, UnicodeDecodeError) as error:
        opening.refuse(f"{mapping} cannot be read: {error}")
    except BadDeclaration as bad:
        opening.refuse("\n".join(bad.findings))
