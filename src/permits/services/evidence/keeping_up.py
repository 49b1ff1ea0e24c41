"""Keeps the log signed while an office runs: a thread that looks every second."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from permits.outside.note_keys import memory_of, signer_in, signer_made_in
from permits.services.evidence.sequencing import Forked, Sequencer
from permits.settings import Settings
from permits.store.database import Database
from permits.store.evidence_log import Gap

EVERY = 1.0
"""Seconds between two looks: for so long at most an event that was written has no place."""

SIGNS_EVERY = 10.0
"""Seconds between two checkpoints: each is kept for good, and they are not to outgrow the log."""

AFTER_A_FAULT = 60.0
"""Seconds until the next look when something is wrong that a person must look at."""

log = logging.getLogger(__name__)


def sequencer_of(settings: Settings, database: Database, now: Callable[[], datetime]) -> Sequencer:
    """Whoever gives places in this office, with its key; one is made if none is set and there is
    none. Raises `BadSetting` for a key that cannot be read."""
    file = settings.evidence_key_file
    named = bool(settings.evidence_key)
    signer = signer_in(file) if named else signer_made_in(file, settings.evidence_name)
    return Sequencer(database, signer, memory_of(file), now)


class KeepingUp:
    """The thread. Closing it lets it finish what waits, and leaves the lead to others."""

    def __init__(self, sequencer: Sequencer, every: float = EVERY) -> None:
        self._sequencer = sequencer
        self._every = every
        self._signed = -SIGNS_EVERY
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="evidence", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join()

    def wait(self) -> None:
        """Until it is closed by somebody else."""
        self._thread.join()

    def _run(self) -> None:
        stopping = False
        while not stopping:
            stopping = self._stop.wait(self._look(last=False))
        self._look(last=True)
        try:
            self._sequencer.close()
        except Exception:  # whatever it is, the program that stops here has to come to its end
            log.exception("the lead was not let go; others take it when it runs out")

    def _look(self, *, last: bool) -> float:
        """One look; how long to wait for the next. A fault ends nothing: it is told again and
        again until somebody has looked at it."""
        now = time.monotonic()
        sign = last or now - self._signed >= SIGNS_EVERY
        try:
            self._sequencer.run(sign=sign)
        except (Forked, Gap) as error:
            log.critical("the log is not signed any more: %s", error)
            return AFTER_A_FAULT
        except Exception:  # the thread outlives it: an office that goes on is signed for later
            log.exception("the log could not be signed; it is tried again")
            return self._every
        self._signed = now if sign else self._signed
        return self._every
