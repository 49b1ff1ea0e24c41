"""What is noted of accounts is told to another machine: each entry once, in order."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import update

from permits.casework.dates import as_text
from permits.outside.log_collector import Line
from permits.services import shipping
from permits.services.sessions import Client
from permits.services.shipping import OVERLAP, Shipping
from permits.store.access_log import Wanted
from permits.store.people_tables import access_row

HERE = Client("10.0.0.1", "Firefox")


class Collector:
    """Takes what it is told, unless it is away."""

    def __init__(self) -> None:
        self.taken: list[Line] = []
        self.away = False

    def take(self, lines: Sequence[Line]) -> None:
        if self.away:
            raise ConnectionRefusedError
        self.taken += lines


@pytest.fixture
def collector() -> Collector:
    return Collector()


@pytest.fixture
def told(bureau, collector) -> Shipping:
    return Shipping(bureau.office.database, collector)


def noted(bureau) -> list[dict[str, object]]:
    """The whole access log, the oldest first."""
    return [one.id for one in bureau.office.watching.noted(Wanted())][::-1]


def fail(bureau, times: int = 1) -> None:
    for _ in range(times):
        bureau.office.entry.sign_in("window", "wrong", HERE)
        bureau.hands.set(bureau.hands() + timedelta(minutes=1))


def test_everything_is_told_in_order_and_once(bureau, told, collector, monkeypatch):
    monkeypatch.setattr(shipping, "AT_ONCE", 3)
    fail(bureau, 2)
    count = told.ship()
    assert [one.what["id"] for one in collector.taken] == noted(bureau)
    assert count == len(noted(bureau)) > 3
    assert told.ship() == 0
    fail(bureau)
    assert told.ship() == 1
    assert [one.what["id"] for one in collector.taken] == noted(bureau)


def test_a_failure_is_to_be_looked_at_and_an_account_that_was_opened_is_not(
    bureau, told, collector
):
    fail(bureau)
    told.ship()
    warned = {one.kind for one in collector.taken if one.warns}
    assert warned == {"SignInFailed"}
    assert "AccountOpened" in {one.kind for one in collector.taken}


def test_what_was_not_taken_is_told_again(bureau, told, collector):
    collector.away = True
    with pytest.raises(ConnectionRefusedError):
        told.ship()
    collector.away = False
    told.ship()
    assert [one.what["id"] for one in collector.taken] == noted(bureau)


def test_another_process_goes_on_where_the_last_one_was(bureau, told, collector):
    told.ship()
    assert Shipping(bureau.office.database, collector).ship() == 0


def test_what_becomes_visible_late_is_told_too(bureau, told, collector):
    fail(bureau, 3)
    told.ship()
    fail(bureau)
    newest = noted(bureau)[-1]
    late = as_text(bureau.hands() - OVERLAP / 2)
    with bureau.office.database.write() as connection:
        here = access_row.c.id == newest
        connection.execute(update(access_row).where(here).values(at=late))
    assert told.ship() == 1
    assert collector.taken[-1].what["id"] == newest
    assert told.ship() == 0
