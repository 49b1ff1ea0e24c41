"""Writers in processes of their own, forked from one that has loaded the program; what they ask
and are told comes back through a pipe, line by line, up to the moment they are killed."""

import json
import os
import random
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import msgspec

from permits.services.batch import Batch
from permits.services.writer import Answer, Done, Order, Writer
from permits.store.condition import Unsure
from permits.store.database import open_database
from tests.faults import works
from tests.faults.works import Ledger

Say = Callable[[Any], None]


class Child:
    """A process that says things until it ends or is killed. A line that was cut off was never
    said."""

    def __init__(self, pid: int, told: BinaryIO) -> None:
        self.pid = pid
        self.said: list[Any] = []
        self.begun = threading.Event()
        self._told = told
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        with self._told:
            for line in self._told:
                if line.endswith(b"\n"):
                    self.said.append(json.loads(line))
                    if "told" in self.said[-1]:
                        self.begun.set()

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def ended(self) -> list[Any]:
        """Wait for its end; everything it said."""
        os.waitpid(self.pid, 0)
        self._thread.join()
        return self.said


def forked(work: Callable[[Say], None]) -> Child:
    """A process that does a piece of work and says things meanwhile."""
    out, into = os.pipe()
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        os.close(into)
        return Child(pid, os.fdopen(out, "rb"))
    code = 70
    try:
        os.close(out)

        def say(what: Any) -> None:
            os.write(into, json.dumps(what).encode() + b"\n")

        work(say)
        code = 0
    except BaseException:  # noqa: BLE001 - it is the end of this process, whatever it was
        traceback.print_exc()
    finally:
        os._exit(code)


def writes(url: str, name: str, seed: int, *, early: bool = False) -> Callable[[Say], None]:
    """Write lives of cases without end, batch by batch. With `early`, whoever asked is told before
    the commit: the mistake that is planted."""

    def work(say: Say) -> None:
        database = open_database(url)
        writer = works.written_by(database)
        if early:
            _tell_early(say)
        say({"ready": time.monotonic(), "waited": waited_for_a_core()})
        for orders in works.lives(random.Random(seed), name):
            say({"ask": [[one.key, one.case_id] for one in orders], "at": time.monotonic()})
            answers = writer.write(orders)
            if not early:
                told = [_told(*one) for one in zip(orders, answers, strict=True)]
                say({"told": told, "at": time.monotonic()})

    return work


def waited_for_a_core() -> float:
    """The seconds for which this thread could have gone on and others had the machine's cores, as
    Linux counts them; nothing where it does not."""
    counted = Path("/proc/thread-self/schedstat")
    return int(counted.read_text().split()[1]) / 1e9 if counted.exists() else 0.0


def _told(order: Order, answer: Answer | Exception) -> list[Any]:
    if isinstance(answer, Done):
        return [order.key, "done", msgspec.json.encode(answer).decode()]
    return [order.key, "unsure" if isinstance(answer, Unsure) else "denied", repr(answer)]


def _tell_early(say: Say) -> None:
    decided: list[list[Any]] = []
    answer, flush = Writer._answer, Batch.flush

    def answered(writer: Writer, order: Order, *given: Any) -> Any:
        found = answer(writer, order, *given)
        decided.append(_told(order, found))
        return found

    def flushed(batch: Batch) -> None:
        flush(batch)
        say({"told": list(decided)})
        time.sleep(0.01)
        decided.clear()

    Writer._answer = answered  # type: ignore[method-assign]
    Batch.flush = flushed  # type: ignore[method-assign]


_done = msgspec.json.Decoder(Done)


class Ready(NamedTuple):
    """When a process was ready, and for how many seconds until then it waited for a core."""

    at: float
    waited: float


def note(ledger: Ledger, lines: Iterable[Any]) -> Ready | None:
    """Note in a ledger what a process said; when it was ready, if it was."""
    ready = None
    for line in lines:
        if "ready" in line:
            ready = Ready(line["ready"], line["waited"])
        for key, case in line.get("ask", ()):
            ledger.asked[key] = case
        for key, how, answer in line.get("told", ()):
            if how == "done":
                ledger.done[key] = _done.decode(answer)
            elif how == "denied":
                ledger.denied.add(key)
    return ready
