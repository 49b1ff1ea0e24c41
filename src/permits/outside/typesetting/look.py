"""How the documents of an office look, as a file of the office says.

It holds any of these, with paths that count from the file:

    {"fonts": {"folder": "fonts", "families": ["FangSong"]},
     "templates": "documents",
     "seals": {"gaoxin_planning": "seal.png"},
     "signature": {"file": "office.p12", "password_file": "office.password"}}

There need be no such file: then documents are set in the shipped fonts, with room for a seal.
"""

import base64
from collections.abc import Mapping
from pathlib import Path

import msgspec

from permits.settings import shipped

FAMILY = "Noto Sans CJK SC"
"""The family of the fonts that are shipped; what an office's own fonts lack is set in it."""

FONTS = Path(__file__).parent / "fonts"

MOST_BYTES_OF_SEAL = 2_000_000

_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class BadLook(ValueError):
    """The file cannot be used; the message says why."""


class _Fonts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    folder: str
    families: tuple[str, ...]


class _Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    file: str
    password_file: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fonts: _Fonts | None = None
    templates: str = ""
    seals: dict[str, str] = {}
    signature: _Signature | None = None


class KeyFile(msgspec.Struct, frozen=True):
    """A key with its certificate in a file (PKCS #12), and the password that opens it."""

    file: Path
    password: bytes | None


class Look(msgspec.Struct, frozen=True):
    """Fonts as the folders they are in and the families in the order they are tried, the folder
    of the templates, the images of seals as SVG by authority, and the key to sign with, if one
    is set."""

    fonts: tuple[Path, ...] = (FONTS,)
    families: tuple[str, ...] = (FAMILY,)
    templates: Path = shipped("templates") / "documents"
    seals: Mapping[str, str] = {}
    signature: KeyFile | None = None


def read_look(file: Path) -> Look:
    """The look a file describes; the shipped one if there is no such file. BadLook if it cannot
    be used."""
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        return Look()
    except OSError as error:
        raise BadLook(f"{file} cannot be read: {error.strerror}") from error
    try:
        said = msgspec.json.decode(raw, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadLook(f"{file}: {error}") from error
    here, usual = file.parent, Look()
    return Look(
        fonts=(*_folders(here, said.fonts), *usual.fonts),
        families=(*(said.fonts.families if said.fonts else ()), *usual.families),
        templates=_templates(here, said.templates) if said.templates else usual.templates,
        seals={of: _seal(here / path) for of, path in said.seals.items()},
        signature=_key(here, said.signature) if said.signature else None,
    )


def _folders(here: Path, fonts: _Fonts | None) -> tuple[Path, ...]:
    if fonts is None:
        return ()
    folder = here / fonts.folder
    if not folder.is_dir():
        raise BadLook(f"{folder} is no folder with fonts")
    if not fonts.families:
        raise BadLook(f"{folder}: say which families of the fonts in it are used")
    return (folder,)


def _templates(here: Path, name: str) -> Path:
    folder = here / name
    if not (folder / "document.typ").is_file():
        raise BadLook(f"{folder} has no document.typ")
    return folder


def _seal(path: Path) -> str:
    """An image as an SVG that holds it whole: Typst is given no files to look for."""
    content = _read(path)
    if len(content) > MOST_BYTES_OF_SEAL:
        raise BadLook(f"{path} is larger than {MOST_BYTES_OF_SEAL} bytes")
    kind = next((kind for start, kind in _KINDS.items() if content.startswith(start)), None)
    if kind is None:
        raise BadLook(f"{path} is neither PNG nor JPEG")
    href = f"data:{kind};base64,{base64.b64encode(content).decode()}"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' viewBox="0 0 100 100" width="100" height="100">'
        f'<image width="100" height="100" xlink:href="{href}"/></svg>'
    )


def _key(here: Path, said: _Signature) -> KeyFile:
    password = _read(here / said.password_file).strip() if said.password_file else None
    _read(here / said.file)
    return KeyFile(here / said.file, password)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadLook(f"{path} cannot be read: {error.strerror}") from error
