"""Tasks of the outbox, taken one by one, and settled whatever becomes of them."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime

from permits.store import outbox
from permits.store.database import Database
from permits.store.outbox import Task

log = logging.getLogger(__name__)


def claimed(database: Database, kind: str, now: Callable[[], datetime]) -> Iterator[Task]:
    """Each task of a kind that is due, in turn, kept from others while it is done."""
    while True:
        with database.write() as connection:
            task = outbox.claim(connection, now(), kind)
        if task is None:
            return
        yield task


def attempted(work: Callable[[Task], None], task: Task) -> Exception | None:
    """Do a task; what went wrong. Whatever that is, it counts as an attempt, so that no task is
    the first one for ever and none keeps others from being done."""
    try:
        work(task)
    except Exception as error:
        log.warning("task %s could not be done", task.id, exc_info=True)
        return error
    return None


def settle(
    database: Database,
    task: Task,
    now: datetime,
    fault: Exception | None,
    *,
    for_good: bool = False,
) -> None:
    """Note that a task was done, or what went wrong with it: it is tried again later, or given up
    if that went on long enough or, `for_good`, can help nobody."""
    with database.write() as connection:
        if fault is None:
            outbox.done(connection, task, now)
            return
        says = str(fault) or type(fault).__name__
        given_up = outbox.failed(connection, task, now, says, for_good=for_good)
    if given_up:
        log.error("task %s is given up; `permits undelivered` shows why", task.id)
