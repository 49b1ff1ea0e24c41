"""The program stops once its database turns out to be damaged, whichever process found it."""

import logging
import os
import signal
import threading
from multiprocessing.synchronize import Event

from permits.store.database import Database

log = logging.getLogger(__name__)

BROKEN = 74
"""How the program ends when the database is damaged: EX_IOERR."""


def tell_if_broken(database: "Database", broke: Event) -> None:
    """Set `broke` once a fault says that the database is damaged."""

    def watch() -> None:
        database.condition.broke.wait()
        log.critical("the database or its disk is damaged: nothing is written any more")
        broke.set()

    threading.Thread(target=watch, name="condition", daemon=True).start()


def stop_when(broke: Event) -> None:
    """End this process, as whoever started it would, once `broke` is set."""

    def watch() -> None:
        broke.wait()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="broke", daemon=True).start()
