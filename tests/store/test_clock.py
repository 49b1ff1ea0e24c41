"""Those who share a database go by its clock, whatever their machines show."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from permits import settings
from permits.services.office import Office
from permits.settings import Settings
from permits.store import clock
from permits.store.clock import LOOKS, DatabaseClock, clock_of
from tests.kit import PLAIN_SIGN_IN

FIRST = datetime(2026, 3, 1, tzinfo=UTC)


class Elapsed:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def shows(monkeypatch):
    """Set what the clock of the database shows."""

    def shown(instant: datetime) -> None:
        asks = text(f"SELECT TIMESTAMPTZ '{instant.isoformat()}'")
        monkeypatch.setattr(clock, "ASKS", asks)

    shown(FIRST)
    return shown


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whoever_has_a_database_alone_goes_by_the_machine(database):
    assert clock_of(database) is settings.now


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_clock_of_the_database_is_asked_now_and_then_and_counted_on_between(database, shows):
    elapsed = Elapsed()
    told = DatabaseClock(database, elapsed)
    assert told() == FIRST
    shows(FIRST + timedelta(hours=2))
    elapsed.now += LOOKS - 1
    assert told() == FIRST + timedelta(seconds=LOOKS - 1)
    elapsed.now += 1
    assert told() == FIRST + timedelta(hours=2)
    elapsed.now += 5
    assert told() == FIRST + timedelta(hours=2, seconds=5)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_while_the_database_is_away_its_clock_goes_on_and_is_asked_again(
    database, shows, monkeypatch
):
    elapsed = Elapsed()
    told = DatabaseClock(database, elapsed)
    looks = []

    def away(_self):
        looks.append(elapsed.now)
        raise OperationalError("", None, Exception("gone"))

    with monkeypatch.context() as gone:
        gone.setattr(DatabaseClock, "_look", away)
        for _second in range(3):
            elapsed.now += LOOKS
            assert told() == told() == FIRST + timedelta(seconds=elapsed.now - 1_000)
    assert len(looks) == 3
    shows(FIRST + timedelta(days=1))
    elapsed.now += LOOKS
    assert told() == FIRST + timedelta(days=1)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_offices_on_machines_that_disagree_show_one_time(
    database_url, shows, tmp_path, monkeypatch
):
    monkeypatch.setattr(settings, "now", lambda: datetime(2031, 1, 1, tzinfo=UTC))
    office = Office(Settings(tmp_path, database_url, sign_in=PLAIN_SIGN_IN))
    assert timedelta() <= office.now() - FIRST < timedelta(seconds=LOOKS)
    assert office.now().tzinfo is UTC
    office.close()
