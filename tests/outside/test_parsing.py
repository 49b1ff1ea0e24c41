"""Files are looked into by processes that may crash, hang or eat memory, and nobody else does."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from permits.outside.files import Files, Kept
from permits.outside.parsing import looking
from permits.outside.parsing import pool as pools
from permits.outside.parsing.jobs import Job
from permits.outside.parsing.pool import Parser, Pool
from permits.text.uploads import Unfit
from tests.hostile import pdfs
from tests.papers import JPEG, PDF, PNG, picture


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(at_once=1)
    yield pool
    pool.close()


def looked_into(pool: Pool, folder: Path, content: bytes, media_type: str) -> Unfit | None:
    source = folder / "came"
    source.write_bytes(content)
    return pool.look_into(source, folder / "anew", media_type)


def pdf_of(pool: Pool, folder: Path, content: bytes) -> Unfit | None:
    return looked_into(pool, folder, content, "application/pdf")


def kept(files: Files, content: bytes) -> tuple[Kept, bytes]:
    with files.incoming(io.BytesIO(content)) as arrived:
        assert not isinstance(arrived, Unfit), arrived
        arrived.settle()
    with files.open(arrived.kept.sha256) as source:
        return arrived.kept, source.read()


LINK = b"/Subtype /Link /A "
HARMLESS = {
    "as offices' programs open it": pdfs.assembled(
        catalog=b"/OpenAction [3 0 R /XYZ null null 0]"
    ),
    "opened at a place": pdfs.assembled(catalog=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"),
    "a link to a page": pdfs.annotated(LINK + b"<< /S /GoTo /D [3 0 R /Fit] >>"),
    "a link to an address": pdfs.annotated(LINK + b"<< /S /URI /URI (https://example.com) >>"),
    "a link to the next page": pdfs.annotated(LINK + b"<< /S /Named /N /NextPage >>"),
    "page labels": pdfs.assembled(catalog=b"/PageLabels << /Nums [0 << /S /D >>] >>"),
    "an outline": pdfs.assembled(catalog=b"/Outlines << /First << /Title (a) /Next null >> >>"),
    "tagged": pdfs.assembled(catalog=b"/StructTreeRoot << /K << /S /P /A << /O /Layout >> >> >>"),
    "signed": pdfs.assembled(
        catalog=b"/AcroForm << /SigFlags 3 /Fields [6 0 R] >>",
        extra=(b"<< /FT /Sig /T (s) /V << /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >> >>",),
    ),
    "a field to fill in": pdfs.assembled(
        catalog=b"/AcroForm << /Fields [6 0 R] >>", extra=(b"<< /FT /Tx /T (a) /V (b) >>",)
    ),
    "a later edition": pdfs.updated(PDF, b"<< /Type /Catalog /Pages 2 0 R /Lang (zh) >>"),
    "object streams": pdfs.saved(PDF, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "not to be printed": pdfs.saved(
        PDF,
        encryption=pikepdf.Encryption(
            owner="owner", user="", R=6, allow=pikepdf.Permissions(print_highres=False)
        ),
    ),
    "a scan that was deflated": pdfs.assembled(
        extra=(pdfs.streamed(pdfs.zeros(100), b"/Filter /FlateDecode"),)
    ),
    "a scan": pdfs.assembled(extra=(pdfs.streamed(JPEG, b"/Filter /DCTDecode"),)),
    "a scan in text": pdfs.assembled(
        extra=(pdfs.streamed(JPEG.hex().encode() + b">", b"/Filter [/ASCIIHexDecode /DCTDecode]"),)
    ),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_a_pdf_that_only_shows_pages_is_taken(name, tmp_path):
    assert pdf_of(pools.shared(), tmp_path, HARMLESS[name]) is None


def test_a_pdf_is_kept_byte_for_byte(tmp_path):
    one, content = kept(Files(tmp_path), PDF)
    assert content == PDF
    assert one.came == ""


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_kept_upright_and_without_what_the_camera_wrote(tmp_path, orientation):
    camera = Image.Exif()
    camera[0x0112] = orientation
    camera[0x010F] = "Secret Camera"
    camera[0x8825] = {1: "N", 2: (34.0, 45.0, 0.0)}
    taken = picture("JPEG", (48, 32), exif=camera, comment=b"a script", quality=95)
    one, content = kept(Files(tmp_path), taken)
    assert one.came not in ("", one.sha256)
    with Image.open(io.BytesIO(content)) as shown, Image.open(io.BytesIO(taken)) as came:
        assert dict(shown.getexif()) == {}
        assert not shown.info.keys() & {"exif", "comment", "icc_profile", "xmp"}
        assert shown.size == ((48, 32) if orientation < 5 else (32, 48))
        method = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_270}.get(orientation)
        if method is not None:
            expected = came.transpose(method)
            for corner in ((2, 2), (shown.width - 3, shown.height - 3)):
                assert near(shown.getpixel(corner), expected.getpixel(corner))
    assert b"Secret Camera" not in content


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 16 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_keeps_its_colours_and_what_can_be_seen_through(tmp_path, mode):
    drawn = Image.new(mode, (9, 7))
    if mode == "P":
        drawn.putpalette([255, 0, 0, 0, 0, 255])
        drawn.info["transparency"] = 0
    out = io.BytesIO()
    drawn.save(out, "PNG")
    _one, content = kept(Files(tmp_path), out.getvalue())
    with Image.open(io.BytesIO(content)) as shown:
        assert shown.mode == mode
        assert shown.info.get("transparency") == drawn.info.get("transparency")
        assert shown.convert("RGBA").tobytes() == drawn.convert("RGBA").tobytes()


def test_a_picture_for_print_becomes_one_for_screens(tmp_path):
    out = io.BytesIO()
    Image.new("CMYK", (16, 16), (0, 255, 255, 0)).save(out, "JPEG")
    _one, content = kept(Files(tmp_path), out.getvalue())
    with Image.open(io.BytesIO(content)) as shown:
        assert shown.mode == "RGB"
        assert near(shown.getpixel((8, 8)), (254, 0, 0))


def test_a_picture_of_many_megapixels_is_taken_up_to_forty(tmp_path):
    allowed, too_many = (picture("JPEG", (width, 5_000)) for width in (8_000, 8_001))
    pool = pools.shared()
    assert looked_into(pool, tmp_path, allowed, "image/jpeg") is None
    assert looked_into(pool, tmp_path, too_many, "image/jpeg") is Unfit.TOO_DETAILED


def test_a_process_that_crashes_is_replaced(pool, tmp_path, monkeypatch):
    assert pdf_of(pool, tmp_path, PDF) is None
    first = pid_of(pool)
    send = pool._free.queue[0]._jobs.send

    def kill(job: Job) -> None:
        os.kill(first, signal.SIGSEGV)
        send(job)

    monkeypatch.setattr(pool._free.queue[0]._jobs, "send", kill, raising=False)
    assert pdf_of(pool, tmp_path, PDF) is Unfit.BROKEN
    assert pdf_of(pool, tmp_path, PDF) is None
    assert pid_of(pool) != first


def pid_of(pool: Pool) -> int:
    [parser] = pool._free.queue
    return parser._process.pid


def died(pid: int) -> None:
    """Kill a process, and wait until it has died."""
    os.kill(pid, signal.SIGKILL)
    state = Path(f"/proc/{pid}/stat")
    while state.read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z":
        time.sleep(0.01)


def test_a_process_that_died_while_nobody_looked_costs_nobody_a_file(pool, tmp_path):
    pdf_of(pool, tmp_path, PDF)
    died(pid_of(pool))
    assert pdf_of(pool, tmp_path, PDF) is None


def test_a_process_that_hangs_is_ended(pool, tmp_path):
    pdf_of(pool, tmp_path, PDF)
    stuck = pid_of(pool)
    os.kill(stuck, signal.SIGSTOP)
    pool.patience = 0.2
    assert pdf_of(pool, tmp_path, PDF) is Unfit.UNCHECKED
    pool.patience = pools.PATIENCE
    assert pdf_of(pool, tmp_path, PDF) is None
    assert pid_of(pool) != stuck
    with pytest.raises(ProcessLookupError):
        os.kill(stuck, 0)


def test_whoever_waits_too_long_is_told_to_come_again(pool, tmp_path):
    with pool._parser():
        pool.patience = 0.1
        assert pdf_of(pool, tmp_path, PDF) is Unfit.UNCHECKED


def test_where_no_process_can_begin_nothing_is_taken(pool, tmp_path, monkeypatch):
    monkeypatch.setattr(pools, "begin", os._exit)
    assert pdf_of(pool, tmp_path, PDF) is Unfit.UNCHECKED


def test_a_process_ends_after_so_many_files(pool, tmp_path, monkeypatch):
    monkeypatch.setattr(pools, "MOST_JOBS", 2)
    pids = []
    for _ in range(2):
        assert pdf_of(pool, tmp_path, PDF) is None
        pids.append(getattr(pool._free.queue[0], "_process", None))
    assert pids[0] is not None
    assert pids[1] is None


def test_several_are_looked_into_at_once_and_the_rest_wait(tmp_path):
    pool = Pool(at_once=2)
    verdicts: list[Unfit | None] = []

    def look(number: int) -> None:
        folder = tmp_path / str(number)
        folder.mkdir()
        verdicts.append(looked_into(pool, folder, PNG, "image/png"))

    threads = [threading.Thread(target=look, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verdicts == [None] * 6
    assert sum(one is not None for one in pool._free.queue) <= 2
    pool.close()


def test_memory_has_an_end(tmp_path):
    """A process asks for more than it may have, and is told so instead of the machine."""
    parser = Parser(pools.PATIENCE)
    try:
        limits = Path(f"/proc/{parser._process.pid}/limits").read_text(encoding="ascii")
    finally:
        parser.end()
    lines = {line[:26].strip(): line[26:].split() for line in limits.splitlines()}
    assert lines["Max address space"][:2] == [str(looking.MEMORY)] * 2
    assert lines["Max core file size"][:2] == ["0", "0"]


def test_the_server_has_no_parser_in_it():
    """A fault in one of them cannot be a fault of what serves pages (see also the contracts)."""
    script = (
        "import sys; import permits.outside.files;"
        " sys.exit(bool({'pikepdf', 'PIL', 'boto3'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


KILLED = """
import os, pathlib, sys
from permits.outside.parsing.pool import Pool

if __name__ == "__main__":
    pool, source = Pool(), pathlib.Path(sys.argv[1])
    assert pool.look_into(source, source, "application/pdf") is None
    print(pool._free.queue[-1]._process.pid, flush=True)
    os.kill(os.getpid(), 9)
"""


def test_no_process_outlives_a_server_that_is_killed(tmp_path):
    (tmp_path / "came").write_bytes(PDF)
    (tmp_path / "server.py").write_text(KILLED, encoding="ascii")
    command = [sys.executable, tmp_path / "server.py", tmp_path / "came"]
    said = subprocess.run(command, check=False, capture_output=True, text=True)
    left = Path(f"/proc/{int(said.stdout)}")
    for _ in range(100):
        if not left.exists():
            return
        time.sleep(0.05)
    pytest.fail("a parser is left")
