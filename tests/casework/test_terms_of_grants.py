"""Grants that hold for a term: renewed, by silence too, or expired (行政许可法 art. 50)."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework import inputs as i
from permits.casework.openings_after import AfterOpening, openings_after
from permits.casework.refusals import Reason, Refused
from permits.casework.rows import case_row, due_rows
from permits.casework.waiting_rows import waiting_rows
from permits.casework.working_days import WorkingDays
from permits.definitions.procedure import DeregistrationGround as G
from permits.definitions.procedure import RevocationGround as R
from tests.casework.afterwards import for_a_term, renewed_and_expired
from tests.casework.duties import check, report
from tests.kit import SEAL, Play, beijing, calendar, paper
from tests.workflows.kinds import granted, served

ASK, PASS = a.AskRenewal(SEAL), a.PassTerm()
GRANT = a.DecideRenewal(granted=True)


def until(play: Play) -> str:
    assert play.case.term is not None
    return str(play.case.term.due)


def asked(play: Play, on: str = "2022-11-01") -> Play:
    play.must("applicant", ASK, on)
    return play


def renewed(play: Play, on: str = "2022-11-08") -> Play:
    play.must("leader", GRANT, on)
    return play


def passed(play: Play, on: str = "2022-12-12") -> Play:
    play.must("timer", PASS, on)
    return play


def test_it_holds_for_six_months_from_the_grant():
    """Granted on Thursday 9 June 2022: until Friday 9 December."""
    play = for_a_term()
    assert until(play) == "2022-12-09"
    assert [row.due_on for row in due_rows(play.case, play.edition) if row.kind == "term"] == [
        date(2022, 12, 9)
    ]


def test_what_has_no_term_holds_for_good():
    play = Play().served("2022-06-09")
    assert play.case.term is None
    assert play.ask("applicant", ASK, "2022-07-01") == Refused(Reason.NOT_IN_PROCEDURE)
    assert play.ask("timer", PASS, "2032-07-01") == Refused(Reason.NOT_YET_DUE, ("term",))


def test_there_is_nothing_to_renew_before_the_grant():
    play = Play(for_a_term().edition).accepted("2022-06-09")
    assert play.ask("applicant", ASK, "2022-06-09") == Refused(Reason.NOT_NOW, ("renewal",))


# Asked for and decided on.


def test_renewed_by_a_decision_it_holds_for_six_months_more():
    play = renewed(asked(for_a_term()))
    assert until(play) == "2023-06-09"
    assert play.case.term.asked[0].decided_by == "leader"
    assert play.case.documents[-1].document == "at_renewed"


def test_it_is_asked_for_thirty_days_before_the_end_at_the_latest():
    """Natural days: art. 82 counts the office's limits in working days, not the holder's."""
    play = for_a_term()
    late = Refused(Reason.ASKED_TOO_LATE, ("2022-11-09",))
    assert play.ask("applicant", ASK, "2022-11-10") == late
    assert play.ask("applicant", ASK, beijing("2022-11-09", 18)) == late
    asked(play, "2022-11-09")
    assert not play.case.term.asked[0].late


def test_a_later_request_is_taken_where_the_definition_says_so():
    play = asked(for_a_term(late=True), "2022-12-01")
    assert play.case.term.asked[0].late
    gone = for_a_term(late=True).ask("applicant", ASK, "2022-12-12")
    assert gone == Refused(Reason.ASKED_TOO_LATE, ("2022-12-09",))


def test_a_request_and_a_refusal_give_their_reasons():
    play = for_a_term()
    wanted = Refused(Reason.REASON_WANTED)
    assert play.ask("applicant", a.AskRenewal(), "2022-11-01") == wanted
    assert asked(play).ask("leader", a.DecideRenewal(granted=False), "2022-11-02") == wanted


def test_what_shows_that_the_conditions_hold_may_come_with_it_and_nothing_else():
    play, shown = for_a_term(), (paper("renewal.evidence"),)
    other = play.ask("applicant", a.AskRenewal(SEAL, (paper("extension.evidence"),)), "2022-11-01")
    assert other == Refused(Reason.NO_SUCH_MATERIAL, ("extension.evidence",))
    play.must("applicant", a.AskRenewal(SEAL, shown), "2022-11-01")
    assert play.case.term.asked[0].evidence == shown


def test_one_request_at_a_time_and_one_decision():
    play = asked(for_a_term())
    assert play.ask("applicant", ASK, "2022-11-02") == Refused(Reason.ASKED_BEFORE, ("renewal",))
    renewed(play)
    assert play.ask("leader", GRANT, "2022-11-09") == Refused(Reason.NOTHING_ASKED)
    assert play.ask("examiner", GRANT, "2022-11-09") == Refused(Reason.NOT_YOURS)


def test_no_more_renewals_than_the_rule_allows():
    play = renewed(asked(for_a_term(times=1)))
    again = play.ask("applicant", ASK, "2023-03-01")
    assert again == Refused(Reason.EXTENDED_BEFORE, ("renewal",))


def test_where_nothing_can_be_renewed_nobody_asks_and_nobody_decides():
    play = for_a_term()
    edition = play.edition.definition
    assert edition.term is not None and edition.term.renewal is not None
    assert Play().granted("2022-06-09").ask("leader", GRANT, "2022-07-01") == Refused(
        Reason.NOT_YOURS
    )


def test_who_is_offered_what():
    play = for_a_term()

    def offered(who, on="2022-11-02"):
        found = openings_after(play.case, play.desk(who, on))
        return {one.command for one in found} & {"ask_renewal", "decide_renewal"}

    assert (offered("applicant"), offered("leader")) == ({"ask_renewal"}, set())
    asked(play)
    assert (offered("window"), offered("leader")) == (set(), {"decide_renewal"})
    assert AfterOpening("ask_renewal") not in openings_after(
        play.case, play.desk("examiner", "2022-11-02")
    )
    assert case_row(play.case, play.edition).turn == "office"


# The end of the term.


def test_undecided_at_its_end_it_is_renewed_by_law():
    """Effective the last day, however late the timer looked: until 9 June 2023."""
    play = passed(asked(for_a_term()), "2022-12-20")
    assert until(play) == "2023-06-09"
    one = play.case.term.asked[0]
    assert (one.granted, one.by_law, one.decided_by, str(one.decided_on)) == (
        True,
        True,
        "",
        "2022-12-09",
    )
    assert play.case.leaves == ("in_force",)
    assert str(play.case.milestones["renewed"]) == "2022-12-09"


def test_after_the_end_no_decision_changes_what_the_law_made_of_it():
    play = asked(for_a_term())
    assert play.ask("leader", GRANT, "2022-12-12") == Refused(Reason.TERM_ENDED, ("2022-12-09",))
    direct = play.ask("timer", c.TakeAction("expire"), "2022-12-12")
    assert direct == Refused(Reason.NOT_YET_DUE, ("term",))


def test_silence_renews_nothing_that_was_asked_for_late():
    play = passed(asked(for_a_term(late=True), "2022-12-01"))
    assert (play.case.leaves, play.case.term.asked[0].granted) == (("expired",), None)


def test_not_renewed_it_expires_on_its_last_day():
    play = asked(for_a_term())
    play.must("leader", a.DecideRenewal(granted=False, reason=SEAL), "2022-11-08")
    assert play.case.documents[-1].document == "at_not_renewed"
    assert play.ask("timer", PASS, "2022-12-09") == Refused(Reason.NOT_YET_DUE, ("term",))
    passed(play)
    assert play.case.leaves == ("expired",)
    assert play.case.milestones["expired"] == date(2022, 12, 9)
    assert (str(play.case.term.ended_on), due_rows(play.case, play.edition)) == ("2022-12-09", ())
    assert not [n for n, held in play.case.obligations.items() if held.status == "open"]


def test_it_expires_also_when_its_file_is_closed():
    play = for_a_term()
    play.must("applicant", report(), "2022-07-21")
    play.checked("inspector", check("2022-07-25"), "2022-07-25")
    play.do("window", "conclude", "2022-07-26")
    assert passed(play).case.leaves == ("expired",)


def test_deregistration_follows_on_the_ground_of_the_law():
    play = passed(for_a_term())
    wrong = c.TakeAction("deregister", i.Deregistration(G.OTHER))
    assert play.ask("window", wrong, "2022-12-13") == Refused(Reason.GROUND_NOT_LAWFUL)
    play.do("window", "deregister", "2022-12-13", i.Deregistration(G.EXPIRED))
    assert play.case.leaves == ("deregistered_unrevoked",)


def test_a_revoked_grant_has_no_term_any_more():
    play = asked(for_a_term())
    play.revoked("2022-11-10", R.OTHER)
    assert (play.case.term.runs, play.case.term.pending) == (False, None)
    assert play.ask("timer", PASS, "2022-12-12") == Refused(Reason.NOT_YET_DUE, ("term",))
    assert play.ask("applicant", ASK, "2022-11-11") == Refused(Reason.NOT_NOW, ("renewal",))


def test_what_was_filed_is_no_permit_and_silence_renews_it_not():
    """先行施工备案: filed on 9 June 2022 for six months, asked for in time, not decided on."""
    play = served(granted("early_start", "2022-06-09"), "2022-06-09")
    asked(play)
    passed(play)
    assert play.case.leaves == ("expired",)


def test_a_provisional_end_is_no_end():
    play = for_a_term()
    play.days = WorkingDays([year for year in calendar().years if year.year < 2022])
    play.must("timer", c.Recompute(), "2022-06-10")
    assert play.case.term.provisional
    assert not [row for row in due_rows(play.case, play.edition) if row.kind == "term"]
    for command in (PASS, c.TakeAction("expire")):
        found = play.ask("timer", command, "2023-01-10")
        assert found == Refused(Reason.DATE_PROVISIONAL, ("term",))
    asked(play, "2022-11-25")


def test_another_calendar_moves_it_only_if_it_is_another_day():
    play = for_a_term("2022-06-10")
    assert until(play) == "2022-12-12"
    play.must("timer", c.Recompute(), "2022-06-13")
    assert "TermDated" not in play.events
    play.revoked("2022-06-14", R.OTHER)
    play.days = WorkingDays([year for year in calendar().years if year.year < 2022])
    play.must("timer", c.Recompute(), "2022-06-15")
    assert "TermDated" not in play.events


@pytest.mark.parametrize("on", ["2022-06-09"])
def test_a_whole_life(on):
    play = renewed_and_expired()
    assert play.case.term.renewals == ("6m", "6m")
    assert [one.granted for one in play.case.term.asked] == [True, True, False]
    assert [one.by_law for one in play.case.term.asked] == [False, True, False]
    assert on in str(play.case.term.starts_on)


# Reminded, and what waits for its holder.

REMIND = a.RemindOfTerm()


def reminders(play: Play) -> list[str]:
    return [
        str(row.due_on) for row in due_rows(play.case, play.edition) if row.kind == "term_reminder"
    ]


def test_its_holder_is_reminded_once_from_the_first_day_of_warning():
    """Thirty working days before Friday 9 December 2022 begin on Friday 28 October."""
    play = for_a_term()
    assert str(play.case.term.warn_on) == "2022-10-28"
    assert reminders(play) == ["2022-10-27"], "told on the day after this date"
    assert play.ask("timer", REMIND, "2022-10-27") == Refused(Reason.NOT_YET_DUE, ("term",))
    play.must("timer", REMIND, "2022-10-28")
    assert reminders(play) == []
    assert play.ask("timer", REMIND, "2022-10-31") == Refused(Reason.NOT_NOW, ("renewal",))


def test_whoever_asked_for_renewal_needs_no_reminder_and_is_reminded_of_the_next_end():
    play = asked(for_a_term(), "2022-10-20")
    assert reminders(play) == []
    assert play.ask("timer", REMIND, "2022-10-28") == Refused(Reason.NOT_NOW, ("renewal",))
    renewed(play, "2022-10-25")
    assert reminders(play)


def test_what_has_no_term_is_no_reason_to_remind():
    play = Play().served("2022-06-09")
    assert play.ask("timer", REMIND, "2022-10-28") == Refused(Reason.NOT_NOW, ("renewal",))


def test_the_end_of_a_term_stands_among_the_dates_and_waits_for_its_holder():
    play = for_a_term()
    waits = [one for one in waiting_rows(play.case, play.edition) if one.kind == "term"]
    assert [(str(one.due_on), str(one.warn_on)) for one in waits] == [("2022-12-09", "2022-10-28")]
    assert case_row(play.case, play.edition).due_on is not None
    asked(play)
    kinds = {one.kind for one in waiting_rows(play.case, play.edition)}
    assert "term" not in kinds, "the office has it now"
