"""Examination and decision: four eyes, suspensions of the closed list, extensions, refusal with
reasons; delivery and publication (T3, T15)."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.decide.guards import act_guard
from permits.casework.decide.terms import not_extensible
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Role, SpecialCause
from tests.kit import PEOPLE, SEAL, Play, beijing, officer, plan_exempt, variant

REVIEW = i.SpecialProcedure(SpecialCause.EXPERT_REVIEW, "10wd", notified=True, reason=SEAL)


def test_whoever_decides_did_not_give_the_opinion():
    PEOPLE["both"] = officer("both", Role.EXAMINER, Role.LEADER)
    play = Play().accepted("2022-06-09")
    play.do("both", "examine", "2022-06-10", i.Opinion("grant", SEAL))
    assert play.tell("both", c.TakeAction("grant"), "2022-06-10") == Refused(Reason.SAME_PERSON)
    refuse = c.TakeAction("refuse", i.Reasoned(SEAL))
    assert play.tell("both", refuse, "2022-06-10") == Refused(Reason.SAME_PERSON)
    play.do("leader", "grant", "2022-06-10")
    assert play.case.decision.by == "leader"


def test_what_the_office_does_in_the_evening_holds_that_day():
    """Only what arrives then counts from the next working day."""
    play, evening = Play().accepted("2022-06-09"), beijing("2022-06-09", 19)
    examined = play.must("examiner", c.TakeAction("examine", i.Opinion("grant", SEAL)), evening)
    granted = play.must("leader", c.TakeAction("grant"), evening)
    days = {str(fact.effective_at) for one in (examined, granted) for fact in one.facts}
    assert days == {"2022-06-09"}


def test_an_opinion_says_why():
    play = Play().accepted("2022-06-09")
    bare = play.tell("examiner", c.TakeAction("examine", i.Opinion("grant")), "2022-06-10")
    assert bare == Refused(Reason.REASON_WANTED)


def test_nobody_decides_an_ordinary_case_without_an_opinion():
    play = Play().accepted("2022-06-09")
    assert play.tell("leader", c.TakeAction("grant"), "2022-06-10").reason is Reason.NOT_NOW
    spot = play.tell("window", c.TakeAction("grant_on_the_spot"), "2022-06-10")
    assert spot == Refused(Reason.CONDITION_UNMET, ("decided_on_the_spot",))


def test_a_case_sent_back_needs_a_new_opinion():
    play = Play().proposed("2022-06-09")
    play.do("leader", "return_to_examiner", "2022-06-10", i.Reasoned(SEAL))
    assert play.case.opinion is None
    assert play.case.leaves == ("examining",)


def test_an_exemption_may_be_examined_and_refused_like_any_other_case():
    play = Play().accepted("2022-06-09", "commitment")
    play.do("examiner", "examine", "2022-06-09", i.Opinion("refuse", SEAL))
    play.do("leader", "refuse", "2022-06-09", i.Reasoned(SEAL))
    assert play.case.decision.result == "refused"


def test_an_exemption_with_an_opinion_is_no_longer_decided_on_the_spot_by_its_examiner():
    PEOPLE["both"] = officer("both", Role.EXAMINER, Role.LEADER)
    play = Play().accepted("2022-06-09", "commitment")
    play.do("both", "examine", "2022-06-09", i.Opinion("grant", SEAL))
    assert play.tell("both", c.TakeAction("grant"), "2022-06-09") == Refused(Reason.SAME_PERSON)


def test_a_refusal_gives_reasons_and_says_where_to_turn():
    play = Play().proposed("2022-06-09")
    bare = play.tell("leader", c.TakeAction("refuse", i.Reasoned()), "2022-06-10")
    assert bare == Refused(Reason.REASON_WANTED)
    play.do("leader", "refuse", "2022-06-10", i.Reasoned(SEAL))
    assert (play.case.code, play.case.decision.result) == (13, "refused")
    refusal = plan_exempt().definition.documents["refusal"]
    assert play.case.documents[-1].document == "refusal"
    assert "六十日" in refusal.says[1].zh
    assert "六个月" in refusal.says[1].zh


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (
            i.SpecialProcedure(SpecialCause.EXPERT_REVIEW, "10wd", notified=False),
            Refused(Reason.NOTICE_WANTED),
        ),
        (
            i.SpecialProcedure(SpecialCause.EXPERT_REVIEW, "soon", notified=True),
            Refused(Reason.TERM_NOT_LAWFUL, ("soon",)),
        ),
        (
            i.SpecialProcedure(SpecialCause.EXPERT_REVIEW, "0wd", notified=True),
            Refused(Reason.TERM_NOT_LAWFUL, ("0wd",)),
        ),
    ],
)
def test_a_suspension_needs_the_written_notice_of_the_time_it_takes(given, outcome):
    play = Play().accepted("2022-06-09")
    assert play.tell("examiner", c.TakeAction("suspend", given), "2022-06-10") == outcome


def test_a_cause_outside_the_closed_list_suspends_nothing():
    def only_hearings(data):
        for clock in ("promise", "statutory"):
            data["clocks"][clock]["suspended_by"] = ["hearing"]

    play = Play(variant(only_hearings)).accepted("2022-06-09")
    outcome = play.tell("examiner", c.TakeAction("suspend", REVIEW), "2022-06-10")
    assert outcome == Refused(Reason.CAUSE_NOT_LAWFUL, ("expert_review",))


def test_a_suspended_clock_has_no_due_date_and_resumes_where_it_stood():
    """Promised 2 days from Thursday 06-09. Suspended on Friday after one of them was used: the
    other is left when it resumes on Thursday 06-23, so it is due on Friday 06-24."""
    play = Play().accepted("2022-06-09")
    play.do("examiner", "suspend", "2022-06-10", REVIEW)
    clock = play.case.clocks["promise"]
    assert clock.suspended
    assert clock.due is None
    assert clock.cause == "expert_review"
    assert play.case.code == 9
    assert play.due("special_procedure") == "2022-06-24"
    play.do("examiner", "resume", "2022-06-23")
    assert play.due("promise") == "2022-06-24"
    assert not play.case.clocks["promise"].suspended
    assert not play.case.clocks["special_procedure"].running


def test_a_case_can_be_suspended_twice():
    play = Play().accepted("2022-06-09")
    for begins, ends in (("2022-06-09", "2022-06-13"), ("2022-06-14", "2022-06-16")):
        play.do("examiner", "suspend", begins, REVIEW)
        play.do("examiner", "resume", ends)
    assert play.due("promise") == "2022-06-17"
    assert len(play.case.clocks["promise"].pauses) == 2


def test_clocks_a_cause_does_not_concern_run_on():
    def with_a_plan(data):
        plan = {**data["clocks"]["statutory"], "length": {"fixed": "25wd"}}
        data["clocks"]["plan"] = {**plan, "suspended_by": ["hearing"]}

    play = Play(variant(with_a_plan)).accepted("2022-06-09")
    play.do("examiner", "suspend", "2022-06-10", REVIEW)
    assert play.case.clocks["promise"].suspended
    assert not play.case.clocks["plan"].suspended
    play.do("examiner", "resume", "2022-06-13")


def test_an_applicant_may_withdraw_while_the_case_is_suspended():
    play = Play().accepted("2022-06-09").do("examiner", "suspend", "2022-06-10", REVIEW)
    play.do("applicant", "withdraw", "2022-06-13", i.Reasoned())
    assert not any(clock.running for clock in play.case.clocks.values())


def twenty_days():
    def change(data):
        for track in data["tracks"].values():
            track["statutory"] = "20wd"

    return variant(change)


def test_t1_seven_days_over_the_national_day_count_the_days_made_up():
    """10-08 and 10-09, a Saturday and a Sunday, are worked for the days off before them."""

    def seven_days(data):
        for track in data["tracks"].values():
            track["statutory"] = "7wd"
        data["tracks"]["tolerant"]["promised"] = "7wd"

    play = Play(variant(seven_days)).accepted("2022-09-29")
    assert play.due("statutory") == "2022-10-13"


def test_t3_twenty_days_over_new_year_and_the_spring_festival_extended_by_ten():
    """New Year and the Spring Festival are off, 2023-01-28 and 01-29 are worked."""
    play = Play(twenty_days()).accepted("2022-12-29")
    assert play.due("statutory") == "2023-02-01"
    play.must("leader", c.ExtendClock("statutory", SEAL), "2023-01-30")
    assert play.due("statutory") == "2023-02-15"
    assert play.case.documents[-1].document == "extension_notice"


def test_t3_an_extension_needs_the_head_of_the_office_and_a_reason():
    play = Play(twenty_days()).accepted("2022-12-29")
    for who in ("examiner", "window", "applicant", "supervisor"):
        outcome = play.tell(who, c.ExtendClock("statutory", SEAL), "2023-01-30")
        assert outcome == Refused(Reason.NOT_YOURS), who
    bare = play.tell("leader", c.ExtendClock("statutory"), "2023-01-30")
    assert bare == Refused(Reason.REASON_WANTED)


def test_t3_a_second_extension_is_refused():
    play = Play(twenty_days()).accepted("2022-12-29")
    play.must("leader", c.ExtendClock("statutory", SEAL), "2023-01-30")
    again = play.tell("leader", c.ExtendClock("statutory", SEAL), "2023-02-01")
    assert again == Refused(Reason.EXTENDED_BEFORE, ("statutory",))


@pytest.mark.parametrize(
    ("clock", "reason"),
    [
        ("completeness", Reason.NOT_EXTENSIBLE),
        ("lunch", Reason.NO_SUCH_CLOCK),
    ],
)
def test_only_clocks_the_law_lets_extend_are_extended(clock, reason):
    play = Play().accepted("2022-06-09")
    assert play.tell("leader", c.ExtendClock(clock, SEAL), "2022-06-09") == Refused(
        reason, (clock,)
    )


def test_a_clock_that_runs_is_extended_only_where_a_rule_says_so():
    play = Play().file("2022-06-09", "ordinary")
    desk = play.desk("leader", "2022-06-09")
    assert play.case.clocks["completeness"].running
    assert not_extensible(play.case, desk, "completeness") == Refused(
        Reason.NOT_EXTENSIBLE, ("completeness",)
    )


def test_a_clock_is_extended_before_it_expires_and_while_it_runs():
    play = Play().accepted("2022-06-09")
    late = play.ask("leader", c.ExtendClock("promise", SEAL), "2022-06-14")
    assert late == Refused(Reason.NOT_EXTENSIBLE, ("promise",))
    play.do("examiner", "suspend", "2022-06-10", REVIEW)
    held = play.ask("leader", c.ExtendClock("promise", SEAL), "2022-06-10")
    assert held == Refused(Reason.CLOCK_NOT_RUNNING, ("promise",))
    filed = Play().file("2022-06-09", "ordinary")
    unstarted = filed.ask("leader", c.ExtendClock("promise", SEAL), "2022-06-09")
    assert unstarted == Refused(Reason.CLOCK_NOT_RUNNING, ("promise",))


def test_an_extended_and_suspended_clock_counts_both():
    play = Play().accepted("2022-06-09")
    play.must("leader", c.ExtendClock("promise", SEAL), "2022-06-10")
    assert play.due("promise") == "2022-06-27"
    play.do("examiner", "suspend", "2022-06-13", REVIEW)
    play.do("examiner", "resume", "2022-06-15")
    assert play.due("promise") == "2022-06-29"


def test_an_overrun_limit_opens_a_task_and_grants_nothing():
    play = Play().accepted("2022-06-09")
    play.must("timer", c.LapseClock("promise"), "2022-06-14")
    assert play.case.clocks["promise"].lapsed
    assert play.case.leaves == ("examining",)
    again = play.tell("timer", c.LapseClock("promise"), "2022-06-15")
    assert again == Refused(Reason.CLOCK_NOT_RUNNING, ("promise",))


def test_the_timer_is_refused_what_is_not_there():
    play = Play().accepted("2022-06-09")
    assert play.tell("timer", c.LapseClock("lunch"), "2022-06-14") == Refused(
        Reason.NO_SUCH_CLOCK, ("lunch",)
    )
    assert play.tell("timer", c.LapseClock("completeness"), "2022-06-30") == Refused(
        Reason.CLOCK_NOT_RUNNING, ("completeness",)
    )


def test_lateness_is_explained_in_public_once_there_is_some():
    play = Play().proposed("2022-06-09")
    early = play.tell("leader", c.ExplainLateness("promise", SEAL), "2022-06-10")
    assert early == Refused(Reason.NOT_LATE, ("promise",))
    play.do("leader", "grant", "2022-06-15")
    assert play.case.clocks["promise"].late
    bare = play.tell("leader", c.ExplainLateness("promise"), "2022-06-15")
    assert bare == Refused(Reason.REASON_WANTED)
    play.must("supervisor", c.ExplainLateness("promise", SEAL), "2022-06-15")
    assert play.case.lateness == {"promise": SEAL}
    nothing = play.tell("leader", c.ExplainLateness("lunch", SEAL), "2022-06-15")
    assert nothing == Refused(Reason.NO_SUCH_CLOCK, ("lunch",))


def test_t15_a_decision_of_13_october_is_delivered_by_the_27th_and_published_by_the_24th():
    play = Play().proposed("2022-10-12").do("leader", "grant", "2022-10-13")
    assert play.due("delivery") == "2022-10-27"
    assert play.due("publication") == "2022-10-24"


def test_delivered_and_published_in_either_order_the_grant_is_in_force():
    for order in (("deliver", "publish"), ("publish", "deliver")):
        play = Play().granted("2022-06-09")
        for action in order:
            given = i.Service(date(2022, 6, 9), "online") if action == "deliver" else None
            play.do("window", action, "2022-06-10", given)
        assert play.case.leaves == ("in_force",)
        assert str(play.case.milestones["delivered"]) == "2022-06-09"
        assert str(play.case.milestones["published"]) == "2022-06-10"


@pytest.mark.parametrize("on", ["2022-06-08", "2022-06-11"])
def test_nothing_is_delivered_before_the_decision_or_tomorrow(on):
    play = Play().granted("2022-06-09")
    given = i.Service(date.fromisoformat(on), "post")
    outcome = play.tell("window", c.TakeAction("deliver", given), "2022-06-10")
    assert outcome == Refused(Reason.DATE_NOT_LAWFUL, (on,))


def test_delivery_after_its_date_is_late():
    play = Play().granted("2022-06-09")
    play.do("window", "deliver", "2022-07-01", i.Service(date(2022, 7, 1), "post"))
    assert play.case.clocks["delivery"].late
    assert not play.case.clocks["publication"].late


def test_a_refusal_is_served_and_the_case_ends():
    play = Play().proposed("2022-06-09").do("leader", "refuse", "2022-06-10", i.Reasoned(SEAL))
    play.do("window", "deliver", "2022-06-10", i.Service(date(2022, 6, 10), "counter"))
    play.do("window", "publish", "2022-06-13")
    assert (play.case.leaves, play.case.code) == (("refusal_served",), 13)


def test_the_core_decides_nothing_without_an_opinion_even_where_a_chart_would_allow_it():
    play = Play().accepted("2022-06-09")
    for action in ("grant", "refuse"):
        assert act_guard(play.case, action, play.desk("leader", "2022-06-09")) == Refused(
            Reason.NOT_NOW, ("opinion",)
        )


def test_on_the_spot_ends_with_an_examination():
    """Once an opinion was given, another person decides, even after it was sent back."""
    play = Play().accepted("2022-06-09", "commitment")
    play.do("examiner", "examine", "2022-06-09", i.Opinion("refuse", SEAL))
    play.do("leader", "return_to_examiner", "2022-06-09", i.Reasoned(SEAL))
    alone = play.tell("window", c.TakeAction("grant_on_the_spot"), "2022-06-09")
    assert alone == Refused(Reason.NOT_NOW, ("opinion",))
