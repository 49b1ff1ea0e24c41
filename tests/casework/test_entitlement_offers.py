"""Offers: where confirmation comes before the notice, and what nobody confirmed."""

from permits.casework.entitlement import commands as c
from permits.casework.entitlement.desk import Desk
from permits.casework.refusals import Reason
from permits.casework.working_days import WorkingDays
from tests.casework.entitled import (
    EXAMINER,
    FIRM,
    LEADER,
    OTHER,
    WINDOW,
    Played,
    code,
    enterprise,
    entry,
)
from tests.casework.test_entitlement_lists import decide, take_off
from tests.definitions.policies import GRADED, POINTS, edition
from tests.kit import SEAL

ENDS = "2022-06-17"
AFTER = "2022-06-20"
"""The working day after the notice."""


def points() -> Played:
    """The policy for which enterprises confirm first."""
    return Played(policy=edition(POINTS))


# ── confirmation first ────────────────────────────────────────────────────────────────────────


def offered() -> Played:
    play = points().run()
    play.must(LEADER, "2022-06-10", c.MakeOffers(play.name))
    return play


def test_where_confirmation_comes_first_offers_are_made_before_the_list_is_published():
    play = points().run()
    offer = c.MakeOffers(play.name)
    assert play.refused(EXAMINER, "2022-06-10", offer) is Reason.NOT_YOURS
    assert play.refused(LEADER, "2022-06-10", c.PublishList(play.name)) is Reason.NOT_NOW
    play.must(LEADER, "2022-06-10", offer)
    assert (play.round.stage, play.claim().cleared) == ("offered", False)
    assert play.refused(LEADER, "2022-06-10", offer) is Reason.NOT_NOW
    other = Played().run()
    assert other.refused(LEADER, "2022-06-10", c.MakeOffers(other.name)) is Reason.NOT_NOW


def test_nobody_is_asked_where_nobody_is_entitled():
    play = Played(entry(1, points=1), policy=edition(POINTS)).run()
    assert play.refused(LEADER, "2022-06-10", c.MakeOffers(play.name)) is Reason.LIST_EMPTY


def test_the_list_of_those_who_confirmed_is_published_once_all_answered():
    play = offered()
    play.must(enterprise(1), "2022-06-13", play.confirm())
    publish = c.PublishList(play.name)
    # Twenty working days after Friday 10 June: Friday 8 July.
    assert play.refused(LEADER, "2022-07-08", publish) is Reason.OFFERS_OPEN
    play.must(enterprise(2), "2022-06-14", c.DeclineOffer(POINTS, "2022Q2", None))
    play.must(LEADER, "2022-06-14", publish)
    assert play.round.listed == (FIRM,)


def test_or_once_the_time_to_confirm_is_over():
    play = offered()
    play.must(enterprise(1), "2022-06-13", play.confirm())
    play.must(LEADER, "2022-07-11", c.PublishList(play.name))
    assert play.round.listed == (FIRM,)


def test_what_was_confirmed_is_cleared_when_the_list_stands_and_taken_off_if_it_fell():
    play = offered()
    for number in (1, 2):
        play.must(enterprise(number), "2022-06-13", play.confirm())
    assert not play.claim().payable
    play.must(LEADER, "2022-06-14", c.PublishList(play.name))
    play.must(WINDOW, "2022-06-15", take_off(play))
    play.must(LEADER, "2022-06-16", decide(play, True))
    # Five working days after Tuesday 14 June: Tuesday 21 June.
    events = play.must(LEADER, "2022-06-22", c.SettleList(play.name))
    assert events == ["ListSettled", "EntitlementTakenOff", "EntitlementCleared"]
    assert (play.claim(1).standing, play.claim(2).payable) == ("taken_off", True)


def test_whoever_declines_after_all_is_not_asked_again():
    play = offered()
    for number in (1, 2):
        play.must(enterprise(number), "2022-06-13", play.confirm())
    play.must(LEADER, "2022-06-14", c.PublishList(play.name))
    play.must(enterprise(1), "2022-06-15", c.DeclineOffer(POINTS, "2022Q2", SEAL))
    events = play.must(LEADER, "2022-06-22", c.SettleList(play.name))
    assert events == ["ListSettled", "EntitlementCleared"]
    assert play.claim(1).standing == "declined"


def test_whoever_is_added_by_an_objection_is_asked_after_the_notice():
    play = Played(entry(1), entry(2, points=10), policy=edition(POINTS)).run()
    play.must(LEADER, "2022-06-10", c.MakeOffers(play.name))
    play.must(enterprise(1), "2022-06-13", play.confirm())
    play.must(LEADER, "2022-06-14", c.PublishList(play.name))
    play.must(WINDOW, "2022-06-15", c.EnterObjection(play.name, "add", OTHER, SEAL))
    play.must(LEADER, "2022-06-16", decide(play, True, "good"))
    play.must(LEADER, "2022-06-22", c.SettleList(play.name))
    assert (play.claim(2).standing, play.claim(2).cleared) == ("offered", True)


# ── what nobody confirmed ─────────────────────────────────────────────────────────────────────


def test_a_person_closes_what_nobody_confirmed_in_time():
    play = Played().settled()
    close = c.CloseOffers(play.name, SEAL)
    assert play.refused(WINDOW, "2022-07-19", close) is Reason.NOT_YOURS
    assert play.refused(LEADER, "2022-07-18", close) is Reason.OFFERS_OPEN
    silent = c.CloseOffers(play.name, None)
    assert play.refused(LEADER, "2022-07-19", silent) is Reason.REASON_WANTED
    play.must(enterprise(1), "2022-07-19", play.confirm())
    assert play.must(LEADER, "2022-07-19", close) == ["OfferClosed", "OffersClosed"]
    assert (play.claim(1).standing, play.claim(2).standing) == ("confirmed", "closed")
    assert play.refused(LEADER, "2022-07-19", close) is Reason.NOT_NOW


def test_nothing_is_closed_by_a_date_that_is_not_known_for_sure():
    play = Played().published()
    unknown = {"calendar": WorkingDays(())}
    play.must(LEADER, AFTER, c.SettleList(play.name), **unknown)
    close = c.CloseOffers(play.name, SEAL)
    assert play.refused(LEADER, "2022-12-01", close, **unknown) is Reason.DATE_PROVISIONAL


def test_once_its_calendar_is_published_the_date_is_known_and_the_rest_can_be_closed():
    """Twenty working days after Monday 20 June 2022 end on 18 July, whatever was known then."""
    play = Played().published()
    play.must(LEADER, AFTER, c.SettleList(play.name), calendar=WorkingDays(()))
    close = c.CloseOffers(play.name, SEAL)
    assert play.refused(LEADER, "2022-07-18", close) is Reason.OFFERS_OPEN
    assert play.must(LEADER, "2022-07-19", close)[-1] == "OffersClosed"


def test_nor_is_a_list_published_without_whoever_has_till_then_to_confirm():
    unknown = {"calendar": WorkingDays(())}
    play = points().run()
    play.must(LEADER, "2022-06-10", c.MakeOffers(play.name), **unknown)
    play.must(enterprise(1), "2022-06-13", play.confirm())
    publish = c.PublishList(play.name)
    assert play.refused(LEADER, "2022-12-01", publish, **unknown) is Reason.DATE_PROVISIONAL
    assert play.refused(LEADER, "2022-07-08", publish) is Reason.OFFERS_OPEN
    play.must(LEADER, "2022-07-11", publish)


def test_the_group_may_leave_nothing_to_be_added():
    """What another award of the group paid for the year comes to as much."""
    play = Played(entry(1), entry(2, hightech_times=2)).published()
    play.must(WINDOW, "2022-06-13", c.EnterObjection(play.name, "add", OTHER, SEAL))
    graded = Played(entry(2, above_scale_year=2022, output_wan=9_000), policy=edition(GRADED))
    graded.settled()
    graded.must(enterprise(2), "2022-06-21", graded.confirm())
    graded.must(LEADER, "2022-06-22", c.OrderPayments(GRADED))
    upheld = decide(play, True, "award")
    held = {"holdings": graded.holdings}
    assert play.refused(LEADER, "2022-06-22", upheld, **held) is Reason.GROUP_PAID


def test_a_desk_without_holdings_knows_nothing_of_anybody():
    desk = Desk(edition(), LEADER, None, WorkingDays(()))
    assert desk.holding(code(9)).claims == {}
