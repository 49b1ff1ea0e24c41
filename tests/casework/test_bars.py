"""Bars from applying again (行政许可法 art. 78, 79), and the review of a penalty (art. 68)."""

from datetime import date

import pytest
from msgspec.structs import replace

from permits.casework import inputs as i
from permits.casework import party_commands as c
from permits.casework.party_offers import PartyOffer, party_offers
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import RevocationGround as R
from tests.casework.afterwards import annulment
from tests.casework.records import Record, registered, reviewed
from tests.casework.test_intake import incomplete, notice
from tests.kit import OTHER_PARTY, SEAL, Play, filing, plan_exempt

FALSE = c.ImposeBar("false_materials", "case/1", "public_safety", SEAL)
DECEIT = c.ImposeBar("deceit", "case/1", "health", SEAL)
REASON = i.Reasoned(SEAL)


def refused():
    """An application that was refused; that it was for false materials a person says."""
    play = Play().proposed("2022-06-09")
    return play.do("leader", "refuse", "2022-06-10", REASON).case


def revoked(ground=R.DECEIT_OR_BRIBERY):
    return Play().served("2022-06-09").revoked("2022-06-20", ground).case


def turned_away():
    """Asked to correct by 1 July 2022, and not accepted because nothing came."""
    play = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    return play.do("window", "refuse_acceptance", "2022-07-04", REASON).case


def sent_away(action):
    """Nobody looked at what was in the application."""
    return lambda: (
        Play().file("2022-06-09", "ordinary").do("window", action, "2022-06-10", REASON).case
    )


def annulled_refusal():
    """A court annulled the refusal, and nothing is decided anew."""
    play = Play().proposed("2022-06-09").do("leader", "refuse", "2022-06-10", REASON)
    play.must("leader", annulment("2022-06-20", anew=False), "2022-06-20")
    return play.case


# Bars.


@pytest.mark.parametrize("case", [refused, turned_away])
def test_false_materials_bar_for_a_year_from_the_day_a_person_decides(case):
    record = Record(case=case()).must("leader", FALSE, "2022-07-05")
    bar = record.party.bars["bar_1"]
    assert (bar.since, bar.until) == (date(2022, 7, 5), date(2023, 7, 5))
    assert (bar.permit, bar.concerns) == ("plan_exempt", "public_safety")


def test_a_permit_got_by_deceit_bars_for_three_years():
    record = Record(case=revoked()).must("leader", DECEIT, "2022-07-01")
    assert record.party.bars["bar_1"].until == date(2025, 7, 1)


def test_a_bar_lapses_by_itself():
    bar = Record(case=refused()).must("leader", FALSE, "2022-07-01").party.bars["bar_1"]
    assert bar.holds(date(2023, 7, 1))
    assert not bar.holds(date(2023, 7, 2))


@pytest.mark.parametrize(
    ("case", "command"),
    [
        (lambda: Play().served("2022-06-09").case, FALSE),
        (lambda: Play().served("2022-06-09").case, DECEIT),
        (refused, DECEIT),
        (revoked, FALSE),
        (lambda: revoked(R.NOT_QUALIFIED), DECEIT),
        (sent_away("declare_not_competent"), FALSE),
        (sent_away("declare_not_required"), FALSE),
        (annulled_refusal, FALSE),
    ],
)
def test_a_bar_follows_only_from_what_the_law_names(case, command):
    assert Record(case=case()).refused("leader", command, "2022-07-01") == Reason.BAR_NOT_LAWFUL


def test_a_case_bars_once():
    record = Record(case=refused()).must("leader", FALSE, "2022-07-01")
    assert record.refused("leader", FALSE, "2022-07-01") == Reason.BAR_NOT_LAWFUL


def test_with_an_annulled_refusal_falls_the_bar_it_was_followed_by_and_no_other():
    play = Play().proposed("2022-06-09").do("leader", "refuse", "2022-06-10", REASON)
    barred = replace(FALSE, case=play.case.id)
    record = Record(case=play.case).must("leader", barred, "2022-06-13")
    mine = record.party.bars["bar_1"]
    others = {
        "of_another_case": replace(mine, name="of_another_case", case="case/2"),
        "lifted": replace(mine, name="lifted", lifted_on=date(2022, 6, 14)),
    }
    play.party = replace(record.party, bars={"bar_1": mine, **others})
    play.must("leader", annulment("2022-06-20", anew=False), "2022-06-20")
    day = date(2022, 6, 20)
    assert [n for n, bar in play.party.bars.items() if bar.holds(day)] == ["of_another_case"]
    assert play.party.bars["lifted"] == others["lifted"]


def test_a_bar_has_a_reason():
    silent = c.ImposeBar("false_materials", "case/1", "health")
    assert Record(case=refused()).refused("leader", silent, "2022-07-01") == Reason.REASON_WANTED


def test_the_case_must_be_the_partys():
    other = Record(registered(OTHER_PARTY), case=refused())
    assert other.refused("leader", FALSE, "2022-07-01") == Reason.NO_SUCH_CASE
    assert Record().refused("leader", FALSE, "2022-07-01") == Reason.NO_SUCH_CASE


@pytest.mark.parametrize("name", ["window", "supervisor", "applicant", "elsewhere"])
def test_the_head_of_the_office_of_the_case_bars_and_nobody_else(name):
    assert Record(case=refused()).refused(name, FALSE, "2022-07-01") == Reason.NOT_YOURS


def test_a_bar_is_offered_for_the_cases_it_may_follow_from():
    record = Record(case=None)
    cases = [refused(), Play().served("2022-06-09").case]
    desk = record.desk("leader", "2022-07-01")
    assert PartyOffer("impose_bar", "case/1") in party_offers(record.party, desk, cases[:1])
    assert PartyOffer("impose_bar", "case/1") not in party_offers(record.party, desk, cases[1:])
    window = record.desk("window", "2022-07-01")
    assert PartyOffer("impose_bar", "case/1") not in party_offers(record.party, window, cases)


def test_a_bar_may_be_lifted_while_it_holds():
    record = Record(case=refused()).must("leader", FALSE, "2022-07-01")
    assert record.refused("leader", c.LiftBar("bar_1"), "2022-08-01") == Reason.REASON_WANTED
    assert record.refused("leader", c.LiftBar("bar_9", SEAL), "2022-08-01") == Reason.NO_SUCH_BAR
    late = c.LiftBar("bar_1", SEAL)
    assert record.refused("leader", late, "2023-07-02") == Reason.NO_SUCH_BAR
    record.must("leader", late, "2022-08-01")
    assert not record.party.bars["bar_1"].holds(date(2022, 8, 1))
    record.must("leader", FALSE, "2022-08-02")


# Filing.


def test_the_same_permit_is_not_applied_for_while_the_bar_holds():
    record = Record(case=refused()).must("leader", FALSE, "2022-07-01")
    play = Play(party=record.party)
    command = filing(plan_exempt(), "ordinary")
    barred = Refused(Reason.PERMIT_BARRED, ("2023-07-01", "false_materials"))
    assert play.ask("applicant", command, "2023-07-01") == barred
    play.must("applicant", command, "2023-07-03")


def test_the_bar_that_lasts_longest_is_told():
    record = Record(case=refused()).must("leader", FALSE, "2022-07-01")
    record.case = revoked_elsewhere()
    record.must("leader", c.ImposeBar("deceit", "case/2", "health", SEAL), "2022-07-04")
    assert record.party.bar("plan_exempt", date(2022, 7, 4)).until == date(2025, 7, 4)
    assert record.party.bar("plan_exempt", date(2025, 7, 5)) is None
    assert record.party.bar("early_start", date(2022, 7, 4)) is None


def revoked_elsewhere():
    return replace(revoked(), id="case/2")


# Legal review.


CONCLUDE = c.ConcludeReview("review_1", "referred", SEAL)


def test_a_review_is_concluded_by_a_person_with_the_outcome():
    record = Record(reviewed()).must("supervisor", CONCLUDE, "2022-07-01")
    review = record.party.reviews["review_1"]
    assert (review.outcome, review.concluded_on) == ("referred", date(2022, 7, 1))
    assert record.refused("supervisor", CONCLUDE, "2022-07-01") == Reason.NO_SUCH_REVIEW


def test_a_review_is_not_concluded_without_reasons_or_where_there_is_none():
    record = Record(reviewed())
    silent = c.ConcludeReview("review_1", "not_pursued")
    assert record.refused("leader", silent, "2022-07-01") == Reason.REASON_WANTED
    other = c.ConcludeReview("review_9", "not_pursued", SEAL)
    assert record.refused("leader", other, "2022-07-01") == Reason.NO_SUCH_REVIEW


@pytest.mark.parametrize("name", ["applicant", "window", "examiner", "elsewhere"])
def test_a_review_is_for_officers_of_the_department(name):
    assert Record(reviewed()).refused(name, CONCLUDE, "2022-07-01") == Reason.NOT_YOURS


def test_offers_of_a_record_with_everything_in_it():
    record = Record(reviewed(), case=refused()).must("leader", FALSE, "2022-07-01")
    record.case = None
    found = party_offers(record.party, record.desk("leader", "2022-07-01"))
    assert found == (
        PartyOffer("lift_bar", "bar_1"),
        PartyOffer("conclude_review", "review_1"),
        PartyOffer("merge_party"),
    )
