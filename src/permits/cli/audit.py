"""`permits audit`: what was noted of accounts, for whoever looks after an office."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from permits.cli import opening

if TYPE_CHECKING:
    from permits.services.office import Office
    from permits.services.watching import Noted

audit = typer.Typer(help="Who did what, and who looked at what.", no_args_is_help=True)

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


@audit.callback()
def auditing() -> None:
    """Who did what, and who looked at what."""


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
