"""One writer at a time, among threads and processes; nobody who dies keeps the others out."""

import subprocess
import sys
import threading
from contextlib import closing

from permits.store.turn import Turn

HOLDS = """
import sys
from pathlib import Path
from permits.store.turn import Turn
with Turn(Path(sys.argv[1])):
    print("mine", flush=True)
    sys.stdin.read()
"""


def holder(path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout.readline() == b"mine\n"
    return process


def test_a_process_waits_until_another_has_had_its_turn(tmp_path):
    with closing(Turn(tmp_path / "turn")) as turn:
        other = holder(tmp_path / "turn")
        mine = threading.Event()

        def take():
            with turn:
                mine.set()

        waiting = threading.Thread(target=take)
        waiting.start()
        assert not mine.wait(0.2)
        other.communicate()
        waiting.join(10)
        assert mine.is_set()


def test_whoever_is_killed_in_its_turn_keeps_nobody_out(tmp_path):
    with closing(Turn(tmp_path / "turn")) as turn:
        other = holder(tmp_path / "turn")
        other.kill()
        with turn:
            assert other.wait() != 0
        other.stdin.close()
        other.stdout.close()


def test_a_thread_waits_too_and_a_fault_gives_the_turn_back(tmp_path):
    with closing(Turn(tmp_path / "turn")) as turn:
        order = []

        def take():
            with turn:
                order.append("second")

        waiting = threading.Thread(target=take)
        try:
            with turn:
                waiting.start()
                waiting.join(0.2)
                order.append("first")
                raise RuntimeError
        except RuntimeError:
            waiting.join(10)
        assert order == ["first", "second"]
