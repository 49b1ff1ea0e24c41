"""Claims: confirmed or declined, applied for, paid once, returned, demanded back.

20 June 2022 is a Monday: the day the list is settled.
"""

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from permits.casework.entitlement import claim_fold, rounds
from permits.casework.entitlement import claims as cl
from permits.casework.entitlement import commands as c
from permits.casework.entitlement.claim_events import Of
from permits.casework.entitlement.letters import TOLD, letter_of
from permits.casework.entitlement.rows import (
    batch_row,
    claim_rows,
    grant_rows,
    round_row,
)
from permits.casework.party import Authorised, Party
from permits.casework.refusals import Reason
from tests.casework.entitled import (
    BOTH,
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
from tests.casework.records import registered
from tests.definitions.policies import AWARD, GRADED, POINTS, edition, variant
from tests.kit import SEAL

DAY = "2022-06-21"


# ── the enterprise answers ────────────────────────────────────────────────────────────────────


def test_an_enterprise_confirms_with_its_account_and_the_signed_statement():
    play = Played().confirmed()
    claim = play.claim()
    assert (claim.standing, claim.account, claim.payable, claim.due) == (
        "confirmed", SEAL, True, None,
    )  # fmt: skip
    assert claim.confirmed_on == date(2022, 6, 21)
    assert play.refused(enterprise(1), DAY, play.confirm()) is Reason.NOT_NOW


def test_later_than_asked_is_in_time_until_somebody_closes_the_offer():
    play = Played().settled()
    assert play.must(enterprise(1), "2022-09-01", play.confirm()) == ["EntitlementConfirmed"]


def test_who_confirms_is_authorised_to_sign_for_the_enterprise():
    play, actor = Played().settled(), enterprise(1)
    since = date(2022, 1, 1)
    for power, expected in (("act", Reason.NOT_AUTHORISED), ("sign", None)):
        held = Authorised(actor.id, power, since, None, SEAL)
        party = Party(actor.party, version=2, authorised={actor.id: held})
        answer = play.ask(actor, DAY, play.confirm(), party=party)
        assert getattr(answer, "reason", None) is expected


def test_nothing_is_confirmed_without_statement_or_account():
    play = Played().settled()
    unsigned = c.ConfirmOffer(AWARD, "2022", SEAL, "")
    assert play.refused(enterprise(1), DAY, unsigned) is Reason.STATEMENT_UNSIGNED
    another = c.ConfirmOffer(AWARD, "2022", SEAL, "0" * 64)
    assert play.refused(enterprise(1), DAY, another) is Reason.NOTICE_CHANGED
    nowhere = c.ConfirmOffer(AWARD, "2022", None, play.confirm().statement)
    assert play.refused(enterprise(1), DAY, nowhere) is Reason.ACCOUNT_WANTED


@pytest.mark.parametrize(
    "command",
    [
        c.ConfirmOffer(AWARD, "2022", SEAL, ""),
        c.DeclineOffer(AWARD, "2022", None),
        c.CorrectAccount(AWARD, "2022", SEAL),
    ],
)
def test_an_enterprise_answers_for_itself(command):
    play = Played(entry(1)).settled()
    assert play.refused(enterprise(2), DAY, command) is Reason.NO_SUCH_CLAIM
    assert play.refused(WINDOW, DAY, command) is Reason.NOT_YOURS


def test_an_enterprise_may_do_without():
    play = Played().confirmed()
    decline = c.DeclineOffer(AWARD, "2022", SEAL)
    play.must(enterprise(1), DAY, decline)
    assert (play.claim().standing, play.claim().reason) == ("declined", SEAL)
    assert play.refused(enterprise(1), DAY, decline) is Reason.NOT_NOW


# ── applications ──────────────────────────────────────────────────────────────────────────────


def applied(*entries) -> Played:
    play = Played(*entries or (entry(1, hightech_times=2),))
    play.must(enterprise(1), DAY, play.apply())
    return play


def opinion(recommends: str = "grant", grade: str = "award", seal: str | None = SEAL):
    return c.ExamineApplication(FIRM, AWARD, "2022", recommends, grade, seal)


def decision(granted, reason: str | None = SEAL) -> c.DecideApplication:
    return c.DecideApplication(FIRM, AWARD, "2022", granted, reason)


def test_whoever_was_not_found_applies_with_own_evidence():
    claim = applied().claim()
    assert (claim.standing, claim.route, claim.grounds) == ("applied", "applied", SEAL)
    # Twenty working days after Tuesday 21 June: Tuesday 19 July.
    assert claim.due == date(2022, 7, 19)


def test_what_an_application_needs():
    play = Played(entry(1, hightech_times=2))
    firm = enterprise(1)
    assert play.refused(WINDOW, DAY, play.apply()) is Reason.NOT_YOURS
    assert play.refused(firm, DAY, play.apply(grounds=None)) is Reason.REASON_WANTED
    assert play.refused(firm, DAY, play.apply(statement="")) is Reason.STATEMENT_UNSIGNED
    assert play.refused(firm, DAY, play.apply(account=None)) is Reason.ACCOUNT_WANTED
    unknown = play.refused(firm, DAY, play.apply(), entry=None)
    assert unknown is Reason.NO_SUCH_ENTERPRISE
    early = c.Apply(AWARD, "2023", SEAL, (), SEAL, play.apply().statement)
    assert play.refused(firm, DAY, early) is Reason.PERIOD_NOT_LAWFUL


def test_nothing_is_applied_for_that_is_offered_applied_for_or_paid():
    for play in (Played().settled(), applied()):
        assert play.refused(enterprise(1), DAY, play.apply()) is Reason.ENTITLED_ALREADY
    for paid in (Played().ordered(), Played().paid()):
        again = paid.refused(enterprise(1), "2022-06-24", paid.apply())
        assert again is Reason.PAID_BEFORE


def test_what_is_over_may_be_applied_for():
    play = Played().settled()
    play.must(enterprise(1), DAY, c.DeclineOffer(AWARD, "2022", None))
    play.must(enterprise(1), DAY, play.apply())
    assert play.claim().standing == "applied"


def test_an_application_is_examined_and_decided_by_two():
    play = applied()
    assert play.refused(WINDOW, DAY, opinion()) is Reason.NOT_YOURS
    assert play.refused(LEADER, DAY, decision(True)) is Reason.NOT_NOW
    play.must(BOTH, DAY, opinion())
    assert play.refused(EXAMINER, DAY, decision(True)) is Reason.NOT_YOURS
    assert play.refused(BOTH, DAY, decision(True)) is Reason.SAME_PERSON
    play.must(LEADER, DAY, decision(True))
    claim = play.claim()
    assert (claim.standing, claim.payable, claim.amount_fen) == ("confirmed", True, 10_000_000)
    assert play.refused(EXAMINER, DAY, opinion()) is Reason.NOT_NOW


def test_an_opinion_gives_reasons_and_a_grade():
    play = applied()
    assert play.refused(EXAMINER, DAY, opinion(seal=None)) is Reason.REASON_WANTED
    assert play.refused(EXAMINER, DAY, opinion(grade="")) is Reason.GRADE_WANTED
    play.must(EXAMINER, DAY, opinion("refuse", ""))
    assert play.refused(LEADER, DAY, decision(True)) is Reason.GRADE_WANTED
    assert play.refused(LEADER, DAY, decision(False, None)) is Reason.REASON_WANTED
    play.must(LEADER, DAY, decision(False))
    assert play.claim().standing == "refused"
    play.must(enterprise(1), DAY, play.apply())


def test_of_an_application_that_is_not_there_nothing_is_decided():
    play = Played()
    for actor, command in ((EXAMINER, opinion()), (LEADER, decision(True))):
        assert play.refused(actor, DAY, command) is Reason.NO_SUCH_CLAIM


def test_an_application_is_worth_nothing_beside_a_higher_award_of_the_group():
    graded = Played(entry(1, above_scale_year=2022, output_wan=9_000), policy=edition(GRADED))
    graded.confirmed()
    graded.must(LEADER, "2022-06-22", c.OrderPayments(GRADED))
    play = applied()
    play.must(EXAMINER, DAY, opinion())
    theirs = play.holdings[FIRM]
    both = cl.Holding(FIRM, {**theirs.claims, **graded.holdings[FIRM].claims})
    play.holdings[FIRM] = both
    assert play.refused(LEADER, "2022-06-22", decision(True)) is Reason.GROUP_PAID


def test_a_policy_of_no_group_is_applied_for_and_offered_all_the_same():
    alone = variant(lambda d: d.pop("group"))
    play = Played(entry(1, hightech_times=2), entry(2), policy=alone)
    play.must(enterprise(1), DAY, play.apply())
    play.settled()
    assert (play.claim(1).group, play.claim(2).group) == ("", "")
    assert play.holdings[OTHER].received == ()


# ── payments ──────────────────────────────────────────────────────────────────────────────────


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


def test_only_who_may_sign_for_the_enterprise_accepts_and_names_its_account():
    """Somebody was authorised to sign, and it was another: what binds the enterprise is theirs."""
    held = registered(FIRM)
    other = Authorised("other", "sign", date(2022, 6, 1), None, SEAL)
    party = msgspec.structs.replace(held, authorised={"other": other})
    play = Played().settled()
    for command in (play.confirm(), c.DeclineOffer(AWARD, play.period, None)):
        refused = play.refused(enterprise(1), "2022-06-21", command, party=party)
        assert refused is Reason.NOT_AUTHORISED
    apply = play.apply()
    assert play.refused(enterprise(3), "2022-06-21", apply, party=party) is Reason.NOT_AUTHORISED
    play.must(enterprise(1), "2022-06-21", play.confirm(), party=held)


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


# ── rows and letters ──────────────────────────────────────────────────────────────────────────


def test_rows_follow_what_was_decided():
    play = Played().ordered()
    listed = round_row(play.round)
    assert (listed.stage, listed.listed, listed.amount_fen) == ("settled", 2, 20_000_000)
    (claim,) = claim_rows(play.holdings[FIRM])
    assert (claim.standing, claim.batch, claim.round_id) == ("ordered", "2022-001", play.name)
    (grant,) = grant_rows(play.holdings[FIRM])
    assert (grant.policy, grant.period, grant.party) == (AWARD, "2022", FIRM)
    assert grant_rows(play.holdings[OTHER]) == ()
    desk = play.desk(WINDOW, "2022-06-24", c.RecordPayments("2022-001", date(2022, 6, 24), (), {}))
    row = batch_row(desk.batch)
    assert (row.number, row.lines, row.total_fen) == ("2022-001", 1, 10_000_000)


def test_an_enterprise_is_written_about_what_it_must_know():
    events = [event for log in Played().paid().logs.values() for _at, event in log]
    told = [letter_of(event) for event in events if letter_of(event)]
    assert told == ["entitlement_offered", "entitlement_paid", "entitlement_offered"]
    assert all(issubclass(kind, Of) for kind in TOLD)


def test_the_place_of_files_is_one_for_each_claim():
    assert cl.place_of(FIRM, POINTS, "2022Q2") == f"entitled/{FIRM}/{POINTS}/2022Q2"
    assert Played().settled().claim().key == f"{AWARD}/2022"


def test_whatever_was_folded_step_by_step_folds_alike_from_the_whole_log():
    play = Played().paid()
    log = play.logs[rounds.stream_of(play.name)]
    assert rounds.fold_all(rounds.Round(play.name), log) == play.round
    held = claim_fold.fold_all(cl.Holding(FIRM), play.logs[cl.stream_of(FIRM)])
    assert held == play.holdings[FIRM]
