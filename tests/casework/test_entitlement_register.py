"""The register's file: whole and right, or every fault of it and nothing taken in."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools import make_register

from permits.casework.entitlement import register as reg
from permits.casework.entitlement.register import (
    Entry,
    Fault,
    RegisterImported,
    digest_of,
    read_register,
)
from permits.casework.entitlement.rows import edition_row
from permits.definitions.policies.schema import Register
from permits.settings import shipped
from tests.casework.entitled import FIRM, OTHER, THIRD, entry
from tests.definitions.policies import edition, variant

HEAD = (
    "credit_code,name,in_zone,industry,hightech_year,hightech_times,above_scale_year,"
    "output_wan,points,credit"
)
LINE = "示例企业1号,1,software,2022,1,0,900,85,good"


def register() -> Register:
    return edition().policy.register_of


def read(*lines: str, head: str = HEAD):
    return read_register("\n".join((head, *lines)).encode(), register())


def test_a_line_becomes_an_enterprise():
    found = read(f"{FIRM},{LINE}")
    assert found.faults == ()
    values = {
        "in_zone": True, "industry": "software", "hightech_year": 2022, "hightech_times": 1,
        "above_scale_year": 0, "output_wan": 900, "points": 85, "credit": "good",
    }  # fmt: skip
    assert found.entries == (Entry(FIRM, "示例企业1号", values),)


def test_what_may_be_empty_is_not_there():
    (one,) = read(f"{FIRM},名称,否,制造业,0,0,0,,,无失信记录").entries
    assert "points" not in one.values and "output_wan" not in one.values
    assert (one.values["in_zone"], one.values["industry"]) == (False, "manufacturing")


def test_columns_may_stand_in_any_order_under_their_chinese_titles():
    titles = {column.id: column.title.zh for column in register().columns}
    names = ["统一社会信用代码", "企业名称", *titles.values()]
    cells = [FIRM, *LINE.split(",")]
    turned = read(",".join(reversed(cells)), head=",".join(reversed(names)))
    assert turned.entries == read(",".join(cells)).entries


def test_blank_lines_and_a_mark_of_order_count_for_nothing():
    raw = f"\ufeff{HEAD}\r\n\r\n{FIRM},{LINE}\r\n,,,\r\n".encode()
    assert len(read_register(raw, register()).entries) == 1


FAULTS = {
    "credit_code": (f"{FIRM[:-1]}I,{LINE}", "credit_code"),
    "name": (f"{FIRM},,1,software,2022,1,0,900,85,good", "name"),
    "missing": (f"{FIRM},n,,software,2022,1,0,900,85,good", "in_zone"),
    "boolean": (f"{FIRM},n,maybe,software,2022,1,0,900,85,good", "in_zone"),
    "choice": (f"{FIRM},n,1,bakery,2022,1,0,900,85,good", "industry"),
    "integer": (f"{FIRM},n,1,software,2022,1,0,9e2,85,good", "output_wan"),
    "most": (f"{FIRM},n,1,software,2022,1,0,900,101,good", "points"),
}


@pytest.mark.parametrize("problem", sorted(FAULTS))
def test_each_fault_is_told_with_its_line_and_column(problem):
    line, column = FAULTS[problem]
    found = read(f"{OTHER},{LINE}", line)
    assert found.entries == ()
    (fault,) = found.faults
    assert (fault.line, fault.column, fault.problem) == (3, column, problem)


def test_a_code_stands_once():
    (fault,) = read(f"{FIRM},{LINE}", f"{OTHER},{LINE}", f"{FIRM},{LINE}").faults
    assert fault == Fault(4, "credit_code", "twice", FIRM, "2")


def test_a_line_with_too_many_cells_is_told_as_a_whole():
    (fault,) = read(f"{FIRM},{LINE},more").faults
    assert fault == Fault(2, "", "cells", "11", "10")


def test_every_fault_of_every_line_is_told():
    found = read(f"{FIRM[:-1]}I,,maybe,bakery,x,1,0,900,101,good", f"{OTHER},n,2,,0,0,0,,,")
    assert [(one.line, one.problem) for one in found.faults] == [
        (2, "credit_code"), (2, "name"), (2, "boolean"), (2, "choice"), (2, "integer"),
        (2, "most"), (3, "boolean"), (3, "missing"), (3, "missing"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "problems"),
    [
        ("", {"empty"}),
        (HEAD + ",colour", {"unknown_column"}),
        (HEAD + ",points", {"twice_column"}),
        (HEAD.removesuffix(",credit"), {"missing_column"}),
    ],
)
def test_the_first_line_names_the_columns(head, problems):
    found = read(f"{FIRM},{LINE}", head=head)
    assert ({one.problem for one in found.faults}, found.entries) == (problems, ())
    assert {one.line for one in found.faults} == {1}


def test_a_file_without_a_line_holds_nothing():
    assert [one.problem for one in read().faults] == ["empty"]
    assert [one.problem for one in read_register(b"", register()).faults] == ["empty"]


def test_what_is_not_utf8_is_told_with_its_line():
    raw = f"{HEAD}\n{FIRM},示例".encode() + b"\xff"
    assert read_register(raw, register()).faults == (Fault(2, "", "encoding"),)


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(reg, "MOST_BYTES", 10)
    assert [one.problem for one in read(f"{FIRM},{LINE}").faults] == ["too_large"]
    monkeypatch.undo()
    monkeypatch.setattr(reg, "MOST_LINES", 1)
    found = read(f"{FIRM},{LINE}", f"{OTHER},{LINE}")
    assert ([one.problem for one in found.faults], found.entries) == (["too_large"], ())


def with_columns() -> Register:
    """A register that also holds a day, a text, and a number with a least value."""

    def add(data):
        data["register"]["columns"] += [
            {"id": "founded", "title": {"zh": "成立日期", "en": "Founded"}, "type": "date",
             "source": "market", "required": False},
            {"id": "noted", "title": {"zh": "备注", "en": "Note"}, "type": "text",
             "source": "market", "required": False, "most": 4},
            {"id": "staff", "title": {"zh": "人数", "en": "Staff"}, "type": "integer",
             "source": "market", "required": False, "least": 1,
             "unit": {"zh": "人", "en": "people"}},
        ]  # fmt: skip

    return variant(add).policy.register_of


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ("2020-02-29,备注,1", None),
        (",,", None),
        ("2021-02-29,,", "date"),
        ("20210228,,", "date"),
        (",12345,", "text"),
        (",,0", "least"),
    ],
)
def test_days_texts_and_least_values(cells, problem):
    raw = f"{HEAD},founded,noted,staff\n{FIRM},{LINE},{cells}".encode()
    found = read_register(raw, with_columns())
    assert [one.problem for one in found.faults] == ([problem] if problem else [])


@given(st.permutations([entry(1), entry(2), entry(3)]))
def test_the_digest_is_of_what_is_held_and_not_of_its_order(entries):
    assert digest_of(entries) == digest_of([entry(1), entry(2), entry(3)])
    assert digest_of(entries[:2]) != digest_of(entries)


@pytest.mark.parametrize("as_of", ["2022-05-31", "2026-06-30"])
def test_the_editions_that_come_with_the_program_are_whole(as_of):
    file = shipped("workflows") / "registers" / f"enterprises-{as_of}.csv"
    found = read_register(file.read_bytes(), register())
    assert found.faults == ()
    assert len(found.entries) >= 2_000
    assert all(one.name.startswith("示例") for one in found.entries)
    assert THIRD in {one.code for one in found.entries}


def test_the_later_edition_has_changes():
    editions = [
        {
            one.code: one
            for one in read_register(
                (shipped("workflows") / "registers" / f"enterprises-{day}.csv").read_bytes(),
                register(),
            ).entries
        }
        for day in ("2022-05-31", "2026-06-30")
    ]
    earlier, later = editions
    assert earlier.keys() - later.keys() and later.keys() - earlier.keys()
    both = earlier.keys() & later.keys()
    assert sum(earlier[code] != later[code] for code in both) > 100


def test_the_tool_makes_the_editions_that_are_kept():
    for year, as_of in ((2022, "2022-05-31"), (2026, "2026-06-30")):
        file = make_register.FOLDER / f"enterprises-{as_of}.csv"
        assert file.read_text(encoding="utf-8") == make_register.edition(year)


def test_an_edition_stands_in_its_table_as_it_was_imported():
    at = datetime(2022, 6, 2, 1, tzinfo=UTC)
    imported = RegisterImported(
        "enterprises", "2022-06", date(2022, 6, 1), "示例", "0a", "0b", 2_000
    )
    row = edition_row(imported, 3, at)
    assert (row.register, row.edition, row.place) == ("enterprises", "2022-06", 3)
    assert (row.as_of_on, row.source, row.sha256) == (date(2022, 6, 1), "示例", "0a")
    assert (row.digest, row.enterprises, row.imported_at) == ("0b", 2_000, at)
