"""Mistakes of the office undone by further events: actions reversed, dates put right."""

from datetime import date

import pytest
from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.families.deciding import RecordReversed
from permits.casework.fold import fold
from permits.casework.refusals import Reason, Refused
from permits.casework.rows import due_rows
from permits.definitions.procedure import SpecialCause
from tests.casework.duties import built, rectify, report
from tests.kit import SEAL, Play, defect


def test_a_clerks_mistake_is_undone_and_what_was_drawn_up_is_void():
    play = Play().file("2022-06-09", "ordinary")
    before = play.case
    play.do("window", "accept", "2022-06-10")
    play.must("supervisor", c.ReverseAction(SEAL), "2022-06-10")
    case = play.case
    assert (case.leaves, case.milestones, case.clocks) == (
        before.leaves,
        before.milestones,
        before.clocks,
    )
    assert [(d.document, d.void) for d in case.documents] == [
        ("receipt", False),
        ("acceptance_notice", True),
    ]
    assert play.events[-1] == "ActionReversed"
    play.do("window", "accept", "2022-06-10")
    assert play.case.documents[-1].number == "演示规受字〔2022〕1号"


def test_only_the_last_action_is_undone_and_only_while_nothing_followed_it():
    play = Play().accepted("2022-06-09")
    play.must("leader", c.ExtendClock("promise", SEAL), "2022-06-10")
    outcome = play.tell("supervisor", c.ReverseAction(SEAL), "2022-06-10")
    assert outcome == Refused(Reason.NOT_REVERSIBLE, ("accept",))


def test_a_decision_is_no_clerks_mistake():
    outcome = Play().granted("2022-06-09").tell("supervisor", c.ReverseAction(SEAL), "2022-06-09")
    assert outcome == Refused(Reason.NOT_REVERSIBLE, ("grant_on_the_spot",))


def test_undoing_needs_a_reason_and_a_supervisor():
    play = Play().accepted("2022-06-09")
    assert play.tell("supervisor", c.ReverseAction(), "2022-06-09") == Refused(
        Reason.REASON_WANTED
    )
    assert play.tell("window", c.ReverseAction(SEAL), "2022-06-09") == Refused(Reason.NOT_YOURS)


def test_a_filing_is_not_undone():
    outcome = Play().file("2022-06-09").tell("supervisor", c.ReverseAction(SEAL), "2022-06-09")
    assert outcome == Refused(Reason.NOT_REVERSIBLE, ("file",))


def test_a_wrong_day_of_receipt_is_put_right_with_everything_reckoned_from_it():
    play = Play().accepted("2022-06-09")
    play.must("supervisor", rectify("received", "2022-06-07"), "2022-06-10")
    assert str(play.case.milestones["received"]) == "2022-06-07"
    assert str(play.case.milestones["accepted"]) == "2022-06-07"
    assert play.due("promise") == "2022-06-09"
    assert play.due("completeness") == "2022-06-14"
    assert not play.case.clocks["completeness"].late


def test_what_the_law_accepted_by_silence_is_not_accepted_later():
    """Received on Thursday 9 June, accepted by silence as of that day (行政许可法 art. 32(4)): no
    date is put right that would give the office more time than the law does."""
    play = Play().file("2022-06-09", "ordinary")
    play.must("timer", c.LapseClock("completeness"), "2022-06-17")
    assert (play.case.by_silence, str(play.case.milestones["accepted"])) == (True, "2022-06-09")
    refused = play.ask("supervisor", rectify("accepted", "2022-06-16"), "2022-06-17")
    assert refused == Refused(Reason.DATE_NOT_LAWFUL, ("2022-06-16",))


def test_a_receipt_put_right_leaves_an_acceptance_that_came_of_corrections():
    from tests.casework.test_intake import incomplete, notice, supplement

    play = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    play.do("applicant", "supply_corrections", "2022-06-15", supplement())
    play.do("window", "accept", "2022-06-15")
    play.must("supervisor", rectify("received", "2022-06-08"), "2022-06-16")
    assert str(play.case.milestones["accepted"]) == "2022-06-15"


def test_a_wrong_day_of_delivery_is_put_right_and_may_turn_out_late():
    play = Play().granted("2022-06-09")
    play.do("window", "deliver", "2022-07-01", i.Service(date(2022, 6, 20), "post"))
    assert not play.case.clocks["delivery"].late
    play.must("supervisor", rectify("delivered", "2022-07-01"), "2022-07-02")
    assert play.case.clocks["delivery"].late
    assert str(play.case.clocks["delivery"].stopped_on) == "2022-07-01"


def test_a_wrong_day_of_completion_moves_the_check():
    play = built()
    play.must("supervisor", rectify("works_completed", "2022-07-13"), "2022-07-21")
    assert str(play.case.obligations["check_after_completion"].due) == "2022-08-10"


@pytest.mark.parametrize(
    ("command", "outcome"),
    [
        (rectify("decided", "2022-06-08"), Refused(Reason.NO_SUCH_MILESTONE, ("decided",))),
        (rectify("delivered", "2022-06-08"), Refused(Reason.NO_SUCH_MILESTONE, ("delivered",))),
        (rectify("birthday", "2022-06-08"), Refused(Reason.NO_SUCH_MILESTONE, ("birthday",))),
        (rectify("received", "2022-06-08", None), Refused(Reason.REASON_WANTED)),
        (rectify("received", "2022-06-30"), Refused(Reason.DATE_NOT_LAWFUL, ("2022-06-30",))),
        (rectify("accepted", "2022-06-08"), Refused(Reason.DATE_NOT_LAWFUL, ("2022-06-08",))),
        (rectify("received", "2022-06-10"), Refused(Reason.DATE_NOT_LAWFUL, ("2022-06-10",))),
    ],
)
def test_dates_are_put_right_only_where_people_wrote_them_and_in_their_order(command, outcome):
    play = Play().granted("2022-06-09")
    assert play.tell("supervisor", command, "2022-06-10") == outcome


def test_receipt_put_right_while_suspended_leaves_the_clock_without_a_date():
    play = Play().accepted("2022-06-09")
    special = i.SpecialProcedure(SpecialCause.EXPERT_REVIEW, "5wd", notified=True)
    play.do("examiner", "suspend", "2022-06-09", special)
    play.must("supervisor", rectify("received", "2022-06-08"), "2022-06-09")
    assert play.case.clocks["promise"].due is None
    play.do("examiner", "resume", "2022-06-10")
    assert play.due("promise") == "2022-06-13"


def test_a_date_put_right_takes_back_that_it_was_late():
    """Accepted as of Thursday 9 June 2022, two working days: due on Monday the 13th, lapsed on the
    14th. Received in truth on Monday the 13th, it is due on the 15th."""
    play = Play().accepted("2022-06-09")
    play.must("timer", c.LapseClock("promise"), "2022-06-14")
    assert play.case.clocks["promise"].lapsed
    play.must("supervisor", c.RectifyDate("received", date(2022, 6, 13), SEAL), "2022-06-14")
    clock = play.case.clocks["promise"]
    assert (str(clock.due), clock.lapsed) == ("2022-06-15", False)
    assert "promise" in [row.name for row in due_rows(play.case, play.edition)], (
        "the timer looks again"
    )


def test_a_date_put_right_into_the_past_waits_for_the_timer_to_tell_it():
    """Received on Tuesday 7 June 2022 and not on the 9th: two working days end on the 9th."""
    play = Play().accepted("2022-06-09")
    play.must("supervisor", rectify("received", "2022-06-07"), "2022-06-10")
    clock = play.case.clocks["promise"]
    assert (str(clock.due), clock.lapsed) == ("2022-06-09", False)
    play.must("timer", c.LapseClock("promise"), "2022-06-10")
    assert play.case.clocks["promise"].lapsed


def test_an_obligation_put_right_is_no_longer_overdue():
    """Done on 1 July 2022, the check was due on Friday the 29th; done in truth on the 20th, on
    Wednesday 17 August."""
    play = Play().served("2022-06-09")
    play.must("applicant", report("2022-07-01"), "2022-07-20")
    play.must("timer", c.FlagOverdue("check_after_completion"), "2022-08-01")
    right = c.RectifyDate("works_completed", date(2022, 7, 20), SEAL)
    play.must("supervisor", right, "2022-08-01")
    held = play.case.obligations["check_after_completion"]
    assert (str(held.due), held.overdue) == ("2022-08-17", False)


def test_an_obligation_put_right_to_another_day_that_has_passed_stays_overdue():
    """Done on 1 July 2022, the check was due on Friday the 29th; done on 30 June, on the 28th."""
    play = Play().served("2022-06-09")
    play.must("applicant", report("2022-07-01"), "2022-07-20")
    play.must("timer", c.FlagOverdue("check_after_completion"), "2022-08-01")
    play.must("supervisor", rectify("works_completed", "2022-06-30"), "2022-08-01")
    held = play.case.obligations["check_after_completion"]
    assert (str(held.due), held.overdue) == ("2022-07-28", True)


def test_putting_receipt_right_leaves_the_day_on_which_the_office_answered():
    """The office answered on Friday 17 June 2022, a day after the five working days from the 9th;
    that stays late when receipt turns out to have been the day before."""
    play = Play().file("2022-06-09", "ordinary").do("window", "accept", "2022-06-17")
    assert play.case.clocks["completeness"].late
    play.must("supervisor", c.RectifyDate("received", date(2022, 6, 8), SEAL), "2022-06-17")
    clock = play.case.clocks["completeness"]
    assert (str(clock.stopped_on), clock.late) == ("2022-06-17", True)
    assert str(play.case.milestones["accepted"]) == "2022-06-08"


@pytest.mark.parametrize("on", ["1899-12-31", "2022-05-31", "2022-06-11"])
def test_receipt_lies_within_the_permit_types_life_and_before_what_followed_it(on):
    """The permit type holds from 1 June 2022, and the correction notice went out on the 10th."""
    play = Play().file("2022-06-09", "ordinary", handed_in=())
    notice = i.Corrections((defect("material.land_title"),))
    play.do("window", "issue_correction", "2022-06-10", notice)
    outcome = play.tell(
        "supervisor", c.RectifyDate("received", date.fromisoformat(on), SEAL), "2022-06-13"
    )
    assert outcome == Refused(Reason.DATE_NOT_LAWFUL, (on,))


def test_what_the_law_accepted_is_not_talked_away_by_another_receipt():
    play = Play().file("2022-06-09", "ordinary")
    play.must("timer", c.LapseClock("completeness"), "2022-06-17")
    later = c.RectifyDate("received", date(2022, 6, 15), SEAL)
    assert play.tell("supervisor", later, "2022-06-17").reason is Reason.DATE_NOT_LAWFUL
    earlier = c.RectifyDate("received", date(2022, 6, 8), SEAL)
    play.must("supervisor", earlier, "2022-06-17")
    assert play.case.by_silence


def test_what_was_undone_is_told_with_where_the_case_stands_and_what_is_void():
    play = Play().accepted("2022-06-09")
    drawn = play.case.documents[-1].number
    outcome = play.must("supervisor", c.ReverseAction(SEAL), "2022-06-09")
    undone = outcome.facts[0].event
    assert (undone.leaves, undone.code, undone.void) == (("received",), 1, (drawn,))


def test_a_date_may_be_put_right_to_the_day_of_what_was_before_it_or_followed():
    """Received and accepted on 9 June 2022, granted that day, delivered on the 20th."""
    play = Play().granted("2022-06-09")
    play.do("window", "deliver", "2022-06-21", i.Service(date(2022, 6, 20), "post"))
    play.must("supervisor", rectify("delivered", "2022-06-09"), "2022-06-21")
    assert str(play.case.milestones["delivered"]) == "2022-06-09"
    early = rectify("delivered", "2022-06-08")
    assert play.tell("supervisor", early, "2022-06-21").reason is Reason.DATE_NOT_LAWFUL
    play.must("supervisor", rectify("received", "2022-06-09"), "2022-06-21")


def test_after_acceptance_by_silence_other_dates_are_put_right_in_either_direction():
    play = Play().file("2022-06-09", "ordinary")
    play.must("timer", c.LapseClock("completeness"), "2022-06-17")
    play.do("examiner", "examine", "2022-06-17", i.Opinion("grant", SEAL))
    play.do("leader", "grant", "2022-06-17")
    play.do("window", "deliver", "2022-06-24", i.Service(date(2022, 6, 20), "post"))
    assert play.case.by_silence
    for on in ("2022-06-23", "2022-06-21"):
        play.must("supervisor", rectify("delivered", on), "2022-06-24")
        assert str(play.case.milestones["delivered"]) == on


def test_an_acceptance_put_right_is_no_tolerant_one_for_that():
    play = Play().accepted("2022-06-09")
    play.must("supervisor", rectify("received", "2022-06-08"), "2022-06-10")
    assert str(play.case.milestones["accepted"]) == "2022-06-08"
    assert "tolerated" not in play.case.milestones


def test_what_was_drawn_up_for_a_record_that_is_taken_back_keeps_its_number_and_is_void():
    play = built()
    envelope, _ = play.log[-1]
    kept = [one.number for one in play.case.documents]
    undone = RecordReversed(name=play.case.last_record, void=(kept[-1],), reason=SEAL)
    next_one = replace(envelope, seq=envelope.seq + 1, command="undo")
    case = fold(play.case, undone, next_one)
    assert [one.number for one in case.documents] == kept
    assert [one.number for one in case.documents if one.void] == [kept[-1]]
