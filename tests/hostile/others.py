"""Pictures, archives and programs that are not what they say, or more than that."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.hostile.pdfs import zeros
from tests.papers import JPEG, PDF, PNG, picture

SCRIPT = b"<html><script>alert(1)</script></html>"
PROGRAM = b"MZ\x90\0" + b"\0" * 56 + b"This program cannot be run in DOS mode"
JPEG_END = b"\xff\xd9"


def archive(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        for name, content in files.items():
            held.writestr(name, content)
    return out.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack("!L", len(content)) + kind + content + struct.pack("!L", check)


def png(width: int, height: int, pixels: bytes, *before: bytes, depth: int = 1) -> bytes:
    """A PNG in shades of grey that says how large it is."""
    header = chunk(b"IHDR", struct.pack("!LLBBBBB", width, height, depth, 0, 0, 0, 0))
    parts = (header, *before, chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def with_segment(marker: int, content: bytes, jpeg: bytes = JPEG) -> bytes:
    """A JPEG with one more segment at its beginning."""
    segment = bytes((0xFF, marker)) + struct.pack("!H", len(content) + 2) + content
    return jpeg[:2] + segment + jpeg[2:]


def sized(width: int, height: int) -> bytes:
    """A JPEG that says it is larger than it is."""
    at = JPEG.index(b"\xff\xc0") + 5
    return JPEG[:at] + struct.pack("!HH", height, width) + JPEG[at + 4 :]


def bombs() -> Iterator[tuple[str, bytes]]:
    """Pictures and archives that unpack to far more than they are."""
    for side in (7_000, 20_000, 50_000, 65_000, 2_147_483_647):
        yield f"png of {side} squared", png(side, side, zeros(10))
    yield "png of gigabytes", png(50_000, 50_000, zeros(300))
    for width, height in ((65_500, 65_500), (65_500, 700), (7_000, 7_000)):
        yield f"jpeg of {width} by {height}", sized(width, height)
    for kind, head in ((b"zTXt", b"a\0\0"), (b"iTXt", b"a\0\1\0\0\0"), (b"iCCP", b"a\0\0")):
        extra = chunk(kind, head + zeros(100))
        yield f"png with {kind.decode()}", png(8, 8, zlib.compress(bytes(16)), extra)
    flat = archive(a=bytes(10_000_000))
    yield "zip", flat
    yield "zip in zips", archive(a=archive(b=archive(c=flat)))
    yield "document of zeros", archive(**{"word/document.xml": bytes(10_000_000)})
    yield "zip of links", archive(**{"../../etc/passwd": b"root"})
    yield "gzip", b"\x1f\x8b\x08\0\0\0\0\0\0\3" + zeros(10)


def not_taken() -> Iterator[tuple[str, bytes]]:
    """What begins like nothing that is taken, or like it and is something else."""
    yield "gif and script", b"GIF89a/*" + SCRIPT + b"*/=1;alert(1)//"
    yield "page", SCRIPT
    yield "page before a pdf", SCRIPT + PDF
    yield "space before a pdf", b"\n" + PDF
    yield "program", PROGRAM
    yield "program before a pdf", PROGRAM + PDF
    yield "elf", b"\x7fELF\2\1\1" + bytes(64)
    yield "shell", b"#!/bin/sh\nrm -rf /\n"
    yield "svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    yield "xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    yield "mhtml", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n" + SCRIPT
    yield "shortcut", b"[InternetShortcut]\nURL=file://example.invalid/a.exe\n"
    yield "rich text", b"{\\rtf1{\\object\\objocx}}"
    yield "old document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    yield "bitmap", b"BM" + bytes(64)
    yield "webp", b"RIFF\x24\0\0\0WEBPVP8 " + bytes(24)
    yield "tiff", b"II*\0" + bytes(64)
    yield "postscript", b"%!PS-Adobe-3.0\n(a) run\n"
    yield "utf-16", "\ufeff<script>alert(1)</script>".encode("utf-16")
    yield "nothing", b""
    yield "a nought", b"\0"
    for name, opening in (("pdf", b"%PDF-1.7\n"), ("png", PNG[:8]), ("jpeg", JPEG[:4])):
        for inside, content in (
            ("page", SCRIPT),
            ("program", PROGRAM),
            ("zip", archive(a=b"a")),
            ("noughts", bytes(4_096)),
            ("nothing", b""),
            ("noise", random.Random(name).randbytes(4_096)),
        ):
            yield f"{name} in front of {inside}", opening + content
    yield "pdf and page", PDF[:9] + b"% " + SCRIPT + b"\n" + PDF[9:]
    for inside, content in (("zip", archive(a=b"a")), ("page", SCRIPT), ("program", PROGRAM)):
        yield f"pdf and {inside} behind it", PDF + content
        yield f"pdf and {inside} far behind it", PDF + bytes(5_000) + content
    yield "png called by jpeg's opening", JPEG[:3] + PNG
    yield "png of a jpeg", PNG[:8] + JPEG
    yield "png with no end to it", PNG[:-12]
    yield "png with a wrong sum", PNG.replace(b"IDAT", b"IDAT\0", 1)


def neutralised() -> Iterator[tuple[str, bytes]]:
    """Pictures that carry something else, which the picture that is kept does not."""
    zipped = archive(a=b"a")
    for inside, content in (("page", SCRIPT), ("program", PROGRAM), ("zip", zipped), ("pdf", PDF)):
        yield f"png and {inside}", PNG + content
        yield f"jpeg and {inside}", JPEG + content
        yield f"{inside} in a png", PNG[:33] + chunk(b"tEXt", b"a\0" + content) + PNG[33:]
        yield f"{inside} in a png of its own", PNG[:33] + chunk(b"prIv", content) + PNG[33:]
        yield f"{inside} in a comment", with_segment(0xFE, content)
        yield f"{inside} in a profile", with_segment(0xE2, b"ICC_PROFILE\0\1\1" + content)
        yield f"{inside} where exif is", with_segment(0xE1, b"Exif\0\0" + content)
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\1\1\x0e\0\2\0\0\0\x60\0\0\0\x1a\0\0\0\0"
    yield "page in exif", with_segment(0xE1, exif + SCRIPT.ljust(96, b"\0"))


def mutated() -> Iterator[tuple[str, bytes]]:
    """Real files cut short or with a bit turned over: refused, or as good as any other."""
    chance = random.Random(20220609)
    noise = random.Random(1).randbytes(64 * 48 * 3)
    whole = {
        "pdf": PDF,
        "png": picture("PNG", (64, 48), pixels=noise),
        "jpeg": picture("JPEG", (64, 48), pixels=noise),
    }
    for name, content in whole.items():
        for tenth in range(1, 10):
            yield f"{name} cut at {tenth} tenths", content[: len(content) * tenth // 10]
        for turn in range(15):
            turned = bytearray(content)
            turned[chance.randrange(16, len(turned))] ^= 1 << chance.randrange(8)
            yield f"{name} turned over {turn}", bytes(turned)


NAMES = (
    "../../etc/passwd",
    "..\\..\\windows\\system32\\a.pdf",
    "/etc/cron.d/a",
    "C:\\autoexec.bat",
    "\\\\example.invalid\\share\\a.pdf",
    "..",
    ".",
    "",
    " ",
    "   \t\u3000 ",
    ".htaccess",
    "...pdf",
    "a\0.pdf",
    "a.pdf\0.exe",
    "a\r\nX-Evil: 1.pdf",
    "证明\u202efdp.exe",
    "\u2066证明\u2069.pdf",
    "\u200e\u200f\u061c.pdf",
    "名" * 300,
    "a" * 300 + ".pdf",
    "CON",
    "con.pdf",
    "NUL.txt.pdf",
    "com1.pdf",
    "LPT9.pdf.",
    "aux .pdf",
    "a.pdf:stream",
    "a|b>c<d*e?.pdf",
    'a"; filename="b.html',
    "%2e%2e%2fetc",
    "<img src=x onerror=alert(1)>.pdf",
    "{{7*7}}.pdf",
    "'; drop table upload;--.pdf",
    "=cmd|'/c calc'!a.pdf",
    "👷🏽‍♀️🏗️.pdf",
    "a.pdf.exe",
    "a.html",
    "a.pdf ",
    "\ud800.pdf",
    "\ufeffa.pdf",
)
