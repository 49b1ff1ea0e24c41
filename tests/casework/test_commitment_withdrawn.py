"""A commitment that is withdrawn before the decision makes an ordinary case (T11)."""

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.refusals import Reason, Refused
from tests.casework.test_intake import notice, supplement
from tests.kit import FIVE, Play, defect

MISSING = ("land_title", "design_scheme")


def test_t11_a_commitment_withdrawn_before_the_decision_makes_an_ordinary_case():
    play = Play().accepted("2022-06-09", "commitment")
    play.do("applicant", "withdraw_commitment", "2022-06-10")
    assert (play.case.track, play.case.submission) == ("ordinary", 2)
    assert (play.case.leaves, play.case.code) == (("received",), 1)
    assert not play.case.clocks["promise"].running
    assert play.due("completeness") == "2022-06-17"
    assert play.tell("window", c.TakeAction("accept"), "2022-06-10") == Refused(
        Reason.MATERIALS_MISSING, FIVE
    )


def test_t11_the_missing_proofs_are_asked_for_in_one_notice():
    play = Play().accepted("2022-06-09", "commitment")
    play.do("applicant", "withdraw_commitment", "2022-06-10")
    play.do("window", "issue_correction", "2022-06-13", notice(*FIVE))
    play.do("applicant", "supply_corrections", "2022-06-15", supplement(*FIVE))
    again = play.tell("window", c.TakeAction("issue_correction", notice()), "2022-06-15")
    assert again.reason is Reason.NOT_NOW
    play.do("window", "accept", "2022-06-15")
    assert str(play.case.milestones["accepted"]) == "2022-06-15"
    assert play.due("promise") == "2022-06-17"


def test_t11_the_new_submission_has_its_notice_though_the_first_had_one():
    play = Play().file("2022-06-09")
    unclear = i.Corrections((defect("field.works_place", "unclear"),))
    play.do("window", "issue_correction", "2022-06-10", unclear)
    play.do("applicant", "withdraw_commitment", "2022-06-10")
    assert not play.case.corrected
    play.do("window", "issue_correction", "2022-06-13", notice(*FIVE))
    assert len(play.case.notices) == 2


def test_t11_after_the_decision_the_commitment_stands():
    play = Play().granted("2022-06-09")
    outcome = play.tell("applicant", c.TakeAction("withdraw_commitment"), "2022-06-10")
    assert outcome == Refused(Reason.NOT_NOW, ("withdraw_commitment",))


def test_there_is_no_commitment_to_withdraw_on_the_ordinary_track_and_no_way_back():
    play = Play().accepted("2022-06-09")
    outcome = play.tell("applicant", c.TakeAction("withdraw_commitment"), "2022-06-10")
    assert outcome == Refused(Reason.CONDITION_UNMET, ("on_another_track",))
