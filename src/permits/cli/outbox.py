"""`permits outbox`: what waits to go out, and whether it may."""

from typing import Annotated

import typer

from permits.cli import opening

outbox = typer.Typer(help="What waits to go out, and whether it may.", no_args_is_help=True)


@outbox.callback()
def _group() -> None:
    """What waits to go out, and whether it may."""


@outbox.command()
def show() -> None:
    """Say what waits, what failed, and whether anything goes out."""
    with opening.office() as opened:
        state = opened.running.state()
    waiting, failing, given_up, oldest = state.outbox
    since = f", the oldest since {oldest}" if oldest else ""
    typer.echo(f"{waiting} wait{since}; {failing} of them failed before; {given_up} given up")
    if state.paused:
        typer.echo(f"paused: {state.paused}")


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
