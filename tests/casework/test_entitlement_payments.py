"""Payments: ordered once, made or returned, demanded back.

20 June 2022 is a Monday: the day the list is settled.
"""

from dataclasses import replace
from datetime import date

from permits.casework.entitlement import claims as cl
from permits.casework.entitlement import commands as c
from permits.casework.refusals import Reason
from tests.casework.entitled import (
    BOTH,
    FIRM,
    LEADER,
    WINDOW,
    Played,
    code,
    enterprise,
    entry,
)
from tests.definitions.policies import AWARD, GRADED, edition
from tests.kit import SEAL

DAY = "2022-06-21"


def test_what_is_confirmed_is_ordered_in_a_batch():
    play = Played().ordered()
    claim = play.claim()
    assert (claim.standing, claim.batch, claim.ordered_on) == (
        "ordered", "2022-001", date(2022, 6, 22),
    )  # fmt: skip
    assert play.claim(2).standing == "offered"
    order = c.OrderPayments(AWARD)
    assert play.refused(LEADER, "2022-06-22", order) is Reason.NOTHING_TO_PAY


def test_payments_are_ordered_by_somebody_who_did_not_run_the_match():
    play = Played().run(actor=BOTH)
    play.must(LEADER, "2022-06-10", c.PublishList(play.name))
    play.must(LEADER, "2022-06-20", c.SettleList(play.name))
    play.must(enterprise(1), DAY, play.confirm())
    order = c.OrderPayments(AWARD)
    assert play.refused(WINDOW, DAY, order) is Reason.NOT_YOURS
    assert play.refused(BOTH, DAY, order) is Reason.SAME_PERSON
    play.must(LEADER, DAY, order)


def test_whoever_added_somebody_to_the_list_of_a_match_does_not_order_that_payment():
    """The match did not find it, and the examiner who ran it never looked: one leader decided that
    it is owed, so another orders it."""
    play = Played(entry(1), entry(2, hightech_times=2)).published()
    play.must(WINDOW, "2022-06-13", c.EnterObjection(play.name, "add", code(2), SEAL))
    play.must(BOTH, "2022-06-14", c.DecideListObjection(play.name, 1, True, SEAL, "award"))
    play.must(LEADER, "2022-06-20", c.SettleList(play.name))
    for number in (1, 2):
        play.must(enterprise(number), DAY, play.confirm(number))
    order = c.OrderPayments(AWARD)
    play.must(BOTH, DAY, order)
    assert (play.claim(1).standing, play.claim(2).standing) == ("ordered", "confirmed")
    assert play.refused(BOTH, DAY, order) is Reason.SAME_PERSON
    play.must(LEADER, DAY, order)
    assert play.claim(2).standing == "ordered"


def test_whoever_is_barred_meanwhile_is_not_paid_until_the_bar_has_ended():
    """Confirmed, and then barred for a broken undertaking: 限制期内的，不予兑现. Afterwards it is
    paid, once."""
    play = Played().settled()
    play.must(enterprise(1), "2022-06-21", play.confirm())
    order = c.OrderPayments(AWARD)
    barred = frozenset({FIRM})
    assert play.refused(LEADER, "2022-06-22", order, barred=barred) is Reason.NOTHING_TO_PAY
    play.must(LEADER, "2022-06-23", order)
    assert play.refused(LEADER, "2022-06-24", order) is Reason.NOTHING_TO_PAY


def test_a_policy_that_does_not_say_so_pays_whoever_is_barred():
    desk = Played().desk(LEADER, "2022-06-22", c.OrderPayments(AWARD), barred=frozenset({FIRM}))
    assert desk.withheld(FIRM)
    generous = replace(
        desk.edition, policy=desk.edition.policy.model_copy(update={"exclusions": {}})
    )
    assert not replace(desk, edition=generous).withheld(FIRM)


def record(play: Played, day: str, *, paid=(), returned=None) -> c.RecordPayments:
    return c.RecordPayments("2022-001", date.fromisoformat(day), tuple(paid), returned or {})


def test_the_treasury_pays_or_the_bank_returns():
    play = Played().paid("2022-06-24")
    assert (play.claim().standing, play.claim().paid_on) == ("paid", date(2022, 6, 24))
    again = record(play, "2022-06-24", paid=[play.line])
    assert play.refused(WINDOW, "2022-06-24", again) is Reason.NOT_NOW


def test_what_is_recorded_is_of_the_batch_and_of_its_days():
    play = Played().ordered("2022-06-22")
    right = record(play, "2022-06-22", paid=[play.line])
    assert play.refused(LEADER, "2022-06-22", right) is Reason.NOT_YOURS
    for day in ("2022-06-21", "2022-06-23"):
        wrong = record(play, day, paid=[play.line])
        assert play.refused(WINDOW, "2022-06-22", wrong) is Reason.DATE_NOT_LAWFUL
    nothing = record(play, "2022-06-22")
    twice = record(play, "2022-06-22", paid=[play.line], returned={play.line: "other"})
    for command in (nothing, twice):
        assert play.refused(WINDOW, "2022-06-22", command) is Reason.WRONG_INPUT
    elsewhere = record(play, "2022-06-22", paid=[f"{code(9)}/2022"])
    assert play.refused(WINDOW, "2022-06-22", elsewhere) is Reason.NO_SUCH_CLAIM
    unknown = c.RecordPayments("2022-009", date(2022, 6, 22), (play.line,), {})
    assert play.refused(WINDOW, "2022-06-22", unknown) is Reason.NO_SUCH_BATCH


def test_a_payment_that_comes_back_is_paid_again_to_another_account():
    play = Played().ordered("2022-06-22")
    play.must(WINDOW, "2022-06-23", record(play, "2022-06-23", returned={play.line: "account"}))
    assert (play.claim().standing, play.claim().cause) == ("returned", "account")
    correct = c.CorrectAccount(AWARD, "2022", "6" * 64)
    nothing = c.CorrectAccount(AWARD, "2022", None)
    assert play.refused(LEADER, "2022-06-23", c.OrderPayments(AWARD)) is Reason.NOTHING_TO_PAY
    assert play.refused(enterprise(1), "2022-06-23", nothing) is Reason.ACCOUNT_WANTED
    play.must(enterprise(1), "2022-06-23", correct)
    assert play.refused(enterprise(1), "2022-06-23", correct) is Reason.NOT_NOW
    play.must(LEADER, "2022-06-24", c.OrderPayments(AWARD))
    claim = play.claim()
    assert (claim.batch, claim.account, claim.ordered_on) == (
        "2022-002", "6" * 64, date(2022, 6, 22),
    )  # fmt: skip
    assert play.logs["batch/2022-002"][0][1].lines[0].amount_fen == 10_000_000


def test_what_the_group_paid_meanwhile_is_deducted_when_the_payment_is_ordered():
    """Offered 150,000 as above scale; meanwhile 100,000 were paid for the first recognition."""
    award = Played().paid()
    play = Played(entry(1, above_scale_year=2022, output_wan=5_000), policy=edition(GRADED))
    play.confirmed()
    theirs = play.holdings[FIRM]
    play.holdings[FIRM] = cl.Holding(FIRM, {**theirs.claims, **award.holdings[FIRM].claims})
    play.must(LEADER, "2022-06-24", c.OrderPayments(GRADED))
    assert play.claim().amount_fen == 5_000_000


def test_nothing_is_ordered_of_which_nothing_is_left():
    graded = Played(entry(1, above_scale_year=2022, output_wan=5_000), policy=edition(GRADED))
    graded.confirmed()
    graded.must(LEADER, "2022-06-22", c.OrderPayments(GRADED))
    play = Played().confirmed()
    theirs = play.holdings[FIRM]
    play.holdings[FIRM] = cl.Holding(FIRM, {**theirs.claims, **graded.holdings[FIRM].claims})
    assert play.refused(LEADER, "2022-06-22", c.OrderPayments(AWARD)) is Reason.NOTHING_TO_PAY


# ── recoveries ────────────────────────────────────────────────────────────────────────────────


def demand(fen: int, reason: str | None = SEAL) -> c.OrderRecovery:
    return c.OrderRecovery(FIRM, AWARD, "2022", "false_data", fen, reason)


def repay(fen: int, on: str = "2022-07-01") -> c.RecordRecovery:
    return c.RecordRecovery(FIRM, AWARD, "2022", date.fromisoformat(on), fen)


def test_a_wrong_payment_is_demanded_back_and_paid_back_in_parts():
    play = Played().paid("2022-06-24")
    play.must(LEADER, "2022-06-27", demand(10_000_000))
    claim = play.claim()
    # Thirty days after 27 June.
    assert (claim.standing, claim.due) == ("recovering", date(2022, 7, 27))
    assert play.holdings[FIRM].received[0].fen == 0
    play.must(WINDOW, "2022-07-01", repay(4_000_000))
    assert (play.claim().standing, play.claim().owed_back_fen) == ("recovering", 6_000_000)
    play.must(WINDOW, "2022-07-01", repay(6_000_000))
    assert (play.claim().standing, play.claim().due) == ("recovered", None)
    again = play.refused(enterprise(1), "2022-07-04", play.apply())
    assert again is Reason.PAID_BEFORE


def test_a_person_demands_back_with_reasons_and_no_more_than_was_paid():
    play = Played().paid()
    day = "2022-06-27"
    assert play.refused(WINDOW, day, demand(1)) is Reason.NOT_YOURS
    for fen in (0, 10_000_001):
        assert play.refused(LEADER, day, demand(fen)) is Reason.AMOUNT_NOT_LAWFUL
    assert play.refused(LEADER, day, demand(1, None)) is Reason.REASON_WANTED
    play.must(LEADER, day, demand(1))
    assert play.refused(LEADER, day, demand(10_000_000)) is Reason.AMOUNT_NOT_LAWFUL
    assert Played().refused(LEADER, day, demand(1)) is Reason.NO_SUCH_CLAIM
    assert Played().ordered().refused(LEADER, day, demand(1)) is Reason.NOT_NOW


def test_what_is_paid_back_is_recorded_as_it_came():
    play = Played().paid("2022-06-24")
    day = "2022-07-01"
    assert play.refused(LEADER, day, repay(1)) is Reason.NOT_YOURS
    assert play.refused(WINDOW, day, repay(1)) is Reason.NOT_NOW
    play.must(LEADER, "2022-06-27", demand(500))
    for on in ("2022-06-23", "2022-07-02"):
        assert play.refused(WINDOW, day, repay(1, on)) is Reason.DATE_NOT_LAWFUL
    for fen in (0, 501):
        assert play.refused(WINDOW, day, repay(fen)) is Reason.AMOUNT_NOT_LAWFUL
    assert Played().refused(WINDOW, day, repay(1)) is Reason.NO_SUCH_CLAIM
