"""Entitlement without application told step by step: who does what, where the list and each claim
stand then, by when, and what was paid; for a typical and for a worst run."""

from datetime import date

from permits.casework.entitlement import commands as c
from permits.casework.entitlement.claims import OVER
from permits.casework.refusals import Reason
from tests.casework.entitled import (
    BOTH,
    EXAMINER,
    FIRM,
    LEADER,
    OTHER,
    THIRD,
    WINDOW,
    Played,
    enterprise,
    entry,
)
from tests.casework.test_entitlement_lists import decide, take_off
from tests.definitions.policies import AWARD
from tests.kit import SEAL
from tests.workflows.kinds import table

FIRMS = {FIRM: "firm 1", OTHER: "firm 2", THIRD: "firm 3"}


def told(play, *steps):
    """A run told line by line: the day, who did what, the list, and each claim."""
    lines = []
    for day, who, command in steps:
        play.must(who, day, command)
        lines.append(f"{day} {who.id} {type(command).__name__}: {stands(play)}")
    return "\n".join(lines)


def stands(play):
    found = play.round
    until = f" until {found.ends_on}" if found.stage == "published" else ""
    claims = [
        f"{FIRMS[code]} {one.standing}{due(one)} {one.amount_fen // 100}"
        for code, held in sorted(play.holdings.items())
        for one in held.claims.values()
    ]
    return (
        f"list {found.stage}{until} of {len(found.on_list)} | {', '.join(claims) or 'no claims'}"
    )


def due(claim):
    open_ = claim.standing in ("offered", "recovering")
    return (
        f" by {claim.due}" if open_ else f" owes {claim.owed_back_fen}" * bool(claim.owed_back_fen)
    )


def record(play, batch, on, *, returned=(), paid=()):
    lines = {f"{code}/{play.period}": "account" for code in returned}
    made = tuple(f"{code}/{play.period}" for code in paid)
    return c.RecordPayments(batch, date.fromisoformat(on), made, lines)


def typical():
    play = Played()
    run, name = c.RunMatch(AWARD, play.period), play.name
    return play, told(
        play,
        ("2022-06-09", EXAMINER, run),
        ("2022-06-10", LEADER, c.PublishList(name)),
        ("2022-06-20", LEADER, c.SettleList(name)),
        ("2022-06-21", enterprise(1), play.confirm()),
        ("2022-06-21", enterprise(2), play.confirm()),
        ("2022-06-22", LEADER, c.OrderPayments(AWARD)),
        ("2022-06-24", WINDOW, record(play, "2022-001", "2022-06-24", paid=(FIRM, OTHER))),
    )


def worst():
    """One is taken off, one never answers, one is added, paid at a wrong account, pays back."""
    play = Played(entry(1), entry(2), entry(3, hightech_times=2))
    run, name = c.RunMatch(AWARD, play.period), play.name
    pay = c.OrderPayments(AWARD)
    back = c.OrderRecovery(THIRD, AWARD, play.period, "false_data", 100_000_00, SEAL)

    def paid_back(on, fen):
        return c.RecordRecovery(THIRD, AWARD, play.period, date.fromisoformat(on), fen)

    return play, told(
        play,
        ("2022-09-28", EXAMINER, run),
        ("2022-09-29", LEADER, c.PublishList(name)),
        ("2022-09-30", WINDOW, take_off(play)),
        ("2022-10-08", LEADER, decide(play, True)),
        ("2022-10-08", enterprise(3), c.EnterObjection(name, "add", THIRD, SEAL)),
        ("2022-10-11", LEADER, c.DecideListObjection(name, 2, True, SEAL, "award")),
        ("2022-10-12", LEADER, c.SettleList(name)),
        ("2022-10-13", enterprise(3), play.confirm()),
        ("2022-10-14", BOTH, pay),
        ("2022-10-17", WINDOW, record(play, "2022-001", "2022-10-17", returned=(THIRD,))),
        ("2022-10-18", enterprise(3), c.CorrectAccount(AWARD, play.period, "6" * 64)),
        ("2022-10-19", BOTH, pay),
        ("2022-10-21", WINDOW, record(play, "2022-002", "2022-10-21", paid=(THIRD,))),
        ("2022-11-10", LEADER, c.CloseOffers(name, SEAL)),
        ("2023-01-04", LEADER, back),
        ("2023-01-18", WINDOW, paid_back("2023-01-17", 30_000_00)),
        ("2023-02-07", WINDOW, paid_back("2023-02-06", 70_000_00)),
    )


# Published on Friday 10 June 2022 for five working days; twenty to confirm after Monday 20 June.
TYPICAL = table("""
2022-06-09 examiner RunMatch: list matched of 2 | no claims
2022-06-10 leader PublishList: list published until 2022-06-17 of 2 | no claims
2022-06-20 leader SettleList: list settled of 2 | firm 1 offered by 2022-07-18 100000, firm 2
    offered by 2022-07-18 100000
2022-06-21 firm1 ConfirmOffer: list settled of 2 | firm 1 confirmed 100000, firm 2 offered by
    2022-07-18 100000
2022-06-21 firm2 ConfirmOffer: list settled of 2 | firm 1 confirmed 100000, firm 2 confirmed
    100000
2022-06-22 leader OrderPayments: list settled of 2 | firm 1 ordered 100000, firm 2 ordered 100000
2022-06-24 window RecordPayments: list settled of 2 | firm 1 paid 100000, firm 2 paid 100000
""")

# The notice runs over the National Day: 8 and 9 October are worked. Thirty days to pay back.
WORST = table("""
2022-09-28 examiner RunMatch: list matched of 2 | no claims
2022-09-29 leader PublishList: list published until 2022-10-11 of 2 | no claims
2022-09-30 window EnterObjection: list published until 2022-10-11 of 2 | no claims
2022-10-08 leader DecideListObjection: list published until 2022-10-11 of 1 | no claims
2022-10-08 firm3 EnterObjection: list published until 2022-10-11 of 1 | no claims
2022-10-11 leader DecideListObjection: list published until 2022-10-11 of 2 | no claims
2022-10-12 leader SettleList: list settled of 2 | firm 2 offered by 2022-11-09 100000, firm 3
    offered by 2022-11-09 100000
2022-10-13 firm3 ConfirmOffer: list settled of 2 | firm 2 offered by 2022-11-09 100000, firm 3
    confirmed 100000
2022-10-14 both OrderPayments: list settled of 2 | firm 2 offered by 2022-11-09 100000, firm 3
    ordered 100000
2022-10-17 window RecordPayments: list settled of 2 | firm 2 offered by 2022-11-09 100000, firm 3
    returned 100000
2022-10-18 firm3 CorrectAccount: list settled of 2 | firm 2 offered by 2022-11-09 100000, firm 3
    corrected 100000
2022-10-19 both OrderPayments: list settled of 2 | firm 2 offered by 2022-11-09 100000, firm 3
    ordered 100000
2022-10-21 window RecordPayments: list settled of 2 | firm 2 offered by 2022-11-09 100000, firm 3
    paid 100000
2022-11-10 leader CloseOffers: list settled of 2 | firm 2 closed 100000, firm 3 paid 100000
2023-01-04 leader OrderRecovery: list settled of 2 | firm 2 closed 100000, firm 3 recovering by
    2023-02-03 100000
2023-01-18 window RecordRecovery: list settled of 2 | firm 2 closed 100000, firm 3 recovering by
    2023-02-03 100000
2023-02-07 window RecordRecovery: list settled of 2 | firm 2 closed 100000, firm 3 recovered
    100000
""")


def test_a_typical_run_is_matched_published_confirmed_and_paid():
    _play, course = typical()
    assert course == TYPICAL


def test_the_worst_run_takes_off_adds_closes_pays_again_and_gets_it_back():
    _play, course = worst()
    assert course == WORST


def test_nothing_is_left_open_at_the_end():
    for play, _course in (typical(), worst()):
        assert play.round.stage == "settled"
        assert not play.round.open_objections
        for held in play.holdings.values():
            for claim in held.claims.values():
                assert claim.standing in (*OVER, "paid", "recovered")
                assert not claim.payable
                assert claim.owed_back_fen == 0


def test_nobody_is_paid_again_for_the_period():
    play, _course = typical()
    again = play.refused(LEADER, "2022-06-27", c.OrderPayments(AWARD))
    assert again is Reason.NOTHING_TO_PAY
