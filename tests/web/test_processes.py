"""The processes that serve are watched: one that dies while it is asked for a sign of life is
missed at once, and not only when patience is at its end."""

import threading
import time
from multiprocessing import Pipe, get_context

import pytest

from permits.web.processes import Watched


def sleeping() -> Watched:
    """One that says nothing by itself."""
    one = Watched.__new__(Watched)
    one.parent_conn, one.child_conn = Pipe()
    one.process = get_context("fork").Process(target=time.sleep, args=(600,))
    one.process.start()
    return one


@pytest.mark.timeout(60)
def test_a_process_that_dies_while_it_is_asked_is_missed_at_once():
    one = sleeping()
    threading.Timer(0.2, one.process.kill).start()
    assert not one.ping(timeout=300)
    one.process.join()
    assert not one.is_alive(timeout=300)
    for end in (one.parent_conn, one.child_conn):
        end.close()


def test_a_process_that_answers_is_alive():
    one = sleeping()
    one.child_conn.send(True)
    assert one.is_alive(timeout=300)
    one.process.kill()
    one.process.join()
    for end in (one.parent_conn, one.child_conn):
        end.close()
