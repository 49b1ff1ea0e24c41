"""The office in each of the processes that serve it: opened when the process starts, closed when
it ends, which it also does if the one that started it is gone."""

import gc
import os
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from multiprocessing import connection, parent_process
from multiprocessing.synchronize import Event

from fastapi import FastAPI

from permits.services.office import Office
from permits.settings import Settings
from permits.web.app import create_app
from permits.web.logs import write_log
from permits.web.stopping import tell_if_broken
from permits.web.visits import DemoAccounts


def served(settings: Settings, demo: DemoAccounts | None, broke: Event) -> FastAPI:
    """The pages of an office that this process opens for itself, and closes when it stops. `broke`
    is set once its database turns out to be damaged, and everybody stops then."""
    write_log(settings.log)
    office = Office(settings)
    tell_if_broken(office.database, broke)

    @asynccontextmanager
    async def open_for_as_long_as_it_serves(_app: FastAPI) -> AsyncIterator[None]:
        _keep_what_is_loaded()
        try:
            yield
        finally:
            office.close()

    app = create_app(office, demo=demo)
    app.router.lifespan_context = open_for_as_long_as_it_serves
    _end_with_whoever_began()
    return app


def _keep_what_is_loaded() -> None:
    """Modules, tables and definitions stay for good. To look through them for garbage again and
    again would hold every request up for a tenth of a second each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 10)


def _end_with_whoever_began() -> None:
    """If the process that started this one is killed, nobody else would stop this one, and it
    would keep the address that the next to be started wants."""
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        connection.wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()
