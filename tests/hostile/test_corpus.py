"""Uploads nobody can hurt the office with: every hostile file through the real service.

Run by itself: `python -m pytest -n 0 tests/hostile`.
"""

import io
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
from PIL import Image

from permits.casework.access import Actor
from permits.definitions.procedure import Role
from permits.outside.parsing.pool import Pool
from permits.services.office import Office
from permits.services.uploading import Uploading
from permits.settings import Limits, Settings, now
from permits.store.drafts import Upload
from permits.text.uploads import Unfit
from tests.hostile.corpus import Hostile, corpus
from tests.hostile.others import JPEG_END, SCRIPT

MOST_GROWN_MB = 100
MOST_CPU_SECONDS = 20
LEAST_FILES = 200

ME = Actor(id="somebody", roles=frozenset({Role.APPLICANT}), party="91350100M000100Y43")
DEVICES = ("con", "nul", "com1", "lpt9", "aux")


class Outcome(NamedTuple):
    """What became of a hostile file: what was said of it, and whether anything came of it."""

    hostile: str
    wanted: str
    came: Upload | Unfit
    fits: bool
    left: bool


class Run(NamedTuple):
    outcomes: tuple[Outcome, ...]
    grown_mb: float
    cpu_seconds: float
    kept: tuple[tuple[Upload, bytes], ...]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    data = tmp_path_factory.mktemp("hostile")
    office = Office(Settings(data=data, database=f"sqlite:///{data / 'permits.db'}"), now)
    pool = Pool()
    office.files.looks = pool
    office.uploading.limits = Limits(place_files=10_000)
    try:
        yield ran(office, pool)
    finally:
        pool.close()
        office.close()


def ran(office: Office, pool: Pool) -> Run:
    seen = Seen(office.uploading, office.settings.files)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    before, began = resident_mb(), time.process_time()
    outcomes = tuple(seen.outcome(hostile) for hostile in corpus())
    grown, here = resident_mb() - before, time.process_time() - began
    pool.close()  # only of children that have ended it is known what they took
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = ended.ru_utime + ended.ru_stime - children.ru_utime - children.ru_stime
    kept = tuple((one, content_of(office, one)) for one in office.uploading.uploads("draft"))
    return Run(outcomes, grown, here + took, kept)


class Seen:
    """Uploads, and looks at what that leaves behind."""

    def __init__(self, uploading: Uploading, folder: Path) -> None:
        self.uploading = uploading
        self.folder = folder

    def outcome(self, hostile: Hostile) -> Outcome:
        before = self.there()
        source = io.BytesIO(hostile.content)
        came = self.uploading.upload("draft", "material", hostile.filename, source, ME)
        refused = isinstance(came, Unfit)
        fits = {
            "refused": refused and hostile.why in (None, came),
            "neutralised": not refused,
            "either": True,
        }[hostile.fate]
        left = refused and self.there() != before
        return Outcome(hostile.name, f"{hostile.fate} {hostile.why or ''}", came, fits, left)

    def there(self) -> tuple[int, int]:
        """How many files there are, and how many uploads are noted."""
        files = sum(1 for one in self.folder.rglob("*") if one.is_file())
        return files, len(self.uploading.uploads("draft"))


def resident_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [line] = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(line.split()[1]) / 1024


def content_of(office: Office, upload: Upload) -> bytes:
    with office.files.open(upload.sha256) as source:
        return source.read()


def test_there_are_enough_of_them_and_each_has_a_name(run: Run) -> None:
    names = [one.hostile for one in run.outcomes]
    assert len(set(names)) == len(names) >= LEAST_FILES


def test_each_is_refused_or_neutralised(run: Run) -> None:
    wrong = [f"{one.hostile}: {one.wanted} <> {one.came}" for one in run.outcomes if not one.fits]
    assert wrong == []


def test_nothing_is_left_of_what_is_refused(run: Run) -> None:
    assert [one.hostile for one in run.outcomes if one.left] == []


def test_none_could_not_be_looked_into(run: Run) -> None:
    assert [one.hostile for one in run.outcomes if one.came is Unfit.UNCHECKED] == []


def test_what_is_kept_can_be_shown(run: Run) -> None:
    for upload, content in run.kept:
        if upload.media_type == "application/pdf":
            with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
                assert len(pdf.pages) == 1
        else:
            with Image.open(io.BytesIO(content)) as picture:
                picture.load()
                assert f"image/{picture.format.lower()}" == upload.media_type


def test_what_is_kept_of_a_picture_is_the_picture(run: Run) -> None:
    pictures = [content for upload, content in run.kept if upload.media_type != "application/pdf"]
    assert len(pictures) >= 20
    for content in pictures:
        for inside in (SCRIPT, b"<script", b"PK\x03\x04", b"%PDF", b"MZ\x90\0", b"Exif"):
            assert inside not in content
        assert content.endswith((JPEG_END, b"IEND\xaeB`\x82"))


def test_the_names_that_are_shown_are_names(run: Run) -> None:
    for upload, _content in run.kept:
        name = upload.filename
        assert name.isprintable() or "\u200d" in name, name
        assert not set('/\\<>:"|?*') & set(name), name
        assert len(name.encode()) <= 255
        assert not name.startswith((".", " "))
        assert name.lower().endswith((".pdf", ".png", ".jpg"))
        assert name.partition(".")[0].strip().lower() not in (*DEVICES, "")


def test_the_process_that_serves_does_not_grow(run: Run) -> None:
    assert run.grown_mb < MOST_GROWN_MB, run.grown_mb


def test_it_takes_seconds(run: Run) -> None:
    assert run.cpu_seconds < MOST_CPU_SECONDS, run.cpu_seconds
