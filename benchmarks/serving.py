"""A real server: `permits serve` in a process of its own, on the loopback."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from permits.settings import Settings

PATIENCE = 60.0


class Server:
    """A process that serves an office."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self.process = process
        self.port = port

    @property
    def seconds(self) -> float:
        """Processor time that it and the processes it started have used so far (Linux)."""
        return sum(map(_seconds, (self.process.pid, *_children(self.process.pid))))


def _children(parent: int) -> list[int]:
    """The processes that it started, and those that these started."""
    started = [
        int(pid)
        for tasks in Path(f"/proc/{parent}/task").iterdir()
        for pid in (tasks / "children").read_text().split()
    ]
    return started + [further for child in started for further in _children(child)]


def _seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(settings: Settings) -> Iterator[Server]:
    """Serve an office that nobody else has open, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {
        **os.environ,
        "PERMITS_DATA": str(settings.data),
        "PERMITS_DATABASE": settings.database,
        "PERMITS_TRIAL": "true",
        "PERMITS_STAFF_SECOND_FACTOR": str(settings.sign_in.staff_second_factor).lower(),
        "PERMITS_STEP_UP": str(settings.sign_in.step_up).lower(),
    }
    with (settings.data / "server.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - the program itself
            [sys.executable, "-m", "permits", "serve", "--port", str(port)],
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            _wait(process, port)
            yield Server(process, port)
        finally:
            process.terminate()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")
