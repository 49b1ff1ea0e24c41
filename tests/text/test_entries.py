"""Several entries as people read them: in a table, in a line, and what is another of them."""

import pytest

from permits.casework.answers import Fault, Problem
from permits.text import faults
from permits.text.answers import from_to, in_words, table
from tests.definitions.shipped import edition as shipped_edition

DEFINITION = shipped_edition("completion_inspection").definition
BUILDINGS = next(q for q in DEFINITION.form.questions if q.id == "buildings")
TOWER = {
    "name": "一号楼",
    "floor_area_m2": 18_000,
    "floors_above": 22,
    "floors_below": 2,
    "structure": "concrete",
}
HUT = {**TOWER, "name": "门卫室", "floor_area_m2": 45, "structure": "masonry"}
SHED = {**HUT, "name": "车棚"}


def test_a_table_has_a_row_for_each_and_every_answer_in_words():
    found = table((TOWER, HUT), BUILDINGS, DEFINITION, "en")
    assert found.columns[:2] == ("Name or number", "Floor area")
    assert found.number == (False, True, True, True, False)
    assert found.rows == (
        ("一号楼", "18,000 square metres", "22 floors", "2 floors", "Reinforced concrete"),
        ("门卫室", "45 square metres", "22 floors", "2 floors", "Masonry"),
    )
    assert table(None, BUILDINGS, DEFINITION, "en") is None
    assert table("一号楼", BUILDINGS, DEFINITION, "en") is None


def test_where_there_is_no_room_they_stand_in_one_line():
    says = in_words((TOWER, {"name": "门卫室"}), BUILDINGS, DEFINITION, "zh")
    assert says == (
        "第1个单体（单体名称：一号楼、建筑面积：18,000平方米、地上层数：22层、地下层数：2层、"
        "结构类型：钢筋混凝土结构）；第2个单体（单体名称：门卫室）"
    )


@pytest.mark.parametrize(
    ("was", "now", "gone", "came"),
    [
        (
            (TOWER, HUT),
            (TOWER, SHED),
            ["第2个单体", "门卫室"],
            ["第2个单体", "车棚", "其余1项不变"],
        ),
        ((TOWER,), (TOWER, HUT, HUT), ["–"], ["第2个单体", "第3个单体", "其余1项不变"]),
        ((HUT, HUT), (HUT,), ["第2个单体"], ["其余1项不变"]),
        ((TOWER,), (HUT,), ["一号楼"], ["门卫室"]),
        (
            (TOWER, HUT),
            (HUT, TOWER),
            ["第1个单体（单体名称：一号楼"],
            ["第1个单体（单体名称：门卫室"],
        ),
        (None, (TOWER,), [""], ["一号楼"]),
    ],
)
def test_of_a_list_that_was_changed_what_went_and_what_came_is_said(was, now, gone, came):
    before, after = from_to(was, now, BUILDINGS, DEFINITION, "zh")
    assert all(one in before for one in gone)
    assert all(one in after for one in came)
    kept = [one for one in now if was is not None and one in was]
    assert ("不变" in after) == (bool(kept) and sorted(map(str, was)) != sorted(map(str, now)))


def test_a_fault_says_which_entry_and_which_column():
    problem = Problem("buildings", Fault.TOO_SMALL, 1, entry=2, column="floor_area_m2")
    assert faults.sentence(problem, BUILDINGS, "zh") == "第2个单体：建筑面积：不得小于1平方米"
    unknown = Problem("buildings", Fault.UNKNOWN_FIELD, entry=2, column="colour")
    assert "Building 2: colour" in faults.sentence(unknown, BUILDINGS, "en")
