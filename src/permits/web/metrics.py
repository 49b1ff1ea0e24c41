"""Figures of how the office runs, for Prometheus, at an address of their own: they are nobody's
business who is not whoever runs the office.

Every figure is read from the database when it is asked for, so that it is the same whichever
process, on whichever machine, is asked.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import DBAPIError

from permits.casework.dates import day_of
from permits.services.office import Office
from permits.services.running import State
from permits.settings import BadSetting
from permits.store.condition import Broken

log = logging.getLogger(__name__)


@contextmanager
def measured(office: Office) -> Iterator[None]:
    """Give the figures for as long as the block lasts, if the settings say where; BadSetting if
    nobody can listen there."""
    if not office.settings.metrics:
        yield
        return
    host, _, port = office.settings.metrics.rpartition(":")
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Figures(office))
    try:
        server, thread = start_http_server(int(port), host.strip("[]"), registry)
    except OSError as error:
        says = f"PERMITS_METRICS is {office.settings.metrics!r}, where nobody can listen"
        raise BadSetting(f"{says}: {error.strerror or error}") from error
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Figures(Collector):
    """Reads the figures of an office each time they are asked for."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def describe(self) -> Iterator[Metric]:
        """Nothing beforehand: to say which there are, the database would have to be asked."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        try:
            found = list(self._figures(self._office.running.state()))
        except (DBAPIError, Broken, OSError) as error:
            log.warning("figures cannot be read: %s", type(error).__name__)
            found = []
        yield _figure("permits_database_up", "Whether the database answers", bool(found))
        yield from found

    def _figures(self, state: State) -> Iterator[Metric]:
        yield from _of_outbox(state)
        yield _of_cases(state)
        waiting, oldest = state.untold
        yield _figure("permits_dates_waiting", "Dates that passed and were not told yet", waiting)
        late = (day_of(state.now) - oldest).days if oldest else 0
        yield _figure("permits_dates_oldest_days", "Days since the oldest of them", late)
        yield from _of_evidence(state)
        full = self._office.database.condition.full
        yield _figure("permits_database_full", "Whether there was no room to write", full)
        yield _figure("permits_disk_free_bytes", "Room on the data folder's disk", state.disk_free)
        if state.calendar_until is not None:
            left = (state.calendar_until - day_of(state.now)).days
            yield _figure("permits_calendar_days_left", "Days to the calendar's end", left)
        named = {name.lower(): number for name, number in state.versions.items()}
        yield InfoMetricFamily("permits", "What it is made of", named)


def _of_outbox(state: State) -> Iterator[Metric]:
    waiting, failing, given_up, oldest = state.outbox
    since = datetime.fromisoformat(oldest) if oldest else state.now
    age = max((state.now - since).total_seconds(), 0.0)
    yield _figure("permits_outbox_waiting", "Letters, documents and messages that wait", waiting)
    yield _figure("permits_outbox_failing", "Those of them that failed before", failing)
    yield _figure("permits_outbox_given_up", "Those that were given up", given_up)
    yield _figure("permits_outbox_oldest_seconds", "How long the oldest due one waits", age)
    yield _figure("permits_outbox_paused", "Whether nothing goes out", bool(state.paused))


def _of_evidence(state: State) -> Iterator[Metric]:
    placing = state.placing
    yield _figure("permits_log_waiting", "Events with no place in the log yet", placing.waiting)
    yield _figure("permits_log_signed", "Events the newest checkpoint is for", placing.signed)
    says = "Since the newest checkpoint, 0 if nothing waits for another"
    yield _figure("permits_log_unsigned_seconds", says, state.unsigned_for)


def _of_cases(state: State) -> Metric:
    cases = GaugeMetricFamily(
        "permits_open_cases", "Open cases by how their next date stands", labels=["light"]
    )
    for light, count in state.lights._asdict().items():
        cases.add_metric([light], count)
    return cases


def _figure(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(name, says, value=float(value))
