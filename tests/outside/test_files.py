"""Files are on the disk before anybody hears of them, and nothing is left of those that fail."""

import errno
import hashlib
import io
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import pytest

from permits.outside.files import Files, Kept
from permits.outside.store_folder import COMING
from permits.outside.stores import Away, Brought
from permits.text.uploads import Unfit
from tests.papers import PDF, PNG

SHA256 = hashlib.sha256(PDF).hexdigest()


def keep(files: Files, content: bytes = PDF) -> Kept | Unfit:
    with files.incoming(io.BytesIO(content)) as arrived:
        if isinstance(arrived, Unfit):
            return arrived
        arrived.settle()
        return arrived.kept


class Disk:
    """Remembers what would still be there after a loss of power: the content of files, and the
    names that stood in a folder, when each was last written through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: set[Path] = set()
        self.contents: dict[int, bytes] = {}
        self._fsync = os.fsync
        monkeypatch.setattr(os, "fsync", self.fsync)

    def fsync(self, handle: int) -> None:
        self._fsync(handle)
        path = Path(f"/proc/self/fd/{handle}").readlink()
        if path.is_dir():
            self.names |= set(path.iterdir())
        else:
            self.contents[path.stat().st_ino] = path.read_bytes()

    def holds(self, path: Path, below: Path) -> bool:
        """Whether a file can still be found, going down from a folder that was there before."""
        way = [path, *(one for one in path.parents if below in one.parents)]
        return self.contents.get(path.stat().st_ino) == path.read_bytes() and {*way} <= self.names


@pytest.fixture
def disk(monkeypatch) -> Disk:
    return Disk(monkeypatch)


def test_a_file_that_is_kept_survives_a_loss_of_power(disk, tmp_path):
    """With every folder on the way to it, each of them new."""
    files = Files(tmp_path / "data" / "files")
    kept = keep(files)
    assert kept == Kept(SHA256, len(PDF), "application/pdf")
    assert disk.holds(tmp_path / "data" / "files" / SHA256[:2] / SHA256, below=tmp_path)


def test_a_folder_another_process_has_just_made_is_not_relied_upon(disk, tmp_path):
    """It may not have written the name of the folder yet."""
    files = Files(tmp_path)
    (tmp_path / SHA256[:2]).mkdir()
    keep(files)
    assert disk.holds(tmp_path / SHA256[:2] / SHA256, below=tmp_path)


@pytest.mark.parametrize("content", [PDF, PNG, PNG + b"behind it"])
def test_nobody_else_on_the_machine_reads_what_is_kept(tmp_path, content):
    files = Files(tmp_path)
    kept = keep(files, content)
    [file] = (tmp_path / kept.sha256[:2]).iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_same_file_twice_is_one(tmp_path):
    files = Files(tmp_path)
    assert keep(files) == keep(files)
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [SHA256]


def test_looking_for_a_file_that_is_not_there_makes_nothing(tmp_path):
    files = Files(tmp_path)
    with pytest.raises(FileNotFoundError):
        files.open("0" * 64)
    assert list(tmp_path.iterdir()) == []


def test_what_never_arrived_is_swept_up_and_what_is_coming_is_not(tmp_path):
    files = Files(tmp_path)
    keep(files)
    noon = datetime(2022, 6, 9, 12, tzinfo=UTC)
    for name, hour in (("old", 11), ("new", 13)):
        coming = tmp_path / f"{COMING}{name}"
        coming.write_bytes(b"%PDF-1.4 half a docu")
        at = noon.replace(hour=hour).timestamp()
        os.utime(coming, (at, at))
    assert files.sweep(noon) == 1
    assert files.sweep(noon) == 0
    there = {p.name for p in tmp_path.rglob("*") if p.is_file()}
    assert there == {f"{COMING}new", SHA256}


class Full:
    """A store, or a disk, with no room."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault

    def bring(self, path: Path, sha256: str) -> Brought:
        raise self.fault

    def open(self, sha256: str) -> BinaryIO:
        raise self.fault

    def sweep(self, before: datetime) -> int:
        raise self.fault


@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "no room"), Away("timeout")])
def test_what_cannot_be_written_down_is_to_be_sent_again(tmp_path, fault):
    """Whoever uploads is told so, and nothing is left of it."""
    files = Files(tmp_path, Full(fault))
    assert keep(files) is Unfit.UNCHECKED
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []
