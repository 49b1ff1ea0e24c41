"""The joint review of the planning stage: golden tables of a usual case and of worse ones, and
what holds of this permit type alone."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.case import Case
from permits.casework.decide.joint_review import concerned
from permits.casework.fold import fold
from permits.casework.openings import openings
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import DeregistrationGround, RevocationGround, SpecialCause
from permits.definitions.schema import Measure
from tests.casework.joint import (
    BY_THE_PAGODA,
    FACTORY,
    MATERIALS,
    OFFICES,
    Review,
    heard_and_refused,
    joint_review,
)
from tests.kit import SEAL, SEALED, defect, filing, paper

GOLDEN = Path(__file__).parent / "golden"


def usual():
    """Offices on commitment, all agree; granted, started, checked, closed."""
    review = Review().begun("2022-06-09", OFFICES, "commitment")
    review.asked("2022-06-10", "fire", "civil_defence", "utilities")
    review.given("fire", "2022-06-15").given("civil_defence", "2022-06-16")
    review.joined("2022-06-20").examined("2022-06-20")
    review.do("leader", "grant", "2022-06-21")
    review.do("window", "deliver", "2022-06-22", i.Service(date(2022, 6, 22), "online"))
    review.do("window", "publish", "2022-06-23")
    started = c.ReportObligation("report_start", date(2022, 9, 1), (paper("photo"),))
    review.must("applicant", started, "2022-09-02")
    two = ("inspector", "another_inspector")
    check = c.VerifyObligation("check_after_start", True, date(2022, 9, 20), two, SEAL)
    review.checked("inspector", check, "2022-09-20")
    return review.do("window", "conclude", "2022-09-21")


def breached():
    """The commitment was false: put right in vain, revoked, deregistered."""
    review = Review().begun("2022-06-09", FACTORY, "commitment").asked("2022-06-09", "fire")
    review.given("fire", "2022-06-10").joined("2022-06-10").examined("2022-06-10")
    review.do("leader", "grant", "2022-06-13")
    review.do("window", "deliver", "2022-06-13", i.Service(date(2022, 6, 13), "online"))
    review.do("window", "publish", "2022-06-13")
    started = c.ReportObligation("report_start", date(2022, 7, 1), (paper("photo"),))
    review.must("applicant", started, "2022-07-01")
    two = ("inspector", "another_inspector")
    check = c.VerifyObligation("check_after_start", False, date(2022, 7, 8), two, SEAL)
    review.checked("inspector", check, "2022-07-08")
    deceit = RevocationGround.DECEIT_OR_BRIBERY
    review.must("leader", c.NoticeRevocation(deceit, SEAL), "2022-07-25")
    review.must("applicant", c.StateCase(SEAL), "2022-07-26")
    ground = i.Revocation(deceit, SEAL)
    review.do("leader", "revoke", "2022-08-01", ground)
    given = i.Deregistration(DeregistrationGround.REVOKED)
    return review.do("window", "deregister", "2022-08-15", given)


def table(review):
    """The case step by step: who did what on which day, what was due, and what was open."""
    rows = ["day        | role      | event                   | state          | due"]
    case = Case(id="case/1")
    for at, event in review.log:
        case = fold(case, event, at)
        dues = {n: k.due for n, k in case.clocks.items() if k.running}
        dues |= {n: o.due for n, o in case.obligations.items() if o.status == "open"}
        dues |= {one.key: one.due for one in case.requests.values() if one.waiting}
        dues |= {one.key: one.due for one in case.third_parties.values() if one.open}
        if case.hearing is not None and case.hearing.waits:
            dues["hearing"] = case.hearing.due
        due = ", ".join(f"{name} {day or '–'}" for name, day in sorted(dues.items()))
        state = case.leaves[0].split(".")[0] if case.leaves else ""
        name = type(event).__name__
        rows.append(f"{at.effective_at} | {at.role:9} | {name:23} | {state:14} | {due}".rstrip())
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("story", [usual, heard_and_refused, breached])
def test_the_golden_table(story):
    """What changes in the permit type shows here as lines that differ; put the new table in the
    file if the change is meant."""
    file = GOLDEN / f"joint_review_{story.__name__}.txt"
    assert table(story()) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("story", [usual, heard_and_refused, breached])
def test_each_end_leaves_nothing_open(story):
    case = story().case
    assert not [n for n, clock in case.clocks.items() if clock.running]
    assert not [n for n, held in case.obligations.items() if held.status == "open"]
    assert not [one for one in case.requests.values() if one.waiting]
    assert not [one for one in case.third_parties.values() if one.open]


def test_it_is_a_joint_review_led_by_the_planning_department():
    definition = joint_review().definition
    assert definition.permit.measure is Measure.JOINT
    assert definition.joint_review.lead == "planning"
    assert set(definition.joint_review.departments) == {
        "fire", "civil_defence", "heritage", "utilities",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        (FACTORY, {"fire", "utilities"}),
        (OFFICES, {"fire", "civil_defence", "utilities"}),
        (BY_THE_PAGODA, {"fire", "civil_defence", "heritage", "utilities"}),
    ],
)
def test_a_pure_factory_building_owes_no_civil_defence_space(answers, asked):
    """人民防空工程建设管理规定 art. 45: civil buildings are those that are no factories."""
    review = Review().begun("2022-06-09", answers)
    assert set(concerned(review.case, review.desk("examiner", "2022-06-09"))) == asked


def test_several_departments_have_forty_five_working_days_and_fifteen_more_once():
    """行政许可法 art. 42(2): accepted on 29 December 2022 the term ends on 8 March 2023, after
    New Year, Spring Festival and the made-up days of 28 and 29 January; 15 more on 29 March."""
    review = Review().begun("2022-12-29", FACTORY)
    assert review.due("statutory") == "2023-03-08"
    review.must("leader", c.ExtendClock("statutory", SEAL), "2023-03-01")
    assert review.due("statutory") == "2023-03-29"
    again = review.tell("leader", c.ExtendClock("statutory", SEAL), "2023-03-01")
    assert again == Refused(Reason.EXTENDED_BEFORE, ("statutory",))


def test_an_extension_needs_a_reason_and_the_head_of_the_office():
    """Worked example T3, for the joint term."""
    review = Review().begun("2022-12-29", FACTORY)
    blank = review.tell("leader", c.ExtendClock("promise"), "2022-12-30")
    assert blank == Refused(Reason.REASON_WANTED)
    other = review.tell("examiner", c.ExtendClock("promise", SEAL), "2022-12-30")
    assert other == Refused(Reason.NOT_YOURS)


def test_a_decision_is_delivered_within_ten_and_public_within_seven_working_days():
    """Worked example T15: decided on 13 October 2022."""
    review = Review().begun("2022-10-10", FACTORY).asked("2022-10-10", "fire")
    review.given("fire", "2022-10-11").joined("2022-10-12").examined("2022-10-12")
    review.do("leader", "grant", "2022-10-13")
    assert (review.due("delivery"), review.due("publication")) == ("2022-10-27", "2022-10-24")


def test_a_commitment_withdrawn_before_the_decision_leads_to_one_notice():
    """Worked example T11: the reports are asked for, once; after the decision nothing is."""
    review = Review().begun("2022-06-09", FACTORY, "commitment").asked("2022-06-09", "fire")
    review.given("fire", "2022-06-09")
    review.do("applicant", "withdraw_commitment", "2022-06-10")
    notice = i.Corrections((defect("material.special_reports"),))
    review.do("window", "issue_correction", "2022-06-10", notice)
    supplied = i.Supplement(FACTORY, SEALED, (paper("special_reports"),))
    review.do("applicant", "supply_corrections", "2022-06-13", supplied)
    review.do("window", "accept", "2022-06-13")
    examine = c.TakeAction("examine", i.Opinion("grant", SEAL))
    missing = Refused(Reason.OPINIONS_MISSING, ("fire",))
    assert review.tell("examiner", examine, "2022-06-13") == missing
    review.asked("2022-06-13", "fire").given("fire", "2022-06-14").joined("2022-06-14")
    review.examined("2022-06-14").do("leader", "grant", "2022-06-14")
    late = review.tell("applicant", c.TakeAction("withdraw_commitment"), "2022-06-15")
    assert late == Refused(Reason.NOT_NOW, ("withdraw_commitment",))


@pytest.mark.parametrize("fact", ["restricted_place", "others_affected"])
def test_what_is_excluded_is_offered_no_commitment(fact):
    """Worked example T12."""
    review = Review()
    files = tuple(map(paper, MATERIALS[:4]))
    command = filing(review.edition, "commitment", handed_in=files)
    answers = {**FACTORY, fact: True}
    refused = review.tell("applicant", replace(command, answers=answers), "2022-06-09")
    assert isinstance(refused, Refused) and refused.reason is Reason.EXCLUDED


def test_silence_of_the_office_grants_nothing():
    review = Review().begun("2022-06-09", FACTORY)
    review.must("timer", c.LapseClock("promise"), "2022-07-22")
    review.must("timer", c.LapseClock("statutory"), "2022-08-12")
    assert review.case.decision is None


def test_what_may_be_done_by_whom_where():
    """Every place of the examination, and what each can do there about those who are heard."""
    review = Review().begun("2022-06-09", FACTORY)
    assert offers(review) == {
        "applicant": ["ask_recusal"],
        "examiner": ["ask_opinions", "offer_hearing", "tell_third_party", "declare_recusal"],
        "leader": ["offer_hearing", "announce_hearing", "declare_recusal"],
        "window": ["declare_recusal"],
        "fire": [],
    }
    review.asked("2022-06-09", "fire")
    special = i.SpecialProcedure(SpecialCause.EXPERT_REVIEW, "10wd", notified=True)
    review.do("examiner", "suspend", "2022-06-09", special)
    assert offers(review)["fire"] == ["give_opinion"]
    review.given("fire", "2022-06-09").do("examiner", "resume", "2022-06-09")
    assert "join_opinions" in offers(review)["examiner"]
    review.joined("2022-06-09").examined("2022-06-09").do("leader", "grant", "2022-06-09")
    assert offers(review) == {
        "applicant": ["ask_recusal"],
        "examiner": ["declare_recusal"],
        "leader": ["declare_recusal"],
        "window": ["declare_recusal"],
        "fire": [],
    }
    assert isinstance(review.tell("fire", h.RevokeOpinion("fire", SEAL), "2022-06-09"), Refused)


def offers(review):
    who = ("applicant", "examiner", "leader", "window", "fire")
    return {
        one: [o.command for o in openings(review.case, review.desk(one, "2022-06-09"))]
        for one in who
    }
