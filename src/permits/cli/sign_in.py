"""Commands for whoever helps people sign in: passwords, sessions, second factors, waits."""

from typing import TYPE_CHECKING, Annotated

import typer

from permits.cli import administer, opening

if TYPE_CHECKING:
    from permits.services.office import Office
    from permits.store.people import Account


account = administer.account


def _found(opened: "Office", username: str) -> "Account":
    from permits.store.people import by_username

    with opened.database.read() as connection:
        known = by_username(connection, username)
    if known is None:
        opening.refuse(f"there is no account {username}")
    if not known.account.open:
        opening.refuse(f"the account {username} is closed for good; open another")
    return known.account


@account.command("password")
def set_password(username: str) -> None:
    """Set a password made by chance and print it. It ends every session of the account and has to
    be changed at the next sign-in, within seven days."""
    with opening.office() as opened:
        made = opened.passwords.set_once(_found(opened, username), actor=opening.SETUP)
    typer.echo(f"{username}: {made}")
    typer.echo("Hand it over in person; it is kept nowhere.", err=True)


@account.command("sessions")
def sessions(
    username: str,
    *,
    end: Annotated[bool, typer.Option("--end", help="End all of them.")] = False,
) -> None:
    """List where an account is signed in, or end all its sessions."""
    from permits.services.sessions import Ending
    from permits.text.days import moment
    from permits.text.sign_in import browser

    with opening.office() as opened:
        found = _found(opened, username)
        if end:
            ended = opened.sessions.end_others(found.id, Ending("asked", opening.SETUP))
            typer.echo(f"{ended} sessions ended")
            return
        for one in opened.sessions.of_account(found):
            since, seen = (moment(at, "en") for at in (one.times.opened_at, one.times.seen_at))
            where = one.address or "an unknown address"
            typer.echo(f"{since}  seen {seen}  {where}  {browser(one.agent, 'en')}")


@account.command("reset-second-factor")
def reset_second_factor(username: str) -> None:
    """Remove device and recovery codes of an account, and end its sessions. Whoever must have a
    second factor is asked to add one at the next sign-in: make sure who it is first."""
    from permits.services.sessions import Ending

    with opening.office() as opened:
        found = _found(opened, username)
        ending = Ending("second_factor", opening.SETUP)
        if not opened.second_factors.remove(found.id, ending):
            opening.refuse(f"{username} has no second factor")
    typer.echo(f"{username} has no second factor now")


@account.command("unlock")
def unlock(username: str) -> None:
    """Let whoever signs in to an account try at once, however often it failed before."""
    with opening.office() as opened:
        opened.entry.lift_waits(_found(opened, username), actor=opening.SETUP)
    typer.echo(f"{username} need not wait")
