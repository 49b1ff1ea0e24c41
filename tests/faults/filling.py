"""F7: the disk takes no more, below the database, below the files, or both.

Applications are filed, with files handed in, until nothing fits; then there is room again, and so
over and over without starting anew. While there is no room everything can be read and whoever
writes is told so; afterwards it goes on by itself. What was told as filed is there with its files,
and nothing is there by half.

Where small disks can be mounted (as root, on Linux) they are real ones; elsewhere the database is
told by the disk under it, and the folder of files by the system call, that nothing fits.
"""

import errno
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

from permits.outside import files as filed
from permits.outside.stores import digest_of
from permits.services.demonstration.clock import Hands
from permits.services.demonstration.desk import WentWrong
from permits.services.office import Office
from permits.services.rebuild import check
from permits.settings import Settings
from permits.store import drafts
from permits.store.condition import NoRoom
from tests.faults.disk import FULL, OK, Disk, Does
from tests.faults.report import Outcome, Sum
from tests.faults.works import Verdict
from tests.kit import PLAIN_SIGN_IN
from tests.services.conftest import GAS, Bureau, real_time, settled

SIZE_MB = 24
BETWEEN = 2
"""Applications that are filed each time there is room again."""


class Mounted:
    """A small disk of its own, in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self) -> None:
        with self._filler.open("wb", buffering=0) as filler, suppress(OSError):
            while True:
                filler.write(bytes(4096))

    def free(self) -> None:
        self._filler.unlink(missing_ok=True)


class Told:
    """Says that nothing fits, where no disk can be mounted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.full = False

    def fill(self) -> None:
        self.full = True

    def free(self) -> None:
        self.full = False


def may_mount() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0


@contextmanager
def small_disk(folder: Path, *, real: bool) -> Iterator[Mounted | Told]:
    """A disk that can be filled, at a folder."""
    folder.mkdir(parents=True)
    if not real:
        yield Told(folder)
        return
    options = ["-o", f"size={SIZE_MB}m,mode=700"]
    subprocess.run(["mount", "-t", "tmpfs", *options, "tmpfs", str(folder)], check=True)
    try:
        yield Mounted(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def told_through(database: Any, files: Any) -> Iterator[None]:
    """Let database and files be told by disks that only say that they are full."""

    def fault(does: Does, file: str) -> int:
        here = str(database.folder) in file
        return FULL if does is Does.WRITE and here and getattr(database, "full", False) else OK

    through = filed._written_through

    def written_through(path: Path) -> None:
        if getattr(files, "full", False):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        through(path)

    disk = Disk()
    disk.fault = fault
    with disk.under(), patch.object(filed, "_written_through", written_through):
        yield


def filled(folder: Path, where: str, times: int, *, real: bool) -> Outcome:
    """So many times the disk below the database, the files or both is full, and free again."""
    how = "a small disk" if real else "told as full"
    total = Sum("F7", f"no room below the {where}, {how}")
    with ExitStack() as stack:
        database = stack.enter_context(small_disk(folder / f"{where}-database", real=real))
        files = stack.enter_context(small_disk(folder / f"{where}-data", real=real))
        stack.enter_context(told_through(database, files))
        hands = Hands(real_time)
        url = f"sqlite:///{database.folder / 'permits.db'}"
        office = Office(Settings(files.folder, url, sign_in=PLAIN_SIGN_IN), hands)
        stack.callback(office.close)
        bureau = settled(office, hands)
        disks = {"database": [database], "files": [files], "whole": [database, files]}[where]
        done = [bureau.people.file(GAS, "ordinary")]
        for number in range(times):
            for one in disks:
                one.fill()
            refused = _until_refused(bureau, done)
            if refused is None:
                total.miss(f"at {number}: it never filled")
            if bureau.office.cases.read(done[0], bureau.actors["window"]) is None:
                total.miss(f"at {number}: nothing can be read")
            for one in disks:
                one.free()
            done += [bureau.people.file(GAS, "ordinary") for _ in range(BETWEEN)]
        total.add(_found(bureau, done), len(done), where)
        if check(office.database):
            total.miss("the tables are not as the log says")
        if office.database.condition.broke.is_set():
            total.miss("a full disk was taken for a broken one")
    total.outcome = total.outcome._replace(runs=times)
    return total.outcome


def _until_refused(bureau: Bureau, done: list[str]) -> Exception | None:
    """File until something does not fit; what was said. The first few may still find room in
    pages that the database has to spare."""
    for _ in range(40):
        try:
            done.append(bureau.people.file(GAS, "ordinary"))
        except (NoRoom, WentWrong) as refused:
            return refused
    return None


def _found(bureau: Bureau, done: list[str]) -> Verdict:
    """Every case that was told, with each of its files whole; no other case."""
    database, files = bureau.office.database, bureau.office.files
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT case_id FROM case_row").scalars().all()
        noted = list(drafts.noted(connection))
    half = []
    for sha256, _size in noted:
        try:
            with files.open(sha256) as source:
                if digest_of(source) != sha256:
                    half.append(sha256)
        except FileNotFoundError:
            half.append(sha256)
    there = set(rows)
    return Verdict(
        lost=tuple(one for one in done if one not in there),
        doubled=tuple(one for one, times in _counted(rows) if times > 1),
        denied=tuple(one for one in there if one not in done),
        half=tuple(half),
    )


def _counted(rows: Any) -> Iterator[tuple[str, int]]:
    for one, group in itertools.groupby(sorted(rows)):
        yield one, len(list(group))


def forgetful(folder: Path, times: int) -> Outcome:
    """The mistake that is planted: a file that does not fit is noted all the same."""

    def brought(self: Any) -> None:
        """Nothing is put where it is looked for."""

    with patch("permits.outside.store_folder._Brought.settle", brought):
        outcome = filled(folder / "forgetful", "files", times, real=False)
    return outcome._replace(mutant="a row before its file")


def experiment(folder: Path, times: int, *, real: bool) -> Iterator[Outcome]:
    for where in ("database", "files", "whole"):
        yield filled(folder, where, times, real=real)
    yield forgetful(folder, 1)
