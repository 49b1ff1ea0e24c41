"""The queue before the writer: everybody is answered, or told at once that they will not be."""

import threading

import pytest

from permits.services.queue import Stopped, TooBusy, WriterQueue
from permits.services.writer import Done, Writer
from permits.store import tables
from tests.services.test_writer import an_order


def test_the_queue_answers_everybody_and_stops_when_it_is_told(bureau):
    queue = WriterQueue(bureau.office.database, bureau.office.shelf, bureau.hands)
    futures = [queue.submit(an_order()) for _ in range(40)]
    queue.close()
    assert all(isinstance(f.result(timeout=5), Done) for f in futures)


class Held(Writer):
    """Waits with its first orders until it is let go."""

    def __init__(self, *given):
        super().__init__(*given)
        self.reached, self.let_go = threading.Event(), threading.Event()

    def write(self, orders):
        self.reached.set()
        self.let_go.wait(20)
        return super().write(orders)


@pytest.fixture
def held(bureau, monkeypatch):
    """A queue whose writer is at work on its first order, and that order's answer to come."""
    from permits.services import queue as queue_module

    monkeypatch.setattr(queue_module, "Writer", Held)
    queue = WriterQueue(bureau.office.database, bureau.office.shelf, bureau.hands)
    first = queue.submit(an_order())
    assert queue._writer.reached.wait(20)
    yield queue, first
    queue._writer.let_go.set()
    queue.close()


def test_a_full_queue_says_so_instead_of_letting_people_wait(held):
    queue, first = held
    queue._waiting.maxsize = 1
    second = queue.submit(an_order())
    with pytest.raises(TooBusy):
        queue.submit(an_order())
    queue._writer.let_go.set()
    assert isinstance(first.result(20), Done)
    assert isinstance(second.result(20), Done)


def test_an_order_that_is_cancelled_while_it_waits_is_not_carried_out(bureau, held):
    queue, first = held
    cancelled, kept = queue.submit(an_order()), queue.submit(an_order())
    assert cancelled.cancel()
    queue._writer.let_go.set()
    assert (first.result(20).number[-4:], kept.result(20).number[-4:]) == ("0001", "0002")
    assert len(bureau.rows(tables.case_row)) == 2


def test_an_order_that_is_being_carried_out_cannot_be_cancelled_any_more(held):
    queue, first = held
    assert not first.cancel()
    queue._writer.let_go.set()
    assert isinstance(first.result(20), Done)


def test_an_answer_that_cannot_be_given_does_not_keep_the_others_from_theirs(held):
    queue, first = held
    first.set_result(None)
    second = queue.submit(an_order())
    queue._writer.let_go.set()
    assert isinstance(second.result(20), Done)


def test_nobody_waits_for_a_writer_that_was_closed(bureau):
    queue = WriterQueue(bureau.office.database, bureau.office.shelf, bureau.hands)
    queue.close()
    with pytest.raises(Stopped):
        queue.submit(an_order())
    queue.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_nobody_waits_for_a_writer_that_died(held, monkeypatch):
    queue, first = held
    behind = queue.submit(an_order())

    def dies(_batch):
        raise SystemExit

    monkeypatch.setattr(queue, "_answer", dies)
    queue._writer.let_go.set()
    assert isinstance(first.result(20), Done)
    with pytest.raises(Stopped):
        behind.result(20)
    with pytest.raises(Stopped):
        queue.submit(an_order())


@pytest.mark.parametrize("fault", [MemoryError, SystemExit])
def test_a_writer_that_breaks_tells_whoever_waits_and_the_queue_lives_on(
    bureau, monkeypatch, fault
):
    from permits.services import queue as queue_module

    fails = [True]

    class Breaking(Writer):
        def write(self, orders):
            if fails[0]:
                fails[0] = False
                raise fault
            return super().write(orders)

    monkeypatch.setattr(queue_module, "Writer", Breaking)
    queue = WriterQueue(bureau.office.database, bureau.office.shelf, bureau.hands)
    with pytest.raises((MemoryError, RuntimeError)):
        queue.write(an_order())
    assert isinstance(queue.write(an_order()), Done)
    queue.close()
