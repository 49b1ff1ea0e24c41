"""CSV that spreadsheets read as it is meant."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
