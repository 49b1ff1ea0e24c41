"""`permits audit`: whether the record is whole, and what was noted of accounts."""

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from permits.cli import opening
from permits.cli.due import Language
from permits.cli.evidence import Keys, Speaks, say, trusted_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from permits.evidence.findings import Finding
    from permits.services.evidence.auditing import Held
    from permits.services.office import Office
    from permits.services.watching import Noted
    from permits.store.database import Database

audit = typer.Typer(
    help="Whether the record is whole; who did what, and looked at what.", no_args_is_help=True
)

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


@audit.callback()
def auditing() -> None:
    """Whether the record is whole; who did what, and who looked at what."""


@audit.command("log")
def whole_log(
    *,
    anchor: Annotated[
        list[Path] | None,
        typer.Option(help="A checkpoint that was kept outside; several times."),
    ] = None,
    key: Keys = None,
    stamped_by: Annotated[
        Path | None,
        typer.Option(help="Certificates (PEM) of the authorities whose time stamps are believed."),
    ] = None,
    replay: Annotated[
        bool, typer.Option(help="Go through every case again, and compare every table.")
    ] = True,
    processes: Annotated[
        int,
        typer.Option(min=0, help="Processes that go through cases at once; 0: one a core."),
    ] = 0,
    lang: Speaks = Language.ZH,
) -> None:
    """Audit the whole log: every record, chain and place, everything that was signed, every
    checkpoint that is held outside; with --replay every case is gone through again and every
    table compared. Ends with 1 if anything is amiss."""
    from permits.services.evidence.auditing import audit as audited
    from permits.services.evidence.going_together import ProcessDied, Sharing

    held, shared = [_held(file) for file in anchor or ()], Sharing(processes or _cores())
    again = shared if replay else None
    keys, stamps = trusted_keys(key), _stamps(stamped_by)
    with opening.database() as database:
        try:
            found = audited(database, keys, held, replay=again, **stamps)
        except ProcessDied:
            opening.refuse(
                f"one of {shared.processes} processes that went through cases was ended, as for"
                " want of memory; nothing is said of the log. Try again with --processes 1"
            )
        amiss = (*found.findings, *(_tables(database) if replay and found.good else ()))
    say(amiss, lang)
    if amiss:
        raise typer.Exit(1)
    size = found.newest.size if found.newest else 0
    typer.echo(
        f"{found.events} events of {found.streams} streams, {found.cases} cases gone through,"
        f" {found.checkpoints} checkpoints, {found.anchors} anchors: nothing is amiss;"
        f" {size} are signed, {found.waiting} wait"
        if lang is Language.EN
        else f"{found.streams} 个流共 {found.events} 个事件，重新走过 {found.cases} 件，"
        f"检查点 {found.checkpoints} 个，外部锚 {found.anchors} 个：未发现问题；"
        f"已签名 {size} 个事件，待编入 {found.waiting} 个"
    )


def _cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _stamps(file: Path | None) -> "dict[str, Callable[[bytes, bytes], bool]]":
    """What looks at time stamps, if the certificates of their authorities were given."""
    from permits.outside.time_stamps import certificates, is_stamp

    if file is None:
        return {}
    try:
        roots = certificates(file)
    except (OSError, ValueError) as error:
        opening.refuse(f"{file} holds no certificates: {error}")
    return {"stamps": lambda answer, note: is_stamp(answer, note, roots)}


def _held(file: Path) -> "Held":
    from permits.services.evidence.auditing import Held

    return Held(file.name, opening.read_text(file))


def _tables(database: "Database") -> "tuple[Finding, ...]":
    """Where tables say otherwise than the log, and streams of which none can be made."""
    from permits.evidence.findings import Amiss, Finding
    from permits.services.rebuild import check
    from permits.services.unfollowed import Unfollowed

    return tuple(
        Finding(Amiss.CANNOT_FOLLOW, one.stream, one.seq, (one.why,))
        if isinstance(one, Unfollowed)
        else Finding(Amiss.TABLE_DIFFERS, "tables", 0, (str(one),))
        for one in check(database)
    )


@audit.command()
def access(
    *,
    account: Annotated[str, typer.Option(help="Only of this user name.")] = "",
    kind: Annotated[
        list[str] | None, typer.Option(help="Only of this kind; several times.")
    ] = None,
    since: Day = None,
    until: Day = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the access log, the newest first: sign-ins, roles, what was shown, taken along and
    refused, and commands of this command line. Days are those of the office, both included."""
    import msgspec

    from permits.store.access_log import Wanted

    with opening.office() as opened:
        wanted = Wanted(
            account=_id_of(opened, account) if account else "",
            kinds=tuple(kind or ()),
            first=since.date() if since else None,
            last=until.date() if until else None,
        )
        for one in opened.watching.noted(wanted):
            typer.echo(msgspec.json.encode(one).decode() if json else _line(one))


@audit.command()
def ship() -> None:
    """Tell the collector of PERMITS_LOG_TO what it was not told yet; exit 1 if it is not taken. A
    server that is running does so by itself."""
    from permits.services.shipping import shipping_of

    with opening.office() as opened:
        shipping = shipping_of(opened)
        if shipping is None:
            opening.refuse("no collector is set; name one: PERMITS_LOG_TO=syslog+tls://host:6514")
        try:
            count = shipping.ship()
        except OSError as error:
            typer.echo(f"{opened.settings.log_to} did not take the access log: {error}", err=True)
            raise typer.Exit(1) from None
    typer.echo(f"{count} entries told to {opened.settings.log_to}")


def _id_of(opened: "Office", username: str) -> str:
    from permits.store.people import by_username

    with opened.database.read() as connection:
        found = by_username(connection, username)
    if found is None:
        opening.refuse(f"there is no account {username}")
    return found[0].id


def _line(one: "Noted") -> str:
    what = " ".join(f"{name}={value}" for name, value in one.what.items() if value != "")
    return f"{one.at}  {one.account}  {one.kind}  {what}".rstrip() + (
        "" if one.by == one.account else f"  by {one.by}"
    )
