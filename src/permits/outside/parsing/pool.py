"""Processes that look into files, each replaced once it crashes, hangs or has done enough."""

import logging
import multiprocessing
import queue
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from permits.outside.parsing.jobs import Job, begin
from permits.text.uploads import Unfit

log = logging.getLogger(__name__)

AT_ONCE = 2
"""As many files as are looked into at a time; others wait, for every parser takes a core."""

PATIENCE = 30
"""Seconds for which one file is looked into, and for which one waits to be."""

MOST_JOBS = 500
"""After so many a process ends, and whatever its parsers forgot to give back with it."""


MOST_SAID = 40
"""Bytes of what a process says of a file: a word. It is not unpickled, for what the process was
given may have taken it over."""


class Gone(Exception):
    """The process ended over the file it was given."""


class Unready(Exception):
    """No process can look into anything at the moment."""


class Parser:
    """One process, begun with the first file that comes."""

    def __init__(self, patience: float) -> None:
        self._jobs, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("spawn")
        self._process = context.Process(target=begin, args=(theirs,), daemon=True, name="parser")
        self._process.start()
        theirs.close()
        self.done = 0
        try:
            if self._jobs.poll(patience):
                self._jobs.recv_bytes(MOST_SAID)  # it says that it is ready
                return
        except EOFError:
            pass
        self.end()
        raise Unready

    @property
    def well(self) -> bool:
        return self.done < MOST_JOBS and self._process.is_alive()

    def look_into(self, job: Job, patience: float) -> Unfit | None:
        """Why a file is not taken, if it is not. Gone if the process ended over it, Unready if it
        did not end in that many seconds."""
        try:
            self._jobs.send(job)
            if not self._jobs.poll(patience):
                raise Unready
            said = self._jobs.recv_bytes(MOST_SAID).decode()
            verdict = Unfit(said) if said else None
        except (EOFError, OSError, ValueError):
            raise Gone from None
        self.done += 1
        return verdict

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        self._jobs.close()


class Pool:
    """As many parsers as may work at once. `patience` in seconds."""

    def __init__(self, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self.patience = patience
        self._free: queue.LifoQueue[Parser | None] = queue.LifoQueue()
        for _ in range(at_once):
            self._free.put(None)

    def look_into(self, source: Path, target: Path, media_type: str) -> Unfit | None:
        """Why a file is not taken, if it is not; a picture is written anew to `target`.

        What makes a parser crash is damaged, if not worse. Where none is free in time, or it
        takes too long, nothing can be said of the file.
        """
        job = Job(str(source), str(target), media_type)
        try:
            with self._parser() as parser:
                return parser.look_into(job, self.patience)
        except Gone:
            log.warning("a parser ended over a file of kind %s", media_type)
            return Unfit.BROKEN
        except (queue.Empty, Unready, OSError):
            log.warning("a file of kind %s could not be looked into", media_type)
            return Unfit.UNCHECKED

    def close(self) -> None:
        """End every parser that is free; the pool can be used again."""
        free = [self._free.get_nowait() for _ in range(self._free.qsize())]
        for parser in free:
            if parser is not None:
                parser.end()
            self._free.put(None)

    @contextmanager
    def _parser(self) -> Iterator[Parser]:
        """A parser to oneself. It comes back if it is still well; else there is room for another,
        begun when it is needed."""
        parser = self._free.get(timeout=self.patience)
        kept = None
        try:
            if parser is not None and not parser.well:
                unwell, parser = parser, None
                unwell.end()
            parser = parser or Parser(self.patience)
            yield parser
            kept = parser if parser.well else None
        finally:
            try:
                if parser is not None and kept is None:
                    parser.end()
            finally:
                self._free.put(kept)


@cache
def shared() -> Pool:
    """The pool of this process: however many offices are open in it, the cores are the same."""
    return Pool()
