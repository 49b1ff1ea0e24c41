"""In English one thing is counted as one."""

import pytest

from permits.analytics import wording
from permits.analytics.measures import Unit as Counted
from permits.analytics.spread import spread
from permits.casework.answers import Fault, Problem
from permits.definitions.parts import Unit
from permits.text import entitlements, faults, shapes
from permits.text.answers import in_words
from tests.definitions.policies import edition as policy_edition
from tests.definitions.shipped import edition

DEFINITION = edition("completion_inspection").definition
BUILDINGS = next(q for q in DEFINITION.form.questions if q.id == "buildings")
FLOORS = next(column.question for column in BUILDINGS.columns if column.id == "floors_above")


@pytest.mark.parametrize(
    ("count", "zh", "en"), [(0, "0层", "0 floors"), (1, "1层", "1 floor"), (2, "2层", "2 floors")]
)
def test_a_number_has_its_unit_as_it_is_said_of_so_many(count, zh, en):
    assert in_words(count, FLOORS, DEFINITION, "zh") == zh
    assert in_words(count, FLOORS, DEFINITION, "en") == en


def test_a_unit_that_does_not_say_how_it_is_of_one_is_said_as_of_many():
    assert Unit(zh="米", en="metres").of(1, "en") == "metres"


def test_so_has_a_limit():
    high = Problem("floors_above", Fault.TOO_LARGE, limit=1)
    low = Problem("floors_above", Fault.TOO_SMALL, limit=2)
    assert faults.sentence(high, FLOORS, "en").endswith("at most 1 floor")
    assert faults.sentence(low, FLOORS, "en").endswith("at least 2 floors")


@pytest.mark.parametrize(
    ("kind", "context", "says"),
    [
        ("string_too_short", {"min_length": 1}, "At least 1 character"),
        ("string_too_short", {"min_length": 8}, "At least 8 characters"),
        ("string_too_long", {"max_length": 1}, "At most 1 character"),
        ("string_too_long", {"max_length": 40}, "At most 40 characters"),
    ],
)
def test_so_has_a_text_that_a_program_sent(kind, context, says):
    assert shapes.sentence(kind, context, "en") == says


def test_so_has_what_a_register_holds():
    held = policy_edition()
    assert entitlements.value("hightech_times", 1, held, "en") == "1 time"
    assert entitlements.value("hightech_times", 3, held, "en") == "3 times"


@pytest.mark.parametrize(
    ("of", "one", "many"),
    [
        (Counted.MATERIALS, "material", "materials"),
        (Counted.DAYS, "working day", "working days"),
        (Counted.NOTICES, "notice", "notices"),
        (Counted.VISITS, "visit", "visits"),
        (Counted.TIMES, "time", "times"),
        (Counted.SHARE, "", ""),
        (Counted.MONEY, "", ""),
    ],
)
def test_so_has_a_figure(of, one, many):
    assert wording.shown(of, spread({1: 1}), "en").unit == one
    for counted in ({1: 2}, {0: 1}, {}):
        assert wording.shown(of, spread(counted), "en").unit == many
