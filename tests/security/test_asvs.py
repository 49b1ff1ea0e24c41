"""The table of the verification standard: nothing is left out, and what is claimed is tested."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from tools.asvs import KINDS, PAGE, ROOT, levels, page, rows

SECTIONS = ("Who may want what", "Limits", "Sessions and sign-in", "Keys and secrets",
            "Kinds of data", "Cryptography", "Whom the program talks to", "Logs",
            "Costly functions", "Parts of others", "Policy profiles")  # fmt: skip


TOLD = re.compile(r"\((docs/how-to/[\w-]+\.md), “(.+?)”\)")
"""Where an operator reads what is to be done: a file and the title of a section."""


def test_every_requirement_of_levels_one_and_two_has_a_row():
    found = levels()
    assert Counter(found.values()) == {1: 70, 2: 183}
    assert list(rows()) == list(found)


def test_every_row_is_answered_once():
    """Answered with tests, left to the operator with what is to be done and where it is told, not
    binding with a reason, or open with what is missing."""
    for one, row in rows().items():
        kinds = [kind for kind in KINDS if kind in row]
        assert len(kinds) == 1, (one, kinds)
        assert len(str(row[kinds[0]])) > 15 or kinds[0] == "answer", one
        assert bool(row.get("tests")) == ("answer" in kinds) or kinds == ["operator"], one
        assert set(row) <= {"topic", "tests", *KINDS}, one


def test_what_is_left_to_the_operator_is_told_in_a_how_to():
    for one, row in rows().items():
        for file, title in TOLD.findall(str(row.get("operator", ""))):
            assert f"\n## {title}\n" in (ROOT / file).read_text(encoding="utf-8"), one
        assert "operator" not in row or TOLD.search(str(row["operator"])), one


def test_every_test_that_is_cited_is_there():
    for one, row in rows().items():
        for test in row.get("tests", []):
            file, _, name = test.partition("::")
            assert name in defined_in(ROOT / file), (one, test)


@cache
def defined_in(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef))


def test_the_page_shows_the_table_of_now():
    written = PAGE.read_text(encoding="utf-8")
    assert written == page(written)


@pytest.mark.parametrize("section", SECTIONS)
def test_what_the_table_says_is_documented_is(section: str):
    assert f"\n## {section}\n" in PAGE.read_text(encoding="utf-8")
