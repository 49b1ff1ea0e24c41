"""What waits for an applicant, and until when."""

from datetime import date

from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.rows import turn
from permits.casework.waiting_rows import waiting_rows
from permits.definitions.procedure import RevocationGround
from tests.casework.duties import built, check
from tests.casework.duties import pay as paid
from tests.casework.test_commitment_withdrawn import FIVE
from tests.casework.test_commitment_withdrawn import notice as missing
from tests.casework.test_fees import frozen_on_acceptance
from tests.casework.test_intake import incomplete, notice
from tests.kit import SEAL, Play, plan_exempt, variant
from tests.workflows.deferring import FEE, INFRA, accepted, fee_of, pay


def waits(play):
    found = waiting_rows(play.case, play.edition)
    assert {one.party for one in found} <= {play.case.party}
    return [(one.kind, one.name, str(one.due_on), str(one.warn_on)) for one in found]


def test_corrections_wait_for_the_applicant_until_they_are_supplied():
    play = incomplete()
    assert waits(play) == []
    play.do("window", "issue_correction", "2022-06-10", notice())
    assert waits(play) == [("correction", "", "2022-07-01", "2022-06-28")]


def test_what_the_applicant_owes_waits_once_no_clock_runs():
    assert waits(Play().granted("2022-06-09")) == []
    served = Play().served("2022-06-09")
    assert waits(served) == [("duty", "report_completion", "2023-06-09", "2023-05-12")]


def test_what_the_office_owes_does_not_wait_for_the_applicant_but_a_breach_does():
    play = built()
    assert waits(play) == []
    play.checked("inspector", check("2022-08-02", passed=False), "2022-08-02")
    assert turn(play.case, play.edition) == "applicant"
    assert waits(play) == [("rectification", "check_after_completion", "2022-08-16", "2022-08-09")]


def test_what_the_applicant_owes_waits_beside_what_the_office_owes():
    def both(data):
        rule = data["obligations"]["check_after_completion"]
        rule["opens"] = rule["due"]["earliest"][0]["milestone"] = "granted"

    play = Play(variant(both)).served("2022-06-09")
    assert turn(play.case, play.edition) == "office"
    assert [name for _kind, name, _due, _warn in waits(play)] == ["report_completion"]


def test_what_has_no_date_waits_after_what_has():
    case = Play().served("2022-06-09").case
    undated = replace(case.obligations["report_completion"], due=None, warn_on=None)
    case = replace(case, obligations={"report_completion": undated})
    (one,) = waiting_rows(case, plan_exempt())
    assert (one.due_on, one.sort_on) == (None, date.max)


def test_nothing_waits_in_a_case_that_is_over():
    play = incomplete().do("window", "issue_correction", "2022-06-10", notice())
    assert waits(play.do("applicant", "withdraw", "2022-06-10", i.Reasoned())) == []


def noticed(play):
    play.must("leader", c.NoticeRevocation(RevocationGround.OTHER, SEAL), "2022-06-20")
    return play


def test_a_revocation_that_is_intended_waits_to_be_answered():
    play = noticed(Play().served("2022-06-09"))
    assert waits(play) == [("statement", "statement", "2022-06-27", "2022-06-24")]
    play.must("applicant", c.StateCase(SEAL), "2022-06-21")
    assert [kind for kind, *_ in waits(play)] == ["duty"]


def test_when_the_time_to_be_heard_has_ended_nothing_waits_for_it():
    play = noticed(Play().served("2022-06-09"))
    play.must("timer", c.LapseClock("statement"), "2022-06-28")
    assert waits(play) == []


def test_a_fee_waits_to_be_paid_unless_it_is_put_off():
    assert waits(accepted(INFRA, "2022-06-09")) == []
    play = accepted(INFRA, "2022-06-09", "ordinary")
    assert waits(play) == [("payment", FEE[INFRA], "2022-07-07", str(fee_of(play).warn_on))]
    pay(play, fee_of(play).amount_fen, "2022-06-10")
    assert waits(play) == []


def test_a_correction_is_the_applicants_turn_whatever_the_window_has_to_refund():
    """A fee was paid in part and fell away with the commitment that was withdrawn; now five
    materials are to be supplied."""
    play = Play(frozen_on_acceptance()).accepted("2022-06-09", "commitment")
    play.must("window", paid(100, "2022-06-10"), "2022-06-10")
    play.do("applicant", "withdraw_commitment", "2022-06-10")
    assert turn(play.case, play.edition) == "office"
    play.do("window", "issue_correction", "2022-06-13", missing(*FIVE))
    assert turn(play.case, play.edition) == "applicant"
    rows = waiting_rows(play.case, play.edition)
    assert [(row.kind, row.party == play.case.party) for row in rows] == [
        ("correction", True),
        ("refund", False),
    ]
