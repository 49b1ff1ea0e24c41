"""PDF files that do more than show pages, unpack without end, or are locked."""

import io
import zlib
from collections.abc import Iterator
from functools import cache

import pikepdf

from permits.services.demonstration import paper
from tests.papers import PDF

ADLER = 65_521
"""What the sum at the end of what was deflated is reckoned by (RFC 1950)."""
MEGABYTE = 1024 * 1024

JS = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
OPENING = {
    "script": JS,
    "typed script": b"<< /Type /Action /S /JavaScript /JS 6 0 R >>",
    "launch": b"<< /S /Launch /F (calc.exe) >>",
    "launch on windows": b"<< /S /Launch /Win << /F (cmd.exe) /P (/c calc) >> >>",
    "address": b"<< /S /URI /URI (http://example.invalid/) >>",
    "submit": b"<< /S /SubmitForm /F (http://example.invalid/) >>",
    "other file": b"<< /S /GoToR /F (//example.invalid/share) /D [0 /Fit] >>",
    "print": b"<< /S /Named /N /Print >>",
    "chain": b"<< /S /GoTo /D [3 0 R /Fit] /Next << /S /JavaScript /JS (1) >> >>",
    "chain of several": b"<< /S /GoTo /D [3 0 R /Fit] /Next [ << /S /Launch /F (a) >> ] >>",
}
FOLLOWED = {
    "script": JS,
    "launch": b"<< /S /Launch /F (calc.exe) >>",
    "submit": b"<< /S /SubmitForm /F (http://example.invalid/) >>",
    "import": b"<< /S /ImportData /F (a.fdf) >>",
    "other file": b"<< /S /GoToR /F (a.pdf) /D [0 /Fit] >>",
    "attached file": b"<< /S /GoToE /T << /R /C /N (a) >> >>",
    "rendition": b"<< /S /Rendition /OP 0 >>",
    "sound": b"<< /S /Sound /Sound 6 0 R >>",
    "movie": b"<< /S /Movie /T (a) >>",
    "hide": b"<< /S /Hide /T (a) >>",
    "reset": b"<< /S /ResetForm >>",
    "layers": b"<< /S /SetOCGState /State [] >>",
    "media": b"<< /S /RichMediaExecute /CMD << /C (play) >> >>",
    "3d": b"<< /S /GoTo3DView /V /F >>",
    "script as an address": b"<< /S /URI /URI ( JavaScript:alert\\(1\\)) >>",
    "share as an address": b"<< /S /URI /URI (file://example.invalid/share) >>",
    "other share": b"<< /S /URI /URI (\\\\\\\\example.invalid\\\\share) >>",
    "unheard of": b"<< /S /Whatever >>",
    "nameless": b"<< /S (JavaScript) >>",
}
ANNOTATIONS = {
    "attachment": b"/FileAttachment /FS << /Type /Filespec /F (a.exe) >>",
    "screen": b"/Screen",
    "movie": b"/Movie /Movie << /F (a.avi) >>",
    "sound": b"/Sound /Sound 6 0 R",
    "media": b"/RichMedia /RichMediaContent << >>",
    "3d": b"/3D /3DD 6 0 R",
    "program of a printer": b"/PS",
}
TRIGGERS = {
    "document": ("WC", "WS", "DS", "WP", "DP"),
    "page": ("O", "C"),
    "annotation": ("E", "X", "D", "U", "Fo", "Bl", "PO", "PC", "PV", "PI"),
    "field": ("K", "F", "V", "C"),
}


def assembled(
    *, catalog: bytes = b"", page: bytes = b"", extra: tuple[bytes, ...] = (), tail: bytes = b""
) -> bytes:
    """A PDF of one page, with more in its catalogue and page, and objects from the sixth on."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s >>" % page,
        streamed(b"BT ET"),
        b"<< /Producer (an office) >>",
        *extra,
    )
    return paper.assembled(objects, tail)


def streamed(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def annotated(entries: bytes, **more: tuple[bytes, ...]) -> bytes:
    one = b"<< /Type /Annot /Rect [0 0 9 9] %s >>" % entries
    return assembled(page=b"/Annots [%s]" % one, **more)


def active() -> Iterator[tuple[str, bytes]]:
    """Everything that acts, wherever it can hang."""
    script = (streamed(b"app.alert(1)"),)
    for name, action in OPENING.items():
        yield f"opening {name}", assembled(catalog=b"/OpenAction %s" % action, extra=script)
    yield "opening by reference", assembled(catalog=b"/OpenAction 6 0 R", extra=(JS,))
    for name, action in FOLLOWED.items():
        yield f"link {name}", annotated(b"/Subtype /Link /A %s" % action, extra=script)
    yield "link by reference", annotated(b"/Subtype /Link /A 6 0 R", extra=(JS,))
    for name, subtype in ANNOTATIONS.items():
        yield f"annotation {name}", annotated(b"/Subtype %s" % subtype, extra=script)
    for where, names in TRIGGERS.items():
        for trigger in names:
            acts = b"/AA << /%s %s >>" % (trigger.encode(), JS)
            yield f"{where} trigger {trigger}", _triggered(where, acts)
    yield from _in_the_catalogue()
    yield from _hidden()


def _triggered(where: str, acts: bytes) -> bytes:
    if where == "document":
        return assembled(catalog=acts)
    if where == "page":
        return assembled(page=acts)
    if where == "annotation":
        return annotated(b"/Subtype /Widget %s" % acts)
    field = b"<< /FT /Tx /T (a) %s >>" % acts
    return assembled(catalog=b"/AcroForm << /Fields [6 0 R] >>", extra=(field,))


def _in_the_catalogue() -> Iterator[tuple[str, bytes]]:
    file = b"<< /Type /Filespec /F (a.exe) /EF << /F 6 0 R >> >>"
    inside = (streamed(b"MZ", b"/Type /EmbeddedFile"),)
    names = {
        "named script": b"/Names << /JavaScript << /Names [(a) %s] >> >>" % JS,
        "embedded file": b"/Names << /EmbeddedFiles << /Names [(a) %s] >> >>" % file,
        "associated file": b"/AF [%s]" % file,
        "xfa": b"/AcroForm << /Fields [] /XFA 6 0 R >>",
        "xfa in parts": b"/AcroForm << /Fields [] /XFA [(template) 6 0 R] >>",
        "outline": b"/Outlines << /First << /Title (a) /A %s >> >>" % JS,
        "renditions": b"/Names << /Renditions << /Names [(a) << /S /SR /JS (1) >>] >> >>",
        "deep": b"/A1 [ [ [ << /B [ << /C %s >> ] >> ] ] ]" % JS,
    }
    for name, catalog in names.items():
        yield name, assembled(catalog=catalog, extra=inside)
    yield "in the trailer", assembled(tail=b"/Info << /A %s >>" % JS)


def _hidden() -> Iterator[tuple[str, bytes]]:
    """The same, where it is not seen at first sight."""
    yield "hex name", assembled(catalog=b"/Open#41ction << /S /J#61vaScript /J#53 (1) >>")
    yield "hex script", assembled(catalog=b"/#41#41 << /WC << /S /JavaScript /JS <31> >> >>")
    yield "unused", assembled(extra=(JS,))
    acting = assembled(catalog=b"/OpenAction 6 0 R", extra=(JS,))
    packed = pikepdf.ObjectStreamMode.generate
    yield "in an object stream", saved(acting, object_stream_mode=packed)
    empty = pikepdf.Encryption(owner="owner", user="", R=6)
    yield "encrypted, opens by itself", saved(acting, encryption=empty)
    yield (
        "in a later edition",
        updated(PDF, b"<< /Type /Catalog /Pages 2 0 R /OpenAction %s >>" % JS),
    )


def updated(pdf: bytes, catalog: bytes) -> bytes:
    """A PDF with an edition written behind it, in which the catalogue is another."""
    before = pdf.rindex(b"startxref")
    previous = int(pdf[before:].split()[1])
    place = len(pdf)
    out = pdf + b"1 0 obj\n%s\nendobj\n" % catalog
    table = len(out)
    out += b"xref\n1 1\n%010d 00000 n \n" % place
    return out + (
        b"trailer << /Size 6 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (previous, table)
    )


def saved(content: bytes, **how: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, **how)
    return out.getvalue()


def locked() -> Iterator[tuple[str, bytes]]:
    """PDFs that open with a password only."""
    for edition in (3, 4, 6):
        newer = edition > 3
        how = pikepdf.Encryption("owner", "secret", R=edition, aes=newer, metadata=newer)
        yield f"locked {edition}", saved(PDF, encryption=how)


@cache
def zeros(megabytes: int) -> bytes:
    """So many megabytes of nothing, deflated to a thousandth: one of them, over and over."""
    deflating = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    piece = deflating.compress(bytes(MEGABYTE)) + deflating.flush(zlib.Z_FULL_FLUSH)
    summed = (megabytes * MEGABYTE % ADLER << 16 | 1).to_bytes(4, "big")
    return b"\x78\xda" + piece * megabytes + deflating.flush() + summed


def bombs() -> Iterator[tuple[str, bytes]]:
    """PDFs that unpack to gigabytes, or have no end."""
    flate = b"/Filter /FlateDecode"
    large = zeros(300)
    yield "large stream", assembled(extra=(streamed(large, flate),))
    yield "large page", assembled(page=b"/A 6 0 R", extra=(streamed(large, flate),))
    twice = b"/Filter [/FlateDecode /FlateDecode]"
    yield "packed twice", assembled(extra=(streamed(zlib.compress(large, 9), twice),))
    hexed = b"/Filter [/ASCIIHexDecode /FlateDecode]"
    yield "behind hex", assembled(extra=(streamed(large.hex().encode() + b">", hexed),))
    yield "many streams", assembled(extra=(streamed(zeros(50), flate),) * 25)
    chain = b"/Filter [%s]" % (b"/FlateDecode " * 10)
    inner = zlib.compress(zlib.compress(zeros(100)))
    yield "long chain", assembled(extra=(streamed(inner, chain),))
    yield "old coding", assembled(extra=(streamed(bytes(MEGABYTE), b"/Filter /LZWDecode"),))
    yield (
        "run lengths",
        assembled(extra=(streamed(b"\x81\0" * MEGABYTE, b"/Filter /RunLengthDecode"),)),
    )
    yield "unheard of coding", assembled(extra=(streamed(b"a", b"/Filter /BombDecode"),))
    inside = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"
    yield "object stream", assembled(extra=(streamed(large, inside),))
    image = b"/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 1"
    yield "large picture", assembled(extra=(streamed(b"", image + b" /Filter /CCITTFaxDecode"),))
    yield "many objects", assembled(extra=(b"0",) * 210_000)
    yield "deep nest", assembled(extra=(b"[" * 5_000 + b"]" * 5_000,))
    yield "less deep nest", assembled(extra=(b"[" * 300 + b"]" * 300,))
    looped = PDF.replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
    yield "pages of pages", looped
    at = int(PDF[PDF.rindex(b"startxref") :].split()[1])
    yield "table of itself", PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % at)
    yield "no pages", PDF.replace(b"/Kids [3 0 R] /Count 1", b"/Kids []      /Count 0")
