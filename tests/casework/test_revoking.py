"""Before a grant is revoked its holder is told why and heard; other ways in which a grant ends."""

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.offers import Beside, beside
from permits.casework.refusals import Reason, Refused
from permits.casework.rows import case_row
from permits.definitions.procedure import DeregistrationGround as G
from permits.definitions.procedure import RevocationGround as R
from permits.definitions.procedure import WithdrawalGround as W
from tests.casework.duties import check, report
from tests.kit import SEAL, Play, calendar

NOTICE = c.NoticeRevocation(R.NOT_QUALIFIED, SEAL)
REVOKE = c.TakeAction("revoke", i.Revocation(R.NOT_QUALIFIED, SEAL))
STANDING = {"granted": "granted", "in_force": "served"}
GROUNDS = [ground for ground in G if ground is not G.REVOKED]


def concluded():
    """Served on 9 June, reported and checked in July, put away."""
    play = Play().served("2022-06-09")
    play.must("applicant", report(), "2022-07-21")
    play.checked("inspector", check("2022-07-25"), "2022-07-25")
    return play.do("window", "conclude", "2022-07-26")


def noticed(play=None, on="2022-08-01"):
    play = play or concluded()
    play.must("leader", NOTICE, on)
    return play


# Notice, statement, decision.


def test_nothing_is_revoked_without_notice():
    assert concluded().ask("leader", REVOKE, "2022-08-01") == Refused(Reason.NOT_NOTICED)


def test_the_notice_gives_five_working_days_and_is_given_in_writing():
    play = noticed()
    assert play.due("statement") == "2022-08-08"
    assert play.case.documents[-1].document == "revocation_notice"


@pytest.mark.parametrize("on", ["2022-08-01", "2022-08-08"])
def test_the_holder_has_the_time_that_was_given(on):
    assert noticed().ask("leader", REVOKE, on) == Refused(Reason.NOT_YET_DUE, ("statement",))


def test_when_the_time_has_passed_it_is_revoked_without_a_statement():
    play = noticed().do("leader", "revoke", "2022-08-09", REVOKE.given)
    assert (play.case.leaves, play.case.intended) == (("revoked",), None)
    assert not any(clock.running for clock in play.case.clocks.values())


def test_once_the_holder_was_heard_it_may_be_revoked_at_once():
    play = noticed()
    play.must("applicant", c.StateCase(SEAL), "2022-08-02")
    assert play.case.intended.statement == SEAL
    play.do("leader", "revoke", "2022-08-03", REVOKE.given)
    assert play.case.code == 15


def test_it_is_revoked_on_the_ground_that_was_told_and_with_reasons():
    play = noticed()
    play.must("applicant", c.StateCase(SEAL), "2022-08-02")
    other = c.TakeAction("revoke", i.Revocation(R.DECEIT_OR_BRIBERY, SEAL))
    assert play.ask("leader", other, "2022-08-03") == Refused(Reason.GROUND_NOT_NOTICED)
    mute = c.TakeAction("revoke", i.Revocation(R.NOT_QUALIFIED))
    assert play.ask("leader", mute, "2022-08-03") == Refused(Reason.REASON_WANTED)


def test_it_may_be_dropped_and_the_grant_stands():
    play = noticed()
    assert play.ask("leader", c.DropRevocation(), "2022-08-02") == Refused(Reason.REASON_WANTED)
    play.must("leader", c.DropRevocation(SEAL), "2022-08-02")
    assert (play.case.leaves, play.case.intended) == (("concluded",), None)
    assert play.case.documents[-1].document == "revocation_dropped"
    assert play.ask("leader", REVOKE, "2022-08-20") == Refused(Reason.NOT_NOTICED)
    assert not play.case.clocks["statement"].running


def test_after_that_notice_may_be_given_anew():
    play = noticed()
    play.must("leader", c.DropRevocation(SEAL), "2022-08-02")
    noticed(play, "2022-09-01")
    assert play.due("statement") == "2022-09-08"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (c.NoticeRevocation(R.OTHER), Refused(Reason.REASON_WANTED)),
        (c.DropRevocation(SEAL), Refused(Reason.NOT_NOTICED)),
    ],
)
def test_what_goes_before_has_its_order(command, expected):
    assert concluded().ask("leader", command, "2022-08-01") == expected


def test_no_second_notice_while_one_is_open():
    assert noticed().ask("leader", NOTICE, "2022-08-02").reason is Reason.STILL_OPEN


def test_where_nothing_was_granted_there_is_nothing_to_revoke():
    refused = Play().accepted("2022-06-09").ask("leader", NOTICE, "2022-06-09")
    assert refused == Refused(Reason.NOT_NOW, ("notice_revocation",))


@pytest.mark.parametrize("on", ["2022-08-08", "2022-08-09"])
def test_a_statement_is_taken_while_its_time_runs(on):
    outcome = noticed().ask("applicant", c.StateCase(SEAL), on)
    assert (outcome == Refused(Reason.NOT_NOW, ("state_case",))) == (on == "2022-08-09")


def test_a_statement_says_something_and_answers_a_notice():
    assert noticed().ask("applicant", c.StateCase(), "2022-08-02") == Refused(Reason.REASON_WANTED)
    refused = concluded().ask("applicant", c.StateCase(SEAL), "2022-08-02")
    assert refused == Refused(Reason.NOT_NOW, ("state_case",))


def test_a_breach_is_put_right_before_the_holder_is_told_of_a_revocation():
    play = Play().served("2022-06-09")
    play.must("applicant", report(), "2022-07-21")
    play.checked("inspector", check("2022-07-25", passed=False), "2022-07-25")
    waiting = Refused(Reason.NOT_YET_DUE, ("check_after_completion",))
    assert play.ask("leader", NOTICE, "2022-08-08") == waiting
    deceit = c.NoticeRevocation(R.DECEIT_OR_BRIBERY, SEAL)
    assert not isinstance(play.ask("leader", deceit, "2022-07-26"), Refused)
    play.must("leader", NOTICE, "2022-08-09")


def test_a_date_that_is_provisional_ends_nobodys_time():
    play = concluded()
    play.days = type(calendar())([year for year in calendar().years if year.year < 2022])
    noticed(play)
    refused = play.ask("leader", REVOKE, "2022-09-01")
    assert refused == Refused(Reason.DATE_PROVISIONAL, ("statement",))
    play.must("applicant", c.StateCase(SEAL), "2022-09-01")


def test_a_case_with_a_notice_is_not_put_away():
    play = Play().served("2022-06-09")
    play.must("applicant", report(), "2022-07-21")
    play.checked("inspector", check("2022-07-25"), "2022-07-25")
    play.must("leader", NOTICE, "2022-07-26")
    play.must("applicant", c.StateCase(SEAL), "2022-07-26")
    refused = play.ask("window", c.TakeAction("conclude"), "2022-07-27")
    assert refused == Refused(Reason.STILL_OPEN, ("notice_revocation",))


def test_offers_show_what_is_next_to_whom():
    play = concluded()

    def offered(who, on="2022-08-02"):
        names = {one.command for one in beside(play.case, play.desk(who, on))}
        return names & {"notice", "state", "drop"}

    assert offered("leader") == {"notice"}
    noticed(play)
    assert (offered("leader"), offered("applicant"), offered("window")) == (
        {"drop"},
        {"state"},
        set(),
    )
    assert Beside("state", "") not in beside(play.case, play.desk("examiner", "2022-08-02"))


def test_a_case_put_away_waits_for_nobody_until_notice_is_given():
    play = concluded()
    row = case_row(play.case, play.edition)
    assert (row.ended, row.turn, row.phase) == (True, "nobody", "concluded")
    row = case_row(noticed(play).case, play.edition)
    assert (row.ended, row.turn) == (False, "office")


# Deregistration and withdrawal.


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("state", ["granted", "in_force", "concluded"])
def test_without_a_revocation_a_grant_is_deregistered_on_the_other_grounds(state, ground):
    play = Play()
    case = concluded() if state == "concluded" else getattr(play, STANDING[state])("2022-06-09")
    revoked = c.TakeAction("deregister", i.Deregistration(G.REVOKED))
    assert case.ask("window", revoked, "2023-06-09") == Refused(Reason.GROUND_NOT_LAWFUL)
    case.do("window", "deregister", "2023-06-09", i.Deregistration(ground))
    assert case.case.leaves == ("deregistered_unrevoked",)
    assert not any(clock.running for clock in case.case.clocks.values())
    assert all(held.status != "open" for held in case.case.obligations.values())


def test_after_a_revocation_deregistration_is_a_step_of_its_own():
    play = noticed().do("leader", "revoke", "2022-08-09", REVOKE.given)
    expired = c.TakeAction("deregister", i.Deregistration(G.EXPIRED))
    assert play.ask("window", expired, "2022-08-10") == Refused(Reason.GROUND_NOT_LAWFUL)
    play.do("window", "deregister", "2022-08-10", i.Deregistration(G.REVOKED))
    assert play.case.leaves == ("deregistered",)


def test_a_lawful_grant_is_withdrawn_with_its_compensation_noted():
    play = Play().granted("2022-06-09")
    given = i.Withdrawal(W.LAW_CHANGED, SEAL, SEAL)
    for lacking in (
        i.Withdrawal(W.LAW_CHANGED, SEAL),
        i.Withdrawal(W.LAW_CHANGED, None, SEAL),
    ):
        refused = play.ask("leader", c.TakeAction("withdraw_grant", lacking), "2022-07-01")
        assert refused == Refused(Reason.REASON_WANTED)
    play.do("leader", "withdraw_grant", "2022-07-01", given)
    assert (play.case.leaves, play.case.code) == (("withdrawn_by_office",), 14)
    assert all(held.status == "voided" for held in play.case.obligations.values())
    assert play.case.documents[-1].document == "grant_withdrawal"
    play.do("leader", "deregister", "2022-07-04", i.Deregistration(G.REVOKED))
    assert play.case.leaves == ("deregistered",)


# Errata, and what was written down wrongly.


def test_a_clerical_error_is_put_right_by_a_document_that_names_the_first():
    play = Play().granted("2022-06-09")
    first = play.case.documents[-1]
    play.must("window", c.CorrectDocument(first.number, SEAL), "2022-06-10")
    *_earlier, erratum = play.case.documents
    assert (erratum.document, erratum.number) == ("erratum", "演示规更字〔2022〕1号")
    assert next(d for d in play.case.documents if d.number == first.number).corrected
    assert Beside("correct", "") in beside(play.case, play.desk("leader", "2022-06-10"))
    again = play.ask("window", c.CorrectDocument(erratum.number, SEAL), "2022-06-10")
    assert again == Refused(Reason.NO_SUCH_DOCUMENT, (erratum.number,))
    mute = play.ask("window", c.CorrectDocument(first.number), "2022-06-10")
    assert mute == Refused(Reason.REASON_WANTED)


def test_a_report_written_down_wrongly_is_undone():
    play = Play().served("2022-06-09")
    before = play.case
    play.must("applicant", report(), "2022-07-21")
    assert "works_completed" in play.case.milestones
    play.must("supervisor", c.ReverseAction(SEAL), "2022-07-21")
    assert play.case.obligations == before.obligations
    assert "works_completed" not in play.case.milestones
    play.must("applicant", report(), "2022-07-21")


def test_a_check_written_down_wrongly_is_undone_while_nothing_followed_it():
    play = Play().served("2022-06-09")
    play.must("applicant", report(), "2022-07-21")
    play.checked("inspector", check("2022-07-25", passed=False), "2022-07-25")
    offered = beside(play.case, play.desk("supervisor", "2022-07-25"))
    assert Beside("reverse", "check_after_completion") in offered
    play.must("supervisor", c.ReverseAction(SEAL), "2022-07-25")
    assert not play.case.obligations["check_after_completion"].ordered
    refused = play.ask("supervisor", c.ReverseAction(SEAL), "2022-07-25")
    assert refused.reason is Reason.NOT_REVERSIBLE


@pytest.mark.parametrize(
    ("action", "given"),
    [
        ("deregister", i.Deregistration(G.HOLDER_ENDED)),
        ("withdraw_grant", i.Withdrawal(W.LAW_CHANGED, SEAL, SEAL)),
    ],
)
def test_what_ends_the_grant_otherwise_ends_the_intention_to_revoke_it(action, given):
    """Nobody is left waiting for a decision on what is no more."""
    play = Play().served("2022-06-09")
    play.must("leader", c.NoticeRevocation(R.OTHER, SEAL), "2022-06-10")
    play.do("leader", action, "2022-06-13", given)
    assert play.case.intended is None
    assert not play.case.clocks["statement"].running
    assert play.tell("leader", c.DropRevocation(SEAL), "2022-06-13") == Refused(Reason.NOT_NOTICED)
