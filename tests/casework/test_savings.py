"""What a case saved: computed from the definition and the dates, never written down."""

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework import savings
from permits.casework.figures import facts_row
from permits.definitions.procedure import RevocationGround, SpecialCause
from permits.definitions.procedure import WithdrawalGround as W
from permits.definitions.schema import Treatment
from tests.casework.afterwards import annulment
from tests.kit import SEAL, Play, calendar, plan_exempt, variant


def facts(play):
    return facts_row(play.case, play.edition, play.days)


def saved(play):
    row = facts(play)
    return row.saved_materials, row.saved_wd


def test_the_two_works_of_the_report_save_five_materials_and_two_days_each():
    gas = Play().granted("2022-06-09")
    poles = Play().accepted(
        "2022-06-16",
        "commitment",
        answers={"listed_as": "temporary_relocation", "length_m": None, "road_class": None},
    )
    poles.do("window", "grant_on_the_spot", "2022-06-16")
    assert saved(gas) == saved(poles) == (5, 2)


def four_and_three():
    def change(data):
        data["tracks"]["ordinary"]["promised"] = "3wd"
        del data["materials"]["required_by_rule"]
        covers = data["commitments"]["true_declaration"]["covers"]
        covers.remove("required_by_rule")

    return variant(change)


def test_a_baseline_of_four_materials_and_three_days_saves_four_and_three():
    assert saved(Play(four_and_three()).granted("2022-06-09")) == (4, 3)


def test_a_decision_one_working_day_later_saves_one_day():
    play = Play().file("2022-06-09").do("window", "accept", "2022-06-09")
    play.do("window", "grant_on_the_spot", "2022-06-10")
    assert saved(play) == (5, 1)


def test_a_weekend_between_costs_nothing():
    play = Play().accepted("2022-06-10", "commitment")
    play.do("window", "grant_on_the_spot", "2022-06-13")
    assert saved(play) == (5, 1)


def test_an_office_that_lets_a_case_lie_before_accepting_it_saves_less():
    """Acceptance counts from the day the application was complete."""
    play = Play().file("2022-06-09").do("window", "accept", "2022-06-13")
    play.do("window", "grant_on_the_spot", "2022-06-13")
    assert saved(play) == (5, 0)


def test_a_slower_case_shows_a_negative_number():
    play = Play().proposed("2022-06-09").do("leader", "grant", "2022-06-17")
    assert saved(play) == (0, 2 - 6)


def test_suspended_days_do_not_count_and_are_shown_beside():
    play = Play().accepted("2022-06-09")
    special = i.SpecialProcedure(SpecialCause.EXPERT_REVIEW, "10wd", notified=True)
    play.do("examiner", "suspend", "2022-06-10", special)
    play.do("examiner", "resume", "2022-06-23")
    play.do("examiner", "examine", "2022-06-24", i.Opinion("grant", SEAL))
    play.do("leader", "grant", "2022-06-24")
    row = facts(play)
    assert (row.used_wd, row.suspended_wd, row.saved_wd) == (2, 9, 0)


@pytest.mark.parametrize("ending", ["open", "refused", "withdrawn", "not_accepted", "revoked"])
def test_cases_without_a_standing_grant_save_nothing(ending):
    play = Play()
    match ending:
        case "open":
            play.accepted("2022-06-09", "commitment")
        case "refused":
            play.proposed("2022-06-09").do("leader", "refuse", "2022-06-09", i.Reasoned(SEAL))
        case "withdrawn":
            play.accepted("2022-06-09").do("applicant", "withdraw", "2022-06-09", i.Reasoned())
        case "not_accepted":
            reason = i.Reasoned(SEAL)
            play.file("2022-06-09").do("window", "declare_not_required", "2022-06-09", reason)
        case "revoked":
            deceit = RevocationGround.DECEIT_OR_BRIBERY
            play.granted("2022-06-09").revoked("2022-06-10", deceit)
    assert facts(play).result == ending
    assert saved(play) == (0, 0)


def test_a_grant_that_was_annulled_saves_nothing_and_one_decided_anew_saves_what_that_saves():
    """Annulled on 1 September 2022 and granted again on the 5th: two working days of the two."""
    ended = Play().granted("2022-06-09")
    ended.must("leader", annulment("2022-09-01", anew=False), "2022-09-01")
    assert saved(ended) == (0, 0)
    anew = Play().granted("2022-06-09")
    anew.must("leader", annulment("2022-09-01", anew=True), "2022-09-01")
    assert saved(anew) == (0, 0)
    anew.do("window", "grant_on_the_spot", "2022-09-05")
    assert saved(anew) == (5, 0)


def test_a_lawful_grant_that_was_withdrawn_had_saved_what_it_saved():
    play = Play().granted("2022-06-09")
    play.do("leader", "withdraw_grant", "2022-09-01", i.Withdrawal(W.LAW_CHANGED, SEAL, SEAL))
    assert saved(play) == (5, 2)


def test_an_ordinary_grant_saves_no_material():
    play = Play().proposed("2022-06-09").do("leader", "grant", "2022-06-09")
    row = facts(play)
    assert (row.baseline_materials, row.handed_in, row.saved_materials) == (5, 5, 0)


def test_what_silence_accepted_incomplete_is_not_saved():
    play = Play().file("2022-06-09", "ordinary", handed_in=())
    play.must("timer", c.LapseClock("completeness"), "2022-06-17")
    play.do("examiner", "examine", "2022-06-17", i.Opinion("grant", SEAL))
    play.do("leader", "grant", "2022-06-17")
    row = facts(play)
    assert (row.handed_in, row.saved_materials, row.by_silence) == (0, 0, True)


def by_treatment(treatment):
    def change(data):
        data["materials"]["land_title"]["tracks"]["commitment"] = treatment
        if treatment != "committed":
            data["commitments"]["true_declaration"]["covers"].remove("land_title")
        if treatment == "deferred":
            data["obligations"]["report_completion"]["brings"] = "land_title"

    return Play(variant(change)).granted("2022-06-09")


def test_savings_are_told_by_cause_and_what_is_deferred_is_not_saved():
    assert (facts(by_treatment("shared")).saved_shared, saved(by_treatment("shared"))[0]) == (1, 5)
    committed = facts(by_treatment("committed"))
    assert (committed.saved_committed, committed.saved_exempt) == (1, 4)
    deferred = facts(by_treatment("deferred"))
    assert (deferred.deferred, deferred.saved_materials) == (1, 4)


def test_a_material_that_applies_only_to_some_works_counts_only_there():
    def change(data):
        data["materials"]["design_scheme"]["when"] = "will_be_covered"

    edition = variant(change)
    covered = Play(edition).granted("2022-06-09")
    assert saved(covered)[0] == 5
    dry = Play(edition).accepted("2022-06-09", "commitment", answers={"underground": False})
    dry.do("window", "grant_on_the_spot", "2022-06-09")
    assert saved(dry)[0] == 4


def test_days_in_a_year_without_a_calendar_are_not_reckoned():
    play = Play().accepted("2026-12-31", "commitment")
    play.do("window", "grant_on_the_spot", "2027-01-04")
    row = facts(play)
    assert (row.used_wd, row.saved_wd, row.suspended_wd) == (None, None, None)
    assert row.saved_statutory_wd is None


def test_the_reckoning_is_shown_with_its_materials_and_days():
    play = Play().granted("2022-06-09")
    found = savings.materials(play.case, plan_exempt().definition, plan_exempt().conditions)
    assert found.by(Treatment.EXEMPT) == 5
    assert found.saved["land_title"] == "exempt"
    spent = savings.days(play.case, plan_exempt().definition, calendar())
    assert (str(spent.accepted_on), str(spent.decided_on)) == ("2022-06-09", "2022-06-09")
    assert (spent.saved, spent.saved_statutory) == (2, 30)


def test_while_nothing_is_decided_no_days_are_counted():
    play = Play().accepted("2022-06-09")
    assert savings.days(play.case, plan_exempt().definition, calendar()) is None
