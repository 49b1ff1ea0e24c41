"""`permits outbox`: what waits to go out, and whether it may."""

from typing import Annotated

import typer

from permits.cli import opening
from permits.cli.due import Language

outbox = typer.Typer(help="What waits to go out, and whether it may.", no_args_is_help=True)


@outbox.callback()
def _group() -> None:
    """What waits to go out, and whether it may."""


@outbox.command()
def show(
    lang: Annotated[Language, typer.Option("--lang", help="The language of the answer.")] = (
        Language.ZH
    ),
) -> None:
    """Say what waits, what failed, and whether anything goes out."""
    from permits.text import pausing

    with opening.office() as opened:
        state = opened.running.state()
    waiting, failing, given_up, oldest = state.outbox
    if lang is Language.EN:
        since = f", the oldest since {oldest}" if oldest else ""
        typer.echo(f"{waiting} wait{since}; {failing} of them failed before; {given_up} given up")
    else:
        since = f"，最早的自 {oldest} 起" if oldest else ""
        typer.echo(f"待发 {waiting} 件{since}；其中失败过 {failing} 件；已放弃 {given_up} 件")
    if state.paused:
        why = pausing.reason(state.paused, lang.value)
        typer.echo(f"paused: {why}" if lang is Language.EN else f"已暂停：{why}")


@outbox.command()
def pause(why: Annotated[str, typer.Argument(help="For whoever finds it paused.")]) -> None:
    """Let nothing go out and no date be told, from the next look on, in every process."""
    from permits.store import outbox_state

    with opening.office() as opened:
        with opened.database.write() as connection:
            outbox_state.pause(connection, why)
        opening.note(opened, "outbox pause", why)
    typer.echo("paused")


@outbox.command()
def resume(
    *,
    hold_letters: Annotated[
        bool,
        typer.Option(
            "--hold-letters",
            help="Give up the letters that wait now; each can be sent again by a person.",
        ),
    ] = False,
) -> None:
    """Let everything go out again. After a restore, letters that wait may have gone before."""
    from permits.store import outbox_state

    with opening.office() as opened:
        with opened.database.write() as connection:
            why = outbox_state.paused(connection)
            held = 0
            if hold_letters:
                held = outbox_state.hold_back(connection, f"held back: {why or 'by command'}")
            outbox_state.resume(connection)
        opening.note(opened, "outbox resume", f"{held} held back")
    typer.echo(f"resumed; {held} held back")
