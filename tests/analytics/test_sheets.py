"""CSV that spreadsheets read as it is meant."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import permits
from permits.analytics.sheets import BOM, cell, lines


def written(*rows):
    return "".join(lines(rows))


def test_a_file_is_utf8_with_its_mark_and_ends_lines_as_the_standard_says():
    assert written(["案件", "天数"], ["一,二", 3]) == f'{BOM}案件,天数\r\n"一,二",3\r\n'


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (date(2022, 6, 9), "2022-06-09"),
        (-4, -4),
        (2.5, 2.5),
        (True, 1),
        ("", ""),
        ("案", "案"),
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-4", "'-4"),
        ("@cmd", "'@cmd"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("𬭎㛃䶮㙦", "𬭎㛃䶮㙦"),
    ],
)
def test_what_stands_in_a_cell(value, expected):
    assert cell(value) == expected


@given(st.lists(st.lists(st.text(), min_size=1), min_size=1))
def test_no_text_is_a_formula_and_none_is_lost(rows):
    body = written(*rows).removeprefix(BOM)
    read = list(csv.reader(io.StringIO(body, newline="")))
    for given_row, row in zip(rows, read, strict=True):
        assert [text.removeprefix("'") for text in row] == [t.removeprefix("'") for t in given_row]
        assert all(text[:1] not in ("=", "+", "-", "@", "\t", "\r") for text in row)


def test_rare_characters_come_through_whole():
    body = written(["𬭎㛃䶮㙦", "葛\U000e0100城"]).encode()
    assert body.decode("utf-8-sig") == "𬭎㛃䶮㙦,葛\U000e0100城\r\n"


def test_every_file_of_cells_is_written_here():
    """Whoever wrote CSV another way would have to think of formulas anew."""
    source = Path(permits.__file__).parent
    writers = [
        file.relative_to(source).as_posix()
        for file in sorted(source.rglob("*.py"))
        if re.search(r"csv\.(writer|DictWriter)\(", file.read_text(encoding="utf-8"))
    ]
    assert writers == ["analytics/sheets.py"]
    sent = [
        file.relative_to(source).as_posix()
        for file in sorted(source.rglob("*.py"))
        if "sheets.MEDIA_TYPE" in file.read_text(encoding="utf-8")
    ]
    for name in sent:
        assert "sheets.lines(" in (source / name).read_text(encoding="utf-8"), name
