"""A hearing before the decision: told of, asked for or announced, called, held (art. 45-48)."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.heard import Attendance
from permits.casework.openings import openings
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import SpecialCause
from tests.casework.joint import CAME, FACTORY, Review, variant
from tests.kit import SEAL, brought
from tests.workflows.kinds import filed

DAY = "2022-06-09"
"""A Thursday: five working days end on Thursday 16 June, twenty on Thursday 7 July; the first
day after seven of notice is Monday 20 June."""


def examined():
    """Proposed to be refused; the applicant is to be told of the right to a hearing."""
    review = Review().begun(DAY, FACTORY).asked(DAY, "fire").given("fire", DAY, "object")
    return review.joined(DAY).examined(DAY, "refuse")


def offered():
    review = examined()
    review.must("examiner", h.OfferHearing(), DAY)
    return review


def asked():
    review = offered()
    review.must("applicant", h.AskForHearing(), DAY)
    return review


def call(day="2022-06-20", chair="chair", place=SEAL, excepted=""):
    return h.CallHearing(date.fromisoformat(day), chair, place, excepted)


def called():
    review = asked()
    review.must("leader", call(), DAY)
    return review


def held():
    review = called()
    review.must("chair", record(), "2022-06-20")
    return review


def record(on="2022-06-20", *, recorder="window", came=CAME, text=SEAL):
    return h.RecordHearing(date.fromisoformat(on), recorder, came, text)


REFUSE = c.TakeAction("refuse", i.Reasoned(SEAL))
PENDING = Refused(Reason.HEARING_PENDING)


def test_whoever_is_told_has_five_working_days_to_ask_and_is_heard_within_twenty():
    review = offered()
    assert str(review.case.hearing.due) == "2022-06-16"
    review.must("applicant", h.AskForHearing(), "2022-06-13")
    hearing = review.case.hearing
    assert (hearing.stage, hearing.asked_by, str(hearing.due)) == (
        "awaited",
        "applicant",
        "2022-07-11",
    )


def test_a_hearing_asked_for_by_post_is_held_within_twenty_days_of_its_coming():
    """The letter came on Monday 13 June and was entered on Wednesday 15: twenty working days from
    Monday end on Monday 11 July."""
    review = offered()
    asks = c.ActForApplicant(h.AskForHearing(), brought("2022-06-13", in_person=False))
    review.must("window", asks, "2022-06-15")
    hearing = review.case.hearing
    assert (str(hearing.since), str(hearing.due)) == ("2022-06-13", "2022-07-11")


def test_nothing_is_decided_while_it_may_be_asked_for_or_is_to_be_held():
    review = offered()
    assert review.tell("leader", REFUSE, DAY) == PENDING
    review.must("applicant", h.AskForHearing(), DAY)
    assert review.tell("leader", REFUSE, DAY) == PENDING
    review.must("leader", call(), DAY)
    assert review.tell("leader", REFUSE, "2022-06-20") == PENDING
    review.must("chair", record(), "2022-06-20")
    review.must("leader", REFUSE, "2022-06-20")
    assert review.case.decision.result == "refused"


def test_whoever_does_not_ask_in_time_has_lost_the_right():
    review = offered()
    assert review.timer("2022-06-16") == []
    late = review.tell("applicant", h.AskForHearing(), "2022-06-17")
    assert late == Refused(Reason.HEARING_TOO_LATE, ("2022-06-16",))
    assert review.timer("2022-06-17") == ["hearing hearing"]
    assert review.case.hearing.stage == "lapsed"
    review.must("leader", REFUSE, "2022-06-17")


def test_the_applicant_may_do_without():
    review = offered()
    review.must("applicant", h.WaiveHearing(), DAY)
    assert review.tell("applicant", h.WaiveHearing(), DAY) == Refused(Reason.NO_HEARING)
    review.must("leader", REFUSE, DAY)
    after_all = asked()
    after_all.must("applicant", h.WaiveHearing(), "2022-06-13")
    after_all.must("leader", REFUSE, "2022-06-13")


def test_the_office_may_announce_one_of_its_own_accord():
    review = examined()
    blank = review.tell("leader", h.AnnounceHearing(), DAY)
    assert blank == Refused(Reason.REASON_WANTED)
    review.must("leader", h.AnnounceHearing(SEAL), DAY)
    assert (review.case.hearing.stage, review.case.hearing.due) == ("awaited", None)
    assert review.tell("applicant", h.WaiveHearing(), DAY) == Refused(Reason.NO_HEARING)
    assert review.tell("leader", h.AnnounceHearing(SEAL), DAY) == PENDING
    review.must("leader", call("2022-09-01"), DAY)


def test_everybody_is_told_seven_working_days_before():
    review = asked()
    early = review.tell("leader", call("2022-06-17"), DAY)
    assert early == Refused(Reason.HEARING_TOO_SOON, ("2022-06-20",))
    review.must("leader", call("2022-06-20"), DAY)


def test_it_is_held_within_its_term_and_one_that_is_late_is_held_all_the_same():
    review = asked()
    late = review.tell("leader", call("2022-07-08"), DAY)
    assert late == Refused(Reason.HEARING_TOO_LATE, ("2022-07-07",))
    assert review.timer("2022-07-08") == ["hearing hearing"]
    assert review.timer("2022-07-11") == []
    told = review.tell("timer", h.PassDate("hearing", "hearing"), "2022-07-11")
    assert told == Refused(Reason.NOT_YET_DUE, ("hearing",))
    review.must("leader", call("2022-07-20"), "2022-07-08")


@pytest.mark.parametrize("chair", ["examiner", "fire"])
def test_whoever_examines_does_not_preside(chair):
    """The examiner joined the opinions and gave one; the fire department gave one."""
    assert asked().tell("leader", call(chair=chair), DAY) == Refused(Reason.CHAIR_EXAMINES)


def test_an_opinion_that_counts_no_more_still_keeps_from_presiding():
    review = Review().begun(DAY, FACTORY).asked(DAY, "fire").given("fire", DAY)
    review.must("fire", h.RevokeOpinion("fire", SEAL), DAY)
    review.must("leader", h.AnnounceHearing(SEAL), DAY)
    assert review.tell("leader", call(chair="fire"), DAY) == Refused(Reason.CHAIR_EXAMINES)


def test_whoever_acted_for_the_applicant_does_not_preside():
    review = asked()
    review.must("window", c.ActForApplicant(h.AskRecusal("chair", SEAL), brought(DAY)), DAY)
    assert review.tell("leader", call(chair="window"), DAY) == Refused(Reason.CHAIR_ACTED)


def test_whoever_presides_gives_no_opinion_for_a_department():
    review = Review().begun(DAY, FACTORY).asked(DAY, "fire")
    review.must("leader", h.AnnounceHearing(SEAL), DAY)
    review.must("leader", call(chair="fire"), DAY)
    name = next(iter(review.case.latest_requests))
    given = h.GiveOpinion(name, "agree", SEAL)
    assert review.tell("fire", given, DAY) == Refused(Reason.CHAIR_EXAMINES)
    offered = {one.command for one in openings(review.case, review.desk("fire", DAY))}
    assert "give_opinion" not in offered


def test_whoever_presides_does_not_examine():
    review = Review().begun(DAY, FACTORY).asked(DAY, "fire").given("fire", DAY)
    review.must("leader", h.AnnounceHearing(SEAL), DAY)
    review.must("leader", call(chair="examiner2"), DAY)
    presides = Refused(Reason.CHAIR_EXAMINES)
    assert review.tell("examiner2", h.JoinOpinions(SEAL), DAY) == presides
    review.joined(DAY)
    examine = c.TakeAction("examine", i.Opinion("grant", SEAL))
    assert review.tell("examiner2", examine, DAY) == presides
    review.examined(DAY)


@pytest.mark.parametrize("missing", [{"place": None}, {"chair": ""}])
def test_a_call_says_where_it_is_and_who_presides(missing):
    assert asked().tell("leader", call(**missing), DAY) == Refused(Reason.REASON_WANTED)


def test_a_hearing_that_is_not_public_says_why():
    review = asked()
    review.must("leader", call(excepted="privacy"), DAY)
    assert review.case.hearing.excepted == "privacy"


def test_a_hearing_can_be_called_anew():
    review = called()
    review.must("leader", call("2022-06-22"), "2022-06-10")
    assert str(review.case.hearing.day) == "2022-06-22"


def test_the_chair_keeps_the_signed_record_on_the_day_or_later():
    review = called()
    assert review.tell("leader", record(), "2022-06-20") == Refused(Reason.NOT_YOURS)
    early = review.tell("chair", record("2022-06-17"), "2022-06-17")
    assert early == Refused(Reason.NOT_YET_DUE, ("hearing",))
    for on in ("2022-06-17", "2022-06-22"):
        wrong = review.tell("chair", record(on), "2022-06-21")
        assert wrong == Refused(Reason.DATE_NOT_LAWFUL, (on,))
    for blank in (record(text=None), record(recorder="")):
        assert review.tell("chair", blank, "2022-06-20") == Refused(Reason.REASON_WANTED)
    review.must("chair", record(), "2022-06-21")
    assert str(review.case.hearing.held_on) == "2022-06-20"
    assert review.tell("chair", record(), "2022-06-21") == Refused(Reason.NO_HEARING)


def test_the_record_says_of_everybody_who_was_to_be_heard_whether_they_came_and_signed():
    review = examined()
    review.must("examiner", h.TellThirdParty(SEAL, SEAL, SEAL), DAY)
    review.must("leader", h.AnnounceHearing(SEAL), DAY)
    review.must("leader", call(), DAY)
    office, applicant = CAME
    for came, missing in (
        ((), ("office", "applicant", "party_1")),
        (CAME, ("party_1",)),
        ((Attendance("office", "absent"), applicant, GONE), ("office",)),
    ):
        told = review.tell("chair", record(came=came), "2022-06-20")
        assert told == Refused(Reason.RECORD_INCOMPLETE, missing)
    torn = record(came=(*CAME, Attendance("applicant", "absent"), GONE))
    told = review.tell("chair", torn, "2022-06-20")
    assert told == Refused(Reason.RECORD_INCOMPLETE, ("applicant",)), "came, and did not come"
    stranger = Attendance("party_2", "absent")
    told = review.tell("chair", record(came=(*CAME, GONE, stranger)), "2022-06-20")
    assert told == Refused(Reason.NO_SUCH_THIRD_PARTY, ("party_2",))
    others = (Attendance("applicant", "refused", SEAL, SEAL), Attendance("other", "signed", SEAL))
    review.must("chair", record(came=(office, GONE, *others)), "2022-06-20")
    assert review.case.hearing.attendance == (office, GONE, *others)


GONE = Attendance("party_1", "absent")


@pytest.mark.parametrize(
    "line",
    [
        Attendance("applicant", "signed"),
        Attendance("applicant", "refused", None, SEAL),
        Attendance("applicant", "refused", SEAL),
    ],
)
def test_whoever_came_is_named_and_whoever_would_not_sign_is_noted_with_why(line):
    told = called().tell("chair", record(came=(CAME[0], line)), "2022-06-20")
    assert told == Refused(Reason.REASON_WANTED)


def test_whoever_is_recused_does_not_write_the_record():
    review = called()
    review.must("window", h.DeclareRecusal(SEAL), "2022-06-10")
    review.must("leader", h.DecideRecusal("window", recused=True, reason=SEAL), "2022-06-10")
    assert review.tell("chair", record(), "2022-06-20") == Refused(Reason.RECUSED)


def test_the_record_is_drawn_up_as_a_document_when_it_is_kept():
    """Held on Monday 20 June, kept on Tuesday: the document is of Tuesday."""
    review = called()
    review.must("chair", record(), "2022-06-21")
    drawn = review.case.documents[-1]
    assert (drawn.document, str(drawn.on)) == ("hearing_record", "2022-06-21")
    assert review.case.milestones["hearing_held"] == date(2022, 6, 21)


def demanded():
    """A variant in which the law asks for a hearing if others are affected."""

    def ask(data):
        basis = {"law": "licensing_act", "article": "46"}
        when = {"when": "others_affected", "says": {"zh": "示例", "en": "Example"}}
        data["conditions"]["affects_others"] = when
        data["hearing"]["required"] = {"when": "affects_others", "basis": basis}
        del data["third_parties"]["required"]

    return variant(ask)


def test_where_the_law_asks_for_a_hearing_nothing_is_decided_without_its_record():
    """行政许可法 art. 46, 48. That the applicant does without one does not help."""
    review = Review(demanded()).begun(DAY, {**FACTORY, "others_affected": True})
    review.asked(DAY, "fire").given("fire", DAY).joined(DAY).examined(DAY)
    wanted = Refused(Reason.HEARING_DEMANDED)
    assert review.tell("leader", c.TakeAction("grant"), DAY) == wanted
    assert review.tell("leader", REFUSE, DAY) == wanted
    review.must("examiner", h.OfferHearing(), DAY)
    review.must("applicant", h.WaiveHearing(), DAY)
    assert review.tell("leader", c.TakeAction("grant"), DAY) == wanted
    review.must("leader", h.AnnounceHearing(SEAL), DAY)
    review.must("leader", call(), DAY)
    review.must("chair", record(), "2022-06-20")
    review.do("leader", "grant", "2022-06-20")


def test_where_nobody_is_affected_the_same_law_asks_for_none():
    review = Review(demanded()).begun(DAY, FACTORY).asked(DAY, "fire").given("fire", DAY)
    review.joined(DAY).examined(DAY).do("leader", "grant", DAY)


def test_nobody_asks_waives_or_calls_where_nothing_was_offered():
    review = examined()
    for who, command in (
        ("applicant", h.AskForHearing()),
        ("applicant", h.WaiveHearing()),
        ("leader", call()),
        ("chair", record()),
    ):
        assert review.tell(who, command, DAY) == Refused(Reason.NO_HEARING)


def test_after_the_decision_nobody_is_heard():
    review = held()
    review.must("leader", REFUSE, "2022-06-20")
    over = Refused(Reason.HEARING_PENDING)
    assert review.tell("examiner", h.OfferHearing(), "2022-06-20") == over
    waived = offered()
    waived.must("applicant", h.WaiveHearing(), DAY)
    waived.must("leader", REFUSE, DAY)
    assert waived.tell("examiner", h.OfferHearing(), DAY) == Refused(Reason.NOT_EXAMINED)


def test_a_procedure_without_hearings_has_none():
    play = filed("drawing_review", DAY, "ordinary").do("window", "accept", DAY)
    assert play.tell("examiner", h.OfferHearing(), DAY) == Refused(Reason.NOT_IN_PROCEDURE)
    special = i.SpecialProcedure(SpecialCause.HEARING, "20wd", notified=True)
    play.do("examiner", "suspend", DAY, special).do("examiner", "resume", "2022-06-13")


def suspend(cause=SpecialCause.HEARING):
    given = i.SpecialProcedure(cause, "20wd", notified=True)
    return c.TakeAction("suspend", given)


def test_time_stops_for_a_hearing_only_if_there_is_to_be_one_and_until_it_was_held():
    """Forty-five working days from 9 June end on 11 August; suspended on 10 June and resumed on
    21 June they end seven working days later, on 22 August (art. 45)."""
    review = Review().begun(DAY, FACTORY)
    assert review.due("statutory") == "2022-08-11"
    assert review.tell("examiner", suspend(), DAY) == Refused(Reason.NO_HEARING)
    review.must("examiner", h.OfferHearing(), DAY)
    assert review.tell("examiner", suspend(), DAY) == Refused(Reason.NO_HEARING)
    review.must("applicant", h.AskForHearing(), DAY)
    review.must("examiner", suspend(), "2022-06-10")
    review.must("leader", call("2022-06-21"), "2022-06-10")
    resume = c.TakeAction("resume")
    assert review.tell("examiner", resume, "2022-06-21") == PENDING
    review.must("chair", record("2022-06-21"), "2022-06-21")
    review.must("examiner", resume, "2022-06-21")
    assert review.due("statutory") == "2022-08-22"


def test_time_that_stopped_for_something_else_does_not_wait_for_a_hearing():
    review = Review().begun(DAY, FACTORY)
    review.must("examiner", h.OfferHearing(), DAY)
    review.must("examiner", suspend(SpecialCause.EXPERT_REVIEW), DAY)
    review.do("examiner", "resume", "2022-06-10")


def test_a_case_that_ends_has_no_hearing_open():
    review = called()
    review.do("applicant", "withdraw", "2022-06-13", i.Reasoned())
    assert review.case.hearing.stage == "closed"
    switched = Review().begun(DAY, FACTORY, "commitment")
    switched.must("examiner", h.OfferHearing(), DAY)
    switched.do("applicant", "withdraw_commitment", DAY)
    assert switched.case.hearing.stage == "closed"


def test_an_interested_party_asks_through_an_officer_and_keeps_the_right_alive():
    review = examined()
    review.must("examiner", h.TellThirdParty(SEAL, SEAL, SEAL), DAY)
    review.must("examiner", h.OfferHearing(), DAY)
    keeps = review.tell("applicant", h.WaiveHearing(), DAY)
    assert keeps == Refused(Reason.THIRD_PARTY_TO_SPEAK, ("party_1",))
    unknown = review.tell("window", h.RecordHearingAsked("party_9"), DAY)
    assert unknown == Refused(Reason.NO_SUCH_THIRD_PARTY, ("party_9",))
    review.must("window", h.RecordHearingAsked("party_1"), DAY)
    assert review.case.hearing.asked_by == "party_1"
    assert review.tell("applicant", h.WaiveHearing(), DAY) == Refused(Reason.NO_HEARING)


def test_the_terms_are_the_definitions():
    longer = variant(lambda data: data["hearing"].update(hold_within="15wd", notice="9wd"))
    review = Review(longer).begun(DAY, FACTORY)
    review.must("examiner", h.OfferHearing(), DAY)
    review.must("applicant", h.AskForHearing(), DAY)
    assert str(review.case.hearing.due) == "2022-06-30"
    early = review.tell("leader", call("2022-06-20"), DAY)
    assert early == Refused(Reason.HEARING_TOO_SOON, ("2022-06-22",))


def offered_to(review, who, on=DAY):
    found = openings(review.case, review.desk(who, on))
    return {one.command for one in found if "hearing" in one.command}


def test_pages_offer_each_what_is_theirs_to_do():
    assert offered_to(examined(), "examiner") == {"offer_hearing"}
    assert offered_to(examined(), "leader") == {"offer_hearing", "announce_hearing"}
    assert offered_to(offered(), "applicant") == {"ask_for_hearing", "waive_hearing"}
    assert offered_to(asked(), "leader") == {"call_hearing"}
    assert offered_to(called(), "chair", "2022-06-20") == {"record_hearing"}
    assert offered_to(held(), "leader", "2022-06-20") == set()
    review = examined()
    review.must("examiner", h.TellThirdParty(SEAL, SEAL, SEAL), DAY)
    review.must("examiner", h.OfferHearing(), DAY)
    assert offered_to(review, "window") == {"record_hearing_asked"}
