"""Interested parties are heard before the decision (art. 36); officers are recused."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.decide.heard_commands import _CARRIED_OUT
from permits.casework.offers import offers
from permits.casework.openings import openings
from permits.casework.refusals import Reason, Refused
from permits.casework.working_days import WorkingDays
from tests.casework.joint import FACTORY, Review, without_the_weekend
from tests.kit import EXAMINER, SEAL, Play, years
from tests.workflows.kinds import filed

DAY = "2022-06-09"
"""A Thursday: five working days end on Thursday 16 June."""

TELL = h.TellThirdParty(SEAL, SEAL, SEAL)
GRANT = c.TakeAction("grant")


def told():
    review = Review().begun(DAY, FACTORY).asked(DAY, "fire").given("fire", DAY).joined(DAY)
    review.examined(DAY).must("examiner", TELL, DAY)
    return review


def test_nothing_is_decided_while_an_interested_party_has_time_to_speak():
    review = told()
    to_speak = Refused(Reason.THIRD_PARTY_TO_SPEAK, ("party_1",))
    assert review.tell("leader", GRANT, "2022-06-16") == to_speak
    review.must("leader", GRANT, "2022-06-17")
    assert review.case.third_parties["party_1"].closed


REFUSE = c.TakeAction("refuse", i.Reasoned(SEAL))


@pytest.mark.parametrize("decision", [GRANT, REFUSE])
def test_where_others_are_affected_nothing_is_decided_before_they_were_told(decision):
    """行政许可法 art. 36: told on Thursday 9 June, they have until Thursday 16 June."""
    review = Review().begun(DAY, {**FACTORY, "others_affected": True})
    review.asked(DAY, "fire").given("fire", DAY).joined(DAY).examined(DAY)
    assert review.tell("leader", decision, DAY) == Refused(Reason.THIRD_PARTY_TO_TELL)
    review.must("examiner", TELL, DAY)
    to_speak = Refused(Reason.THIRD_PARTY_TO_SPEAK, ("party_1",))
    assert review.tell("leader", decision, "2022-06-16") == to_speak
    review.must("leader", decision, "2022-06-17")


def test_where_nobody_is_affected_nobody_need_be_told():
    review = Review().begun(DAY, FACTORY).asked(DAY, "fire").given("fire", DAY).joined(DAY)
    review.examined(DAY).must("leader", GRANT, DAY)


def test_once_it_was_heard_the_decision_need_not_wait():
    review = told()
    blank = review.tell("window", h.HearThirdParty("party_1"), DAY)
    assert blank == Refused(Reason.REASON_WANTED)
    review.must("window", h.HearThirdParty("party_1", SEAL), "2022-06-10")
    again = review.tell("window", h.HearThirdParty("party_1", SEAL), "2022-06-10")
    assert again == Refused(Reason.OPINION_GIVEN, ("party_1",))
    review.must("leader", GRANT, "2022-06-10")


def test_who_says_nothing_in_time_may_still_be_heard_until_the_decision():
    review = told()
    assert review.timer("2022-06-16") == []
    told_early = review.tell("timer", h.PassDate("third_party", "party_1"), "2022-06-16")
    assert told_early == Refused(Reason.NOT_YET_DUE, ("party_1",))
    assert review.timer("2022-06-17") == ["third_party party_1"]
    assert review.timer("2022-06-20") == []
    assert review.case.third_parties["party_1"].silent
    review.must("examiner", h.HearThirdParty("party_1", SEAL), "2022-06-20")
    review.must("leader", GRANT, "2022-06-20")
    late = review.tell("window", h.HearThirdParty("party_1", SEAL), "2022-06-20")
    assert late == Refused(Reason.OPINION_GIVEN, ("party_1",))


@pytest.mark.parametrize(
    "command",
    [
        h.TellThirdParty(None, SEAL, SEAL),
        h.TellThirdParty(SEAL, None, SEAL),
        h.TellThirdParty(SEAL, SEAL, None),
    ],
)
def test_it_is_recorded_who_it_is_how_it_is_reached_and_why(command):
    assert told().tell("examiner", command, DAY) == Refused(Reason.REASON_WANTED)


def test_several_are_told_and_each_has_its_own_time():
    review = told()
    review.must("examiner", TELL, "2022-06-10")
    due = {key: str(one.due) for key, one in review.case.third_parties.items()}
    assert due == {"party_1": "2022-06-16", "party_2": "2022-06-17"}
    unknown = review.tell("window", h.HearThirdParty("party_9", SEAL), DAY)
    assert unknown == Refused(Reason.NO_SUCH_THIRD_PARTY, ("party_9",))


def test_a_procedure_that_does_not_provide_for_it_tells_nobody():
    play = filed("drawing_review", DAY, "ordinary").do("window", "accept", DAY)
    assert play.tell("examiner", TELL, DAY) == Refused(Reason.NOT_IN_PROCEDURE)


def test_before_the_acceptance_and_after_the_end_nobody_is_told():
    review = told()
    review.do("applicant", "withdraw", DAY, i.Reasoned())
    assert review.tell("examiner", TELL, DAY) == Refused(Reason.NOT_EXAMINED)
    assert review.case.third_parties["party_1"].closed


def test_who_was_heard_is_not_closed_with_the_case():
    review = told()
    review.must("window", h.HearThirdParty("party_1", SEAL), DAY)
    review.do("applicant", "withdraw", DAY, i.Reasoned())
    assert not review.case.third_parties["party_1"].closed


def test_another_calendar_moves_the_date():
    review = told()
    review.must("examiner", TELL, DAY)
    review.must("window", h.HearThirdParty("party_2", SEAL), DAY)
    review.days = without_the_weekend()
    review.must("timer", c.Recompute(), DAY)
    assert str(review.case.third_parties["party_1"].due) == "2022-06-14"
    before = len(review.log)
    review.must("timer", c.Recompute(), DAY)
    assert len(review.log) == before


def test_on_a_provisional_date_nobody_has_lost_anything():
    review = told()
    review.days = WorkingDays(y for y in years() if y.year != 2022)
    review.must("examiner", TELL, DAY)
    assert review.timer("2022-06-20") == ["third_party party_1"]
    told_of = review.tell("timer", h.PassDate("third_party", "party_2"), "2022-06-20")
    assert told_of == Refused(Reason.DATE_PROVISIONAL, ("party_2",))
    waits = Refused(Reason.THIRD_PARTY_TO_SPEAK, ("party_2",))
    assert review.tell("leader", GRANT, "2022-06-20") == waits


def test_pages_offer_to_record_and_to_hear():
    review = told()
    found = openings(review.case, review.desk("examiner", DAY))
    named = [(one.command, one.name) for one in found if "party" in one.command]
    assert named == [("tell_third_party", ""), ("hear_third_party", "party_1")]
    review.must("window", h.HearThirdParty("party_1", SEAL), DAY)
    found = openings(review.case, review.desk("window", DAY))
    assert [one.command for one in found if "party" in one.command] == []


# ── recusal ───────────────────────────────────────────────────────────────────────────────────


def declared():
    play = Play().accepted(DAY)
    play.must("examiner", h.DeclareRecusal(SEAL), DAY)
    return play


def recused():
    play = declared()
    play.must("leader", h.DecideRecusal("examiner", recused=True, reason=SEAL), DAY)
    return play


def test_a_recused_officer_can_take_no_action_and_is_told_why():
    play = recused()
    examine = c.TakeAction("examine", i.Opinion("grant", SEAL))
    assert play.tell("examiner", examine, DAY) == Refused(Reason.RECUSED)
    assert play.tell("examiner", h.DeclareRecusal(SEAL), DAY) == Refused(Reason.RECUSED)
    assert openings(play.case, play.desk("examiner", DAY)) == ()
    assert {o.shut for o in offers(play.case, play.desk("examiner", DAY))} == {
        Refused(Reason.RECUSED)
    }
    assert play.case.recused(EXAMINER.id) and not play.case.recused("examiner2")


def test_until_it_is_decided_and_if_it_is_not_granted_the_officer_goes_on():
    play = declared()
    play.must("leader", h.DecideRecusal("examiner", recused=False, reason=SEAL), DAY)
    play.do("examiner", "examine", DAY, i.Opinion("grant", SEAL))
    play.must("applicant", h.AskRecusal("examiner", SEAL), DAY)
    asked = play.case.recusals["examiner"]
    assert (asked.asked_by, asked.recused) == ("applicant", None)


def test_the_applicant_asks_for_officers_of_the_department_with_a_reason():
    play = Play().accepted(DAY)
    nobody = play.tell("applicant", h.AskRecusal("", SEAL), DAY)
    assert nobody == Refused(Reason.NO_SUCH_OFFICER)
    blank = play.tell("applicant", h.AskRecusal("examiner"), DAY)
    assert blank == Refused(Reason.REASON_WANTED)
    play.must("applicant", h.AskRecusal("examiner", SEAL), DAY)
    again = play.tell("examiner", h.DeclareRecusal(SEAL), DAY)
    assert again == Refused(Reason.ASKED_BEFORE, ("recusal",))
    assert play.tell("stranger", h.AskRecusal("examiner", SEAL), DAY).reason is Reason.NOT_YOURS


def test_a_leader_decides_but_not_about_themselves():
    play = declared()
    blank = play.tell("leader", h.DecideRecusal("examiner", recused=True), DAY)
    assert blank == Refused(Reason.REASON_WANTED)
    none = play.tell("leader", h.DecideRecusal("window", recused=True, reason=SEAL), DAY)
    assert none == Refused(Reason.NO_RECUSAL_ASKED)
    play.must("leader", h.DeclareRecusal(SEAL), DAY)
    own = play.tell("leader", h.DecideRecusal("leader", recused=False, reason=SEAL), DAY)
    assert own == Refused(Reason.SAME_PERSON)
    decide_it = h.DecideRecusal("examiner", recused=True, reason=SEAL)
    play.must("leader", decide_it, DAY)
    assert play.tell("leader", decide_it, DAY) == Refused(Reason.NO_RECUSAL_ASKED)


def test_in_a_case_that_has_ended_nobody_need_be_recused():
    play = Play().accepted(DAY).do("applicant", "withdraw", DAY, i.Reasoned())
    ended = play.tell("examiner", h.DeclareRecusal(SEAL), DAY)
    assert ended == Refused(Reason.NOT_NOW, ("recusal",))
    assert openings(play.case, play.desk("examiner", DAY)) == ()


def test_a_department_that_was_asked_has_its_officers_recused_too():
    review = Review().begun(DAY, FACTORY).asked(DAY, "fire")
    review.must("applicant", h.AskRecusal("fire", SEAL), DAY)
    review.must("leader", h.DecideRecusal("fire", recused=True, reason=SEAL), DAY)
    give = h.GiveOpinion("fire", "agree", SEAL)
    assert review.tell("fire", give, DAY) == Refused(Reason.RECUSED)


def test_a_recused_officer_does_not_preside_over_a_hearing():
    review = told()
    review.must("leader", h.AnnounceHearing(SEAL), DAY)
    review.must("chair", h.DeclareRecusal(SEAL), DAY)
    review.must("leader", h.DecideRecusal("chair", recused=True, reason=SEAL), DAY)
    call = h.CallHearing(date(2022, 6, 20), "chair", SEAL)
    assert review.tell("leader", call, DAY) == Refused(Reason.RECUSED)


def test_pages_offer_to_declare_to_ask_and_to_decide():
    play = declared()

    def offered(who):
        found = openings(play.case, play.desk(who, DAY))
        return [(one.command, one.name) for one in found if "recusal" in one.command]

    assert offered("applicant") == [("ask_recusal", "")]
    assert offered("examiner") == []
    assert offered("leader") == [("declare_recusal", ""), ("decide_recusal", "examiner")]


def test_no_command_is_forgotten():
    assert set(_CARRIED_OUT) == set(h.Heard.__args__)
