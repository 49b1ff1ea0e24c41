"""Where commands wait for the one writer of the process."""

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime

from permits.services.shelf import Shelf
from permits.services.writer import Answer, Order, Writer
from permits.store.database import Database

MOST_AT_ONCE = 64
MOST_WAITING = 2_000

log = logging.getLogger(__name__)


class TooBusy(Exception):
    """More commands wait than can be answered in time; nothing was written, try again later."""


class WriterQueue:
    """A thread that drains waiting commands into the writer, as many at once as there are."""

    def __init__(self, database: Database, shelf: Shelf, now: Callable[[], datetime]) -> None:
        self._writer = Writer(database, shelf, now)
        self._waiting: queue.Queue[tuple[Order, Future[Answer]] | None] = queue.Queue(MOST_WAITING)
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, order: Order) -> "Future[Answer]":
        """The answer to come; TooBusy if too many wait already."""
        future: Future[Answer] = Future()
        try:
            self._waiting.put_nowait((order, future))
        except queue.Full:
            raise TooBusy from None
        return future

    def write(self, order: Order) -> Answer:
        """The answer, waited for."""
        return self.submit(order).result()

    def close(self) -> None:
        """Answer everybody who waits, then stop."""
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while True:
            first = self._waiting.get()
            if first is None:
                return
            batch = [first]
            stop = self._gather(batch)
            self._answer(batch)
            if stop:
                return

    def _gather(self, batch: list[tuple[Order, "Future[Answer]"]]) -> bool:
        """Take what else is waiting; True if the end was among it."""
        while len(batch) < MOST_AT_ONCE:
            try:
                item = self._waiting.get_nowait()
            except queue.Empty:
                return False
            if item is None:
                return True
            batch.append(item)
        return False

    def _answer(self, batch: list[tuple[Order, "Future[Answer]"]]) -> None:
        try:
            answers = self._writer.write([order for order, _future in batch])
        except Exception as error:
            log.exception("the writer failed")
            answers = [error] * len(batch)
        for (_order, future), answer in zip(batch, answers, strict=True):
            if isinstance(answer, Exception):
                future.set_exception(answer)
            else:
                future.set_result(answer)
