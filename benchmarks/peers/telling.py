"""What the programs that are measured share: the ten steps, how they are kept, what is told.

Each is started as `python PROGRAM FOLDER CASES`, takes so many cases through all steps with one
caller, and prints one line of JSON: steps taken, the seconds of these alone, and what its
database answers when asked how it keeps them. Nothing outside the standard library is needed.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

STEPS = (
    "file",
    "accept",
    "assign",
    "inspect",
    "correct",
    "review",
    "grant",
    "deliver",
    "publish",
    "conclude",
)

DURABLE = ("journal_mode=WAL", "synchronous=FULL")


class Timed:
    """The seconds of the blocks that count."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def counted(self) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.seconds += time.perf_counter() - begun


def asked() -> tuple[Path, int]:
    """The folder for the database, and how many cases."""
    return Path(sys.argv[1]), int(sys.argv[2])


def connected(path: Path, library: str = "sqlite3") -> Any:
    """A connection that keeps every commit; transactions are begun and ended by statements."""
    connection = importlib.import_module(library).connect(str(path), isolation_level=None)
    for pragma in DURABLE:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def kept(ask: Callable[[str], Any]) -> dict[str, str]:
    """How the connection that wrote keeps what it commits; `ask` gives a statement's value."""
    return {
        "journal": str(ask("PRAGMA journal_mode")).upper(),
        "synchronous": {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}[ask("PRAGMA synchronous")],
        "sqlite": str(ask("SELECT sqlite_version()")),
    }


def tell(cases: int, timed: Timed, logged: int, how: dict[str, str]) -> None:
    """Print what was measured, unless a step left no row behind."""
    steps = cases * len(STEPS)
    if logged != steps:
        raise SystemExit(f"{steps} steps were taken and {logged} rows of them are there")
    print(json.dumps({"steps": steps, "seconds": timed.seconds, **how}))
