"""What is kept about people: put together, erased, registered; and what was kept long enough."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from permits.cli import opening

if TYPE_CHECKING:
    from permits.services.office import Office
    from permits.services.persons.erasing import Erased

person = typer.Typer(help="What is kept about people.", no_args_is_help=True)
retention = typer.Typer(help="How long things are kept.", no_args_is_help=True)

Account = Annotated[str, typer.Argument(help="An account, by its id or its user name.")]
Values = Annotated[
    list[str] | None,
    typer.Option("--value", help="A name, number or telephone, exactly; all must fit."),
]
By = Annotated[str, typer.Option("--by", help="User name of whoever has it done.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Only say what would be erased.")]


@person.callback()
def _group() -> None:
    """What is kept about people."""


@person.command("export")
def export_person(
    account: Account = "",
    *,
    value: Values = None,
    to: Annotated[Path, typer.Option(help="The JSON file; HTML is written beside it.")],
    by: By = "",
) -> None:
    """Write everything that is kept about somebody into one file, and the same as a page.

    That it was put together is an event. The files are readable for their owner alone.
    """
    from permits.services.persons.exporting import export
    from permits.services.persons.finding import NoSuchPerson
    from permits.text.persons import page

    wanted = _wanted(account, value)
    with opening.office() as opened:
        try:
            found = export(opened, wanted, actor=_actor(opened, by))
        except NoSuchPerson as error:
            opening.refuse(str(error))
    texts = {
        to: json.dumps(found, ensure_ascii=False, indent=2) + "\n",
        to.with_suffix(".html"): page(found),
    }
    for path, text in texts.items():
        try:
            _write(path, text)
        except OSError as error:
            opening.refuse(f"{path} cannot be written: {error.strerror}")
    typer.echo(f"{len(found['values'])} values, written to {', '.join(map(str, texts))}")


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as target:
        target.write(text)


@person.command("erase")
def erase_person(
    account: Account = "",
    *,
    value: Values = None,
    basis: Annotated[str, typer.Option(help="The ground in law; it stays in the log.")],
    by: By = "",
    dry_run: Dry = False,
) -> None:
    """Shred the values about somebody with their salts, and take out of an account who it is.

    Refused, and nothing is erased, while anything of it must be kept: then exit code 1 and a line
    for each case that says until when. The log stays as it is, and verifiable.
    """
    from permits.services.persons.erasing import CannotErase, erase
    from permits.services.persons.finding import NoSuchPerson

    wanted = _wanted(account, value)
    with opening.office() as opened:
        try:
            done = erase(opened, wanted, basis, actor=_actor(opened, by), dry=dry_run)
        except (CannotErase, NoSuchPerson) as error:
            opening.refuse(str(error))
    _tell(done, dry=dry_run)


def _tell(done: "Erased", *, dry: bool) -> None:
    for called, fields in done.fields.items():
        typer.echo(f"{called}: {', '.join(fields)}")
    for held in done.held:
        until = f"kept until {held.until}" if held.until else "open, and kept as long as it is"
        typer.echo(f"{held.called}: {until}", err=True)
    if done.held:
        typer.echo("nothing was erased", err=True)
        raise typer.Exit(1)
    count = sum(map(len, done.fields.values()))
    account = " and the account" if done.account else ""
    typer.echo(f"{count} fields{account} {'would be' if dry else 'were'} erased")


@person.command("register")
def register(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Print every personal field of the office's permit types: purpose, basis, how long it is
    kept, how it is masked, who sees it."""
    from permits.services.persons.register_told import as_data, as_page

    with opening.office() as opened:
        definitions = [edition.definition for edition in opened.shelf.permits]
    if as_json:
        typer.echo(json.dumps(as_data(definitions), ensure_ascii=False, indent=2))
    else:
        typer.echo(as_page(definitions))


@retention.callback()
def _retention() -> None:
    """How long things are kept."""


@retention.command("run")
def run_retention(*, by: By = "", dry_run: Dry = False) -> None:
    """Erase everything whose time is over: values, files, drafts, forms, sessions, failures.

    One stream at a time: a run that was stopped is gone on with by the next.
    """
    from permits.services.retention import run

    with opening.office() as opened:
        report = run(opened, actor=_actor(opened, by), dry=dry_run)
    for gone in report.gone:
        typer.echo(f"{gone.called}: {', '.join((*gone.fields, f'{gone.files} files'))}")
    beside: dict[str, Any] = {
        name: getattr(report.beside, name) for name in report.beside.__struct_fields__
    }
    counted = ", ".join(f"{count} {name}" for name, count in beside.items())
    verb = "would be" if dry_run else "were"
    typer.echo(f"{len(report.gone)} records, {counted} {verb} erased; {report.swept} files swept")


def _wanted(account: str, values: list[str] | None) -> Any:
    from permits.services.persons.finding import Wanted

    if bool(account) == bool(values):
        opening.refuse("name an account, or give --value")
    return Wanted(account, tuple(values or ()))


def _actor(opened: "Office", username: str) -> str:
    from permits.store.people import by_username

    if not username:
        return opening.SETUP
    with opened.database.read() as connection:
        found = by_username(connection, username)
    if found is None or not found[0].open:
        opening.refuse(f"there is no open account {username}")
    return found[0].id
