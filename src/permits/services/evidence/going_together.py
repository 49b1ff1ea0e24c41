"""Cases gone through again by several processes at once, while the audit goes on reading.

One process reads, so that everything is of one moment on every database; the others are handed
records, and the calendar and definitions once. They open nothing.
"""

import signal
from collections.abc import Iterable
from contextlib import suppress
from itertools import groupby
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import NamedTuple, Self

from permits.evidence.findings import Finding
from permits.services.evidence.going_through import CASE, Sources, gone_through
from permits.services.evidence.reenacting import Books
from permits.store.evidence_reading import EventRow

NEW = get_context("spawn")
"""New processes: forked ones would share the connections of this one to the database."""


class ProcessDied(RuntimeError):
    """A process that went through cases ended before it had told what it found."""


class Sharing(NamedTuple):
    """How work is shared: among how many processes; about how many events are handed over at
    once; and how many one process goes through by itself before the others are begun, since
    they take the seconds to begin in which it goes through about as many."""

    processes: int = 1
    batch: int = 500
    worth: int = 50_000


ALONE = Sharing()


class Crew:
    """Processes that each go through one batch at a time. `with` ends them. What a process does
    not answer because it died is ProcessDied, wherever it is waited for."""

    def __init__(self, count: int, made_of: Sources) -> None:
        self._asked: dict[Connection, int] = {}
        self._found: dict[int, list[Finding]] = {}
        self._batches = 0
        pipes = [NEW.Pipe() for _ in range(count)]
        self.processes = [
            NEW.Process(target=_go, args=(theirs, made_of), daemon=True) for _, theirs in pipes
        ]
        self._ours: list[Connection] = [ours for ours, _ in pipes]
        self._idle = list(self._ours)
        for process, (_, theirs) in zip(self.processes, pipes, strict=True):
            process.start()
            theirs.close()  # so that we are told when the process has gone

    def end(self) -> None:
        for ours in self._ours:
            ours.close()
        for process in self.processes:
            process.terminate()
            process.join()

    def take(self, rows: list[EventRow]) -> None:
        """Whole streams, to whoever is free; if nobody is, once somebody is."""
        if not self._idle:
            self._listen()
        free = self._idle.pop()
        try:
            free.send(rows)
        except OSError as error:
            raise ProcessDied from error
        self._asked[free] = self._batches
        self._batches += 1

    def found(self) -> list[Finding]:
        """What was found in all of it, in the order in which it was taken."""
        while self._asked:
            self._listen()
        return [finding for number in sorted(self._found) for finding in self._found[number]]

    def _listen(self) -> None:
        """To those that have something to tell."""
        for ours in wait(list(self._asked)):
            if not isinstance(ours, Connection):
                raise TypeError(ours)
            try:
                self._found[self._asked.pop(ours)] = ours.recv()
            except (EOFError, OSError) as error:
                raise ProcessDied from error
            self._idle.append(ours)


class Going:
    """Is told every event in order, and tells what is amiss once all were told. `with` ends its
    processes. Memory: two batches for each process, beside what is amiss."""

    def __init__(self, made_of: Sources, sharing: Sharing) -> None:
        self.cases = 0
        self.crew: Crew | None = None
        self._sources = made_of
        self._sharing = sharing
        self._books: Books | None = None
        self._gone = 0
        self._stream: list[EventRow] = []
        self._rows: list[EventRow] = []
        self._findings = list(made_of.findings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        if self.crew is not None:
            self.crew.end()

    def add(self, row: EventRow) -> None:
        """The next event."""
        self._stream.append(row)

    def ended(self, stream: str) -> None:
        """A stream has ended: it may be handed over."""
        self.cases += stream.startswith(CASE)
        self._rows += self._stream
        self._stream = []
        if self.crew is None:
            self._by_itself()
            if self._sharing.processes > 1 and self._gone >= self._sharing.worth:
                self.crew = Crew(self._sharing.processes, self._sources)
        elif len(self._rows) >= self._sharing.batch:
            self._hand_over(self.crew)

    def found(self) -> list[Finding]:
        """What is amiss in all streams, in their order."""
        if self.crew is None:
            return self._findings
        self._hand_over(self.crew)
        return self._findings + self.crew.found()

    def _by_itself(self) -> None:
        if self._books is None:
            self._books = self._sources.books()
        self._findings += _all_gone_through(self._rows, self._books)
        self._gone += len(self._rows)
        self._rows = []

    def _hand_over(self, crew: Crew) -> None:
        """Whole streams that have come together."""
        if self._rows:
            crew.take(self._rows)
        self._rows = []


def _all_gone_through(rows: Iterable[EventRow], books: Books) -> list[Finding]:
    """What is amiss in whole streams, one after the other."""
    return [
        finding
        for stream, of_it in groupby(rows, key=_of)
        for finding in gone_through(stream, of_it, books)
    ]


def _of(row: EventRow) -> str:
    return row.stream


def _go(theirs: Connection, made_of: Sources) -> None:
    """What one of the processes does until whoever began it has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever breaks the audit off ends them
    books = made_of.books()
    with suppress(EOFError, OSError):
        while True:
            theirs.send(_all_gone_through(theirs.recv(), books))
