"""Sets documents as PDF/A-3a with the tags of PDF/UA-1. The same sheet gives the same bytes.

A character that no font has is never left out: nothing is set then.
"""

import importlib
import re
import threading
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from permits.outside.typesetting.look import Look
from permits.text.sheets import Sheet

if TYPE_CHECKING:
    import typst

STANDARDS: "list[typst.PDFStandard]" = ["a-3a", "ua-1"]

_LACKS = re.compile(r'the text `?"(.*?)"`? could not be displayed', re.DOTALL)
_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")


class CannotSet(Exception):
    """A document could not be set; the message names it and says why."""


class MissingCharacter(CannotSet):
    """No font has a character that the document holds."""

    def __init__(self, number: str, language: str, text: str) -> None:
        named = ", ".join(f"{one} (U+{ord(one):04X})" for one in dict.fromkeys(text))
        super().__init__(f"{number} ({language}): no font has {named}")
        self.characters = text


class Setter:
    """Sets sheets, one at a time; what it has read of fonts and templates it keeps."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._main = str(look.templates / "document.typ")
        self._one_at_a_time = threading.Lock()
        self._compiler: typst.Compiler | None = None

    def set(self, sheet: Sheet, attached: bytes, at: datetime) -> bytes:
        """The PDF of a sheet with its data attached, made at an instant. CannotSet if it cannot
        be made whole."""
        inputs = {"data": self._data(sheet), "attached": attached.decode()}
        try:
            with self._one_at_a_time:
                made = self._opened().compile(
                    self._main,
                    format="pdf",
                    sys_inputs=inputs,
                    pdf_standards=STANDARDS,
                    timestamp=int(at.timestamp()),
                )
        except RuntimeError as error:
            raise _why(sheet, str(error)) from error
        if not isinstance(made, bytes):
            raise CannotSet(f"{sheet.number} ({sheet.language}): nothing was set")
        return made

    def _opened(self) -> "typst.Compiler":
        """Opened when the first document is set: loading it and the fonts takes a while, and most
        processes set none."""
        if self._compiler is None:
            loaded = importlib.import_module("typst")
            self._compiler = loaded.Compiler(
                root=self._look.templates,
                font_paths=list(self._look.fonts),
                ignore_system_fonts=True,
            )
        return self._compiler

    def _data(self, sheet: Sheet) -> str:
        fonts = {"fonts": self._look.families}
        return msgspec.json.encode(msgspec.structs.asdict(sheet) | fonts).decode()


def _why(sheet: Sheet, says: str) -> CannotSet:
    found = _LACKS.search(says)
    if found is None:
        return CannotSet(f"{sheet.number} ({sheet.language}): {says}")
    text = _CODE.sub(lambda code: chr(int(code[1], 16)), found[1])
    return MissingCharacter(sheet.number, sheet.language, text)
