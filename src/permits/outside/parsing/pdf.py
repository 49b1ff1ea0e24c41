"""PDF files: opened strictly, and looked through for whatever does more than show pages.

What is looked for is named in ISO 32000-2: actions (12.6), embedded files (7.11.4), rich media and
other annotations that play something (12.5.6), XFA forms (12.7.8), which that edition deprecates.
A PDF is kept byte for byte as it came: what was signed for is the file, and stripping it would
make another of it.
"""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from permits.outside.parsing.streams import Budget, expand
from permits.outside.parsing.verdicts import Refuted
from permits.text.uploads import Unfit

_ACTIVE_KEYS = frozenset(
    {"/AA", "/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/EF", "/XFA", "/RichMedia"}
    | {"/RichMediaContent", "/3DD"}
)
"""Entries of a dictionary that no file to be read needs."""

_HARMLESS_ACTIONS = frozenset({"/GoTo", "/URI", "/Named"})
"""What links do: they lead to another page or address, once somebody follows them."""

_ACTIVE_SUBTYPES = frozenset(
    {"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/FileAttachment"}
)

_ACTION_HOLDERS = frozenset({"/A", "/OpenAction", "/Next", "/PA"})

_DISGUISES = (b"<html", b"<script", b"<!doctype", b"<svg")
"""Beginnings of pages, where browsers and mail readers that guess look for them."""

_GUESSED_FROM = 1024
_END = b"%%EOF"

_MENDED = "repairing"
"""How qpdf ends what it says of something that a page may leave out, though it had better not."""

MOST_OBJECTS = 200_000
_MOST_PIXELS = 400_000_000
"""Of a picture on a page: a drawing in A0 at 300 dpi has 140 million."""

_DEEPEST = 100


def look_through(source: Path) -> None:
    """Refuted if the PDF does more than show pages, needs a password, unpacks without end, or
    cannot be shown; if it is not whole, pikepdf raises whatever it comes upon."""
    _ends(source)
    try:
        pdf = Pdf.open(source, attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Refuted(Unfit.LOCKED) from None
    with pdf:
        if len(pdf.objects) > MOST_OBJECTS:
            raise Refuted(Unfit.EXPANDS)
        _look(pdf)
        amiss = [one for one in pdf.get_warnings() if not one.endswith(_MENDED)]
        if len(pdf.pages) == 0 or amiss:
            raise Refuted(Unfit.BROKEN)


def _ends(source: Path) -> None:
    """Nothing but space follows the end, and nothing before it speaks to programs that guess."""
    with source.open("rb") as opened:
        opening = opened.read(_GUESSED_FROM).lower()
        opened.seek(0, 2)
        opened.seek(max(0, opened.tell() - _GUESSED_FROM))
        _before, end, after = opened.read().rpartition(_END)
    if not end or after.strip(b"\0 \t\r\n"):
        raise Refuted(Unfit.BROKEN)
    if any(one in opening for one in _DISGUISES):
        raise Refuted(Unfit.ACTIVE)


def _look(pdf: Pdf) -> None:
    budget = Budget()
    for one in _with_trailer(pdf):
        for found in _within(one, 0):
            _judge(found)
        if isinstance(one, Stream):
            expand(one, budget)


def _with_trailer(pdf: Pdf) -> Iterator[Object]:
    yield pdf.trailer
    yield from pdf.objects


def _within(one: Object, depth: int) -> Iterator[Object]:
    """The dictionaries in an object; what it refers to is looked at in its own turn."""
    if depth > _DEEPEST:
        raise Refuted(Unfit.EXPANDS)
    if isinstance(one, Dictionary | Stream):
        yield one
        parts = [value for _key, value in one.items()]
    elif isinstance(one, Array):
        parts = list(one)
    else:
        return
    for part in parts:
        if isinstance(part, Object) and not part.is_indirect:
            yield from _within(part, depth + 1)


def _judge(found: Object) -> None:
    keys, subtype = set(found.keys()), _name(found, "/Subtype")
    if keys & _ACTIVE_KEYS or subtype in _ACTIVE_SUBTYPES:
        raise Refuted(Unfit.ACTIVE)
    for holder in keys & _ACTION_HOLDERS:
        _judge_action(found[holder], opening=holder == "/OpenAction")
    if _name(found, "/Type") == "/Action":
        _judge_action(found, opening=False)
    if subtype == "/Image":
        width, height = found.get("/Width"), found.get("/Height")
        if isinstance(width, int) and isinstance(height, int) and width * height > _MOST_PIXELS:
            raise Refuted(Unfit.EXPANDS)


def _judge_action(action: Object, *, opening: bool) -> None:
    """A place to go to is no action, though offices' programs write it where a PDF may hold one
    that runs when it is opened."""
    if isinstance(action, Array):  # several actions, or a place to go to
        for part in action:
            if isinstance(part, Dictionary) and "/S" in part:
                _judge_action(part, opening=opening)
    elif isinstance(action, Dictionary) and "/S" in action:
        harmless = frozenset({"/GoTo"}) if opening else _HARMLESS_ACTIONS
        if _name(action, "/S") not in harmless:
            raise Refuted(Unfit.ACTIVE)


def _name(found: Object, key: str) -> str:
    value = found.get(key)
    return str(value) if isinstance(value, Name) else ""
