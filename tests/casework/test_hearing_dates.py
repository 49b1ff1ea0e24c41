"""The dates of a hearing under another calendar, and in a year that is not published."""

from permits.casework import commands as c
from permits.casework import commands_heard as h
from permits.casework.refusals import Reason, Refused
from permits.casework.working_days import WorkingDays
from tests.casework.joint import Review, without_the_weekend
from tests.casework.test_hearings import asked, call, examined
from tests.kit import years

DAY = "2022-06-09"
"""A Thursday: five working days end on Thursday 16 June, twenty on Thursday 7 July; the first
day after seven of notice is Monday 20 June."""


def test_another_calendar_moves_its_dates():
    review = asked()
    review.days = without_the_weekend()
    review.must("timer", c.Recompute(), DAY)
    assert str(review.case.hearing.due) == "2022-07-05"
    before = len(review.log)
    review.must("timer", c.Recompute(), DAY)
    assert len(review.log) == before


def test_a_hearing_that_was_late_is_not_under_a_calendar_that_gives_more_time():
    review = asked()
    review.days = without_the_weekend()
    review.must("timer", c.Recompute(), DAY)
    review.timer("2022-07-06")
    assert review.case.hearing.overdue
    review.days = Review().days
    review.must("timer", c.Recompute(), "2022-07-06")
    assert not review.case.hearing.overdue


def test_nothing_is_called_or_lost_in_a_year_that_is_not_published():
    review = examined()
    review.days = WorkingDays(y for y in years() if y.year != 2022)
    review.must("examiner", h.OfferHearing(), DAY)
    assert review.timer("2022-08-01") == []
    told = review.tell("timer", h.PassDate("hearing", "hearing"), "2022-08-01")
    assert told == Refused(Reason.DATE_PROVISIONAL, ("hearing",))
    review.must("applicant", h.AskForHearing(), "2022-08-01")
    refused = review.tell("leader", call("2022-08-20"), "2022-08-01")
    assert refused == Refused(Reason.DATE_PROVISIONAL, ("hearing",))
