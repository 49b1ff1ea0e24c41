"""`permits serve`: processes that serve the pages, and the worker in the one that starts them."""

import socket
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from permits.cli import doctor, opening

if TYPE_CHECKING:
    from permits.services.demonstration.clock import Hands
    from permits.services.evidence.keeping_up import KeepingUp
    from permits.services.office import Office
    from permits.settings import Settings
    from permits.store.database import Database
    from permits.web.app import DemoAccounts


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 0,
    processes: Annotated[
        int,
        typer.Option(min=0, max=64, help="How many serve pages; 0: as PERMITS_PROCESSES says."),
    ] = 0,
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="Fill an empty office with demonstration cases.")
    ] = False,
) -> None:
    """Serve the office. With --demo, an empty one is filled with cases to look at."""
    from permits import settings as clock
    from permits.services.demonstration.clock import Hands
    from permits.web.logs import write_log
    from permits.web.processes import begin_to_load

    chosen = opening.settings(demonstration=demo)
    write_log(chosen.log)
    chosen = replace(
        chosen,
        host=host or chosen.host,
        port=port or chosen.port,
        processes=processes or chosen.processes,
    )
    if demo:
        chosen = replace(chosen, https=False)
    if not demo:
        doctor.refuse_unready(chosen)
    chosen = replace(chosen, address=chosen.address or _address(chosen))
    hands = Hands(clock.now)
    begin_to_load()
    with _bound(chosen.host, chosen.port) as door:
        _look_at_demonstration(chosen, demo=demo)
        with opening.office(chosen, hands) as office:
            accounts = _demonstrate(office, hands) if demo else None
            if accounts is None:
                _furnish(office)
            _run(office, accounts, door)


def _address(chosen: "Settings") -> str:
    scheme = "https" if chosen.https or chosen.tls else "http"
    return f"{scheme}://{chosen.host}:{chosen.port}"


def _bound(host: str, port: int) -> socket.socket:
    """Where browsers will be let in: taken first, so that nothing is done in vain."""
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as error:
        door.close()
        opening.refuse(
            f"cannot listen on {host}, port {port}: {error.strerror};"
            " choose another with --host and --port"
        )
    return door


def _look_at_demonstration(chosen: "Settings", *, demo: bool) -> None:
    """A demonstration that was interrupted while it was filled is not served half full."""
    from permits.services.demonstration import noted
    from permits.store import migrations

    with opening.database(chosen) as database:
        if noted.begun(database) and not demo:
            opening.refuse(
                "filling this office with demonstration cases was interrupted; begin it anew with"
                " --demo, or name another folder with PERMITS_DATA"
            )
        if noted.begun(database) and not _others(database):
            typer.echo("Filling was interrupted before its end, so it is begun anew.", err=True)
            migrations.begin_anew(database.writing)
        told = noted.told(database)
    if told and not demo:
        doctor.refuse_demonstration(chosen)


def _others(database: "Database") -> set[str]:
    """The accounts that are not of the demonstration."""
    from permits.services.demonstration import people
    from permits.store.people import everybody

    with database.read() as connection:
        return {one.username for one in everybody(connection)} - people.USERNAMES


def _demonstrate(office: "Office", hands: "Hands") -> "DemoAccounts":
    """Tell the demonstration's stories to an office that has no accounts yet."""
    from permits.casework.dates import day_of
    from permits.outside.parsing import pool
    from permits.services.demonstration import noted, people, telling
    from permits.web.app import DemoAccounts

    if not noted.told(office.database):
        if _accounts(office):
            opening.refuse(
                "this office has accounts of its own, so it is not filled with demonstration"
                " cases; name another folder with PERMITS_DATA, or leave --demo out"
            )
        now: datetime = office.now()
        hands.set(telling.BEGINS)
        opening.furnish(office)
        typer.echo("Filling the office with demonstration cases …", err=True)
        telling.tell(office, hands, day_of(now))
        pool.shared().close()  # from here on others take files in
    return DemoAccounts(people.PASSWORD, people.SHOWN)


def _furnish(office: "Office") -> None:
    opening.furnish(office)
    if not _accounts(office):
        typer.echo("Nobody can sign in yet: open accounts with `permits account open`.", err=True)


def _accounts(office: "Office") -> bool:
    from permits.store.people import everybody

    with office.database.read() as connection:
        return bool(everybody(connection))


MOST_CONNECTIONS = 2_000
"""To each process that serves. Beyond that the server turns away; long before, requests are."""

CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""With TLS 1.2; those of TLS 1.3 are all good and always there. Nothing before 1.2 is spoken."""

PATIENCE = 60
"""Seconds for which a process that serves may give no sign of life before it is replaced. On a
machine that is overloaded it takes many to start, and replacing it would only add to the load."""


GRACE = 45
"""Seconds for which requests that are being served are waited for when the program is stopped."""


def _run(office: "Office", accounts: "DemoAccounts | None", door: socket.socket) -> None:
    """Let processes serve, and see meanwhile to what goes on beside the pages.

    Python runs one thread at a time, so that what is done in this process holds no page up.
    """
    import uvicorn

    from permits.settings import BadSetting
    from permits.web.arriving import Impatient
    from permits.web.metrics import measured
    from permits.web.processes import FORKED, run, serving
    from permits.web.stopping import BROKEN, stop_when, tell_if_broken
    from permits.worker import Worker

    tls = office.settings.tls
    broke = FORKED.Event()
    config = uvicorn.Config(
        partial(serving, office.settings, accounts, broke),
        factory=True,
        lifespan="on",
        workers=office.settings.processes,
        timeout_worker_healthcheck=PATIENCE,
        timeout_graceful_shutdown=GRACE,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        http=Impatient,
        ws="none",
        limit_concurrency=MOST_CONNECTIONS,
        ssl_certfile=tls.certificate if tls else None,
        ssl_keyfile=tls.key if tls else None,
        ssl_ciphers=CIPHERS,
    )
    worker = Worker(office)
    keeping = _keep_up(office)
    door.listen(config.backlog)  # from now on whoever comes waits, and is not turned away
    typer.echo(f"{_where(office.settings)} — stop with Ctrl+C", err=True)
    tell_if_broken(office.database, broke)
    stop_when(broke)
    try:
        with measured(office):
            run(config, door)
    except BadSetting as error:
        opening.refuse(str(error))
    finally:
        worker.close()
        if keeping is not None:
            keeping.close()
    if broke.is_set():
        raise typer.Exit(BROKEN)


def _keep_up(office: "Office") -> "KeepingUp | None":
    """Sign the log beside the pages, unless somebody else does; this process alone reads the
    key."""
    from permits.services.evidence.keeping_up import KeepingUp, sequencer_of
    from permits.settings import BadSetting

    if office.settings.evidence_apart:
        return None
    try:
        return KeepingUp(sequencer_of(office.settings, office.database, office.now))
    except BadSetting as error:
        opening.refuse(str(error))


def _where(chosen: "Settings") -> str:
    if not chosen.https:
        return f"Serving on {chosen.address}"
    if chosen.tls is not None:
        return (
            f"Serving with TLS on {chosen.host}, port {chosen.port}, reached as {chosen.address}"
        )
    return (
        f"Listening on {chosen.host}, port {chosen.port}, for a server in front that does TLS"
        f" and is reached as {chosen.address} (PERMITS_TRIAL=true tries it without)"
    )
