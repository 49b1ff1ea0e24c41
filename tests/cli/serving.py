"""The program in a process of its own, as people start it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

NONE: Mapping[str, str] = {}
SERVE = (sys.executable, "-m", "permits", "serve")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def words_of(pid: int) -> bytes:
    """The words a process was started with; nothing once it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def children(parent: int) -> list[int]:
    """The processes that a process has started; none once it is gone."""
    try:
        found = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    except OSError:
        return []
    return [int(pid) for pid in found.split()]


class Served:
    """The program as people start it, in a process of its own."""

    def __init__(
        self,
        folder: Path,
        *words: str,
        port: int = 0,
        command: Sequence[str] = SERVE,
        settings: Mapping[str, str] = NONE,
    ) -> None:
        self.port = port or free_port()
        given = {"PERMITS_DATA": str(folder), "PERMITS_PORT": str(self.port)}
        environment = {"PERMITS_PROCESSES": "1", **os.environ, **given}
        environment.pop("PERMITS_DATABASE", None)
        environment |= settings
        self.process = subprocess.Popen(
            [*command, *words],
            env=environment,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str) -> str:
        request = f"http://127.0.0.1:{self.port}{path}"
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read().decode()

    def serving(self) -> list[int]:
        """The processes that serve pages: forked from the one that has loaded them."""
        loading = [pid for pid in children(self.process.pid) if b"forkserver" in words_of(pid)]
        return [pid for loaded in loading for pid in children(loaded)]

    def wait(self) -> "Served":
        for _ in range(1_800):
            try:
                self.get("/healthz")
            except OSError:
                assert self.process.poll() is None, self.process.stderr.read().decode()
                time.sleep(0.1)
            else:
                return self
        raise AssertionError("it does not answer")

    def __enter__(self) -> "Served":
        return self

    def __exit__(self, *_fault: object) -> None:
        if self.process.poll() is None:
            self.stop()

    def stop(self) -> str:
        """End it as the system does; what it told."""
        self.process.terminate()
        return self.ended()

    def kill(self) -> str:
        """End every process of it at once, as when the power goes; what it had told."""
        os.killpg(self.process.pid, signal.SIGKILL)
        return self.ended()

    def ended(self) -> str:
        """Wait for its end; what it told."""
        self.process.wait(60)
        told = self.process.stderr.read().decode()
        self.process.stderr.close()
        return told
