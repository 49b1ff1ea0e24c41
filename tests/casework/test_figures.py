"""The figures of a case: what became of it, when, and what that saved."""

import dataclasses
from datetime import date

from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.figures import facts_row, result
from permits.definitions.procedure import RevocationGround
from tests.casework.test_intake import incomplete, notice, supplement
from tests.kit import SEAL, Play, calendar, plan_exempt, variant


def test_an_appointment_of_figures_says_what_became_of_the_case():
    facts = facts_row(Play().granted("2022-06-09").case, plan_exempt(), Play().days)
    assert (facts.result, facts.kind, facts.track) == ("granted", "with_filing", "commitment")
    assert result(Play().file("2022-06-09").case) == "open"


def test_the_day_of_a_result_is_that_of_the_decision_or_of_what_came_instead():
    taken_back = Play().file("2022-06-09").do("applicant", "withdraw", "2022-06-10", i.Reasoned())
    away = Play().file("2022-06-09")
    away.do("window", "declare_not_required", "2022-06-13", i.Reasoned(SEAL))
    revoked = Play().granted("2022-06-09")
    revoked.revoked("2022-06-20", RevocationGround.NOT_QUALIFIED)
    cases = {"withdrawn": taken_back, "not_accepted": away, "revoked": revoked}
    found = {name: facts_row(play.case, plan_exempt(), play.days) for name, play in cases.items()}
    assert {name: row.result for name, row in found.items()} == {name: name for name in cases}
    assert [str(row.result_on) for row in found.values()] == [
        "2022-06-10",
        "2022-06-13",
        "2022-06-09",
    ]
    assert facts_row(Play().file("2022-06-09").case, plan_exempt(), calendar()).result_on is None


def test_dates_that_contradict_each_other_leave_the_days_unknown():
    """Whatever led to them: a figure that cannot be made must not hold up the case."""
    case = Play().granted("2022-06-09").case
    later = replace(case, milestones={**case.milestones, "accepted": date(2022, 6, 13)})
    facts = facts_row(later, plan_exempt(), calendar())
    assert (facts.used_wd, facts.suspended_wd, facts.saved_wd) == (None, None, None)
    assert (facts.result, facts.saved_materials) == ("granted", 5)


def test_a_condition_that_cannot_be_asked_saves_no_material():
    def under_a_condition(data):
        data["materials"]["design_scheme"]["when"] = "will_be_covered"

    class Unanswerable:
        def holds(self, _answers, _facts):
            raise ZeroDivisionError

    asked = variant(under_a_condition)
    edition = dataclasses.replace(
        asked, conditions=dict.fromkeys(asked.conditions, Unanswerable())
    )
    facts = facts_row(Play().granted("2022-06-09").case, edition, calendar())
    assert (facts.result, facts.baseline_materials, facts.saved_materials) == ("granted", 0, 0)
    assert facts.saved_wd == 2


def test_lateness_counts_in_the_figures():
    play = Play().proposed("2022-06-09").do("leader", "grant", "2022-06-20")
    assert facts_row(play.case, plan_exempt(), play.days).late
    soon = Play().granted("2022-06-09")
    assert not facts_row(soon.case, plan_exempt(), soon.days).late


def test_time_the_applicant_was_given_and_let_pass_is_no_lateness_of_the_office():
    """Asked on Friday 10 June 2022 to correct by Friday 1 July, corrected on Monday 4 July,
    granted on Tuesday the 5th: the office kept every limit of its own."""
    play = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    play.must("timer", c.LapseClock("correction"), "2022-07-04")
    play.do("applicant", "supply_corrections", "2022-07-04", supplement())
    play.do("window", "accept", "2022-07-04")
    play.do("examiner", "examine", "2022-07-05", i.Opinion("grant", SEAL))
    play.do("leader", "grant", "2022-07-05")
    assert play.case.clocks["correction"].late
    assert not facts_row(play.case, plan_exempt(), play.days).late
