"""What a process is given to look into, and how it begins.

The process that serves pages imports this, and none of the parsers.
"""

import importlib
from multiprocessing.connection import Connection
from typing import NamedTuple


class Job(NamedTuple):
    """A file to be looked into, and where it is written anew if it is a picture."""

    source: str
    target: str
    media_type: str


def begin(jobs: Connection) -> None:
    """Where the process of the parsers begins."""
    importlib.import_module("permits.outside.parsing.looking").serve(jobs)
