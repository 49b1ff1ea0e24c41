"""At the counter: what came on paper counts from the day it came, somebody is named who brought
it, and whoever acted for the applicant neither examines nor checks nor decides."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework import commands_heard as h
from permits.casework import inputs as i
from permits.casework.access import may, standing_in
from permits.casework.counter import AUTHORISATION, PAPER, Purpose
from permits.casework.offers import beside
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import RevocationGround, Role
from tests.casework.afterwards import OTHER, START, for_a_term, permitted
from tests.casework.duties import TWO, check, report
from tests.casework.joint import Review
from tests.casework.test_intake import incomplete, notice, supplement
from tests.kit import (
    LATER,
    PARTY,
    PEOPLE,
    SEAL,
    Play,
    brought,
    officer,
    paper,
    plan_exempt,
)

PEOPLE.setdefault("second_window", officer("second_window", Role.WINDOW))
PEOPLE.setdefault("desk_inspector", officer("desk_inspector", Role.WINDOW, Role.INSPECTOR))
PEOPLE.setdefault("everything", officer("everything", Role.WINDOW, Role.EXAMINER, Role.LEADER))

WITHDRAW = c.TakeAction("withdraw", i.Reasoned())


def to_correct():
    """A notice of Friday 10 June 2022 that asks for two materials by 1 July."""
    return incomplete().do("window", "issue_correction", "2022-06-10", notice())


def correct(came_on, **changes):
    does = c.TakeAction("supply_corrections", supplement())
    return c.ActForApplicant(does, brought(came_on, **changes))


def test_corrections_on_paper_count_from_the_day_they_came():
    """They came on Tuesday 14 June and were entered on Wednesday: five working days from Tuesday
    end on Tuesday 21 June."""
    play = to_correct()
    play.must("window", correct("2022-06-14"), "2022-06-15")
    assert str(play.case.milestones["corrections_supplied"]) == "2022-06-14"
    assert play.due("completeness") == "2022-06-21"
    assert play.do("window", "accept", "2022-06-15").case.milestones["accepted"] == date(
        2022, 6, 14
    )


def test_the_log_says_who_acted_and_for_whom():
    play = to_correct()
    play.must("window", correct("2022-06-14", capacity="agent"), "2022-06-15")
    step = [(e, event) for e, event in play.log if e.command == play.log[-1][0].command]
    assert {(e.actor, e.role, e.on_behalf) for e, _event in step} == {("window", "window", PARTY)}
    acted = step[0][1]
    assert (acted.name, acted.capacity, str(acted.came_on)) == (SEAL, "agent", "2022-06-14")
    assert [scan.material for scan in acted.scans] == [PAPER, AUTHORISATION]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"name": None}, Refused(Reason.BRINGER_WANTED)),
        ({"scans": ()}, Refused(Reason.SCAN_WANTED, (PAPER,))),
        (
            {"capacity": "agent", "scans": (paper(PAPER),)},
            Refused(Reason.SCAN_WANTED, (AUTHORISATION,)),
        ),
        (
            {"scans": (paper(PAPER), paper("photo"))},
            Refused(Reason.NO_SUCH_MATERIAL, ("photo",)),
        ),
        ({"came_on": "2022-06-16"}, Refused(Reason.DATE_NOT_LAWFUL, ("2022-06-16",))),
        ({"came_on": "2022-06-09"}, Refused(Reason.DATE_NOT_LAWFUL, ("2022-06-09",))),
    ],
    ids=["nobody", "no paper", "no authorisation", "something else", "tomorrow", "before it"],
)
def test_what_is_not_complete_is_not_done(changes, refused):
    play = to_correct()
    given = correct(**{"came_on": "2022-06-14", **changes})
    assert play.tell("window", given, "2022-06-15") == refused
    assert play.case.acted_for == ()


def test_the_window_does_nothing_an_applicant_could_not_do_now():
    play = to_correct()
    does = c.TakeAction("supply_corrections", supplement("land_title"))
    outcome = play.tell("window", c.ActForApplicant(does, brought("2022-06-14")), "2022-06-15")
    assert outcome == Refused(Reason.CORRECTIONS_INCOMPLETE, ("design_scheme",))
    accept = c.ActForApplicant(c.TakeAction("accept"), brought("2022-06-14"))
    assert play.tell("window", accept, "2022-06-15") == Refused(Reason.NOT_YOURS)


@pytest.mark.parametrize("who", ["applicant", "examiner", "elsewhere", "auditor"])
def test_only_the_window_of_the_case_acts_for_its_applicant(who):
    play = to_correct()
    assert play.tell(who, correct("2022-06-14"), "2022-06-15") == Refused(Reason.NOT_YOURS)


def test_whoever_stands_in_is_the_applicant_of_that_case_and_no_other():
    case = to_correct().case
    stand_in = standing_in(PEOPLE["window"], case)
    assert may(stand_in, WITHDRAW, case, plan_exempt())
    assert not may(stand_in, c.TakeAction("accept"), case, plan_exempt())
    assert not may(stand_in, WITHDRAW, Play().case, plan_exempt())


def filed_on_paper():
    return Play().file("2022-06-09", channel="counter", brought=brought("2022-06-09"))


def test_whoever_filed_for_the_applicant_does_not_decide_on_the_spot():
    play = filed_on_paper().do("window", "accept", "2022-06-09")
    grant = c.TakeAction("grant_on_the_spot")
    assert play.tell("window", grant, "2022-06-09") == Refused(Reason.ACTED_FOR_APPLICANT)
    play.do("second_window", "grant_on_the_spot", "2022-06-09")
    assert play.case.decision.result == "granted"


def test_whoever_acted_for_the_applicant_neither_examines_nor_decides():
    play = to_correct()
    play.must("everything", correct("2022-06-14"), "2022-06-15")
    play.do("window", "accept", "2022-06-15")
    examine = c.TakeAction("examine", i.Opinion("grant", SEAL))
    assert play.tell("everything", examine, "2022-06-15") == Refused(Reason.ACTED_FOR_APPLICANT)
    play.must("examiner", examine, "2022-06-15")
    for action, given in (
        ("grant", i.Plain()),
        ("refuse", i.Reasoned(SEAL)),
        ("return_to_examiner", i.Reasoned(SEAL)),
    ):
        outcome = play.tell("everything", c.TakeAction(action, given), "2022-06-15")
        assert outcome == Refused(Reason.ACTED_FOR_APPLICANT), action
    play.do("leader", "grant", "2022-06-15")


def test_whoever_acted_for_the_applicant_does_not_check_what_they_reported():
    """Nor is their word taken when others record it: one of two who check acted."""
    play = served_line()
    play.must("desk_inspector", c.ActForApplicant(report(), brought("2022-07-20")), "2022-07-21")
    named = ("desk_inspector", "inspector")
    for who in named:
        told = play.tell(who, check("2022-07-25", inspectors=named), "2022-07-25")
        assert told == Refused(Reason.ACTED_FOR_APPLICANT), who
    assert "verify" not in open_to(play, "desk_inspector", "2022-07-25")
    assert "verify" in open_to(play, "inspector", "2022-07-25")
    play.checked("inspector", check("2022-07-25", inspectors=TWO), "2022-07-25")


def served_line():
    return Play().served("2022-06-09")


def open_to(play, who, on):
    return {one.command for one in beside(play.case, play.desk(who, on))}


@pytest.mark.parametrize("judges", [a.DecideExtension, a.DecideRenewal, a.DecideAmendment])
def test_whoever_wrote_down_what_the_holder_asks_for_does_not_decide_on_it(judges):
    play, request, decision = ASKED_FOR[judges]()
    on_paper = c.ActForApplicant(request, brought("2022-08-15"))
    play.must("everything", on_paper, "2022-08-15")
    assert play.case.acted_for == ("everything",)
    told = play.tell("everything", decision, "2022-08-16")
    assert told == Refused(Reason.ACTED_FOR_APPLICANT)
    assert not may(PEOPLE["everything"], decision, play.case, play.edition)
    assert may(PEOPLE["leader"], decision, play.case, play.edition)


ASKED_FOR = {
    a.DecideExtension: lambda: (
        permitted("2022-06-01"),
        a.AskExtension(START, SEAL),
        a.DecideExtension(START, granted=True),
    ),
    a.DecideRenewal: lambda: (
        for_a_term("2022-06-09"),
        a.AskRenewal(SEAL),
        a.DecideRenewal(granted=True),
    ),
    a.DecideAmendment: lambda: (
        permitted("2022-06-01"),
        a.AskAmendment(OTHER, SEAL),
        a.DecideAmendment(granted=True),
    ),
}


def test_whoever_wrote_down_the_holders_statement_does_not_judge_it():
    play = served_line()
    ground = RevocationGround.OTHER
    play.must("leader", c.NoticeRevocation(ground, SEAL), "2022-06-10")
    stated = c.ActForApplicant(c.StateCase(SEAL), brought("2022-06-13"))
    play.must("everything", stated, "2022-06-13")
    for judges in (
        c.TakeAction("revoke", i.Revocation(ground, SEAL)),
        c.DropRevocation(SEAL),
    ):
        told = play.tell("everything", judges, "2022-06-14")
        assert told == Refused(Reason.ACTED_FOR_APPLICANT)
    assert "drop" not in open_to(play, "everything", "2022-06-14")
    play.must("leader", c.DropRevocation(SEAL), "2022-06-14")


def test_undoing_what_was_done_does_not_undo_who_acted():
    play = filed_on_paper()
    switched = c.ActForApplicant(c.TakeAction("withdraw_commitment"), brought("2022-06-10"))
    play.must("second_window", switched, "2022-06-10")
    assert play.case.acted_for == ("window", "second_window")
    assert play.case.track == "ordinary"


def test_what_is_signed_on_paper_is_witnessed_and_scanned():
    signature = filed_on_paper().case.commitments[0]
    assert (signature.signer, signature.means) == ("window", "paper")
    signed = next(e for _at, e in filed_on_paper().log if type(e).__name__ == "CommitmentSigned")
    assert signed.scan == paper(PAPER).sha256


def test_an_undertaking_too_may_be_signed_on_paper():
    play = Play().file("2022-11-01", "tolerant", channel="counter", brought=brought("2022-11-01"))
    assert (play.case.undertaking.signer, play.case.undertaking.means) == ("window", "paper")


def test_what_came_in_time_was_in_time_though_it_is_entered_later():
    """Accepted on Tuesday 1 November 2022, due on Friday 11. It came that Friday by post and was
    entered on Monday."""
    play = Play().accepted("2022-11-01", "tolerant")
    last = str(play.case.clocks["supplement"].due)
    assert last == "2022-11-11"
    supply = c.SupplyLater((paper(LATER),))
    by_post = brought(last, in_person=False)
    assert play.tell("applicant", supply, "2022-11-14") == Refused(Reason.SUPPLY_ENDED, (last,))
    play.must("window", c.ActForApplicant(supply, by_post), "2022-11-14")
    assert play.case.tolerated == ()
    assert not play.case.clocks["supplement"].late
    assert play.case.visits == ()


PURPOSES = {
    "corrections": Purpose.CORRECTION,
    "withdrawal": Purpose.WITHDRAWAL,
    "report": Purpose.REPORT,
    "statement": Purpose.STATEMENT,
}


@pytest.mark.parametrize("what", PURPOSES)
def test_whoever_stands_at_the_counter_has_come_for_something(what):
    if what in ("corrections", "withdrawal"):
        play, day = to_correct(), "2022-06-15"
        does = c.TakeAction("supply_corrections", supplement())
        does = does if what == "corrections" else WITHDRAW
    else:
        play, day = Play().served("2022-06-09"), "2022-07-21"
        play.must("leader", c.NoticeRevocation(RevocationGround.OTHER, SEAL), day)
        does = report() if what == "report" else c.StateCase(SEAL)
    play.must("window", c.ActForApplicant(does, brought(day)), day)
    visit = play.case.visits[-1]
    assert (str(visit.on), visit.purpose, visit.by_hand) == (day, PURPOSES[what], False)


def test_hearings_and_recusals_are_asked_for_at_the_counter_too():
    review = Review().begun("2022-06-09")
    review.must("examiner", h.OfferHearing(), "2022-06-09")
    for does in (h.AskForHearing(), h.WaiveHearing(), h.AskRecusal("examiner", SEAL)):
        review.must("window", c.ActForApplicant(does, brought("2022-06-10")), "2022-06-13")
    assert [v.purpose for v in review.case.visits] == [Purpose.HEARING], "all on one day"
    assert review.case.hearing.stage == "waived"


def test_a_hearing_asked_for_in_time_on_paper_is_one():
    """Told on Thursday 9 June 2022, the right ends five working days later, on Thursday 16. The
    letter came that day and was entered the next."""
    review = Review().begun("2022-06-09")
    review.must("examiner", h.OfferHearing(), "2022-06-09")
    last = str(review.case.hearing.due)
    assert last == "2022-06-16"
    late = review.tell("applicant", h.AskForHearing(), "2022-06-17")
    assert late == Refused(Reason.HEARING_TOO_LATE, (last,))
    by_post = brought(last, in_person=False)
    review.must("window", c.ActForApplicant(h.AskForHearing(), by_post), "2022-06-17")
    assert review.case.hearing.stage == "awaited"
