"""Joint review: departments are asked, reminded, answer, take back, and are joined by the lead."""

import pytest
from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.access import Actor, sees, was_asked, works_on
from permits.casework.asked_rows import opinion_rows
from permits.casework.messages import messages
from permits.casework.openings import openings
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Role, SpecialCause
from tests.casework.joint import (
    BY_THE_PAGODA,
    FACTORY,
    OTHERS,
    Review,
    joint_review,
    variant,
)
from tests.kit import APPLICANT, AUDITOR, EXAMINER, SEAL, STRANGER

DAY = "2022-06-09"
"""A Thursday. Five working days end on Thursday 16 June, ten on Thursday 23 June."""


def asked(*names, answers=None):
    review = Review().begun(DAY, answers or BY_THE_PAGODA)
    return review.asked(DAY, *(names or ("fire", "civil_defence", "heritage", "utilities")))


def all_in():
    review = Review().begun(DAY).asked(DAY, "fire", "civil_defence")
    return review.given("fire", "2022-06-10").given("civil_defence", "2022-06-10")


def dues(review):
    return {one.asked: str(one.due) for one in review.case.latest_requests.values()}


def test_each_department_has_its_own_time():
    assert dues(asked()) == {
        "fire": "2022-06-16",
        "civil_defence": "2022-06-16",
        "heritage": "2022-06-23",
        "utilities": "2022-06-16",
    }


@pytest.mark.parametrize(
    ("names", "refused"),
    [
        ((), Refused(Reason.NOT_ASKED)),
        (("police",), Refused(Reason.NO_SUCH_DEPARTMENT, ("police",))),
        (("fire", "heritage"), Refused(Reason.CONDITION_UNMET, ("is_near_heritage",))),
    ],
)
def test_only_departments_that_are_concerned_are_asked(names, refused):
    review = Review().begun(DAY, FACTORY)
    assert review.tell("examiner", h.AskOpinions(names), DAY) == refused
    assert review.case.requests == {}


def test_nobody_is_asked_before_the_acceptance_or_after_the_decision():
    review = all_in().joined("2022-06-13").examined("2022-06-13")
    review.do("leader", "grant", "2022-06-14")
    ask, give = h.AskOpinions(("fire",)), h.GiveOpinion("utilities", "agree", SEAL)
    assert review.tell("examiner", ask, "2022-06-14") == Refused(Reason.NOT_EXAMINED)
    assert review.tell("utilities", give, "2022-06-14") == Refused(Reason.NOT_YOURS)
    take_back = h.RevokeOpinion("fire", SEAL)
    assert review.tell("fire", take_back, "2022-06-14") == Refused(Reason.NOT_EXAMINED)
    assert review.tell("examiner", h.JoinOpinions(SEAL), DAY) == Refused(Reason.JOINED_BEFORE)


def test_a_department_is_not_asked_twice():
    review = asked("fire")
    again = review.tell("examiner", h.AskOpinions(("fire",)), DAY)
    assert again == Refused(Reason.ASKED_BEFORE, ("fire",))


def test_a_reminder_goes_out_on_the_day_before_and_once():
    review = asked("fire")
    assert review.timer("2022-06-14") == []
    assert review.timer("2022-06-15") == ["reminder fire/1"]
    assert review.timer("2022-06-16") == []
    assert review.timer("2022-06-17") == ["opinion fire/1"]
    assert review.timer("2022-06-20") == []
    assert str(review.log[-1][0].effective_at) == "2022-06-16"


def test_what_comes_late_is_taken_and_is_seen_to_be_late():
    review = asked("fire", "utilities")
    review.given("fire", "2022-06-16").given("utilities", "2022-06-17")
    found = {row.asked: (row.standing, row.late) for row in opinion_rows(review.case)}
    assert found == {"fire": ("given", False), "utilities": ("given", True)}


def test_rows_say_what_is_still_to_come_and_since_when_it_is_late():
    review = asked("fire", "utilities", answers=FACTORY)
    review.timer("2022-06-17")
    review.timer("2022-06-17")
    review.given("fire", "2022-06-20").joined("2022-06-20")
    fire, utilities = opinion_rows(review.case)
    assert (fire.standing, str(fire.given_on), fire.late) == ("given", "2022-06-20", True)
    assert (utilities.standing, utilities.given_on, utilities.late) == ("closed", None, True)


def test_nothing_is_proposed_or_decided_before_all_are_in_and_joined():
    review = Review().begun(DAY)
    examine = c.TakeAction("examine", i.Opinion("grant", SEAL))
    missing = Refused(Reason.OPINIONS_MISSING, ("fire", "civil_defence"))
    assert review.tell("examiner", examine, DAY) == missing
    review.asked(DAY, "fire", "civil_defence").given("fire", DAY)
    missing = Refused(Reason.OPINIONS_MISSING, ("civil_defence",))
    assert review.tell("examiner", examine, DAY) == missing
    assert review.tell("examiner", h.JoinOpinions(SEAL), DAY) == missing
    review.given("civil_defence", DAY)
    assert review.tell("examiner", examine, DAY) == Refused(Reason.OPINIONS_NOT_JOINED)
    review.joined(DAY).examined(DAY).do("leader", "grant", DAY)
    assert review.case.decision.result == "granted"


def test_an_advice_that_nobody_waits_for_is_closed_when_the_opinions_are_joined():
    review = all_in()
    review.asked("2022-06-10", "utilities").joined("2022-06-13")
    assert not review.case.latest_requests["utilities"].waiting
    give = h.GiveOpinion("utilities", "agree", SEAL)
    assert review.tell("utilities", give, "2022-06-13") == Refused(Reason.JOINED_BEFORE)


def test_where_nobody_must_be_asked_the_examiner_goes_on_alone():
    def all_optional(data):
        for rule in data["joint_review"]["departments"].values():
            rule["required"] = False

    review = Review(variant(all_optional)).begun(DAY)
    concerned = ("fire", "civil_defence", "utilities")
    joined = review.tell("examiner", h.JoinOpinions(SEAL), DAY)
    assert joined == Refused(Reason.NOT_ASKED, concerned)
    review.examined(DAY).do("leader", "grant", DAY)


def test_an_opinion_taken_back_reopens_the_round_until_it_is_given_and_joined_anew():
    review = all_in().joined("2022-06-13").examined("2022-06-13")
    assert review.tell("fire", h.RevokeOpinion("fire"), DAY) == Refused(Reason.REASON_WANTED)
    review.must("fire", h.RevokeOpinion("fire", SEAL), "2022-06-14")
    grant = c.TakeAction("grant")
    missing = Refused(Reason.OPINIONS_MISSING, ("fire",))
    assert review.tell("leader", grant, "2022-06-14") == missing
    no_opinion = Refused(Reason.NO_OPINION, ("fire",))
    assert review.tell("fire", h.RevokeOpinion("fire", SEAL), "2022-06-14") == no_opinion
    review.given("fire", "2022-06-15", "object")
    assert review.tell("leader", grant, "2022-06-15") == Refused(Reason.OPINIONS_NOT_JOINED)
    review.joined("2022-06-15").do("leader", "grant", "2022-06-15")
    assert review.case.latest_requests["fire"].revoked == 1


def test_a_second_round_is_for_those_who_asked_for_changes_alone():
    review = Review().begun(DAY).asked(DAY, "fire", "civil_defence")
    review.given("fire", DAY, "object").given("civil_defence", DAY)
    agreed = review.tell("examiner", h.AskOpinions(("fire", "civil_defence")), "2022-06-20")
    assert agreed == Refused(Reason.NO_CHANGES_WANTED, ("civil_defence",))
    review.must("examiner", h.AskOpinions(("fire",), SEAL), "2022-06-20")
    again = review.case.latest_requests["fire"]
    assert (again.round, str(again.due), again.what) == (2, "2022-06-27", SEAL)
    review.given("fire", "2022-06-21", "conditions").joined("2022-06-21")
    views = {key: one.given.view for key, one in review.case.requests.items()}
    assert views == {"fire/1": "object", "civil_defence/1": "agree", "fire/2": "conditions"}
    review.asked("2022-06-22", "fire")
    assert review.case.joined is None


def test_only_the_examiner_of_the_department_that_was_asked_answers():
    review = asked("fire")
    give = h.GiveOpinion("fire", "agree", SEAL)
    for who in ("examiner", "leader", "civil_defence", "fire_leader", "applicant", "auditor"):
        assert review.tell(who, give, DAY) == Refused(Reason.NOT_YOURS), who
    blank = review.tell("fire", h.GiveOpinion("fire", "agree"), DAY)
    assert blank == Refused(Reason.REASON_WANTED)
    review.given("fire", DAY)
    assert review.tell("fire", give, DAY) == Refused(Reason.OPINION_GIVEN, ("fire",))


def test_a_department_that_was_asked_sees_the_case_and_can_do_nothing_else_with_it():
    review = asked("fire")
    fire = OTHERS["fire"]
    assert sees(fire, review.case) and was_asked(fire, review.case)
    assert not works_on(fire, review.case)
    assert not sees(OTHERS["civil_defence"], review.case)
    desk = review.desk("fire", DAY)
    assert [one.command for one in openings(review.case, desk)] == ["give_opinion"]
    for name in ("examine", "suspend"):
        given = i.INPUT_OF[joint_review().definition.chart.actions[name].act]
        command = c.TakeAction(name, i.Plain() if given is i.Plain else i.Opinion("grant", SEAL))
        assert review.tell("fire", command, DAY) == Refused(Reason.NOT_YOURS)
    for who, sees_it in ((APPLICANT, True), (AUDITOR, True), (EXAMINER, True), (STRANGER, False)):
        assert sees(who, review.case) is sees_it


def test_the_lead_asks_and_joins_and_nobody_else():
    review = asked("fire")
    for who in ("leader", "window", "fire", "applicant"):
        asking = review.tell(who, h.AskOpinions(("utilities",)), DAY)
        assert asking == Refused(Reason.NOT_YOURS), who
        assert review.tell(who, h.JoinOpinions(SEAL), DAY) == Refused(Reason.NOT_YOURS), who
    review.given("fire", DAY)
    review.asked(DAY, "civil_defence", "heritage").given("civil_defence", DAY)
    review.given("heritage", DAY)
    blank = review.tell("examiner", h.JoinOpinions(), DAY)
    assert blank == Refused(Reason.REASON_WANTED)


def test_whoever_gave_an_opinion_elsewhere_does_not_decide():
    """The examiner of the fire department becomes head of the office that decides."""
    review = all_in().joined("2022-06-13").examined("2022-06-13")
    moved = Actor("fire", frozenset({Role.LEADER}), "planning_bureau", "planning")
    OTHERS["moved"] = moved
    try:
        refused = review.tell("moved", c.TakeAction("grant"), "2022-06-14")
    finally:
        del OTHERS["moved"]
    assert refused == Refused(Reason.SAME_PERSON)


def special(cause=SpecialCause.EXPERT_REVIEW):
    return i.SpecialProcedure(cause, "10wd", notified=True)


def test_time_stands_still_with_the_case_only_where_the_definition_says_so():
    """Suspended on Friday 10 June and resumed on Friday 17 June: five working days more."""
    review = asked("fire", "heritage").do("examiner", "suspend", "2022-06-10", special())
    assert dues(review) == {"fire": "2022-06-16", "heritage": "None"}
    review.asked("2022-06-13", "civil_defence")
    assert review.case.latest_requests["heritage"].paused
    review.do("examiner", "resume", "2022-06-17")
    assert dues(review) == {
        "fire": "2022-06-16",
        "heritage": "2022-06-30",
        "civil_defence": "2022-06-20",
    }


def test_who_is_asked_while_the_case_is_suspended_waits_with_it():
    review = Review().begun(DAY, BY_THE_PAGODA).do("examiner", "suspend", DAY, special())
    review.asked("2022-06-10", "heritage")
    assert review.case.latest_requests["heritage"].due is None
    review.do("examiner", "resume", "2022-06-13")
    assert dues(review) == {"heritage": "2022-06-27"}


def test_a_case_that_ends_leaves_no_request_open():
    review = asked("fire", "utilities").given("fire", DAY)
    review.do("applicant", "withdraw", "2022-06-10", i.Reasoned())
    assert [one.waiting for one in review.case.requests.values()] == [False, False]
    assert review.events[-3:].count("OpinionRequestClosed") == 1


def test_an_application_that_is_examined_anew_is_asked_about_anew():
    review = Review().begun(DAY, track="commitment").asked(DAY, "fire").given("fire", DAY)
    review.do("applicant", "withdraw_commitment", "2022-06-10")
    assert review.case.requests == {} and review.case.joined is None
    other = Review().begun(DAY, track="commitment")
    other.do("applicant", "withdraw_commitment", "2022-06-10")
    assert "OpinionsDropped" not in other.events


def told(review):
    edition = review.edition
    return {
        (type(event).__name__, m.template, m.to, m.asked)
        for _at, event in review.log
        for m in messages(event, edition)
        if "pinion" in type(event).__name__
    }


def test_the_department_is_told_it_is_asked_and_the_lead_what_came_of_it():
    review = asked("fire", answers=FACTORY)
    review.timer("2022-06-17")
    review.given("fire", "2022-06-17").must("fire", h.RevokeOpinion("fire", SEAL), "2022-06-17")
    review.given("fire", "2022-06-17").joined("2022-06-17")
    assert told(review) == {
        ("OpinionRequested", "opinion_asked", Role.EXAMINER, "fire"),
        ("OpinionReminded", "opinion_reminder", Role.EXAMINER, "fire"),
        ("OpinionOverdue", "opinion_overdue", Role.EXAMINER, "fire"),
        ("OpinionOverdue", "opinion_late", Role.EXAMINER, ""),
        ("OpinionGiven", "opinion_given", Role.EXAMINER, ""),
        ("OpinionRevoked", "opinion_revoked", Role.EXAMINER, ""),
        ("OpinionsJoined", "opinions_joined", Role.LEADER, ""),
    }


def offered(review, who, on=DAY):
    return [(o.command, o.name) for o in openings(review.case, review.desk(who, on))]


def test_pages_offer_what_is_open_to_each():
    review = Review().begun(DAY, FACTORY)
    asking = [one for one in offered(review, "examiner") if "opinion" in one[0]]
    assert asking == [("ask_opinions", "")]
    review.asked(DAY, "fire", "utilities")
    assert [one for one in offered(review, "examiner") if "opinion" in one[0]] == []
    assert offered(review, "fire") == [("give_opinion", "fire")]
    review.given("fire", DAY)
    assert offered(review, "fire") == [("revoke_opinion", "fire")]
    assert ("join_opinions", "") in offered(review, "examiner")
    recused = replace(review.case, requests={})
    assert not was_asked(OTHERS["fire"], recused)
