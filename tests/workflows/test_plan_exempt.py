"""建设工程（市政）规划许可证免办: what may be done where, by when, and what its list admits."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.refusals import Reason, Refused
from permits.casework.savings import days, materials
from permits.definitions.procedure import DeregistrationGround, RevocationGround
from tests.definitions.shipped import edition
from tests.kit import SEAL, Play, paper
from tests.workflows.kinds import (
    application,
    check,
    course,
    delivered,
    filed,
    granted,
    report,
    states,
    table,
)

NAME = "plan_exempt"

STATES = table("""
received 1: accept (window), accept_by_silence (timer), issue_correction (window),
    declare_not_required (window), declare_not_competent (window), withdraw (applicant),
    withdraw_commitment (applicant)
correcting 6: supply_corrections (applicant), refuse_acceptance (window), withdraw (applicant),
    withdraw_commitment (applicant)
corrected 7: accept (window), accept_by_silence (timer), refuse_acceptance (window), withdraw
    (applicant), withdraw_commitment (applicant)
examining 8: withdraw (applicant), withdraw_commitment (applicant), suspend (examiner/leader),
    examine (examiner), grant_on_the_spot (window/leader), refuse_unsupplied (leader)
suspended 9: withdraw (applicant), withdraw_commitment (applicant), resume (examiner/leader)
proposed 8: withdraw (applicant), withdraw_commitment (applicant), return_to_examiner (leader),
    grant (leader), refuse (leader), refuse_unsupplied (leader)
granted 11: deliver (window), publish (window), revoke (leader), withdraw_grant (leader),
    deregister (window/leader)
in_force 11: conclude (window/inspector/supervisor), revoke (leader), withdraw_grant (leader),
    deregister (window/leader)
refused 13: deliver (window), publish (window)
revoked 15: deregister (window/leader)
not_required 4: the end
not_accepted 5: the end
withdrawn_early 2: the end
withdrawn 14: the end
refusal_served 13: the end
concluded 11: revoke (leader), withdraw_grant (leader), deregister (window/leader)
withdrawn_by_office 14: deregister (window/leader)
annulled 15: deregister (window/leader)
refusal_annulled 15: the end
deregistered_unrevoked 11: the end
deregistered 15: the end
""")

TYPICAL = table("""
2022-06-09 applicant File: received 1 | completeness 22-06-16
2022-06-09 window accept: examining 8 | promise 22-06-09, statutory 22-07-21
2022-06-09 window grant_on_the_spot: granted 11 | publication 22-06-20, delivery 22-06-23,
    report_completion 23-06-09
2022-06-09 window deliver: granted 11 | publication 22-06-20, report_completion 23-06-09
2022-06-10 window publish: in_force 11 | report_completion 23-06-09
2022-07-21 applicant report_completion: in_force 11 | check_after_completion 22-08-17
2022-08-02 inspector check_after_completion: in_force 11 | nothing open
2022-08-03 window conclude: concluded 11 | nothing open
""")

# Received on 29 September 2022 and never looked at: five working days end on 11 October, as the
# 8th and 9th are worked. So it was accepted on the day of receipt, and the promise of that very
# day was missed. Thirty working days from then end on 15 November.
WORST = table("""
2022-09-29 applicant File: received 1 | completeness 22-10-11
2022-10-12 timer LapseClock: examining 8 | promise 22-09-29, statutory 22-11-15
2022-10-12 timer LapseClock: examining 8 | promise 22-09-29, statutory 22-11-15
2022-10-13 window grant_on_the_spot: granted 11 | publication 22-10-24, delivery 22-10-27,
    report_completion 23-10-13
2022-10-25 timer LapseClock: granted 11 | publication 22-10-24, delivery 22-10-27,
    report_completion 23-10-13
2022-10-28 timer LapseClock: granted 11 | publication 22-10-24, delivery 22-10-27,
    report_completion 23-10-13
2022-10-31 window deliver: granted 11 | publication 22-10-24, report_completion 23-10-13
2022-10-31 window publish: in_force 11 | report_completion 23-10-13
2023-10-14 timer report_completion: in_force 11 | report_completion overdue 23-10-13
2023-10-20 applicant report_completion: in_force 11 | check_after_completion 23-11-15
2023-11-16 timer check_after_completion: in_force 11 | check_after_completion overdue 23-11-15
2023-11-20 inspector check_after_completion: in_force 11 | check_after_completion ordered
    23-12-04
2023-11-29 applicant check_after_completion: in_force 11 | check_after_completion ordered
    23-12-04
2023-12-05 inspector check_after_completion: in_force 11 | check_after_completion ordered
    23-12-19
2023-12-05 leader NoticeRevocation: in_force 11 | statement 23-12-12, check_after_completion
    ordered 23-12-19
2023-12-13 timer LapseClock: in_force 11 | statement 23-12-12, check_after_completion ordered
    23-12-19
2023-12-14 leader revoke: revoked 15 | nothing open
2023-12-15 window deregister: deregistered 15 | nothing open
""")


def test_in_each_state_there_is_what_the_table_says_and_who_may_do_it():
    assert states(edition(NAME)) == STATES


def test_a_typical_case_is_exempt_on_the_day_and_checked_after_completion():
    play = Play(edition(NAME))
    told = course(
        play,
        ("2022-06-09", "applicant", application(play.edition)),
        ("2022-06-09", "window", "accept"),
        ("2022-06-09", "window", "grant_on_the_spot"),
        ("2022-06-09", "window", delivered("2022-06-09")),
        ("2022-06-10", "window", "publish"),
        ("2022-07-21", "applicant", report("report_completion", "2022-07-20")),
        ("2022-08-02", "inspector", check("check_after_completion", "2022-08-02")),
        ("2022-08-03", "window", "conclude"),
    )
    assert told == TYPICAL


def test_the_worst_case_is_late_at_every_turn_and_revoked_when_nothing_was_put_right():
    """The second check finds the breach still there: notice follows the same day, though another
    ten working days were ordered."""
    play = Play(edition(NAME))
    revoked = i.Revocation(RevocationGround.OTHER, SEAL)
    gone = i.Deregistration(DeregistrationGround.REVOKED)
    found, again = "check_after_completion", (paper("photo"),)
    told = course(
        play,
        ("2022-09-29", "applicant", application(play.edition)),
        ("2022-10-12", "timer", c.LapseClock("completeness")),
        ("2022-10-12", "timer", c.LapseClock("promise")),
        ("2022-10-13", "window", "grant_on_the_spot"),
        ("2022-10-25", "timer", c.LapseClock("publication")),
        ("2022-10-28", "timer", c.LapseClock("delivery")),
        ("2022-10-31", "window", delivered("2022-10-31")),
        ("2022-10-31", "window", "publish"),
        ("2023-10-14", "timer", c.FlagOverdue("report_completion")),
        ("2023-10-20", "applicant", report("report_completion", "2023-10-18")),
        ("2023-11-16", "timer", c.FlagOverdue(found)),
        ("2023-11-20", "inspector", check(found, "2023-11-20", passed=False)),
        ("2023-11-29", "applicant", c.ReportObligation(found, date(2023, 11, 29), again, SEAL)),
        ("2023-12-05", "inspector", check(found, "2023-12-05", passed=False)),
        ("2023-12-05", "leader", c.NoticeRevocation(RevocationGround.OTHER, SEAL)),
        ("2023-12-13", "timer", c.LapseClock("statement")),
        ("2023-12-14", "leader", c.TakeAction("revoke", revoked)),
        ("2023-12-15", "window", c.TakeAction("deregister", gone)),
    )
    assert told == WORST


# ── the list ──────────────────────────────────────────────────────────────────────────────────

ROWS = [
    ("short_line", {"length_m": 199, "road_class": "branch"}, "with_filing"),
    ("line_with_road", {"with_road": True}, "with_filing"),
    ("power_line", {"voltage": "up_to_10kv"}, "with_filing"),
    ("renewal", {"type_changed": False, "route_changed": False}, "with_filing"),
    ("temporary_building", {"inside_red_line": True}, "with_filing"),
    ("road_fixture", {}, "with_filing"),
    ("emergency", {}, "with_filing"),
    ("temporary_relocation", {}, "outright"),
    ("small_green", {"area_m2": 500}, "outright"),
]
"""Each row, what admits it just so, and which exemption it gives: 免于 or 无需."""

SHORT_OF = [
    ("short_line", {"length_m": 200, "road_class": "branch"}),
    ("short_line", {"length_m": 150, "road_class": "trunk"}),
    ("short_line", {"length_m": 150, "road_class": "branch", "new_land": True}),
    ("line_with_road", {"with_road": False}),
    ("line_with_road", {"with_road": True, "new_land": True}),
    ("power_line", {"voltage": "over_10kv"}),
    ("power_line", {"voltage": "up_to_10kv", "new_land": True}),
    ("renewal", {"type_changed": True, "route_changed": False}),
    ("renewal", {"type_changed": False, "route_changed": True}),
    ("temporary_building", {"inside_red_line": False}),
    ("road_fixture", {"new_land": True}),
    ("small_green", {"area_m2": 501}),
    ("not_listed", {}),
]
"""Works that miss their row by one condition."""


def stated(row, facts):
    """Answers for a row of the list; those of another row are not put."""
    others = {"length_m": None, "road_class": None}
    return {**others, "listed_as": row, **facts}


def test_every_row_of_the_list_has_its_example():
    assert {row for row, _facts, _kind in ROWS} == edition(NAME).definition.list.keys()


@pytest.mark.parametrize(("row", "facts", "kind"), ROWS, ids=[row for row, *_ in ROWS])
def test_a_row_exempts_with_filing_or_outright_and_spares_all_five_materials(row, facts, kind):
    play = granted(NAME, "2022-06-09", answers=stated(row, facts))
    assert (play.case.decision.row, play.case.decision.kind) == (row, kind)
    paper_of = {"with_filing": "filing_receipt", "outright": "outright_notice"}
    assert play.case.documents[-1].document == paper_of[kind]
    one = play.edition
    assert len(materials(play.case, one.definition, one.conditions).saved) == 5
    assert days(play.case, one.definition, play.days).saved == 2


@pytest.mark.parametrize(("row", "facts"), SHORT_OF)
def test_works_that_miss_their_row_use_the_ordinary_track(row, facts):
    answers = stated(row, facts)
    command = application(edition(NAME), answers=answers)
    refused = Play(edition(NAME)).ask("applicant", command, "2022-06-09")
    assert isinstance(refused, Refused)
    assert refused.reason in (Reason.NOT_ADMITTED, Reason.TRACK_SHUT)
    filed(NAME, "2022-06-09", "ordinary", answers=answers)


# ── what is required all the same ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        ({"breaks_road": True, "underground": True}, 2),
        ({"breaks_road": True, "underground": False}, 1),
        ({"breaks_road": False, "underground": True}, 1),
        ({"breaks_road": False, "underground": False}, 0),
    ],
)
def test_digging_and_backfilling_need_what_they_always_need(answers, wanted):
    play = granted(NAME, "2022-06-09", answers=answers)
    assert len(play.case.decision.still_required) == wanted
