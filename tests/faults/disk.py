"""A disk under SQLite that fails when it is told to, and that keeps a record of all it was asked.

SQLite reaches the disk through a table of functions (its VFS). Here a second table is registered
whose functions are the ordinary ones, but for opening and removing files, writing, cutting and
writing through: those pass through Python. It works with whichever SQLite the product uses, needs
no rights and no other program, and covers the database and its journals; the memory that
connections share (`-shm`) is no part of what outlives a loss of power.
"""

import ctypes
import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, byref, c_char_p, c_int, c_int64, c_void_p, cast
from enum import StrEnum
from typing import NamedTuple

from permits.store.database import sqlite_library

OK, IOERR, FULL = 0, 10, 13
IOERR_WRITE, IOERR_FSYNC = IOERR | 3 << 8, IOERR | 4 << 8
IOERR_TRUNCATE, IOERR_DELETE = IOERR | 6 << 8, IOERR | 10 << 8


class Does(StrEnum):
    """What a disk is asked."""

    WRITE = "write"
    CUT = "cut"
    SYNC = "sync"
    REMOVE = "remove"


class Asked(NamedTuple):
    """One thing a disk was asked: of which file; where, and what, for a write; to how many bytes,
    for a cut; `at` is 1 if a removal is written through in the folder."""

    does: Does
    file: str
    at: int = 0
    content: bytes = b""


class Told(NamedTuple):
    """Somebody was told something at this place in the record."""

    what: object


OF_FILE = CFUNCTYPE(c_int, c_void_p, c_int)
WRITES = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
CUTS = CFUNCTYPE(c_int, c_void_p, c_int64)
OPENS = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
"""A name is an address: SQLite keeps it, and reads on behind its end."""

REMOVES = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)


class Methods(ctypes.Structure):
    """`sqlite3_io_methods`, third edition."""

    _fields_ = [
        ("iVersion", c_int), ("xClose", c_void_p), ("xRead", c_void_p), ("xWrite", WRITES),
        ("xTruncate", CUTS), ("xSync", OF_FILE),
        *((f"rest{number}", c_void_p) for number in range(13)),
    ]  # fmt: skip


class Table(ctypes.Structure):
    """`sqlite3_vfs`, third edition."""

    _fields_ = [
        ("iVersion", c_int), ("szOsFile", c_int), ("mxPathname", c_int), ("pNext", c_void_p),
        ("zName", c_char_p), ("pAppData", c_void_p), ("xOpen", OPENS), ("xDelete", REMOVES),
        *((f"rest{number}", c_void_p) for number in range(14)),
    ]  # fmt: skip


class File(ctypes.Structure):
    _fields_ = [("methods", POINTER(Methods))]


Fault = Callable[[Does, str], int]
"""Which code of SQLite's a disk answers with, asked something of a file. 0 lets it be done; a
code below zero lets it be done and tells of the fault behind it all the same."""

CODES = {
    Does.WRITE: IOERR_WRITE,
    Does.CUT: IOERR_TRUNCATE,
    Does.SYNC: IOERR_FSYNC,
    Does.REMOVE: IOERR_DELETE,
}


class Disk:
    """Stands between SQLite and the disk for as long as it is `under`."""

    def __init__(self) -> None:
        self.record: list[Asked | Told] = []
        self.recording = False
        self.fault: Fault = lambda _does, _file: OK
        self._names: dict[int, str] = {}
        self._kept: dict[int, Methods] = {}
        self._library = ctypes.CDLL(_shared_library())
        self._library.sqlite3_vfs_find.restype = c_void_p
        self._library.sqlite3_vfs_find.argtypes = [c_char_p]
        self._library.sqlite3_vfs_register.argtypes = [c_void_p, c_int]
        self._plain = cast(self._library.sqlite3_vfs_find(None), POINTER(Table))
        self._table = Table.from_buffer_copy(self._plain.contents)
        self._table.zName, self._table.pNext = b"watched", None
        self._open, self._remove = self._plain.contents.xOpen, self._plain.contents.xDelete
        self._ours = OPENS(self._opened), REMOVES(self._removed)
        self._table.xOpen, self._table.xDelete = self._ours

    def told(self, what: object) -> None:
        """Note that somebody was told something now."""
        if self.recording:
            self.record.append(Told(what))

    def _asked(self, asked: Asked, do: Callable[[], int]) -> int:
        fault = self.fault(asked.does, asked.file)
        code = fault if fault > OK else do()
        if self.recording and code == OK:
            self.record.append(asked)
        return code or -fault

    def _opened(
        self, _table: int, name: int | None, file: int, flags: int, out: int | None
    ) -> int:
        code = int(self._open(cast(self._plain, c_void_p), name, file, flags, out))
        at = cast(file, POINTER(File)).contents
        if code == OK and at.methods and name:
            self._names[file] = ctypes.string_at(name).decode()
            at.methods = ctypes.pointer(self._watched(at.methods))
        return code

    def _watched(self, plain: "ctypes._Pointer[Methods]") -> Methods:
        address = cast(plain, c_void_p).value or 0
        if address in self._kept:
            return self._kept[address]
        watched = Methods.from_buffer_copy(plain.contents)
        write, cut, sync = plain.contents.xWrite, plain.contents.xTruncate, plain.contents.xSync

        def written(file: int, source: int, size: int, at: int) -> int:
            asked = Asked(Does.WRITE, self._names[file], at, ctypes.string_at(source, size))
            return self._asked(asked, lambda: write(file, source, size, at))

        def shortened(file: int, size: int) -> int:
            asked = Asked(Does.CUT, self._names[file], size)
            return self._asked(asked, lambda: cut(file, size))

        def synced(file: int, flags: int) -> int:
            return self._asked(Asked(Does.SYNC, self._names[file]), lambda: sync(file, flags))

        watched.xWrite, watched.xTruncate = WRITES(written), CUTS(shortened)
        watched.xSync = OF_FILE(synced)
        self._kept[address] = watched
        return watched

    def _removed(self, _table: int, name: bytes, through: int) -> int:
        asked = Asked(Does.REMOVE, name.decode(), through)
        do = self._remove
        return self._asked(asked, lambda: do(cast(self._plain, c_void_p), name, through))

    @contextmanager
    def under(self) -> Iterator["Disk"]:
        """Every file that SQLite opens in the block lies on this disk."""
        self._library.sqlite3_vfs_register(byref(self._table), 1)
        try:
            yield self
        finally:
            self._library.sqlite3_vfs_register(cast(self._plain, c_void_p), 1)
            self._library.sqlite3_vfs_unregister(byref(self._table))


def _shared_library() -> str:
    """The file in which the product's SQLite is, or that has brought it along."""
    library = sqlite_library()
    package = library.__name__.partition(".")[0]
    name = "_sqlite3" if package == "sqlite3" else f"{package}._sqlite3"
    return str(importlib.import_module(name).__file__)
