"""`permits audit`: what was noted of accounts, for whoever looks after an office."""

from datetime import UTC, date, datetime, time, timedelta
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
    """List the access log by time: sign-ins, roles, what was shown, taken along and refused, and
    commands of this command line. Days are those of UTC, both included."""
    import msgspec

    first, last = _instant(since), _instant(until, days=1)
    with opening.office() as opened:
        found = tuple(opened.watching.noted(_id_of(opened, account) if account else None))
    for one in found:
        if (kind and one.kind not in kind) or one.at < first or (last and one.at >= last):
            continue
        typer.echo(msgspec.json.encode(one).decode() if json else _line(one))


def _instant(day: datetime | None, *, days: int = 0) -> str:
    from permits.casework.dates import as_text

    if day is None:
        return ""
    first: date = day.date() + timedelta(days=days)
    return as_text(datetime.combine(first, time(), UTC))


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
