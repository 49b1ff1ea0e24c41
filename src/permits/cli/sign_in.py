"""Commands for whoever helps people sign in: passwords, sessions, second factors, waits."""

from collections.abc import Callable
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


@account.command("reseal")
def reseal() -> None:
    """Encrypt the secrets of all devices anew, under the first key that is set. After it the keys
    behind the first are not needed any more."""
    from permits.outside.keyring import Unopenable

    with opening.office() as opened:
        try:
            count = opened.second_factors.reseal()
        except Unopenable:
            opening.refuse(
                "a secret was sealed with a key that is not set, and nothing was changed: set it"
                " behind the new one, or reset the second factors that need it"
            )
        opening.note(opened, "account reseal", f"{count} secrets")
    typer.echo(f"{count} secrets sealed anew")


Only = Annotated[list[str] | None, typer.Option("--only", help="Of this id; several times.")]


@account.command("sessions")
def sessions(
    username: str,
    *,
    end: Annotated[bool, typer.Option("--end", help="End them: all, or --only some.")] = False,
    only: Only = None,
) -> None:
    """List where an account is signed in, or end its sessions."""
    from permits.services.sessions import Ending
    from permits.text.days import moment
    from permits.text.sign_in import browser

    with opening.office() as opened:
        found = _found(opened, username)
        if end and only:
            _each(only, lambda one: opened.sessions.end(found.id, one, actor=opening.SETUP))
            return
        if end:
            ended = opened.sessions.end_others(found.id, Ending("asked", opening.SETUP))
            typer.echo(f"{ended} sessions ended")
            return
        for one in opened.sessions.of_account(found):
            if only and one.id not in only:
                continue
            since, seen = (moment(at, "en") for at in (one.times.opened_at, one.times.seen_at))
            where = one.address or "an unknown address"
            typer.echo(f"{one.id}  {since}  seen {seen}  {where}  {browser(one.agent, 'en')}")


@account.command("tokens")
def tokens(
    username: str,
    *,
    end: Annotated[bool, typer.Option("--end", help="End them: all, or --only some.")] = False,
    only: Only = None,
) -> None:
    """List the tokens of programs that an account has made, or end them."""
    from permits.text.days import moment

    with opening.office() as opened:
        found = _found(opened, username)
        held = opened.api_tokens.of_account(found)
        if end:
            ids = only or [one.id for one in held]
            _each(ids, lambda one: opened.api_tokens.end(found.id, one, actor=opening.SETUP))
            return
        for token in held:
            if only and token.id not in only:
                continue
            used = "never used"
            if token.used_at is not None:
                used = f"used {moment(token.used_at, 'en')} from {token.used_from or 'nowhere'}"
            scopes = ",".join(sorted(token.scopes))
            typer.echo(f"{token.id}  {token.name}  {scopes}  until {token.ends_on}  {used}")


def _each(ids: list[str], end: Callable[[str], bool]) -> None:
    """End each, and say how many there were; one that is none is said as well."""
    gone = [one for one in ids if end(one)]
    typer.echo(f"{len(gone)} ended")
    missing = [one for one in ids if one not in gone]
    if missing:
        opening.refuse(f"there is none of this id: {', '.join(missing)}")


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


@account.command("link")
def link(username: str, issuer: str, subject: str) -> None:
    """Link an account with an identity: SUBJECT is what the ISSUER (its id in the file of issuers)
    calls the person and never calls anybody else (`sub`)."""
    with opening.office() as opened:
        found = _found(opened, username)
        known = {one.about.id for one in opened.sign_on.open_to(found)}
        if issuer not in known:
            opening.refuse(f"there is no issuer {issuer} for {username}; known: {sorted(known)}")
        if not opened.sign_on.link(found, issuer, subject, actor=opening.SETUP):
            opening.refuse(f"{subject} at {issuer} is linked with an account already")
    typer.echo(f"{username} signs in with {issuer}")


@account.command("unlink")
def unlink(username: str, issuer: str) -> None:
    """Sign in an account with an issuer no longer, known by its id or its address."""
    with opening.office() as opened:
        found = _found(opened, username)
        known = opened.sign_on.issuers.get(issuer)
        address = known.about.issuer if known is not None else issuer
        if not opened.sign_on.unlink(found, address, actor=opening.SETUP):
            opening.refuse(f"{username} is not linked with {issuer}")
    typer.echo(f"{username} no longer signs in with {issuer}")
