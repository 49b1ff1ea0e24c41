"""Claims: confirmed or declined, and what the enterprise is written about.

20 June 2022 is a Monday: the day the list is settled.
"""

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
    FIRM,
    OTHER,
    WINDOW,
    Played,
    enterprise,
    entry,
)
from tests.casework.records import registered
from tests.definitions.policies import AWARD, POINTS
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
