"""What figures count of time limits, duties and fees of a case, and what became of each."""

from datetime import date

import pytest
from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework.measured_rows import duty_rows, fee_fact_rows, term_rows
from permits.definitions.procedure import RevocationGround
from tests.casework import lots
from tests.casework.duties import built, check, pay, with_fee
from tests.kit import Play
from tests.workflows import deferring
from tests.workflows.deferring import DUTY, FEE, INFRA, building, deferred

CHECK = "check_after_completion"


def terms(play):
    return {row.name: row for row in term_rows(play.case, play.edition)}


def duties(play):
    return {row.name: row for row in duty_rows(play.case, play.edition)}


def fates(play):
    return {name: row.fate for name, row in duties(play).items()}


def test_a_limit_says_whose_it_is_and_which_limit_of_the_track():
    found = terms(Play().accepted("2022-06-09"))
    assert {name: (row.limit_kind, row.fate) for name, row in found.items()} == {
        "completeness": ("", "kept"),
        "promise": ("promised", "running"),
        "statutory": ("statutory", "running"),
    }
    assert {row.debtor for row in found.values()} == {"office"}
    promise = found["promise"]
    assert (promise.starts_on, promise.due_on) == (date(2022, 6, 9), date(2022, 6, 13))
    assert (promise.ended_on, promise.extensions, promise.suspensions) == (None, 0, 0)


def test_a_limit_that_was_overrun_is_late_whether_or_not_what_it_waits_for_has_come():
    play = Play().accepted("2022-06-09")
    play.must("timer", c.LapseClock("promise"), "2022-06-14")
    assert terms(play)["promise"].fate == "late"
    assert terms(play)["promise"].ended_on is None
    clock = play.case.clocks["promise"]
    ended = replace(clock, lapsed=False, late=True, stopped_on=date(2022, 6, 15))
    case = replace(play.case, clocks={"promise": ended})
    (row,) = term_rows(case, play.edition)
    assert (row.fate, row.ended_on) == ("late", date(2022, 6, 15))


def test_the_time_to_correct_is_the_applicants():
    play = Play().accepted("2022-06-09")
    clock = replace(play.case.clocks["completeness"], name="correction")
    case = replace(play.case, clocks={"correction": clock})
    (row,) = term_rows(case, play.edition)
    assert row.debtor == "applicant"


def test_a_duty_is_open_and_then_kept():
    play = Play().served("2022-06-09")
    row = duties(play)["report_completion"]
    assert (row.method, row.debtor, row.fate) == ("report", "applicant", "open")
    assert (row.opened_on, row.due_on) == (date(2022, 6, 9), date(2023, 6, 9))
    play = built()
    assert fates(play) == {"report_completion": "kept", CHECK: "open"}
    row = duties(play)[CHECK]
    assert (row.method, row.debtor, row.closed_on) == ("verification", "office", None)


def test_a_breach_is_put_right_or_broken_for_good():
    play = built()
    play.checked("inspector", check("2022-08-02", passed=False), "2022-08-02")
    assert (fates(play)[CHECK], duties(play)[CHECK].ordered) == ("in_breach", True)
    again = replace(play.case.obligations[CHECK], still_wrong=True)
    wrong = replace(play.case, obligations={CHECK: again})
    assert duty_rows(wrong, play.edition)[0].fate == "broken"
    play.checked("inspector", check("2022-08-09"), "2022-08-09")
    assert fates(play)[CHECK] == "rectified"


def test_a_breach_that_stood_when_the_grant_ended_is_broken_and_what_was_not_is_void():
    play = built()
    play.checked("inspector", check("2022-08-02", passed=False), "2022-08-02")
    held = replace(play.case.obligations[CHECK], status="voided")
    case = replace(play.case, obligations={CHECK: held})
    assert duty_rows(case, play.edition)[0].fate == "broken"
    taken_back = Play().served("2022-06-09").revoked("2022-06-20", RevocationGround.NOT_QUALIFIED)
    assert fates(taken_back) == {"report_completion": "voided"}


def test_a_duty_met_after_its_date_is_late():
    play = Play().served("2022-06-09")
    held = replace(play.case.obligations["report_completion"], overdue=True)
    late = replace(held, status="settled", closed_on=date(2023, 7, 1))
    for duty, fate in ((held, "in_breach"), (late, "late")):
        case = replace(play.case, obligations={"report_completion": duty})
        assert duty_rows(case, play.edition)[0].fate == fate


def test_what_lots_decide_is_told_apart():
    edition = lots.edition()
    rules = edition.definition.obligations
    by_lot = next(name for name, rule in rules.items() if rule.sample or rule.inspectors)
    held = replace(built().case.obligations[CHECK], name=by_lot)
    case = replace(built().case, obligations={by_lot: held})
    assert duty_rows(case, edition)[0].method == "lot"


def fee(play):
    (row,) = fee_fact_rows(play.case, play.edition)
    return row


def test_a_fee_is_open_until_it_is_paid_and_nothing_once_it_is_cancelled():
    play = Play(with_fee()).served("2022-06-09")
    row = fee(play)
    assert (row.fate, row.owed_fen, row.balance_fen, row.deferred) == (
        "open",
        2_775_000,
        2_775_000,
        False,
    )
    assert row.due_on == date(2022, 12, 9)
    play.must("window", pay(2_775_000), "2022-08-03")
    row = fee(play)
    assert (row.fate, row.paid_fen, row.settled_on) == ("paid", 2_775_000, date(2022, 8, 3))
    none = replace(play.case.fees["charge"], entries=())
    assert fee_fact_rows(replace(play.case, fees={"charge": none}), play.edition)[0].fate == (
        "nothing"
    )


def test_a_fee_that_is_not_paid_in_time_is_overdue_and_then_paid_late():
    play = Play(with_fee()).served("2022-06-09")
    play.must("timer", c.FlagFeeOverdue("charge"), "2022-12-12")
    assert fee(play).fate == "overdue"
    play.must("window", pay(2_775_000, "2022-12-13"), "2022-12-13")
    assert fee(play).fate == "paid_late"


@pytest.mark.parametrize("owed", [False, True], ids=["not yet owed", "owed"])
def test_what_was_put_off_is_due_when_the_duty_to_pay_is(owed):
    play = building(INFRA, "2022-06-09", "2022-07-01") if owed else deferred(INFRA, "2022-06-09")
    row = fee(play)
    assert (row.fee, row.deferred, row.fate) == (FEE[INFRA], True, "open")
    assert row.due_on == (date(2023, 1, 3) if owed else None)
    if owed:
        play.must("timer", c.FlagOverdue(DUTY[INFRA]), "2023-01-04")
        assert fee(play).fate == "overdue"
        assert {row.method for row in duties(play).values()} >= {"payment"}
        deferring.pay(play, row.owed_fen, "2023-01-05")
        assert fee(play).fate == "paid_late"
