"""`permits backup` and `permits restore`: a copy of an office that can be believed, and an office
made of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from permits.cli import opening

if TYPE_CHECKING:
    from permits.services.backup.manifest import Manifest


def backup(
    folder: Annotated[Path, typer.Argument(help="Where the backup goes; not there yet.")],
    *,
    after: Annotated[
        Path | None, typer.Option(help="An earlier backup, whose files are linked, not copied.")
    ] = None,
    portable: Annotated[
        bool, typer.Option("--portable", help="In a form that either database is filled from.")
    ] = False,
    with_keys: Annotated[
        bool, typer.Option("--with-keys", help="Put the keys of the office in too.")
    ] = False,
) -> None:
    """Copy the whole office while it works, sign the copy, and read it back before it counts.

    Exit code 1 if the office itself lacks files; the backup is made all the same.
    """
    from sqlalchemy.exc import DBAPIError

    from permits.outside.files import files_of
    from permits.outside.stores import Away
    from permits.services.backup.making import InTheWay, Source, Wanted, give_way, make
    from permits.services.backup.manifest import Damaged
    from permits.settings import now
    from permits.store.copying import CannotCopy

    give_way()
    chosen = opening.settings()
    with opening.database(chosen) as database:
        source = Source(chosen, database, files_of(chosen), now)
        try:
            made = make(source, folder.absolute(), Wanted(portable, with_keys, after))
        except InTheWay as there:
            opening.refuse(f"{there} is there already; name a folder that is not")
        except Damaged as error:
            opening.refuse(f"what was written is not what is read back, and is gone: {error}")
        except (CannotCopy, Away, OSError, DBAPIError) as error:
            opening.refuse(f"no backup was made: {opening.first_line(error)}")
    _tell(made)
    typer.echo(f"signed by {made.signer}")
    if not with_keys:
        typer.echo(f"not in it, to be kept elsewhere: the keys {', '.join(made.key_ids)}")
    for one in made.absent:
        typer.echo(f"{one}: missing or altered in the office itself", err=True)
    raise typer.Exit(bool(made.absent))


def _tell(made: "Manifest") -> None:
    newest = f", the newest of {made.last_at}" if made.last_at else ""
    typer.echo(
        f"backup of {made.made_at}: {made.events} events in {made.streams} streams{newest};"
        f" {made.files} files, {made.files_size} bytes"
    )


def restore(
    folder: Annotated[Path, typer.Argument(help="The backup.")],
    into: Annotated[Path, typer.Option(help="The data folder to be; empty, or not there yet.")],
    *,
    database: Annotated[
        str, typer.Option(help="An empty PostgreSQL database, if it does not go into the folder.")
    ] = "",
    signer: Annotated[
        str, typer.Option(help="Fingerprint of the key that signed it, as `permits backup` said.")
    ] = "",
    anybody: Annotated[bool, typer.Option("--anybody", help="Believe whoever signed it.")] = False,
    anchor: Annotated[
        list[Path] | None,
        typer.Option(help="A checkpoint kept outside, to say what is lost; several times."),
    ] = None,
) -> None:
    """Make an office of a backup: all of it, verified, or nothing.

    Nothing goes out of it, and no date is told, until `permits outbox resume`.
    """
    from sqlalchemy.exc import DBAPIError

    from permits.services.backup.manifest import Damaged
    from permits.services.backup.restoring import NotEmpty, Unknown, Wanted
    from permits.services.backup.restoring import restore as restored
    from permits.settings import now
    from permits.store.copying import CannotCopy
    from permits.store.portable import NotADump

    if not (signer or anybody):
        opening.refuse(
            "say whose backup it is: --signer with the fingerprint that `permits backup` printed,"
            " or --anybody to believe whoever signed it"
        )
    outside = {file.name: opening.read_text(file) for file in anchor or ()}
    wanted = Wanted(into.absolute(), database, signer.lower(), opening.operator())
    try:
        done = restored(folder, wanted, now)
    except (Damaged, NotADump) as error:
        opening.refuse(f"the backup is damaged, and nothing was restored: {error}")
    except (NotEmpty, Unknown) as error:
        opening.refuse(f"nothing was restored: {error}")
    except (CannotCopy, OSError, DBAPIError) as error:
        opening.refuse(f"nothing was restored: {opening.first_line(error)}")
    made = done.manifest
    _tell(made)
    typer.echo(f"signed by {made.signer}")
    for says in (*_signed_of(made, outside), *_left_to_do(made, done.sessions, done.waiting)):
        typer.echo(says)


def _signed_of(made: "Manifest", outside: dict[str, str]) -> list[str]:
    """How far the log in it was signed, and what more was, according to others."""
    from permits.services.backup.comparing import Incomparable, lost_since

    size = made.checkpoint.size if made.checkpoint else 0
    says = [f"its log was signed for {size} of {made.events} events"]
    for name, note in outside.items():
        try:
            lost = lost_since(made, note)
        except Incomparable as error:
            says.append(f"{name}: {error}")
            continue
        if lost:
            says.append(
                f"{name}: places {lost.start} to {lost.stop - 1} of the log were signed for after"
                " this backup, and what it lacks of them is lost; go on with a new key and a new"
                " name (`permits evidence keygen`)"
            )
        else:
            says.append(f"{name}: nothing that it is for is missing")
    return says


def _left_to_do(made: "Manifest", sessions: int, waiting: int) -> list[str]:
    says = [
        f"lost: whatever was done after {made.made_at}; that includes accounts closed, roles taken"
        " away, passwords changed, tokens ended and personal data erased since then",
        f"{sessions} sessions were ended; everybody signs in again",
        f"{waiting} tasks wait; nothing goes out, no date is told, until `permits outbox resume`",
    ]
    if not made.keys:
        says.append(
            f"put back the keys {', '.join(made.key_ids)}, or second factors have to be reset"
        )
    missing = len(made.absent) + len(made.erased)
    if missing:
        says.append(f"{missing} files were missing or erased when it was made")
    return [*says, "next: `permits rebuild --check` and `permits files check`"]
