"""Cases as rows of the national exchange: statuses in their order, and nothing ever taken out."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.exchange.declared import BadDeclaration
from permits.exchange.national import (
    CASES,
    CHECKS,
    COLUMNS,
    STATUS,
    VOID,
    Row,
    Untold,
    lines_of,
    rows_of,
    told_in,
)
from permits.exchange.national_codes import Codes, NoCode, read_codes
from permits.settings import shipped
from tests.casework.duties import built, check
from tests.kit import PARTY, SEAL, Play

EXAMPLE = Path(__file__).parents[2] / "examples" / "national" / "codes.yaml"
CODES = read_codes(EXAMPLE.read_text(encoding="utf-8"), "codes.yaml")


def rows(play: Play, codes: Codes = CODES) -> tuple[Row, ...]:
    found = rows_of("case/1", play.log, play.edition, codes)
    assert not isinstance(found, Untold), found
    return found


def of(table: str, told: tuple[Row, ...]) -> list[Row]:
    return [row for row in told if row.table == table]


def statuses(play: Play) -> list[str]:
    return [row.about + ("!" if row.void else "") for row in of(STATUS, rows(play))]


def test_a_case_is_one_row_and_its_statuses_follow_each_other():
    play = Play().served("2022-06-09")
    (case,) = of(CASES, rows(play))
    assert case.key == "case/1"
    assert case.values["SPSXSLBM"] == play.case.number
    assert case.values["SPSXBM"] == "000000008001"
    assert case.values["SXGZCNZSPQK"] == "1"
    assert statuses(play) == ["1", "3", "8", "11"]


def test_an_item_has_another_code_on_another_track():
    (case,) = of(CASES, rows(Play().file("2022-06-09", "ordinary")))
    assert (case.values["SPSXBM"], case.values["SXGZCNZSPQK"]) == ("000000008000", "0")


def test_a_commitment_that_was_withdrawn_makes_the_row_void_and_another_follows():
    play = Play().accepted("2022-06-09", "commitment")
    play.do("applicant", "withdraw_commitment", "2022-06-10")
    first, void, second = of(CASES, rows(play))
    assert (first.key, void.key, second.key) == ("case/1", "case/1", "case/1/2")
    assert (first.void, void.void, second.void) == ("", VOID["switched"], "")
    assert void.values == first.values
    assert second.values["SPSXBM"] == "000000008000"


def test_a_special_procedure_ends_before_what_follows_it():
    play = Play().accepted("2022-06-09")
    special = i.SpecialProcedure("expert_review", "10wd", notified=True)
    play.do("examiner", "suspend", "2022-06-10", special)
    assert statuses(play) == ["1", "3", "8", "9"]
    play.do("applicant", "withdraw", "2022-06-13", i.Reasoned(SEAL))
    assert statuses(play) == ["1", "3", "8", "9", "10", "14"]


def test_a_special_procedure_that_is_ended_by_the_office_is_told_once():
    play = Play().accepted("2022-06-09")
    play.do(
        "examiner",
        "suspend",
        "2022-06-10",
        i.SpecialProcedure("expert_review", "10wd", notified=True),
    )
    play.do("examiner", "resume", "2022-06-13")
    assert statuses(play) == ["1", "3", "8", "9", "10", "8"]


def test_an_action_that_was_reversed_makes_its_rows_void_and_takes_none_out():
    play = Play().accepted("2022-06-09")
    play.must("supervisor", c.ReverseAction(SEAL), "2022-06-09")
    assert statuses(play) == ["1", "3", "8", "3!", "8!"]
    play.do("window", "accept", "2022-06-10")
    assert statuses(play) == ["1", "3", "8", "3!", "8!", "3", "8"]
    told = of(STATUS, rows(play))
    assert told[3].key == told[1].key
    assert told[3].values == told[1].values


def test_a_check_of_what_was_committed_to_is_a_row_of_its_own():
    play = built()
    play.checked("inspector", check("2022-07-25"), "2022-07-25")
    (row,) = of(CHECKS, rows(play))
    assert row.values["JCBH"] == f"{play.case.number}-01"
    assert (row.values["JCSJ"], row.values["SFLXGZCN"]) == ("2022-07-25", "1")
    assert row.values["JCBMTYSHXYDM"] == "11410100MB0000000X"
    assert "行政许可法" in row.values["JCYJHSM"]


def test_a_check_that_was_recorded_wrongly_is_void_and_the_next_has_a_number_of_its_own():
    play = built()
    play.checked("inspector", check("2022-07-25", passed=False), "2022-07-25")
    play.must("supervisor", c.ReverseAction(SEAL), "2022-07-26")
    play.checked("inspector", check("2022-07-27"), "2022-07-27")
    told = of(CHECKS, rows(play))
    assert [(row.values["JCBH"][-2:], row.values["SFLXGZCN"], row.void) for row in told] == [
        ("01", "0", ""),
        ("01", "0", VOID["reversed"]),
        ("02", "1", ""),
    ]


def test_a_period_tells_what_was_told_in_it_and_the_next_one_the_rest():
    play = Play().accepted("2022-06-09")
    play.must("supervisor", c.ReverseAction(SEAL), "2022-06-10")
    every = rows(play)
    first = list(told_in(every, date(2022, 6, 9), date(2022, 6, 9)))
    second = list(told_in(every, date(2022, 6, 10), date(2022, 6, 10)))
    assert [row.about for row in first if row.table == STATUS] == ["1", "3", "8"]
    assert [row.void for row in second] == [VOID["reversed"]] * 2
    assert [*first, *second] == list(every)


def test_no_person_and_no_party_stands_in_a_row():
    play = Play().served("2022-06-09")
    text = " ".join(value for row in rows(play) for value in row.values.values())
    assert PARTY not in text
    assert SEAL not in text
    assert {row.values["BLR"] for row in of(STATUS, rows(play))} == {"申请人", "综合窗口"}


def test_a_line_has_every_column_and_a_number_of_its_period():
    play = Play().accepted("2022-06-09")
    play.must("supervisor", c.ReverseAction(SEAL), "2022-06-09")
    head, *lines = lines_of(STATUS, rows(play), "20220609-20220630")
    assert head == list(COLUMNS[STATUS])
    marks = [dict(zip(head, line, strict=True)) for line in lines]
    assert [mark["LSH"] for mark in marks][0::4] == [
        "20220609-20220630-000001",
        "20220609-20220630-000005",
    ]
    assert [mark["SJYXBS"] for mark in marks] == ["1", "1", "1", "0", "0"]
    assert [bool(mark["SJWXYY"]) for mark in marks] == [False, False, False, True, True]
    assert marks[0]["BLSJ"] == "2022-06-09 10:00:00"
    assert list(lines_of(CHECKS, (), "x")) == [list(COLUMNS[CHECKS])]


def test_a_code_that_is_missing_leaves_the_case_out_and_is_named():
    play = Play().file("2022-06-09")
    assert rows_of("case/1", play.log, play.edition, Codes({})) == Untold(
        play.case.number, "item.plan_exempt.commitment", date(2022, 6, 9)
    )


def test_a_code_holds_from_its_day_until_the_next():
    text = (
        "national: 1\ncodes:\n  district:\n"
        "  - {from: 2022-01-01, code: 'new', basis: b}\n"
        "  - {from: 2020-01-01, code: 'old', basis: b}\n"
    )
    codes = read_codes(text, "codes.yaml")
    assert codes.at("district", date(2021, 12, 31)) == "old"
    assert codes.at("district", date(2022, 1, 1)) == "new"
    with pytest.raises(NoCode, match="district on 2019-12-31"):
        codes.at("district", date(2019, 12, 31))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("national: 2\ncodes: {}\n", "codes.yaml:1: national"),
        ("national: 1\ncodes:\n  a: []\n", "codes.yaml:3: codes.a"),
        ("national: 1\ncodes:\n  a: [{from: 2020-01-01, code: x}]\n", "codes.a[0].basis"),
        ("national: 1\ncodes:\n  a: [{from: soon, code: x, basis: b}]\n", "codes.a[0].from"),
        (
            "national: 1\ncodes:\n  a:\n"
            "  - {from: 2020-01-01, code: a, basis: b}\n"
            "  - {from: 2020-01-01, code: c, basis: b}\n",
            "two codes begin on 2020-01-01",
        ),
    ],
)
def test_codes_that_cannot_be_used_say_where_and_why(text, says):
    with pytest.raises(BadDeclaration) as caught:
        read_codes(text, "codes.yaml")
    assert says in str(caught.value)


def test_the_example_names_every_code_that_the_shipped_permit_types_need():
    day = date(2022, 6, 9)
    for file in sorted(shipped("workflows").glob("*.yaml")):
        written = yaml.safe_load(file.read_text(encoding="utf-8"))
        permit = written["permit"]["id"]
        assert CODES.at(f"item_version.{permit}", day)
        for track in written["tracks"]:
            assert CODES.at(f"item.{permit}.{track}", day)
            assert CODES.at(f"commitment.{track}", day)
