"""Commands of whoever runs an office: accounts, calendar years, definitions, the log."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from permits.cli import opening
from permits.definitions.procedure import Role

if TYPE_CHECKING:
    from permits.services.office import Office

account = typer.Typer(help="Accounts and organisations.", no_args_is_help=True)
calendar = typer.Typer(help="The working-day calendar.", no_args_is_help=True)

RoleOption = Annotated[list[Role], typer.Option("--role", help="May be given several times.")]


@account.command("open")
def open_account(
    username: str,
    name: Annotated[str, typer.Option(help="The person's name.")],
    role: RoleOption,
    *,
    office: Annotated[str, typer.Option(help="For officers: id of the office.")] = "",
    department: Annotated[str, typer.Option(help="For officers: the department.")] = "",
    party: Annotated[str, typer.Option(help="For applicants: credit code.")] = "",
    email: Annotated[str, typer.Option(help="Where notices are sent.")] = "",
) -> None:
    """Open an account. The password is asked for, or read from PERMITS_PASSWORD; it has to be
    changed at the first sign-in, within seven days."""
    from msgspec.structs import replace

    from permits.services.accounts import BadAccount, NewAccount

    password = os.environ.get("PERMITS_PASSWORD") or typer.prompt(
        "Password", hide_input=True, confirmation_prompt=True
    )
    person = NewAccount(username, name, password, frozenset(role), office, department, party)
    new = replace(person, email=email, once=True)
    with opening.office() as opened:
        try:
            opened.accounts.open(new, actor=opening.SETUP)
        except BadAccount as error:
            opening.refuse(str(error))
    typer.echo(f"opened {username}")


@account.command("close")
def close_account(username: str) -> None:
    """Close an account for good and end its sessions. What it did stays in the log."""
    from permits.services.accounts import BadAccount

    with opening.office() as opened:
        try:
            opened.accounts.close(_id_of(opened, username), actor=opening.SETUP)
        except BadAccount as error:
            opening.refuse(str(error))
    typer.echo(f"closed {username}")


@account.command("roles")
def change_roles(
    username: str,
    role: RoleOption,
    *,
    office: Annotated[str, typer.Option(help="For officers: id of the office.")] = "",
    department: Annotated[str, typer.Option(help="For officers: the department.")] = "",
    party: Annotated[str, typer.Option(help="For applicants: credit code.")] = "",
) -> None:
    """Give an account other roles, from its next request on."""
    from permits.casework.families.access import RolesChanged
    from permits.services.accounts import BadAccount

    roles = tuple(sorted(set(role)))
    now = RolesChanged(roles=roles, office=office, department=department, party=party)
    with opening.office() as opened:
        try:
            opened.accounts.change(_id_of(opened, username), now, actor=opening.SETUP)
        except BadAccount as error:
            opening.refuse(str(error))
    typer.echo(f"{username}: {', '.join(roles)}")


def _id_of(opened: "Office", username: str) -> str:
    from permits.store.people import by_username

    with opened.database.read() as connection:
        found = by_username(connection, username)
    if found is None:
        opening.refuse(f"there is no account {username}")
    return found[0].id


@account.command("list")
def list_accounts() -> None:
    """List the accounts with their roles, and what they sign in with."""
    from permits.store.people import everybody, known

    with opening.office() as opened, opened.database.read() as connection:
        for one in everybody(connection):
            where = one.actor.party or f"{one.actor.office}/{one.actor.department}".strip("/")
            state = "" if one.open else "  closed"
            found = known(connection, one.id)
            if found is not None and one.open:
                state += "  second factor" if found.means.second_factor else ""
                state += "  password to be changed" if found.means.once else ""
            typer.echo(f"{one.username}  {', '.join(sorted(one.actor.roles))}  {where}{state}")


@account.command("party")
def register_party(code: str, name: str) -> None:
    """Register an organisation under its unified social credit code."""
    from permits.services.accounts import BadAccount

    with opening.office() as opened:
        try:
            opened.accounts.register_party(code, name, actor=opening.SETUP)
        except BadAccount as error:
            opening.refuse(str(error))
    typer.echo(f"registered {code}")


@calendar.command("load")
def load_calendar(file: Path) -> None:
    """Publish the years of a calendar file; open clocks are reckoned anew, as events."""
    from permits.casework.working_days import published
    from permits.definitions.calendar_file import BrokenCalendar, read_calendar
    from permits.services.years import load

    try:
        years = read_calendar(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        opening.refuse(f"{file} cannot be read: {error}")
    except BrokenCalendar as broken:
        opening.refuse("\n".join(f"{file}: {finding}" for finding in broken.findings))
    with opening.office() as opened:
        records = tuple(published(year.record()) for year in years)
        loaded = load(opened, records, actor=opening.SETUP)
        opening.note(opened, "calendar load", " ".join(map(str, loaded.years)))
    if not (loaded.years or loaded.recomputed or loaded.figures):
        typer.echo("nothing new: every year of the file is published already")
        return
    published_years = ", ".join(map(str, loaded.years)) or "nothing new"
    typer.echo(
        f"published {published_years}: {loaded.recomputed} open cases reckoned"
        f" anew, figures of {loaded.figures} decided cases made anew"
    )


@calendar.command("list")
def list_calendar() -> None:
    """List the published years with the notices they rest on."""
    with opening.office() as opened:
        for year in opened.shelf.calendar.years:
            typer.echo(f"{year.year}  {year.source}")


def undelivered(
    *,
    again: Annotated[bool, typer.Option("--again", help="Try all of them again.")] = False,
) -> None:
    """List the messages and documents that were given up, with the last error."""
    from permits.store import outbox

    with opening.office() as opened:
        with opened.database.write() as connection:
            found = outbox.given_up(connection)
            if again:
                outbox.try_again(connection, opened.now())
        if again:
            opening.note(opened, "undelivered --again", f"{len(found)} messages")
    for task, error in found:
        typer.echo(f"{task}: {error}")
    outcome = "will be tried again" if again else "were given up"
    typer.echo(f"{len(found)} messages and documents {outcome}")


def publish(file: Path) -> None:
    """Publish a definition that has no findings; cases filed from its first day on follow it."""
    from permits.definitions.findings import BrokenDefinition
    from permits.definitions.loader import load

    if not file.is_file():
        opening.refuse(f"there is no file {file}")
    try:
        resolved = load(file)
    except BrokenDefinition as broken:
        typer.echo("\n".join(map(str, broken.findings)), err=True)
        raise typer.Exit(1) from None
    permit = resolved.definition.permit
    with opening.office() as opened:
        new = opened.shelf.publish(resolved, actor=opening.SETUP, now=opened.now())
        held = opened.shelf.current(permit.id)
        opening.note(opened, "publish", f"{permit.id} {resolved.digest}")
    name = f"{permit.id} {resolved.digest[:12]}"
    if held is not None and held.digest == resolved.digest:
        when = ""
    else:
        when = f"; it holds from {permit.effective_from}"
    typer.echo(f"published {name}{when}" if new else f"{name} is the newest version already")


def rights(role: Annotated[str, typer.Argument(help="A role of PostgreSQL.")]) -> None:
    """Print the statements that give a role what it needs to serve this office, and no more: they
    are run by whoever owns the tables."""
    from permits.store.rights import statements

    for statement in statements(role):
        typer.echo(statement)


def rebuild(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Only compare; exit 1 if something differs.")
    ] = False,
) -> None:
    """Fold the whole log and make the derived tables anew, or compare them with it.

    Values beside the log that do not fit their seals are told too, and texts that are not what was
    signed; they cannot be made anew. A text that was signed and is not there can, of what was
    published.
    """
    from permits.services import rebuild as rebuilding
    from permits.services.unfollowed import Unfollowed

    with opening.database() as opened:
        found = rebuilding.check(opened)
        for difference in found:
            typer.echo(str(difference))
        if check:
            typer.echo(f"{len(found)} differences")
            raise typer.Exit(bool(found))
        if any(isinstance(one, Unfollowed) for one in found):
            typer.echo("the log is not whole, so nothing was made anew", err=True)
            raise typer.Exit(1)
        mended = sum(map(rebuilding.mendable, found))
        if mended:
            mended -= len(rebuilding.rebuild(opened))
    typer.echo(f"{mended} differences mended" if mended else "everything as the log says")
    if mended < len(found):
        typer.echo(
            f"{len(found) - mended} values or texts are not what was sealed or signed", err=True
        )
        raise typer.Exit(1)
