"""What follows from an undertaking that was not kept, and what the other track saves."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework import savings
from permits.casework.decide.bars import grounds
from permits.casework.families.bars import TolerantTrackBarred
from permits.casework.families.tolerance import UndertakingBroken
from permits.casework.figures import facts_row
from permits.casework.party import Party
from permits.casework.party_commands import LiftBar
from permits.casework.party_rows import bar_rows
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Role
from tests.casework.afterwards import annulment
from tests.casework.records import Record
from tests.casework.tolerant import (
    GIVEN,
    REASON,
    supplied,
    tolerated,
)
from tests.kit import (
    LATER,
    OTHER_PARTY,
    PEOPLE,
    SEAL,
    Play,
    calendar,
    filing,
    officer,
    plan_exempt,
)

# The bar.


def barred():
    """Who did not keep an undertaking, on Monday 14 November 2022."""
    return tolerated().do("leader", "refuse_unsupplied", "2022-11-14", REASON).party


def test_who_is_barred_is_told_until_when():
    play = Play(party=barred())
    command = filing(plan_exempt(), "tolerant")
    assert play.ask("applicant", command, "2023-11-14") == Refused(Reason.BARRED, ("2023-11-14",))
    play.must("applicant", command, "2023-11-15")


@pytest.mark.parametrize("track", ["ordinary", "commitment"])
def test_the_other_tracks_stay_open_to_whoever_is_barred(track):
    Play(party=barred()).file("2022-12-01", track)


def test_nobody_else_is_barred():
    Play(party=Party(OTHER_PARTY)).file("2022-12-01", "tolerant")


def test_no_permit_is_barred_by_it():
    assert barred().bar("plan_exempt", date(2022, 12, 1)) is None


def test_the_head_of_the_office_may_lift_it_as_any_other_bar():
    record = Record(party=barred())
    record.must("leader", LiftBar("bar_1", SEAL), "2022-12-01")
    assert (record.party.track_bar(date(2022, 12, 1)), bar_rows(record.party)) == (None, ())
    Play(party=record.party).file("2022-12-02", "tolerant")


def test_it_falls_with_the_refusal_it_followed_from():
    """A court annulled the refusal on Thursday 1 December 2022: the year had never begun."""
    play = tolerated().do("leader", "refuse_unsupplied", "2022-11-14", REASON)
    play.must("leader", annulment("2022-12-01", anew=True), "2022-12-01")
    assert play.party.bars["bar_1"].lifted_on == date(2022, 12, 1)
    Play(party=play.party).file("2022-12-02", "tolerant")


def test_what_came_too_late_may_still_come_when_a_court_lets_it_be_decided_anew():
    """Annulled on Thursday 1 December 2022: without it the office could never grant."""
    play = tolerated().do("leader", "refuse_unsupplied", "2022-11-14", REASON)
    late = supplied(play, "2022-11-15", LATER)
    assert late == Refused(Reason.NOT_NOW, ("supply",))
    play.must("leader", annulment("2022-12-01", anew=True), "2022-12-01")
    assert not isinstance(supplied(play, "2022-12-02", LATER), Refused)
    play.do("examiner", "examine", "2022-12-05", GIVEN).do("leader", "grant", "2022-12-05")
    assert play.case.code == 11


def test_a_case_that_brought_it_may_still_be_found_to_rest_on_false_materials():
    play = tolerated().do("leader", "refuse_unsupplied", "2022-11-14", REASON)
    assert grounds(play.party, play.case) == ("false_materials",)


def test_a_bar_that_would_end_on_a_rest_day_is_not_put_off():
    play = tolerated("2022-11-01").do("leader", "refuse_unsupplied", "2022-11-19", REASON)
    assert date(2023, 11, 19).weekday() == 6
    assert play.case.broken.until == date(2023, 11, 19)


# The other track, and what is saved.


def test_until_the_time_has_ended_the_case_may_go_on_in_the_ordinary_procedure():
    play = tolerated().do("applicant", "withdraw_commitment", "2022-11-03")
    assert (play.case.track, play.case.tolerated, play.case.undertaking) == ("ordinary", (), None)
    assert not play.case.clocks["supplement"].running


def test_whoever_let_the_time_pass_gets_no_other_time_by_changing_the_track():
    outcome = tolerated().ask("applicant", c.TakeAction("withdraw_commitment"), "2022-11-14")
    assert outcome == Refused(Reason.SUPPLY_ENDED, ("2022-11-11",))


def test_what_comes_later_is_not_saved():
    play = tolerated().do("examiner", "examine", "2022-11-03", GIVEN)
    found = savings.materials(play.case, play.edition.definition, play.edition.conditions)
    assert (found.saved, found.deferred) == ({}, (LATER,))
    supplied(play, "2022-11-04", LATER)
    play.do("leader", "grant", "2022-11-07")
    row = facts_row(play.case, play.edition, calendar())
    assert (row.saved_materials, row.deferred, row.handed_in, row.kind) == (0, 0, 5, "none")


def test_the_log_says_who_is_barred():
    play = tolerated().do("leader", "refuse_unsupplied", "2022-11-14", REASON)
    [broken] = [event for _at, event in play.log if isinstance(event, UndertakingBroken)]
    assert broken == UndertakingBroken((LATER,), date(2023, 11, 14))


def test_the_record_of_the_party_says_for_how_long_as_the_undertaking_did():
    refused = c.TakeAction("refuse_unsupplied", REASON)
    told = tolerated().tell("leader", refused, "2022-11-14").parties
    events = [fact.event for one in told for fact in one.facts]
    [barred] = [one for one in events if isinstance(one, TolerantTrackBarred)]
    assert (barred.within, barred.until) == ("12m", date(2023, 11, 14))


def test_whoever_examined_does_not_confirm_the_refusal_either():
    PEOPLE.setdefault("both", officer("both", Role.EXAMINER, Role.LEADER))
    play = tolerated().do("both", "examine", "2022-11-02", i.Opinion("grant", SEAL))
    refuse = c.TakeAction("refuse_unsupplied", REASON)
    assert play.ask("both", refuse, "2022-11-14") == Refused(Reason.SAME_PERSON)
    play.must("leader", refuse, "2022-11-14")
