"""A breach that a check found, reported as put right by its holder, and checked again."""

from datetime import date

import pytest

from permits.casework import commands as c
from permits.casework.check_rows import check_rows
from permits.casework.decide import Noted
from permits.casework.fold import fold_all
from permits.casework.offers import Beside, beside
from permits.casework.refusals import Reason, Refused
from permits.casework.rows import case_row, due_rows, turn
from permits.casework.waiting_rows import waiting_rows
from permits.definitions.procedure import RevocationGround as R
from tests.casework.duties import built, check
from tests.casework.records import registered
from tests.kit import PARTY, SEAL, calendar, paper

DUTY = "check_after_completion"
PHOTO = paper("photo_after")


def told(on="2022-08-09", words=SEAL, evidence=(PHOTO,)):
    return c.ReportObligation(DUTY, date.fromisoformat(on), evidence, words)


@pytest.fixture
def breached():
    """Checked on 2 August 2022 and found otherwise than committed, to be put right by the 16th."""
    play = built()
    play.checked("inspector", check("2022-08-02", passed=False), "2022-08-02")
    return play


def test_the_holder_says_when_and_how_it_was_put_right_and_what_shows_it(breached):
    earlier = breached.case.obligations[DUTY].evidence
    assert Beside("report", DUTY) in beside(
        breached.case, breached.desk("applicant", "2022-08-09")
    )
    breached.must("applicant", told(), "2022-08-10")
    held = breached.case.obligations[DUTY]
    assert (str(held.put_right_on), held.status, held.failed) == ("2022-08-09", "open", True)
    assert held.evidence == (*earlier, PHOTO)
    assert breached.log[-1][1].words == SEAL


def test_then_it_waits_for_the_inspectors_and_for_nobody_else(breached):
    assert turn(breached.case, breached.edition) == "applicant"
    assert [row.kind for row in waiting_rows(breached.case, breached.edition)] == ["rectification"]
    breached.must("applicant", told(), "2022-08-10")
    assert turn(breached.case, breached.edition) == "office"
    assert waiting_rows(breached.case, breached.edition) == ()
    (row,) = check_rows(breached.case)
    assert (row.rectifies, str(row.put_right_on)) == (True, "2022-08-09")
    listed = case_row(breached.case, breached.edition)
    assert (listed.rectifies, str(listed.put_right_on)) == (True, "2022-08-09")
    desk = breached.desk("applicant", "2022-08-10")
    assert Beside("report", DUTY) not in beside(breached.case, desk)


def test_a_report_in_time_is_not_overdue_while_the_office_has_not_checked(breached):
    """Nobody is late because the office is: neither is its date told, nor anything entered."""
    kinds = [(due.name, due.kind) for due in due_rows(breached.case, breached.edition)]
    assert kinds == [(DUTY, "obligation"), (DUTY, "obligation_reminder")]
    breached.must("applicant", told(), "2022-08-16")
    assert due_rows(breached.case, breached.edition) == ()
    passed = breached.tell("timer", c.FlagOverdue(DUTY), "2022-08-17")
    assert passed == Refused(Reason.NOT_YET_DUE, (DUTY,))


def test_a_late_report_is_checked_all_the_same(breached):
    breached.must("timer", c.FlagOverdue(DUTY), "2022-08-17")
    breached.must("applicant", told("2022-08-18"), "2022-08-18")
    assert breached.case.obligations[DUTY].overdue
    breached.checked("inspector", check("2022-08-19"), "2022-08-19")
    assert breached.case.obligations[DUTY].status == "settled"


def test_only_a_check_settles_it(breached):
    breached.must("applicant", told(), "2022-08-10")
    breached.checked("inspector", check("2022-08-11"), "2022-08-11")
    held = breached.case.obligations[DUTY]
    assert (held.status, held.failed, held.put_right_on) == ("settled", False, None)


def test_not_put_right_after_all_it_is_ordered_anew_and_can_be_reported_anew(breached):
    breached.must("applicant", told(), "2022-08-10")
    breached.checked("inspector", check("2022-08-11", passed=False), "2022-08-11")
    held = breached.case.obligations[DUTY]
    assert (held.put_right_on, str(held.due)) == (None, "2022-08-25")
    breached.must("applicant", told("2022-08-12"), "2022-08-12")
    assert str(breached.case.obligations[DUTY].put_right_on) == "2022-08-12"


def test_a_check_of_the_days_before_the_report_is_not_the_check_of_what_was_reported(breached):
    """Ordered on the 2nd, put right on the 9th: whoever looked on the 5th has not seen it."""
    breached.must("applicant", told("2022-08-09"), "2022-08-10")
    early = breached.tell("inspector", check("2022-08-05", passed=False), "2022-08-11")
    assert early == Refused(Reason.DATE_NOT_LAWFUL, ("2022-08-05",))
    breached.checked("inspector", check("2022-08-09"), "2022-08-11")


def test_a_check_of_the_days_before_the_order_is_not_the_check_of_what_was_ordered(breached):
    """Whoever looked on 1 August has not seen what was ordered on the 2nd, but may have seen it
    that day."""
    early = breached.tell("inspector", check("2022-08-01"), "2022-08-11")
    assert early == Refused(Reason.DATE_NOT_LAWFUL, ("2022-08-01",))
    breached.checked("inspector", check("2022-08-02"), "2022-08-11")


def notice(play, on, ground=R.NOT_QUALIFIED):
    return play.tell("leader", c.NoticeRevocation(ground, SEAL), on)


def test_what_was_reported_in_time_is_looked_at_before_a_revocation_is_told(breached):
    """The term ended on 16 August; an office that has not checked gives no notice for it."""
    breached.must("applicant", told("2022-08-15"), "2022-08-16")
    assert notice(breached, "2022-08-20") == Refused(Reason.NOT_YET_DUE, (DUTY,))
    breached.checked("inspector", check("2022-08-22", passed=False), "2022-08-22")
    assert isinstance(notice(breached, "2022-08-22"), Noted)


def test_what_was_reported_too_late_stops_no_notice(breached):
    breached.must("timer", c.FlagOverdue(DUTY), "2022-08-17")
    breached.must("applicant", told("2022-08-18"), "2022-08-18")
    assert isinstance(notice(breached, "2022-08-18"), Noted)


def test_found_not_put_right_it_has_had_its_chance(breached):
    """整改后仍不符合: the head of the office may give notice at once, whatever is reported anew; a
    check that passes in the meantime ends it."""
    breached.party = registered(PARTY)
    assert notice(breached, "2022-08-10") == Refused(Reason.NOT_YET_DUE, (DUTY,))
    breached.must("applicant", told(), "2022-08-10")
    breached.checked("inspector", check("2022-08-11", passed=False), "2022-08-11")
    held = breached.case.obligations[DUTY]
    assert (held.still_wrong, held.overdue, str(held.due)) == (True, False, "2022-08-25")
    drafted = [(one.kind, one.about) for one in breached.party.entries.values()]
    assert drafted == [("unrectified", DUTY)]
    breached.must("applicant", told("2022-08-12"), "2022-08-12")
    assert isinstance(notice(breached, "2022-08-12"), Noted)


def test_a_breach_that_is_found_again_and_again_is_drafted_once(breached):
    breached.party = registered(PARTY)
    for day in ("2022-08-11", "2022-08-12"):
        breached.checked("inspector", check(day, passed=False), day)
    breached.must("timer", c.FlagOverdue(DUTY), "2022-08-29")
    assert len(breached.party.entries) == 1


def test_put_right_at_last_it_is_wrong_no_more(breached):
    breached.checked("inspector", check("2022-08-11", passed=False), "2022-08-11")
    breached.checked("inspector", check("2022-08-12"), "2022-08-12")
    held = breached.case.obligations[DUTY]
    assert (held.status, held.still_wrong) == ("settled", False)


def test_no_notice_rests_on_a_date_that_is_provisional():
    """The order of 20 December 2022 runs into a year of which no calendar was published."""
    known = [year for year in calendar().years if year.year < 2023]
    play = built(days=type(calendar())(known))
    play.checked("inspector", check("2022-12-20", passed=False), "2022-12-20")
    held = play.case.obligations[DUTY]
    assert held.provisional
    assert notice(play, "2023-02-01") == Refused(Reason.NOT_YET_DUE, (DUTY,))


def test_a_report_entered_by_mistake_is_taken_back(breached):
    before = breached.case.obligations[DUTY]
    breached.must("applicant", told(), "2022-08-10")
    breached.must("supervisor", c.ReverseAction(SEAL), "2022-08-10")
    assert breached.case.obligations[DUTY] == before


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        (told(words=None), Refused(Reason.REASON_WANTED)),
        (told("2022-08-01"), Refused(Reason.DATE_NOT_LAWFUL, ("2022-08-01",))),
        (told("2022-08-11"), Refused(Reason.DATE_NOT_LAWFUL, ("2022-08-11",))),
    ],
)
def test_without_words_or_on_an_unlawful_day_nothing_is_reported(breached, command, refused):
    assert breached.tell("applicant", command, "2022-08-10") == refused


def test_once_is_enough_and_a_breach_there_is_none_of_is_not_put_right(breached):
    breached.must("applicant", told(), "2022-08-10")
    again = breached.tell("applicant", told("2022-08-10"), "2022-08-10")
    assert again == Refused(Reason.REPORTED_BEFORE, (DUTY,))
    play = built()
    assert play.tell("applicant", told(), "2022-08-10") == Refused(
        Reason.OBLIGATION_NOT_OPEN, (DUTY,)
    )


def test_others_than_the_holder_do_not_report_it(breached):
    for who in ("inspector", "window", "leader"):
        assert breached.tell(who, told(), "2022-08-10").reason is Reason.NOT_YOURS


def test_the_log_tells_it_all_again(breached):
    breached.must("applicant", told(), "2022-08-10")
    again = fold_all(type(breached.case)(id=breached.case.id), breached.log)
    assert again.obligations == breached.case.obligations
