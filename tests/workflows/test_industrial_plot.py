"""工业定制地: what may be done where, by when, the worked example of the indicators, and the rules
that are its own."""

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.refusals import Reason, Refused
from permits.casework.savings import days, materials
from permits.definitions.procedure import DeregistrationGround, RevocationGround
from tests.definitions.shipped import edition
from tests.kit import SEAL, Play
from tests.workflows.kinds import (
    application,
    check,
    course,
    delivered,
    filed,
    granted,
    open_tracks,
    report,
    states,
    table,
)

NAME = "industrial_plot"
BOTH_OPEN, ORDINARY = ["ordinary", "commitment"], ["ordinary"]

STATES = table("""
refused 13: deliver (window), publish (window)
refusal_served 13: the end
received 1: accept (window), accept_by_silence (timer), issue_correction (window),
    declare_not_required (window), declare_not_competent (window), withdraw (applicant),
    withdraw_commitment (applicant)
correcting 6: supply_corrections (applicant), refuse_acceptance (window), withdraw (applicant),
    withdraw_commitment (applicant)
corrected 7: accept (window), accept_by_silence (timer), refuse_acceptance (window), withdraw
    (applicant), withdraw_commitment (applicant)
examining 8: grant_on_the_spot (window/leader), withdraw (applicant), withdraw_commitment
    (applicant), suspend (examiner/leader), examine (examiner)
suspended 9: withdraw (applicant), withdraw_commitment (applicant), resume (examiner/leader)
proposed 8: grant (leader), refuse (leader), withdraw (applicant), withdraw_commitment (applicant),
    return_to_examiner (leader)
granted 11: revoke (leader), deliver (window), publish (window), withdraw_grant (leader),
    deregister (window/leader)
in_force 11: revoke (leader), conclude (window/inspector/supervisor), withdraw_grant (leader),
    deregister (window/leader)
revoked 15: deregister (window/leader)
not_required 4: the end
not_accepted 5: the end
withdrawn_early 2: the end
withdrawn 14: the end
concluded 11: revoke (leader), withdraw_grant (leader), deregister (window/leader)
withdrawn_by_office 14: deregister (window/leader)
annulled 15: deregister (window/leader)
refusal_annulled 15: the end
deregistered_unrevoked 11: the end
deregistered 15: the end
""")

# Started on Monday 5 September 2022, so complete by 5 September 2024. The joint inspection of
# Friday 29 March 2024 leaves twenty working days: 4 and 5 April are a holiday, 7 and 28 April are
# worked instead. Full production by 29 March 2026, a Sunday, so by the 30th.
TYPICAL = table("""
2022-06-09 applicant File: received 1 | completeness 22-06-16
2022-06-09 window accept: examining 8 | promise 22-06-09, statutory 22-07-07
2022-06-09 window grant_on_the_spot: granted 11 | publication 22-06-20, delivery 22-06-23,
    report_start 22-12-09, report_completion 24-12-09
2022-06-09 window deliver: granted 11 | publication 22-06-20, report_start 22-12-09,
    report_completion 24-12-09
2022-06-10 window publish: in_force 11 | report_start 22-12-09, report_completion 24-12-09
2022-09-06 applicant report_start: in_force 11 | report_completion 24-09-05
2024-03-04 applicant report_completion: in_force 11 | report_inspection 24-09-02
2024-04-01 applicant report_inspection: in_force 11 | check_completion 24-04-28,
    report_production 26-03-30, check_production 26-09-29
2024-04-10 inspector check_completion: in_force 11 | report_production 26-03-30, check_production
    26-09-29
2026-03-02 applicant report_production: in_force 11 | check_production 26-04-27
2026-04-01 inspector check_production: in_force 11 | nothing open
2026-04-02 window conclude: concluded 11 | nothing open
""")

# Accepted on 29 September 2022: the make-up days of 8 and 9 October count. Complete on 1 November
# 2023, so inspected by 1 May 2024, which is a holiday until the 5th.
WORST = table("""
2022-09-29 applicant File: received 1 | completeness 22-10-11
2022-09-30 window accept: examining 8 | promise 22-10-18, statutory 22-11-01
2022-10-12 examiner examine: proposed 8 | promise 22-10-18, statutory 22-11-01
2022-10-19 timer LapseClock: proposed 8 | promise 22-10-18, statutory 22-11-01
2022-10-20 leader grant: granted 11 | publication 22-10-31, delivery 22-11-03, report_start
    23-04-20, report_completion 25-04-21
2022-10-21 window deliver: granted 11 | publication 22-10-31, report_start 23-04-20,
    report_completion 25-04-21
2022-10-24 window publish: in_force 11 | report_start 23-04-20, report_completion 25-04-21
2023-04-21 timer report_start: in_force 11 | report_start overdue 23-04-20, report_completion
    25-04-21
2023-05-09 applicant report_start: in_force 11 | report_completion 25-04-21
2023-11-02 applicant report_completion: in_force 11 | report_inspection 24-05-06
2023-12-04 applicant report_inspection: in_force 11 | check_completion 23-12-29,
    report_production 25-12-01, check_production 26-06-01
2023-12-20 inspector check_completion: in_force 11 | check_completion ordered 24-03-20,
    report_production 25-12-01, check_production 26-06-01
2024-03-15 inspector check_completion: in_force 11 | report_production 25-12-01, check_production
    26-06-01
2025-12-02 timer report_production: in_force 11 | report_production overdue 25-12-01,
    check_production 26-06-01
2026-01-12 inspector check_production: in_force 11 | report_production overdue 25-12-01,
    check_production ordered 26-07-13
2026-07-14 timer check_production: in_force 11 | report_production overdue 25-12-01,
    check_production overdue ordered 26-07-13
2026-07-15 leader NoticeRevocation: in_force 11 | report_production overdue 25-12-01,
    check_production overdue ordered 26-07-13, statement 26-07-22
2026-07-16 applicant StateCase: in_force 11 | report_production overdue 25-12-01,
    check_production overdue ordered 26-07-13
2026-07-17 leader revoke: revoked 15 | nothing open
2026-07-20 window deregister: deregistered 15 | nothing open
""")


def test_in_each_state_there_is_what_the_table_says_and_who_may_do_it():
    assert states(edition(NAME)) == STATES


def test_a_typical_case_is_admitted_on_the_spot_and_checked_at_completion_and_at_production():
    play = Play(edition(NAME))
    told = course(
        play,
        ("2022-06-09", "applicant", application(play.edition)),
        ("2022-06-09", "window", "accept"),
        ("2022-06-09", "window", "grant_on_the_spot"),
        ("2022-06-09", "window", delivered("2022-06-09")),
        ("2022-06-10", "window", "publish"),
        ("2022-09-06", "applicant", report("report_start", "2022-09-05")),
        ("2024-03-04", "applicant", report("report_completion", "2024-03-01")),
        ("2024-04-01", "applicant", report("report_inspection", "2024-03-29")),
        ("2024-04-10", "inspector", check("check_completion", "2024-04-10")),
        ("2026-03-02", "applicant", report("report_production", "2026-02-27")),
        ("2026-04-01", "inspector", check("check_production", "2026-04-01")),
        ("2026-04-02", "window", "conclude"),
    )
    assert told == TYPICAL


def test_the_worst_case_falls_short_twice_is_put_right_once_and_at_last_revoked():
    play = Play(edition(NAME))
    revoked = i.Revocation(RevocationGround.OTHER, SEAL)
    gone = i.Deregistration(DeregistrationGround.REVOKED)
    told = course(
        play,
        ("2022-09-29", "applicant", application(play.edition, "ordinary")),
        ("2022-09-30", "window", "accept"),
        ("2022-10-12", "examiner", c.TakeAction("examine", i.Opinion("grant", SEAL))),
        ("2022-10-19", "timer", c.LapseClock("promise")),
        ("2022-10-20", "leader", "grant"),
        ("2022-10-21", "window", delivered("2022-10-21")),
        ("2022-10-24", "window", "publish"),
        ("2023-04-21", "timer", c.FlagOverdue("report_start")),
        ("2023-05-09", "applicant", report("report_start", "2023-05-08")),
        ("2023-11-02", "applicant", report("report_completion", "2023-11-01")),
        ("2023-12-04", "applicant", report("report_inspection", "2023-12-01")),
        ("2023-12-20", "inspector", check("check_completion", "2023-12-20", passed=False)),
        ("2024-03-15", "inspector", check("check_completion", "2024-03-15")),
        ("2025-12-02", "timer", c.FlagOverdue("report_production")),
        ("2026-01-12", "inspector", check("check_production", "2026-01-12", passed=False)),
        ("2026-07-14", "timer", c.FlagOverdue("check_production")),
        ("2026-07-15", "leader", c.NoticeRevocation(RevocationGround.OTHER, SEAL)),
        ("2026-07-16", "applicant", c.StateCase(SEAL)),
        ("2026-07-17", "leader", c.TakeAction("revoke", revoked)),
        ("2026-07-20", "window", c.TakeAction("deregister", gone)),
    )
    assert told == WORST


# ── the worked example ────────────────────────────────────────────────────────────────────────


def test_t16_a_floor_area_ratio_of_1_6_fails_and_of_1_61_passes():
    """Investment 810, output 1000, tax 50: every other indicator suffices."""
    at = {"investment_per_mu": 810, "output_per_mu": 1000, "tax_per_mu": 50}
    assert open_tracks(edition(NAME), **at, far_percent=160) == ORDINARY
    assert open_tracks(edition(NAME), **at, far_percent=161) == BOTH_OPEN


@pytest.mark.parametrize(
    ("indicator", "short", "enough"),
    [
        ("investment_per_mu", 799, 800),
        ("output_per_mu", 999, 1000),
        ("tax_per_mu", 49, 50),
        ("far_percent", 160, 161),
    ],
)
def test_each_indicator_alone_keeps_general_industry_out(indicator, short, enough):
    assert open_tracks(edition(NAME), **{indicator: short}) == ORDINARY
    assert open_tracks(edition(NAME), **{indicator: enough}) == BOTH_OPEN


@pytest.mark.parametrize(("investment", "opens"), [(999, ORDINARY), (1000, BOTH_OPEN)])
def test_new_industry_invests_more(investment, opens):
    given = {"industry": "new", "investment_per_mu": investment}
    assert open_tracks(edition(NAME), **given) == opens


@pytest.mark.parametrize(
    ("short", "unmet"),
    [
        ({"investment_per_mu": 799}, ("enough_investment",)),
        ({"output_per_mu": 999, "tax_per_mu": 49}, ("enough_output", "enough_tax")),
        ({"far_percent": 160}, ("dense_enough",)),
    ],
)
def test_what_falls_short_is_not_admitted_by_examination_either(short, unmet):
    play = filed(NAME, "2022-06-09", "ordinary", answers=short)
    play.do("window", "accept", "2022-06-09")
    play.do("examiner", "examine", "2022-06-10", i.Opinion("refuse", SEAL))
    refused = play.tell("leader", c.TakeAction("grant"), "2022-06-13")
    assert refused == Refused(Reason.CONDITION_UNMET, unmet)
    play.do("leader", "refuse", "2022-06-13", i.Reasoned(SEAL))
    assert [d.document for d in play.case.documents][-1] == "refusal"


@pytest.mark.parametrize("circumstance", ["high_risk", "broke_faith"])
def test_risk_and_broken_faith_are_examined(circumstance):
    command = application(edition(NAME), answers={circumstance: True})
    refused = Play(edition(NAME)).ask("applicant", command, "2022-06-09")
    assert refused == Refused(Reason.EXCLUDED, (circumstance,))


# ── rules of its own ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("with_drawings", "spared"),
    [
        (False, {"development_commitment": "committed", "design_scheme": "shared"}),
        (
            True,
            {
                "development_commitment": "committed",
                "design_scheme": "shared",
                "drawings": "shared",
            },
        ),
    ],
)
def test_the_scheme_of_the_land_and_the_letter_signed_here_are_not_handed_in(
    with_drawings, spared
):
    play = granted(NAME, "2022-06-09", answers={"with_drawings": with_drawings})
    found = materials(play.case, play.edition.definition, play.edition.conditions)
    assert found.saved == spared
    reckoned = days(play.case, play.edition.definition, play.days)
    assert reckoned is not None and reckoned.saved == 10


def test_it_is_admitted_under_a_name_of_its_own_and_says_what_is_applied_for_next():
    play = granted(NAME, "2022-06-09")
    assert {d.document for d in play.case.documents} == {
        "receipt",
        "acceptance_notice",
        "admission",
    }
    assert play.case.decision.still_required == ("construction_permit",)


@pytest.mark.parametrize("track", ["ordinary", "commitment"])
def test_the_indicators_are_checked_whatever_the_track(track):
    play = filed(NAME, "2022-06-09", track).do("window", "accept", "2022-06-09")
    if track == "ordinary":
        play.do("examiner", "examine", "2022-06-09", i.Opinion("grant", SEAL))
        play.do("leader", "grant", "2022-06-09")
    else:
        play.do("window", "grant_on_the_spot", "2022-06-09")
    for name in ("report_start", "report_completion", "report_inspection"):
        play.must("applicant", report(name, "2022-06-20"), "2022-06-20")
    owed = {n for n, held in play.case.obligations.items() if held.status == "open"}
    assert owed == {"check_completion", "report_production", "check_production"}


def test_production_is_checked_even_if_nobody_reports_it():
    play = granted(NAME, "2022-06-09")
    for name in ("report_start", "report_completion", "report_inspection"):
        play.must("applicant", report(name, "2022-06-20"), "2022-06-20")
    play.checked("inspector", check("check_production", "2024-12-20"), "2024-12-20")
    assert play.case.obligations["check_production"].status == "settled"
    assert play.case.obligations["report_production"].status == "open"
