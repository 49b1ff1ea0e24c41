"""The demonstration's industrial plots end as they are told: in good order, under check, in
rectification, taken back, not admitted."""

import random
from datetime import date

import pytest

from permits.services.demonstration import plot_stories as told
from permits.services.demonstration.project_stories import Site
from permits.services.demonstration.stories import Teller
from permits.store import tables
from tests.services import building

SITE = Site("applicant", "2205-410172-04-01-900199", "示例厂", "科学大道", 20_000, admitted=True)


@pytest.mark.parametrize(
    ("story", "state", "code", "owed"),
    [
        (told.in_good_order, "concluded", 11, set()),
        (told.going_up, "in_force", 11, {"report_production", "check_production"}),
        (
            told.under_check,
            "in_force",
            11,
            {"check_completion", "report_production", "check_production"},
        ),
        (
            told.in_rectification,
            "in_force",
            11,
            {"check_completion", "report_production", "check_production"},
        ),
        (told.exited, "deregistered", 15, set()),
        (told.too_sparse, "refusal_served", 13, set()),
        (told.touching_everybody, "in_force", 11, {"report_start", "report_completion"}),
    ],
)
def test_a_plot_ends_as_it_is_told(bureau, story, state, code, owed):
    for permit in (told.PLOT, "staged_construction", "completion_inspection"):
        building.publish(bureau, permit)
    teller = Teller(bureau.people, bureau.office.shelf.calendar, random.Random(0))
    for moment in story(teller, date(2022, 6, 9), SITE):
        bureau.hands.set(max(moment, bureau.hands()))
    (row,) = [one for one in bureau.rows(tables.case_row) if one["permit"] == told.PLOT]
    case = bureau.office.cases.recorded(row["case_id"]).case
    assert (row["state"], row["code"]) == (state, code)
    assert {n for n, held in case.obligations.items() if held.status == "open"} == owed
    ordered = [n for n, held in case.obligations.items() if held.ordered and held.status == "open"]
    assert bool(ordered) == (story is told.in_rectification)
    put_right = [one.put_right_on for one in case.obligations.values() if one.put_right_on]
    assert bool(put_right) == (story is told.in_rectification)
    heard = case.hearing is not None and case.hearing.stage == "held"
    assert heard == (story is told.touching_everybody)
