"""`permits serve`: the pages, the writer and the worker in one process."""

import logging
import sys
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from permits.cli import opening

if TYPE_CHECKING:
    from permits.services.demonstration.clock import Hands
    from permits.services.office import Office
    from permits.web.app import DemoAccounts


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 0,
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="Fill an empty office with demonstration cases.")
    ] = False,
) -> None:
    """Serve the office. With --demo, an empty one is filled with cases to look at."""
    from permits import settings as clock
    from permits.services.demonstration.clock import Hands

    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    chosen = opening.settings()
    chosen = replace(chosen, host=host or chosen.host, port=port or chosen.port)
    if demo:
        chosen = replace(chosen, https=False)
    chosen = replace(chosen, address=chosen.address or _address(chosen.host, chosen.port, demo))
    hands = Hands(clock.now)
    with opening.office(chosen, hands) as office:
        accounts = _demonstrate(office, hands) if demo else None
        if accounts is None:
            opening.furnish(office)
        _run(office, accounts)


def _address(host: str, port: int, demo: bool) -> str:  # noqa: FBT001
    return f"{'http' if demo else 'https'}://{host}:{port}"


def _demonstrate(office: "Office", hands: "Hands") -> "DemoAccounts":
    """Tell the demonstration's stories to an office that has no accounts yet."""
    from permits.casework.dates import day_of
    from permits.services.demonstration import people, telling
    from permits.store.people import everybody
    from permits.web.app import DemoAccounts

    with office.database.read() as connection:
        known = {account.username for account in everybody(connection)}
    names = {shown.username for shown in people.SHOWN}
    if known and not names <= known:
        opening.refuse(
            "this office has accounts of its own, so it is not filled with demonstration cases;"
            " name another folder with PERMITS_DATA, or leave --demo out"
        )
    if not known:
        now: datetime = office.now()
        hands.set(telling.BEGINS)
        opening.furnish(office)
        typer.echo("Filling the office with demonstration cases …", err=True)
        telling.tell(office, hands, day_of(now))
    return DemoAccounts(people.PASSWORD, people.SHOWN)


def _run(office: "Office", accounts: "DemoAccounts | None") -> None:
    import uvicorn

    from permits.web.app import create_app
    from permits.worker import Worker

    chosen = office.settings
    worker = Worker(office)
    typer.echo(f"Serving on {chosen.address} — stop with Ctrl+C", err=True)
    try:
        uvicorn.run(
            create_app(office, demo=accounts),
            host=chosen.host,
            port=chosen.port,
            log_level="warning",
            server_header=False,
            date_header=False,
            proxy_headers=False,
        )
    finally:
        worker.close()
