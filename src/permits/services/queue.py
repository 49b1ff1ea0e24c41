"""Where commands wait for the one writer of the process."""

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime

from permits.outside.webhooks import NOBODY, Webhooks
from permits.services.shelf import Shelf
from permits.services.writer import Answer, AnyOrder, Writer
from permits.store.database import Database

MOST_AT_ONCE = 64
MOST_WAITING = 2_000

log = logging.getLogger(__name__)

Waiting = tuple[AnyOrder, "Future[Answer]"]


class TooBusy(Exception):
    """More commands wait than can be answered in time; nothing was written, try again later."""


class Stopped(TooBusy):
    """The writer has stopped, and nobody is left to answer; nothing was written."""


class WriterQueue:
    """A thread that drains waiting commands into the writer, as many at once as there are."""

    def __init__(
        self,
        database: Database,
        shelf: Shelf,
        now: Callable[[], datetime],
        webhooks: Webhooks = NOBODY,
    ) -> None:
        self._writer = Writer(database, shelf, now, webhooks)
        self._waiting: queue.Queue[Waiting | None] = queue.Queue(MOST_WAITING)
        self._door = threading.Lock()
        self._open = True
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, order: AnyOrder) -> "Future[Answer]":
        """The answer to come; TooBusy if too many wait already.

        Whoever cancels before the writer takes the order up has asked for nothing.
        """
        future: Future[Answer] = Future()
        with self._door:
            if not self._open:
                raise Stopped
            try:
                self._waiting.put_nowait((order, future))
            except queue.Full:
                raise TooBusy from None
        return future

    def write(self, order: AnyOrder) -> Answer:
        """The answer, waited for."""
        return self.submit(order).result()

    def close(self) -> None:
        """Answer everybody who waits, then stop."""
        with self._door:
            self._open = False
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        batch: list[Waiting] = []
        try:
            going = True
            while going:
                going = self._gather(batch)
                self._answer(batch)
                batch.clear()
        finally:
            self._turn_away(batch)

    def _gather(self, batch: list[Waiting]) -> bool:
        """Wait for an order and take what else is waiting; False if the end was among it."""
        item = self._waiting.get()
        while item is not None:
            batch.append(item)
            if len(batch) == MOST_AT_ONCE:
                return True
            try:
                item = self._waiting.get_nowait()
            except queue.Empty:
                return True
        return False

    def _answer(self, batch: list[Waiting]) -> None:
        wanted = [one for one in batch if one[1].set_running_or_notify_cancel()]
        if wanted:
            answers = self._written([order for order, _future in wanted])
            for (_order, future), answer in zip(wanted, answers, strict=True):
                _tell(future, answer)

    def _written(self, orders: Sequence[AnyOrder]) -> Sequence[Answer | Exception]:
        """The answers; whatever the writer fails of, the thread goes on for those who come."""
        try:
            return self._writer.write(orders)
        except BaseException as error:
            log.exception("the writer failed")
            fault = error if isinstance(error, Exception) else RuntimeError(repr(error))
            return [fault] * len(orders)

    def _turn_away(self, batch: list[Waiting]) -> None:
        """Tell those who are left that the writer has stopped, so that nobody waits for ever."""
        with self._door:
            self._open = False
        while not self._waiting.empty():
            item = self._waiting.get()
            if item is not None:
                batch.append(item)
        for _order, future in batch:
            _tell(future, Stopped())


def _tell(future: "Future[Answer]", answer: Answer | Exception) -> None:
    """Give an answer; that somebody cannot be told must not keep the others from theirs."""
    try:
        if isinstance(answer, Exception):
            future.set_exception(answer)
        else:
            future.set_result(answer)
    except Exception:
        log.exception("an answer could not be given")
