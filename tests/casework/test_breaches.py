"""What a case tells its party: a breach is drafted, a review is opened, nothing follows by itself;
and what the standing of a party shuts for its next application."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework import party_commands as p
from permits.casework import standing
from permits.casework.decide.minutes import ToldParty
from permits.casework.families.filing import Filed
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import RevocationGround as R
from permits.definitions.schema import TrackName
from tests.casework.duties import check, report, with_fee
from tests.casework.records import Record, drafted, of_a_breach, registered
from tests.kit import PARTY, PEOPLE, SEAL, Play, brought, filing, plan_exempt
from tests.workflows.deferring import DUTY, FEE, INFRA, building, deferred, revoke

ENTERED = of_a_breach().entered().party
"""An entry of 17 June 2022, disclosed until 17 June 2023."""


def kinds(play):
    return [(one.kind, one.about) for one in play.party.entries.values()]


def revoked(ground, track="commitment"):
    play = Play(party=registered(PARTY))
    if track == "ordinary":
        play.proposed("2022-06-09").do("leader", "grant", "2022-06-09")
        play.do("window", "deliver", "2022-06-09", i.Service(date(2022, 6, 9), "online"))
        play.do("window", "publish", "2022-06-09")
    else:
        play.served("2022-06-09")
    return play.revoked("2022-06-20", ground)


# What is drafted.


def test_a_revocation_for_deceit_drafts_an_entry():
    play = revoked(R.DECEIT_OR_BRIBERY)
    assert kinds(play) == [("deceit", "69-2")]
    entry = play.party.entries["entry_1"]
    assert (entry.case, entry.number, entry.permit) == ("case/1", play.case.number, "plan_exempt")
    assert (entry.office, entry.department) == ("planning_bureau", "planning")
    assert (entry.status, entry.drafted_on) == ("drafted", date(2022, 6, 20))


@pytest.mark.parametrize("ground", [R.NOT_QUALIFIED, R.OTHER])
def test_a_revocation_for_a_broken_commitment_drafts_an_entry(ground):
    assert kinds(revoked(ground)) == [("commitment", ground)]


@pytest.mark.parametrize("ground", [R.ABUSE_OF_OFFICE, R.BEYOND_POWERS, R.PROCEDURE_BREACHED])
def test_what_the_office_did_wrong_is_no_breach_of_the_holder(ground):
    play = revoked(ground)
    assert (play.party.entries, play.party.reviews) == ({}, {})


def test_without_a_commitment_none_was_broken():
    assert kinds(revoked(R.NOT_QUALIFIED, "ordinary")) == []
    assert revoked(R.DECEIT_OR_BRIBERY, "ordinary").party.reviews == {}


def test_a_breach_that_is_not_put_right_in_time_drafts_an_entry():
    play = Play(party=registered(PARTY)).served("2022-06-09")
    failed = unrectified(play)
    assert kinds(failed) == [("unrectified", "check_after_completion")]


def unrectified(play):
    """Ordered on 25 July 2022 to be put right in ten working days, by 8 August."""
    play.must("applicant", report(), "2022-07-21")
    play.checked("inspector", check("2022-07-25", passed=False), "2022-07-25")
    assert play.case.obligations["check_after_completion"].due == date(2022, 8, 8)
    play.must("timer", c.FlagOverdue("check_after_completion"), "2022-08-09")
    return play


def test_a_check_that_the_office_lets_pass_is_no_breach():
    """The check itself is owed by the office until something was ordered."""
    play = Play(party=registered(PARTY)).served("2022-06-09")
    play.must("applicant", report(), "2022-07-21")
    due = play.case.obligations["check_after_completion"].due
    after = date.fromordinal(due.toordinal() + 1).isoformat()
    play.must("timer", c.FlagOverdue("check_after_completion"), after)
    assert kinds(play) == []


def test_one_breach_is_drafted_once_however_it_goes_on():
    play = unrectified(Play(party=registered(PARTY)).served("2022-06-09"))
    play.revoked("2022-08-10", R.NOT_QUALIFIED)
    assert len(play.party.entries) == 1


def test_what_was_dropped_does_not_hide_what_comes_after_it():
    play = unrectified(Play(party=registered(PARTY)).served("2022-06-09"))
    record = Record(play.party).must("leader", p.DropEntry("entry_1", SEAL), "2022-08-09")
    play.party = record.party
    play.revoked("2022-08-10", R.NOT_QUALIFIED)
    assert kinds(play)[-1] == ("commitment", R.NOT_QUALIFIED)


def test_an_undertaking_that_was_not_kept_drafts_an_entry():
    play = Play(party=registered(PARTY)).file("2022-11-01", "tolerant")
    play.do("window", "accept", "2022-11-01")
    play.do("leader", "refuse_unsupplied", "2022-11-14", i.Reasoned(SEAL))
    assert kinds(play) == [("undertaking", "")]


def test_a_fee_that_was_put_off_and_not_paid_in_time_drafts_an_entry():
    """Six months from the construction permit of 14 July 2022 end on Monday, 16 January."""
    play = building(INFRA, "2022-06-09", "2022-07-14")
    play.party = registered(PARTY)
    play.must("timer", c.FlagOverdue(DUTY[INFRA]), "2023-01-17")
    assert kinds(play) == [("fee", DUTY[INFRA])]


def test_a_fee_whose_deferral_was_lost_and_that_is_not_paid_drafts_an_entry_of_its_own():
    play = deferred(INFRA, "2022-06-09")
    play.party = registered(PARTY)
    revoke(play, "2022-06-20")
    due = play.case.fees[FEE[INFRA]].due
    play.must("timer", c.FlagFeeOverdue(FEE[INFRA]), str(date.fromordinal(due.toordinal() + 1)))
    assert kinds(play) == [("commitment", R.OTHER), ("fee", FEE[INFRA])]


def test_a_fee_that_is_only_late_is_no_breach_of_faith():
    play = Play(with_fee(), party=registered(PARTY)).granted("2022-06-09")
    play.must("timer", c.FlagFeeOverdue("charge"), "2022-12-13")
    assert kinds(play) == []


def test_where_nobody_looks_nothing_is_told():
    play = Play().served("2022-06-09").revoked("2022-06-20", R.DECEIT_OR_BRIBERY)
    assert play.party is None


def test_the_party_is_told_nothing_of_ordinary_business():
    play = Play(party=registered(PARTY)).file("2022-06-09")
    assert play.ask("window", c.TakeAction("accept"), "2022-06-09").parties == ()


# A legal review of a penalty (art. 68).


@pytest.mark.parametrize("ground", [R.NOT_QUALIFIED, R.OTHER, R.DECEIT_OR_BRIBERY])
def test_a_broken_commitment_opens_a_legal_review_and_nothing_else(ground):
    play = revoked(ground)
    [review] = play.party.reviews.values()
    assert (review.name, review.case, review.outcome) == ("review_1", "case/1", None)


# The next application.


def test_the_filing_says_in_view_of_which_standing_it_was_taken():
    party = registered(PARTY)
    play = Play(party=party)
    noted = play.must("applicant", filing(plan_exempt()), "2022-06-20")
    [filed] = [e for _at, e in play.log if isinstance(e, Filed)]
    assert filed.standing == party.version == 1
    assert noted.parties == (ToldParty(party, ()),)


@pytest.mark.parametrize("track", ["commitment", "tolerant"])
def test_an_entry_that_stands_shuts_the_tracks_of_trust(track):
    outcome = Play(party=ENTERED).ask("applicant", filing(plan_exempt(), track), "2022-07-01")
    number = ENTERED.entries["entry_1"].number
    assert outcome == Refused(Reason.TRACK_LOST, ("2023-06-17", number))


def test_the_ordinary_track_stays_open():
    Play(party=ENTERED).file("2022-07-01", "ordinary")


def test_an_entry_shuts_nothing_before_it_is_made_or_after_its_disclosure():
    Play(party=of_a_breach().noticed().party).file("2022-06-10")
    assert standing.lost(TrackName.COMMITMENT, ENTERED, date(2023, 6, 17)) is not None
    assert standing.lost(TrackName.COMMITMENT, ENTERED, date(2023, 6, 18)) is None


def test_repair_opens_them_again():
    record = Record(ENTERED).must("applicant", p.AskForRepair("entry_1", SEAL), "2022-07-01")
    record.must("leader", p.DecideRepair("entry_1", granted=True, reason=SEAL), "2022-07-01")
    Play(party=record.party).file("2022-07-01")


def test_an_exclusion_is_told_before_the_standing():
    command = filing(plan_exempt(), answers={"restricted_place": True})
    outcome = Play(party=ENTERED).ask("applicant", command, "2022-07-01")
    assert outcome.reason is Reason.EXCLUDED


def test_of_whom_nothing_is_known_nothing_is_shut():
    for track in TrackName:
        assert standing.lost(track, None, date(2022, 6, 9)) is None
    assert standing.closed(None, "plan_exempt", date(2022, 6, 9)) is None


@pytest.mark.parametrize(
    ("command", "looked"),
    [
        (c.ActForApplicant(c.SupplyLater(), brought("2022-06-09")), PARTY),
        (filing(plan_exempt()), PARTY),
        (c.FlagOverdue("check_after_completion"), PARTY),
        (check("2022-07-25"), PARTY),
        (c.FlagFeeOverdue("charge"), PARTY),
        (c.TakeOver("12410100MB00000015"), PARTY),
        (c.TakeAction("revoke"), PARTY),
        (c.TakeAction("refuse_unsupplied"), PARTY),
        (c.TakeAction("accept"), ""),
        (c.TakeAction("nothing_of_the_kind"), ""),
        (c.Recompute(), ""),
    ],
)
def test_the_record_is_looked_at_where_it_matters(command, looked):
    play = Play().file("2022-06-09")
    window = PEOPLE["window"]
    assert standing.looked_at(play.edition, play.case, command, window) == looked


def test_of_whoever_acts_for_a_party_its_record_is_looked_at():
    play, applicant = Play().file("2022-06-09"), PEOPLE["applicant"]
    for command in (c.SupplyLater(), c.TakeAction("withdraw")):
        assert standing.looked_at(play.edition, play.case, command, applicant) == PARTY
    assert standing.looked_at(play.edition, Play().case, filing(plan_exempt()), applicant) == PARTY


def test_drafts_are_numbered_in_the_record():
    party = drafted(party=drafted(), case="case/2")
    assert list(party.entries) == ["entry_1", "entry_2"]
