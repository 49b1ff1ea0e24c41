"""The processes that serve: each forked from one that has loaded everything once, so that they
are there at once, also when one of them has to be replaced."""

from multiprocessing import forkserver, get_context
from multiprocessing.connection import wait
from multiprocessing.synchronize import Event
from socket import socket
from typing import TYPE_CHECKING

import uvicorn
from uvicorn import _subprocess
from uvicorn.supervisors import multiprocess

if TYPE_CHECKING:
    from fastapi import FastAPI

    from permits.settings import Settings
    from permits.web.visits import DemoAccounts

FORKED = get_context("forkserver")


def begin_to_load() -> None:
    """Load beside whatever else has to be done before anybody is served."""
    FORKED.set_forkserver_preload(["permits.web.loaded"])
    forkserver.ensure_running()


def serving(settings: "Settings", demo: "DemoAccounts | None", broke: Event) -> "FastAPI":
    """The pages of an office, in the process that is asked for them; the one that watches over
    those that serve has no need of any page, and loads none."""
    from permits.web.served import served  # noqa: PLC0415 - only where pages are asked for

    return served(settings, demo, broke)


class Watched(multiprocess.Process):
    """A process that serves. Whether it still does is asked of it, and answered at once as well if
    it has died meanwhile: its pipe would not tell, because this end of it holds the other."""

    def _healthcheck(self, timeout: float) -> bool | None:
        try:
            self.parent_conn.send(b"ping")
            if self.parent_conn in wait([self.parent_conn, self.process.sentinel], timeout):
                return bool(self.parent_conn.recv_bytes())
        except (OSError, EOFError):
            pass  # it has gone
        return None


def run(config: uvicorn.Config, door: socket) -> None:
    """Let processes serve whoever comes to the door until the program is told to stop."""
    # uvicorn has no setting for how its processes begin and are watched; tests look at both.
    _subprocess.spawn = FORKED  # type: ignore[assignment]
    multiprocess.Process = Watched  # type: ignore[misc]
    multiprocess.Multiprocess(config, [door]).run()
