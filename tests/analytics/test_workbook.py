"""Workbooks: what was typed stands in a cell as text, whatever a spreadsheet could make of it."""

import io
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest

from permits.analytics.workbook import LONGEST_NAME, written

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parts(content: bytes) -> dict[str, ElementTree.Element]:
    """The sheet, the texts its cells point to, and the names of what the file holds beside."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {
            name: ElementTree.fromstring(book.read(name))  # noqa: S314 - we wrote it
            for name in book.namelist()
            if name.endswith(".xml")
        }


def cells(content: bytes) -> list[tuple[str, str]]:
    """The kind and value of each cell below the heads."""
    found = parts(content)
    texts = [
        "".join(text.text or "" for text in one.iter(f"{SHEET}t"))
        for one in found["xl/sharedStrings.xml"].iter(f"{SHEET}si")
    ]
    told = []
    for cell in list(found["xl/worksheets/sheet1.xml"].iter(f"{SHEET}c"))[1:]:
        kind, value = cell.get("t", "n"), cell.findtext(f"{SHEET}v", "")
        told.append((kind, texts[int(value)] if kind == "s" else value))
    return told


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+86", "-4", "@cmd", "\t=1", "＝1", "{=1}",
        '=HYPERLINK("https://elsewhere.example","x")', "https://elsewhere.example",
        "internal:Sheet1!A1", "0371", "1E5", "𬭎㛃䶮㙦", "葛\U000e0100城", "",
    ],
)  # fmt: skip
def test_a_text_is_no_formula_no_link_and_no_number(text: str) -> None:
    content = written("案件", ["名称"], [[text]])
    assert cells(content) == ([("s", text)] if text else [])
    found = parts(content)
    sheet = found["xl/worksheets/sheet1.xml"]
    assert not list(sheet.iter(f"{SHEET}f")) and not list(sheet.iter(f"{SHEET}hyperlink"))
    assert not [name for name in found if "externalLink" in name]


def test_numbers_stay_numbers_and_days_are_text_that_every_program_reads_alike() -> None:
    content = written("案件", ["天数"], [[-4], [2.5], [date(2022, 6, 9)]])
    assert cells(content) == [("n", "-4"), ("n", "2.5"), ("s", "2022-06-09")]


def test_a_name_of_a_sheet_is_one_that_is_allowed() -> None:
    book = parts(written("a/b:c[d]" + "长" * 40, ["x"], []))["xl/workbook.xml"]
    (sheet,) = book.iter(f"{SHEET}sheet")
    assert sheet.get("name") == "a b c d " + "长" * (LONGEST_NAME - 8)
