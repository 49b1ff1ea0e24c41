"""Entitlements for whoever runs an office: publish policies, import the register."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from permits.cli import opening

if TYPE_CHECKING:
    from permits.definitions.findings import Finding
    from permits.definitions.policies.loader import ResolvedPolicy

register = typer.Typer(help="The register of enterprises.", no_args_is_help=True)
policies = typer.Typer(help="Policies of entitlement without application.", no_args_is_help=True)


@register.callback()
def _register() -> None:
    """The register of enterprises."""


@policies.callback()
def _policies() -> None:
    """Policies of entitlement without application."""


@register.command("import")
def import_register(
    file: Path,
    as_of: Annotated[
        datetime, typer.Option("--as-of", formats=["%Y-%m-%d"], help="As of which day it is.")
    ],
    source: Annotated[str, typer.Option(help="Who supplied it.")] = "",
) -> None:
    """Take in an edition of the register, whole and right or not at all.

    Every fault is told with its line and column. Earlier editions stay as they are.
    """
    from permits.services.policies import BadRegister, ImportRefused
    from permits.text.entitlements import fault

    try:
        raw = file.read_bytes()
    except OSError as error:
        opening.refuse(f"{file} cannot be read: {error.strerror}")
    with opening.office() as opened:
        try:
            found = opened.policies.import_register(
                raw, source or file.name, as_of.date(), actor=opening.SETUP
            )
        except ImportRefused as error:
            opening.refuse(str(error))
        except BadRegister as bad:
            for one in bad.faults:
                typer.echo(fault(one, "en"), err=True)
            typer.echo(f"{len(bad.faults)} faults; nothing was imported", err=True)
            raise typer.Exit(1) from None
        opening.note(opened, "register import", f"{found.edition} {found.sha256}")
    typer.echo(f"imported {found.edition}: {found.enterprises} enterprises")
    typer.echo(f"SHA-256 {found.sha256}")


@register.command("list")
def list_register() -> None:
    """List the editions of the register, the newest first."""
    with opening.office() as opened:
        for one in opened.policies.editions():
            typer.echo(
                f"{one.edition}  as of {one.as_of_on}  {one.enterprises} enterprises"
                f"  {one.source}  SHA-256 {one.sha256}"
            )


@policies.command("publish")
def publish(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help="Files or folders.")
    ] = None,
) -> None:
    """Publish policies that have no findings; without FILE those that come with the program."""
    resolved = _checked(files or [_shipped()])
    with opening.office() as opened:
        new = opened.policies.publish(resolved, actor=opening.SETUP)
        opening.note(opened, "policies publish", " ".join(sorted(new)))
    for one in resolved:
        name = one.policy.policy.id
        says = "published" if name in new else "the newest version already:"
        typer.echo(f"{says} {name} {one.digest[:12]}")


@policies.command("list")
def list_policies() -> None:
    """List the policies that hold today."""
    with opening.office() as opened:
        for one in opened.policies.all:
            typer.echo(f"{one.id}  {one.digest[:12]}  {one.policy.policy.title.en}")


def _shipped() -> Path:
    from permits.settings import shipped

    return shipped("workflows") / "policies"


def _checked(files: list[Path]) -> "list[ResolvedPolicy]":
    from permits.definitions.findings import BrokenDefinition
    from permits.definitions.policies.loader import load_policies, load_policy, together

    resolved: list[ResolvedPolicy] = []
    findings: list[Finding] = []
    for file in files:
        if file.is_dir():
            loaded, found = load_policies(file)
            resolved.extend(loaded)
            findings.extend(found)
        elif file.is_file():
            try:
                resolved.append(load_policy(file))
            except BrokenDefinition as broken:
                findings.extend(broken.findings)
        else:
            opening.refuse(f"there is no file {file}")
    findings = list(dict.fromkeys((*findings, *together(resolved))))
    if findings:
        typer.echo("\n".join(map(str, findings)), err=True)
        raise typer.Exit(1)
    return resolved
