"""When opinions are due: under another calendar, as the timer tells, and on unknown dates."""

import pytest

from permits.casework import commands as c
from permits.casework import commands_heard as h
from permits.casework.refusals import Reason, Refused
from permits.casework.working_days import WorkingDays
from tests.casework.joint import (
    BY_THE_PAGODA,
    Review,
    without_the_weekend,
)
from tests.casework.test_joint_review import asked, dues, special
from tests.kit import years

DAY = "2022-06-09"
"""A Thursday. Five working days end on Thursday 16 June, ten on Thursday 23 June."""


def test_another_calendar_moves_what_is_still_to_come():
    review = asked("fire", "heritage", answers=BY_THE_PAGODA).given("fire", DAY)
    review.do("examiner", "suspend", "2022-06-10", special())
    review.asked("2022-06-10", "civil_defence")
    review.days = without_the_weekend()
    review.must("timer", c.Recompute(), "2022-06-10")
    assert dues(review) == {
        "fire": "2022-06-16",
        "heritage": "None",
        "civil_defence": "2022-06-15",
    }
    before = len(review.log)
    review.must("timer", c.Recompute(), "2022-06-10")
    assert len(review.log) == before


def test_what_was_told_to_be_overdue_is_not_under_a_calendar_that_gives_more_time():
    review = asked("fire")
    review.days = without_the_weekend()
    review.must("timer", c.Recompute(), DAY)
    review.timer("2022-06-15")
    review.timer("2022-06-15")
    assert review.case.latest_requests["fire"].overdue
    review.days = Review().days
    review.must("timer", c.Recompute(), "2022-06-15")
    fire = review.case.latest_requests["fire"]
    assert (str(fire.due), fire.overdue) == ("2022-06-16", False)


@pytest.mark.parametrize(
    ("command", "on", "refused"),
    [
        (h.PassDate("reminder", "fire/1"), "2022-06-14", Reason.NOT_YET_DUE),
        (h.PassDate("opinion", "fire/1"), "2022-06-16", Reason.NOT_YET_DUE),
        (h.PassDate("opinion", "police/1"), "2022-06-17", Reason.NOT_ASKED),
        (h.PassDate("reminder", "police/1"), "2022-06-17", Reason.NOT_ASKED),
        (h.PassDate("hearing", "hearing"), "2022-06-17", Reason.NO_HEARING),
        (h.PassDate("third_party", "party_1"), "2022-06-17", Reason.NO_SUCH_THIRD_PARTY),
    ],
)
def test_the_timer_tells_nothing_that_has_not_come(command, on, refused):
    assert asked("fire").tell("timer", command, on).reason is refused


def test_the_timer_tells_what_has_come_once():
    review = asked("fire")
    review.timer("2022-06-17")
    for kind in ("reminder", "opinion"):
        again = review.tell("timer", h.PassDate(kind, "fire/1"), "2022-06-17")
        assert again == Refused(Reason.NOT_YET_DUE, ("fire",))
    review.do("examiner", "suspend", "2022-06-17", special())


def test_nothing_fires_on_a_date_that_is_provisional():
    """Without the calendar of 2022 nobody knows when five working days are over."""
    review = Review().begun(DAY, BY_THE_PAGODA)
    review.days = WorkingDays(y for y in years() if y.year != 2022)
    review.asked(DAY, "fire")
    assert review.case.latest_requests["fire"].provisional
    assert review.timer("2022-07-01") == []
    for kind in ("reminder", "opinion"):
        told = review.tell("timer", h.PassDate(kind, "fire/1"), "2022-07-01")
        assert told == Refused(Reason.DATE_PROVISIONAL, ("fire",))
    review.given("fire", "2022-07-01")
    assert not review.case.latest_requests["fire"].given.late
