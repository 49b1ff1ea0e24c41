"""`permits doctor`: what an office lacks before it may stand on a network."""

import ipaddress
import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from permits.cli import opening

if TYPE_CHECKING:
    from permits.services.readiness import Lack
    from permits.settings import Settings


def doctor() -> None:
    """List what keeps this office from a network, and what to set; exit 1 if anything does."""
    from permits.services.readiness import lacks

    chosen = opening.settings()
    found = lacks(chosen, os.environ, demonstration=_is_demonstration(chosen))
    for one in found:
        typer.echo(f"{'wanted' if one.refuses else 'advised'}  {one}")
    wanted = sum(one.refuses for one in found)
    typer.echo(f"{wanted} wanted, {len(found) - wanted} advised")
    raise typer.Exit(bool(wanted))


def refuse_unready(chosen: "Settings") -> None:
    """End with everything that is missing. A trial on this machine alone may go without."""
    from permits.services.readiness import lacks

    if chosen.trial:
        _refuse_trial_on_network(chosen)
        return
    _end_with(lacks(chosen, os.environ, demonstration=False))


def refuse_demonstration(chosen: "Settings") -> None:
    """End if the office is a demonstration and on a network: its passwords are known."""
    from permits.services.readiness import lacks

    if chosen.trial:
        typer.echo(
            "This office is a demonstration: everybody knows the password of its accounts.",
            err=True,
        )
        return
    _end_with(lacks(chosen, os.environ, demonstration=True))


def _end_with(found: "tuple[Lack, ...]") -> None:
    wanted = [str(one) for one in found if one.refuses]
    if wanted:
        opening.refuse("\n".join(("this office cannot stand on a network:", *wanted)))
    for one in found:
        typer.echo(f"advised  {one}", err=True)


def _refuse_trial_on_network(chosen: "Settings") -> None:
    try:
        alone = ipaddress.ip_address(chosen.host).is_loopback
    except ValueError:
        alone = chosen.host == "localhost"
    if not alone:
        opening.refuse(
            f"PERMITS_TRIAL is for this machine alone, and {chosen.host} is open to others; leave"
            " it out, or listen on 127.0.0.1"
        )


def _is_demonstration(chosen: "Settings") -> bool:
    from permits.services.demonstration import noted

    if chosen.database.startswith("sqlite:///"):
        file = Path(chosen.database.removeprefix("sqlite:///"))
        if not file.exists():
            return False
    with opening.database(chosen) as database:
        return noted.told(database)
