"""非永久性实体工程先行施工: what may be done where, by when, and the rules that are its own."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework import inputs as i
from permits.casework.decide import Noted
from permits.casework.decide.mending import ORDERED, RECTIFIABLE
from permits.casework.offers import beside
from permits.casework.refusals import Reason, Refused
from permits.casework.savings import materials
from permits.definitions.procedure import DeregistrationGround, RevocationGround
from tests.casework.duties import rectify
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

NAME = "early_start"
LISTED = (
    "hoarding",
    "site_gate",
    "temporary_buildings",
    "site_levelling",
    "temporary_utilities",
    "earthwork",
)
NOTHING = dict.fromkeys(LISTED, False)
FURTHER = {
    "temporary_buildings": {"outside_plot": False},
    "earthwork": {"deep_pit": False},
}
"""What is asked as well about some works."""

STATES = table("""
granted 11: deregister (window/leader), deliver (window), publish (window), revoke (leader),
    withdraw_grant (leader), expire (timer)
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
in_force 11: deregister (window/leader), conclude (window/inspector/supervisor), revoke (leader),
    withdraw_grant (leader), expire (timer)
revoked 15: deregister (window/leader)
not_required 4: the end
not_accepted 5: the end
withdrawn_early 2: the end
withdrawn 14: the end
concluded 11: deregister (window/leader), revoke (leader), withdraw_grant (leader), expire (timer)
withdrawn_by_office 14: deregister (window/leader)
annulled 15: deregister (window/leader)
refusal_annulled 15: the end
deregistered_unrevoked 11: the end
deregistered 15: the end
expired 11: deregister (window/leader)
""")

TYPICAL = table("""
2022-06-09 applicant File: received 1 | completeness 22-06-16
2022-06-09 window accept: examining 8 | promise 22-06-09, statutory 22-07-07
2022-06-09 window grant_on_the_spot: granted 11 | publication 22-06-20, check_site 22-06-23,
    delivery 22-06-23, obtain_permit 22-12-09, report_permanent_start 23-06-09
2022-06-09 window deliver: granted 11 | publication 22-06-20, check_site 22-06-23,
    obtain_permit 22-12-09, report_permanent_start 23-06-09
2022-06-10 window publish: in_force 11 | check_site 22-06-23, obtain_permit 22-12-09,
    report_permanent_start 23-06-09
2022-06-20 inspector check_site: in_force 11 | obtain_permit 22-12-09, report_permanent_start
    23-06-09
2022-09-01 applicant obtain_permit: in_force 11 | report_permanent_start 23-06-09
2022-09-06 applicant report_permanent_start: in_force 11 | nothing open
2022-09-07 window conclude: concluded 11 | nothing open
""")

WORST = table("""
2022-09-29 applicant File: received 1 | completeness 22-10-11
2022-09-30 window accept: examining 8 | promise 22-10-09, statutory 22-11-01
2022-10-08 examiner examine: proposed 8 | promise 22-10-09, statutory 22-11-01
2022-10-10 timer LapseClock: proposed 8 | promise 22-10-09, statutory 22-11-01
2022-10-13 leader grant: granted 11 | publication 22-10-24, check_site 22-10-27, delivery
    22-10-27, obtain_permit 23-04-13, report_permanent_start 23-10-13
2022-10-14 window deliver: granted 11 | publication 22-10-24, check_site 22-10-27,
    obtain_permit 23-04-13, report_permanent_start 23-10-13
2022-10-24 window publish: in_force 11 | check_site 22-10-27, obtain_permit 23-04-13,
    report_permanent_start 23-10-13
2022-10-28 timer check_site: in_force 11 | check_site overdue 22-10-27, obtain_permit 23-04-13,
    report_permanent_start 23-10-13
2022-10-31 inspector check_site: in_force 11 | check_site ordered 22-11-07, obtain_permit
    23-04-13, report_permanent_start 23-10-13
2022-11-07 inspector check_site: in_force 11 | obtain_permit 23-04-13, report_permanent_start
    23-10-13
2023-03-01 applicant AskRenewal: in_force 11 | obtain_permit 23-04-13, report_permanent_start
    23-10-13
2023-03-08 leader DecideRenewal: in_force 11 | obtain_permit 23-04-13, report_permanent_start
    23-10-13
2023-04-14 timer obtain_permit: in_force 11 | obtain_permit overdue 23-04-13,
    report_permanent_start 23-10-13
2023-04-17 leader NoticeRevocation: in_force 11 | obtain_permit overdue 23-04-13, statement
    23-04-23, report_permanent_start 23-10-13
2023-04-17 applicant StateCase: in_force 11 | obtain_permit overdue 23-04-13,
    report_permanent_start 23-10-13
2023-04-17 leader revoke: revoked 15 | nothing open
2023-04-18 window deregister: deregistered 15 | nothing open
""")


def test_in_each_state_there_is_what_the_table_says_and_who_may_do_it():
    assert states(edition(NAME)) == STATES


def test_a_typical_case_is_filed_on_the_spot_and_ends_with_the_permit_and_the_permanent_works():
    play = Play(edition(NAME))
    told = course(
        play,
        ("2022-06-09", "applicant", application(play.edition)),
        ("2022-06-09", "window", "accept"),
        ("2022-06-09", "window", "grant_on_the_spot"),
        ("2022-06-09", "window", delivered("2022-06-09")),
        ("2022-06-10", "window", "publish"),
        ("2022-06-20", "inspector", check("check_site", "2022-06-20")),
        ("2022-09-01", "applicant", report("obtain_permit", "2022-08-31")),
        ("2022-09-06", "applicant", report("report_permanent_start", "2022-09-05")),
        ("2022-09-07", "window", "conclude"),
    )
    assert told == TYPICAL


def test_the_worst_case_is_late_everywhere_put_right_once_and_at_last_revoked():
    play = Play(edition(NAME))
    revoked = i.Revocation(RevocationGround.OTHER, SEAL)
    gone = i.Deregistration(DeregistrationGround.REVOKED)
    told = course(
        play,
        ("2022-09-29", "applicant", application(play.edition, "ordinary")),
        ("2022-09-30", "window", "accept"),
        ("2022-10-08", "examiner", c.TakeAction("examine", i.Opinion("grant", SEAL))),
        ("2022-10-10", "timer", c.LapseClock("promise")),
        ("2022-10-13", "leader", "grant"),
        ("2022-10-14", "window", delivered("2022-10-14")),
        ("2022-10-24", "window", "publish"),
        ("2022-10-28", "timer", c.FlagOverdue("check_site")),
        ("2022-10-31", "inspector", check("check_site", "2022-10-31", passed=False)),
        ("2022-11-07", "inspector", check("check_site", "2022-11-07")),
        ("2023-03-01", "applicant", a.AskRenewal(SEAL)),
        ("2023-03-08", "leader", a.DecideRenewal(granted=True)),
        ("2023-04-14", "timer", c.FlagOverdue("obtain_permit")),
        ("2023-04-17", "leader", c.NoticeRevocation(RevocationGround.OTHER, SEAL)),
        ("2023-04-17", "applicant", c.StateCase(SEAL)),
        ("2023-04-17", "leader", c.TakeAction("revoke", revoked)),
        ("2023-04-18", "window", c.TakeAction("deregister", gone)),
    )
    assert told == WORST


@pytest.mark.parametrize("work", LISTED)
def test_each_of_the_listed_works_admits_alone(work):
    alone = {**NOTHING, work: True, **FURTHER.get(work, {})}
    assert open_tracks(edition(NAME), **alone) == ["ordinary", "commitment"]


def test_without_any_of_the_listed_works_there_is_nothing_to_begin():
    command = application(edition(NAME), answers=NOTHING)
    refused = Play(edition(NAME)).ask("applicant", command, "2022-06-09")
    assert refused == Refused(Reason.TRACK_SHUT, ("on_the_list_of_works",))


@pytest.mark.parametrize(
    ("answers", "excluded"),
    [
        ({"piling": True}, "permanent_works"),
        ({"permanent_structure": True}, "permanent_works"),
        ({"earthwork": True, "deep_pit": True}, "deep_pit"),
        ({"broke_faith": True}, "broke_faith"),
    ],
)
def test_piles_structures_deep_pits_and_broken_faith_are_shut_out(answers, excluded):
    command = application(edition(NAME), answers=answers)
    refused = Play(edition(NAME)).ask("applicant", command, "2022-06-09")
    assert refused == Refused(Reason.EXCLUDED, (excluded,))


def test_safety_and_dust_are_never_committed_to():
    play = granted(NAME, "2022-06-09")
    found = materials(play.case, play.edition.definition, play.edition.conditions)
    assert {str(cause) for cause in found.saved.values()} == {"shared", "committed"}
    assert set(found.saved) == {
        "land_document",
        "scheme_opinion",
        "works_contract",
        "supervision_contract",
    }


@pytest.mark.parametrize("track", ["ordinary", "commitment"])
def test_no_permanent_works_before_the_construction_permit_on_either_track(track):
    play = filed(NAME, "2022-06-09", track).do("window", "accept", "2022-06-09")
    if track == "ordinary":
        play.do("examiner", "examine", "2022-06-09", i.Opinion("grant", SEAL))
        play.do("leader", "grant", "2022-06-09")
    else:
        play.do("window", "grant_on_the_spot", "2022-06-09")
    started = report("report_permanent_start", "2022-06-20")
    refused = play.tell("applicant", started, "2022-06-20")
    assert refused == Refused(Reason.FORBIDDEN_YET, ("obtain_permit",))
    offered = {one.name for one in beside(play.case, play.desk("applicant", "2022-06-20"))}
    assert offered == {"obtain_permit"}
    play.must("applicant", report("obtain_permit", "2022-06-21"), "2022-06-21")
    play.must("applicant", started, "2022-06-21")
    assert str(play.case.milestones["permanent_works_started"]) == "2022-06-20"


def test_the_filing_is_called_a_filing_and_not_a_permit():
    documents = {drawn.document for drawn in granted(NAME, "2022-06-09").case.documents}
    assert documents == {"receipt", "acceptance_notice", "early_start_notice"}
    definition = edition(NAME).definition
    assert definition.permit.measure == "filing"
    assert definition.documents["refusal"].title.zh == "不予备案决定书"


def test_accepted_before_the_october_holiday_the_limit_counts_the_days_worked_instead():
    play = filed(NAME, "2022-09-29", "ordinary").do("window", "accept", "2022-09-29")
    assert (play.due("promise"), play.due("statutory")) == ("2022-10-09", "2022-11-01")


def test_the_filing_holds_for_six_months_and_once_for_six_more():
    """Filed on Thursday 9 June 2022: until 9 December, then until 9 June 2023; no second time.
    It is no permit, so nobody's silence renews it, and the time to obtain the construction permit
    is put off by a decision of its own."""
    play = granted(NAME, "2022-06-09")
    assert str(play.case.term.due) == "2022-12-09"
    play.must("applicant", a.AskRenewal(SEAL), "2022-11-01")
    play.must("leader", a.DecideRenewal(granted=True), "2022-11-08")
    play.must("applicant", a.AskExtension("obtain_permit", SEAL), "2022-11-08")
    play.must("leader", a.DecideExtension("obtain_permit", granted=True), "2022-11-09")
    assert str(play.case.term.due) == str(play.case.obligations["obtain_permit"].due)
    assert str(play.case.term.due) == "2023-06-09"
    again = play.ask("applicant", a.AskRenewal(SEAL), "2023-05-04")
    assert again == Refused(Reason.EXTENDED_BEFORE, ("renewal",))
    play.must("timer", a.PassTerm(), "2023-06-12")
    assert play.case.leaves == ("expired",)
    gone = i.Deregistration(DeregistrationGround.EXPIRED)
    assert play.do("window", "deregister", "2023-06-13", gone).case.code == 11


def test_the_day_on_which_permanent_works_began_can_be_put_right():
    """Not to before the grant of 9 June, nor to after the day on which it is put right."""
    play = granted(NAME, "2022-06-09")
    play.must("applicant", report("obtain_permit", "2022-07-01"), "2022-07-01")
    play.must("applicant", report("report_permanent_start", "2022-07-04"), "2022-07-05")

    def put_right(on):
        return play.tell("supervisor", rectify("permanent_works_started", on), "2022-07-06")

    assert put_right("2022-06-08") == Refused(Reason.DATE_NOT_LAWFUL, ("2022-06-08",))
    assert put_right("2022-07-07") == Refused(Reason.DATE_NOT_LAWFUL, ("2022-07-07",))
    assert isinstance(put_right("2022-07-05"), Noted)
    assert play.case.milestones["permanent_works_started"] == date(2022, 7, 5)


def test_every_date_that_can_be_put_right_has_its_place_among_the_others():
    assert set(ORDERED) >= RECTIFIABLE
