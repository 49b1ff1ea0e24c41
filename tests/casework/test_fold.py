"""A case is the fold of its events, however they are split; and can be kept in between."""

import dataclasses
from datetime import date
from functools import cache

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.case import Case
from permits.casework.counter import PROOF
from permits.casework.decide import Noted
from permits.casework.fold import FOLDS, fold, fold_all
from permits.casework.streams import EVENTS
from permits.definitions.procedure import (
    DeregistrationGround,
    RevocationGround,
    Role,
    SpecialCause,
    WithdrawalGround,
)
from tests.casework.afterwards import (
    renewed_and_expired,
    restored_and_annulled,
    void_and_deregistered,
)
from tests.casework.duties import TWO, check, pay, rectify, report, with_fee
from tests.casework.joint import heard_and_refused, heard_and_withdrawn
from tests.casework.lots import another_is_drawn
from tests.casework.records import registered
from tests.casework.test_fees import STEPS, frozen_on_acceptance
from tests.casework.test_intake import MISSING, incomplete, notice, supplement
from tests.kit import (
    FIVE,
    LATER,
    LINE,
    OTHER_PARTY,
    PARTY,
    SEAL,
    SEALED,
    Play,
    brought,
    defect,
    officer,
    paper,
)
from tests.staged import Site
from tests.workflows import deferring
from tests.workflows.kinds import filed, granted


def sent_back(play, on):
    """A check by three: one writes its record, one signs it, and one sends it back."""
    three = (*TWO, "third")
    play.must("inspector", check(on, passed=False, inspectors=three), on)
    for who, agrees in (("third", True), (TWO[1], False)):
        sign = c.SignCheck("check_after_completion", SEAL, agrees=agrees, reason=SEAL)
        desk = dataclasses.replace(play.desk("inspector", on), actor=officer(who, Role.INSPECTOR))
        assert isinstance(play.carry_out(sign, desk), Noted)


def served_and_breached():
    play = Play(with_fee()).served("2022-06-09")
    play.must("applicant", report(), "2022-07-21")
    play.must("timer", c.FlagOverdue("check_after_completion"), "2022-08-20")
    sent_back(play, "2022-08-22")
    play.checked("inspector", check("2022-08-22", passed=False), "2022-08-22")
    mended = c.ReportObligation("check_after_completion", date(2022, 8, 29), (), SEAL)
    play.must("applicant", mended, "2022-08-29")
    play.checked("inspector", check("2022-08-30"), "2022-08-30")
    play.must("window", pay(2_775_000, "2022-08-30"), "2022-08-30")
    return play.do("window", "conclude", "2022-08-31")


def corrected_and_refused():
    play = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    play.do("applicant", "supply_corrections", "2022-06-15", supplement())
    play.do("window", "accept", "2022-06-15")
    play.must("supervisor", c.ReverseAction(SEAL), "2022-06-15")
    play.do("window", "accept", "2022-06-15")
    play.must("leader", c.ExtendClock("promise", SEAL), "2022-06-16")
    special = i.SpecialProcedure(SpecialCause.EXPERT_REVIEW, "5wd", notified=True, reason=SEAL)
    play.do("examiner", "suspend", "2022-06-16", special)
    play.do("examiner", "resume", "2022-06-20")
    play.do("examiner", "examine", "2022-07-20", i.Opinion("refuse", SEAL))
    play.do("leader", "return_to_examiner", "2022-07-20", i.Reasoned(SEAL))
    play.do("examiner", "examine", "2022-07-21", i.Opinion("refuse", SEAL))
    play.do("leader", "refuse", "2022-07-21", i.Reasoned(SEAL))
    play.must("leader", c.ExplainLateness("promise", SEAL), "2022-07-21")
    play.do("window", "deliver", "2022-07-22", i.Service(date(2022, 7, 21), "post"))
    rectified = c.RectifyDate("delivered", date(2022, 7, 22), SEAL)
    play.must("supervisor", rectified, "2022-07-22")
    return play.do("window", "publish", "2022-07-22")


def switched_and_withdrawn():
    play = Play().file("2022-06-09")
    play.do("applicant", "withdraw_commitment", "2022-06-09")
    return play.do("applicant", "withdraw", "2022-06-10", i.Reasoned(SEAL))


def revoked_before_it_was_served():
    play = Play().granted("2022-06-09")
    play.must("leader", c.NoticeRevocation(RevocationGround.OTHER, SEAL), "2022-06-10")
    play.must("leader", c.DropRevocation(SEAL), "2022-06-10")
    number = play.case.documents[0].number
    play.must("window", c.CorrectDocument(number, SEAL), "2022-06-10")
    play.revoked("2022-06-10", RevocationGround.ABUSE_OF_OFFICE)
    from permits.definitions.procedure import DeregistrationGround

    given = i.Deregistration(DeregistrationGround.REVOKED)
    return play.do("window", "deregister", "2022-06-13", given)


def never_accepted():
    play = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    play.must("timer", c.LapseClock("correction"), "2022-07-04")
    return play.do("window", "refuse_acceptance", "2022-07-05", i.Reasoned(SEAL))


def supplied_too_late():
    play = Play().file("2022-11-01", "tolerant").do("window", "accept", "2022-11-01")
    play.do("leader", "refuse_unsupplied", "2022-11-14", i.Reasoned(SEAL))
    play.do("window", "deliver", "2022-11-15", i.Service(date(2022, 11, 15), "post"))
    return play.do("window", "publish", "2022-11-15")


def supplied_in_time():
    play = Play().file("2022-11-01", "tolerant").do("window", "accept", "2022-11-01")
    play.must("applicant", c.SupplyLater((paper(LATER),)), "2022-11-02")
    return play.do("applicant", "withdraw", "2022-11-03", i.Reasoned(SEAL))


def reported_by_mistake_and_withdrawn():
    play = Play().served("2022-06-09")
    play.must("applicant", report(), "2022-07-21")
    play.must("supervisor", c.ReverseAction(SEAL), "2022-07-21")
    given = i.Withdrawal(WithdrawalGround.LAW_CHANGED, SEAL, SEAL)
    return play.do("leader", "withdraw_grant", "2022-07-22", given)


def drawn_by_lot():
    play = granted("drawing_review", "2022-06-09", seed="1")
    play.revoked("2022-06-10", RevocationGround.NOT_QUALIFIED)
    given = i.Deregistration(DeregistrationGround.REVOKED)
    return play.do("window", "deregister", "2022-06-13", given)


def another_drawn_before_it_was_revoked():
    play = another_is_drawn()
    play.revoked("2022-06-13", RevocationGround.DECEIT_OR_BRIBERY)
    given = i.Deregistration(DeregistrationGround.REVOKED)
    return play.do("window", "deregister", "2022-06-14", given)


def passed_a_gate():
    play = Site().filed("pit", "2022-06-09")
    return play.do("applicant", "withdraw", "2022-06-10", i.Reasoned(SEAL))


def put_off_mistaken_and_revoked():
    play = deferring.building(deferring.INFRA, "2022-06-09", "2022-07-01")
    deferring.pay(play, deferring.fee_of(play).balance_fen, "2022-07-04")
    play.must("supervisor", c.UndoFeeEntry("infrastructure_charge", 2, SEAL), "2022-07-05")
    deferring.revoke(play, "2022-07-06")
    play.must("timer", c.FlagFeeOverdue("infrastructure_charge"), "2022-08-01")
    deferring.pay(play, deferring.fee_of(play).balance_fen, "2022-08-02")
    return play.do("leader", "deregister", "2022-08-03", i.Deregistration("70-4"))


def frozen_anew_withdrawn_and_refunded():
    play = Play(frozen_on_acceptance(STEPS)).accepted("2022-06-10", "commitment")
    play.must("window", pay(30_000, "2022-06-13"), "2022-06-13")
    play.must("supervisor", rectify("received", "2022-06-09"), "2022-06-14")
    play.do("applicant", "withdraw", "2022-06-15", i.Reasoned(SEAL))
    back = c.RefundFee("charge", date(2022, 6, 16), 30_000, SEAL, SEAL)
    play.must("window", back, "2022-06-16")
    return play


def taken_over_and_withdrawn():
    play = Play().file("2022-06-09")
    play.party = replace(registered(PARTY), successor=OTHER_PARTY)
    play.must("timer", c.TakeOver(OTHER_PARTY), "2022-06-10")
    return play.do("stranger", "withdraw", "2022-06-10", i.Reasoned(SEAL))


def on_paper():
    handed_in = tuple(paper(m) for m in FIVE if m not in MISSING)
    how = {"channel": "counter", "brought": brought("2022-06-09"), "handed_in": handed_in}
    play = Play().file("2022-06-09", "ordinary", **how)
    spot = c.CorrectOnTheSpot(i.Supplement(LINE, SEALED, tuple(map(paper, MISSING))))
    play.must("window", c.ActForApplicant(spot, brought("2022-06-09")), "2022-06-09")
    number = play.case.documents[0].number
    served = c.ServeDocument(number, date(2022, 6, 9), "counter", (paper(PROOF),))
    play.must("window", served, "2022-06-09")
    play.must("supervisor", c.TakeBackVisit(1, SEAL), "2022-06-09")
    withdrawn = c.TakeAction("withdraw", i.Reasoned(SEAL))
    play.must("window", c.ActForApplicant(withdrawn, brought("2022-06-10")), "2022-06-10")
    return play


def with_data_of_other_offices():
    play = filed("early_start", "2022-06-09")
    return play.do("applicant", "withdraw", "2022-06-10", i.Reasoned(SEAL))


STORIES = (
    taken_over_and_withdrawn,
    on_paper,
    with_data_of_other_offices,
    drawn_by_lot,
    passed_a_gate,
    served_and_breached,
    corrected_and_refused,
    switched_and_withdrawn,
    revoked_before_it_was_served,
    never_accepted,
    supplied_too_late,
    supplied_in_time,
    reported_by_mistake_and_withdrawn,
    put_off_mistaken_and_revoked,
    frozen_anew_withdrawn_and_refunded,
    heard_and_refused,
    heard_and_withdrawn,
    void_and_deregistered,
    restored_and_annulled,
    renewed_and_expired,
    another_drawn_before_it_was_revoked,
)


@cache
def log_of(story):
    return story().log


def logs():
    return [log_of(story) for story in STORIES]


def test_together_the_stories_hold_every_event_but_those_of_a_new_calendar():
    seen = {type(event) for log in logs() for _envelope, event in log}
    left = {kind.__name__ for kind in FOLDS.keys() - seen}
    dated = {"ClockRecomputed", "ObligationDated", "FeeDated", "HearingDated", "ThirdPartyDated"}
    dated |= {"TermDated"}
    assert left == dated - {k.__name__ for k in seen}


@pytest.mark.parametrize("story", STORIES)
@given(data=st.data())
def test_folding_in_any_split_gives_the_same_case(story, data):
    log = log_of(story)
    whole = fold_all(Case(id="case/1"), log)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(log)), max_size=4)))
    case = Case(id="case/1")
    for start, end in zip([0, *cuts], [*cuts, len(log)], strict=True):
        case = fold_all(case, log[start:end])
        case = msgspec.json.decode(msgspec.json.encode(case), type=Case)
    assert case == whole


@pytest.mark.parametrize("story", STORIES)
def test_a_case_knows_how_many_events_it_has_and_when_the_last_was_written(story):
    log = log_of(story)
    case = Case(id="case/1")
    for number, (envelope, event) in enumerate(log, 1):
        case = fold(case, event, envelope)
        assert (case.version, case.recorded_at) == (number, envelope.recorded_at)


MOVING = {"Moved", "ActionReversed", "GrantRestored", "DecisionAnnulled"}


@pytest.mark.parametrize("story", STORIES)
def test_only_moving_reversing_and_annulling_change_where_a_case_stands(story):
    log = log_of(story)
    case = Case(id="case/1")
    for envelope, event in log:
        after = fold(case, event, envelope)
        if type(event).__name__ not in MOVING:
            assert after.leaves == case.leaves
        case = after


@pytest.mark.parametrize("story", STORIES)
def test_every_ended_case_has_nothing_left_open(story):
    log = log_of(story)
    case = fold_all(Case(id="case/1"), log)
    assert not [n for n, clock in case.clocks.items() if clock.running]
    assert not [key for key, one in case.requests.items() if one.waiting]
    assert not [key for key, one in case.third_parties.items() if one.open]
    assert case.hearing is None or not case.hearing.waits
    assert not [n for n, held in case.obligations.items() if held.status == "open"]
    assert not [n for n, fee in case.fees.items() if fee.open]


def test_a_reversal_without_what_it_reverses_still_says_where_the_case_stands():
    """A log from elsewhere may hold one; a fold takes over what it can and never fails."""
    from permits.casework.families.deciding import ActionReversed

    play = Play().granted("2022-06-09")
    envelope, _event = play.log[-1]
    case = msgspec.structs.replace(play.case, before=None)
    undone = ActionReversed(action="accept", leaves=("received",), code=1, void=(), reason=SEAL)
    after = fold(case, undone, envelope)
    assert (after.leaves, after.code, after.clocks) == (("received",), 1, case.clocks)


def test_no_two_streams_share_the_name_of_an_event():
    assert len(EVENTS) == len({kind.__name__ for kind in EVENTS.values()})


def test_a_defect_is_kept_as_it_was_told():
    play = incomplete().do("window", "issue_correction", "2022-06-10", notice("land_title"))
    assert play.case.notices[0].defects == (defect("material.land_title"),)
