"""The process in which files are parsed: it may end at any time, and nothing is lost by that."""

import errno
import resource
import signal
import struct
import time
import zlib
from multiprocessing.connection import Connection
from pathlib import Path

from pikepdf import PdfError

from permits.outside.parsing import pdf, pictures
from permits.outside.parsing.jobs import Job
from permits.outside.parsing.verdicts import Refuted
from permits.text.uploads import Unfit

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space. A picture of 40 million pixels takes 160 MB, and as much to turn it."""

CPU_SECONDS = 15
MOST_WRITTEN = 256 * 1024 * 1024

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
"""What is no fault of the file: parsers raise the same kind of error for one that is cut off."""

_DAMAGED = (
    PdfError,
    ValueError,
    SyntaxError,
    EOFError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What parsers raise that come upon something they did not expect. What else they raise ends the
process, as a crash would; another takes its place."""


def serve(jobs: Connection) -> None:
    """Look into one file after the other, and say of each why it is not taken, if it is not."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops the server means the server
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    jobs.send_bytes(b"")  # ready
    while True:
        try:
            job = jobs.recv()
        except EOFError:
            return
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + CPU_SECONDS, most))
        found = look_into(job)
        jobs.send_bytes(found.value.encode() if found is not None else b"")


def look_into(job: Job) -> Unfit | None:
    """Why a file is not taken, if it is not; a picture is written anew to the job's target."""
    try:
        if job.media_type == "application/pdf":
            pdf.look_through(Path(job.source))
        else:
            pictures.rewrite(Path(job.source), Path(job.target), job.media_type)
    except Refuted as refuted:
        return refuted.why
    except MemoryError:
        return Unfit.EXPANDS
    except OSError as error:
        return Unfit.UNCHECKED if error.errno in _NO_ROOM else Unfit.BROKEN
    except _DAMAGED:
        return Unfit.BROKEN
    return None
