"""How often an order is tried, how long is waited between, and what is told in the end: a writer
whose transactions come out as written here."""

import time

import pytest
from sqlalchemy.exc import OperationalError

from permits.services import writer as writer_module
from permits.services.writer import MOST_TRIES, Done, Writer
from permits.store.condition import Broken, NoRoom, Unsure
from permits.store.event_log import Overtaken
from tests.services.test_writer import an_order

DONE = Done("case/1", "1", 5, "received", ())
LOCKED = OperationalError("x", {}, Exception("locked"))


def away():
    """As psycopg tells that there is no connection: without a code."""
    fault = Exception("gone")
    fault.sqlstate = None
    return OperationalError("x", {}, fault)


AWAY = away()


class Scripted(Writer):
    """Each transaction comes out as the next of what is given: answers, or a fault."""

    def __init__(self, *outcomes):
        self.outcomes = list(outcomes)
        self.asked = []
        self.forgot = 0

    def _together(self, orders):
        self.asked.append(len(orders))
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return list(outcome)

    def _forget(self):
        self.forgot += 1


@pytest.fixture(autouse=True)
def waited(monkeypatch):
    """What is waited is noted, and not waited."""
    found = []
    monkeypatch.setattr(writer_module.time, "sleep", found.append)
    return found


def alone(writer, *, patient=True, unsure=None):
    until = time.monotonic() + (1_000 if patient else -1)
    return writer._alone(an_order(), until, unsure)


@pytest.mark.parametrize("error", [Overtaken(), LOCKED], ids=["overtaken", "locked"])
def test_what_passes_is_tried_so_often_and_then_told(error, waited):
    writer = Scripted(*[error] * MOST_TRIES)
    assert alone(writer) is error
    assert (writer.asked, writer.forgot) == ([1] * 5, 5)
    assert len(waited) == 4


@pytest.fixture
def bounds(monkeypatch):
    """Between which seconds each wait is drawn; the longest is taken."""
    found = []
    monkeypatch.setattr(
        writer_module.random, "uniform", lambda low, high: found.append((low, high)) or high
    )
    return found


@pytest.mark.parametrize("error", [Overtaken(), LOCKED], ids=["overtaken", "locked"])
def test_each_wait_may_be_twice_as_long(error, bounds, waited):
    assert alone(Scripted(*[error] * MOST_TRIES)) is error
    assert bounds == [(0, t) for t in (0.02, 0.04, 0.08, 0.16)]
    assert waited == [high for _, high in bounds]


@pytest.mark.parametrize("error", [AWAY, Unsure()], ids=["away", "unsure"])
def test_a_database_that_is_away_is_looked_for_ten_times_a_second_at_least(error, bounds, waited):
    assert alone(Scripted(*[error] * 8, [DONE])) == DONE
    assert bounds == [(0, 0.1)] * 8
    assert waited == [0.1] * 8


def test_a_database_that_is_away_is_waited_for_and_only_so_long():
    assert alone(Scripted(*[AWAY] * 20, [DONE])) == DONE
    writer = Scripted(AWAY, [DONE])
    assert alone(writer, patient=False) is AWAY
    assert writer.asked == [1]


def test_once_a_commit_was_unsure_only_what_is_found_under_its_key_is_an_answer():
    unsure, fault = Unsure(), ValueError()
    assert alone(Scripted(*[unsure] * 8, [DONE])) == DONE
    assert alone(Scripted([DONE]), unsure=unsure) == DONE
    assert alone(Scripted(unsure, [fault])) is unsure
    assert alone(Scripted([fault]), unsure=unsure) is unsure
    assert alone(Scripted(unsure, fault)) is unsure
    assert alone(Scripted(unsure, *[Overtaken()] * MOST_TRIES)) is unsure
    assert alone(Scripted(unsure), patient=False) is unsure


def test_a_fault_of_ours_is_told_at_once():
    fault = ValueError()
    assert alone(Scripted([fault])) is fault
    writer = Scripted(fault)
    assert alone(writer) is fault
    assert writer.forgot == 1


def test_what_is_written_together_is_answered_together():
    writer = Scripted([DONE, DONE])
    assert writer.write([an_order(), an_order()]) == [DONE, DONE]
    assert (writer.asked, writer.forgot) == ([2], 0)


@pytest.mark.parametrize("error", [Overtaken(), LOCKED, Unsure(), ValueError()], ids=repr)
def test_a_batch_that_failed_is_tried_order_by_order(error, caplog):
    writer = Scripted(error, [DONE], [DONE])
    assert writer.write([an_order(), an_order()]) == [DONE, DONE]
    assert (writer.asked, writer.forgot) == ([2, 1, 1], 1)
    assert bool(caplog.records) is isinstance(error, ValueError), "what nobody foresaw is logged"


def test_after_an_unsure_batch_every_order_is_unsure_until_it_is_found():
    unsure, fault = Unsure(), ValueError()
    assert Scripted(unsure, [DONE], fault).write([an_order(), an_order()]) == [DONE, unsure]


@pytest.mark.parametrize("fault", [NoRoom(), Broken()], ids=["no room", "broken"])
def test_where_nothing_can_be_kept_nothing_is_tried_again(fault):
    writer = Scripted(fault)
    assert writer.write([an_order(), an_order()]) == [fault, fault]
    assert (writer.asked, writer.forgot) == ([2], 1)
