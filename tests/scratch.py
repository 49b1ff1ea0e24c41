"""Where the folders of tests lie: in memory, if there is room. A test that waits for a disk at
every commit says nothing more, and takes twice as long.

What a disk does to what was written is tried by `tests/faults`, which notes every write itself.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
PREFIX = "permits-tests-"
ROOM = 4 * 2**30
"""Bytes that must be free in the folder, and in memory altogether."""


def choose(memory: Path = MEMORY) -> Path | None:
    """A new folder in memory for everything that tests put into temporary folders, this process
    and those it starts; None if there is too little room, or TMPDIR names another place.

    Folders of processes that were ended before they could remove them are removed.
    """
    if "TMPDIR" in os.environ or not memory.is_dir():
        return None
    sweep(memory)
    if not fits(memory):
        return None
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=memory))
    folder.chmod(0o755)  # PostgreSQL may run as another user
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    return folder


def fits(memory: Path) -> bool:
    """Whether programs may be run there, and the folder and the machine have the room."""
    there = os.statvfs(memory)
    free = there.f_bavail * there.f_frsize
    runs = not there.f_flag & os.ST_NOEXEC
    return runs and os.access(memory, os.W_OK) and min(free, available()) >= ROOM


def available() -> int:
    """Bytes of memory that programs may still have."""
    told = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in told if line.startswith("MemAvailable:"))


def sweep(memory: Path) -> None:
    """Remove what was left by processes that are gone."""
    for folder in memory.glob(f"{PREFIX}*-*"):
        process = folder.name.removeprefix(PREFIX).split("-")[0]
        if not Path("/proc", process).exists():
            shutil.rmtree(folder, ignore_errors=True)
