"""What goes on beside the pages: dates pass, people and programs are told, documents become files,
a new calendar is followed, what is kept only for a while is forgotten."""

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta

from permits.exchange.report_post import deliver_reports
from permits.outside.mail import Post
from permits.services.office import Office
from permits.services.post import deliver, post_for
from permits.services.resting import Rest, on_at_once
from permits.services.shipping import shipping_of
from permits.services.tidying import tidy
from permits.services.timers import lapse_due
from permits.services.voice_timers import tell_in_time
from permits.services.years import catch_up

EVERY = 20.0
"""Seconds between two looks."""

TIDIES = timedelta(hours=1)
"""Time between two times of tidying up."""

RESTS = 3.0
"""After each letter, and after each few dates, the worker rests so many times as long as they
took: they can wait, those who are at their pages cannot. A date holds from its day, however late
it is told."""

log = logging.getLogger(__name__)


class Stopping(Exception):
    """Somebody wants the worker to end; what is left is done when it is started again."""


class Worker:
    """A thread that looks, now and then, at the dates that are due and at the outbox."""

    def __init__(self, office: Office, every: float = EVERY) -> None:
        self._office = office
        self._every = every
        self._post = post_for(office.settings)
        self._shipping = shipping_of(office)
        self._settled = 0
        self._tidied: datetime | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Finish what is being done, then stop."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            for work in (self._follow_the_calendar, self._look, self._tell_the_log, self._tidy_up):
                try:
                    work()
                except Stopping:
                    return
                except Exception:
                    log.exception("the worker failed, and goes on")
            self._stop.wait(self._every)

    def _follow_the_calendar(self) -> None:
        self._settled = catch_up(self._office, self._settled, self._rest)

    def _look(self) -> None:
        look(self._office, self._post, self._rest)

    def _tell_the_log(self) -> None:
        if self._shipping is None:
            return
        try:
            self._shipping.ship()
        except OSError as error:
            where = self._office.settings.log_to
            log.warning("the access log was not taken by %s, and is told again: %s", where, error)

    def _tidy_up(self) -> None:
        now = self._office.now()
        if self._tidied is None or now - self._tidied >= TIDIES:
            tidy(self._office)
            self._tidied = now

    def _rest(self, took: float) -> None:
        if self._stop.wait(RESTS * took):
            raise Stopping


def look(office: Office, post: Post, rest: Rest = on_at_once) -> tuple[int, int]:
    """One look: how many dates were told to their cases, how many tasks of the outbox done.

    Letters go out and documents are made whatever becomes of the dates. Nothing at all is done
    while somebody has it paused, as after a restore.
    """
    if office.running.paused():
        return 0, 0
    with ExitStack() as afterwards:
        counts: list[int] = []

        def do(work: Callable[[], int]) -> None:
            counts.append(work())

        afterwards.callback(do, lambda: office.announcing.tell(rest))
        afterwards.callback(do, lambda: office.documents.draw(rest))
        afterwards.callback(do, lambda: deliver_reports(office, post, rest))
        afterwards.callback(do, lambda: deliver(office, post, rest))
        afterwards.callback(office.reports.hand_over)
        told = lapse_due(office.database, office.queue.submit, office.now(), rest)
        told += tell_in_time(office.voices, office.now())
    return told, sum(counts)
