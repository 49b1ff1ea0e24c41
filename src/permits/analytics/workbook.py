"""Tables as a workbook (XLSX): numbers stay numbers, and no text is ever taken for a formula."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

from xlsxwriter import Workbook

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31


def written(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook with one sheet: heads in bold, which stay in view, and the cells below."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        sheet = book.add_worksheet(_NOT_IN_NAMES.sub(" ", name)[:LONGEST_NAME])
        sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for place, row in enumerate(rows, 1):
            sheet.write_row(place, 0, [_cell(value) for value in row])
        sheet.autofit()
    return file.getvalue()


def _cell(value: object) -> object:
    """A value as it is written; days as ISO text, which every program reads alike."""
    return value.isoformat() if isinstance(value, date) else value
