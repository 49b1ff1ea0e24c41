"""Whose turn it is to write, among all threads and processes that write to one SQLite file.

SQLite's own lock is unfair: who waits for it sleeps and looks again, ever longer, while others
take it. Those who wait here are woken by the system as soon as the one before them is done.
"""

import fcntl
import os
import threading
from pathlib import Path


class Turn:
    """A lock that is held in a `with` block, by one thread of one process at a time.

    It rests on a file, and is given back by the system if whoever holds it dies.
    """

    def __init__(self, path: Path) -> None:
        self._within = threading.Lock()
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def __enter__(self) -> None:
        self._within.acquire()
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX)
        except BaseException:
            self._within.release()
            raise

    def __exit__(self, *_fault: object) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._within.release()

    def close(self) -> None:
        """Nobody of this process will want a turn any more."""
        with self._within:
            os.close(self._file)
