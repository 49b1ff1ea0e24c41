"""The first rung: the holder is reminded of what they owe before anything is late.

Completion is reported within a year of the grant of Thursday 9 June 2022, by Friday 9 June 2023;
the warning begins twenty working days before that.
"""

from datetime import date

from permits.casework import commands as c
from permits.casework import commands_after as a
from permits.casework.messages import Message, messages
from permits.casework.refusals import Reason, Refused
from permits.casework.rows import due_rows
from permits.casework.working_days import WorkingDays
from permits.definitions.procedure import Role
from tests.casework.afterwards import START, asked, decided, due, permitted
from tests.casework.duties import TWO, built, check, report
from tests.kit import SEAL, Play, calendar, paper, variant

COMPLETION, CHECK = "report_completion", "check_after_completion"
REMIND = a.RemindOfObligation(COMPLETION)


def reminders(play: Play) -> dict[str, str]:
    """The dates after which the timer reminds, by what is owed."""
    rows = due_rows(play.case, play.edition)
    return {row.name: str(row.due_on) for row in rows if row.kind == "obligation_reminder"}


def test_the_holder_is_reminded_once_from_the_first_day_of_warning():
    """From Friday 12 May 2023 on twenty working days are left, four whole weeks."""
    play = Play().served("2022-06-09")
    assert due(play, COMPLETION) == "2023-06-09"
    assert str(play.case.obligations[COMPLETION].warn_on) == "2023-05-12"
    assert reminders(play) == {COMPLETION: "2023-05-11"}, "told on the day after this date"
    early = play.ask("timer", REMIND, "2023-05-11")
    assert early == Refused(Reason.NOT_YET_DUE, (COMPLETION,))
    play.must("timer", REMIND, "2023-05-12")
    assert reminders(play) == {}
    again = play.ask("timer", REMIND, "2023-05-15")
    assert again == Refused(Reason.NOT_NOW, (COMPLETION,))


def test_the_holder_is_written_to_and_nobody_else():
    play = Play().served("2022-06-09")
    play.must("timer", REMIND, "2023-05-12")
    _at, event = play.log[-1]
    assert [*messages(event, play.edition)] == [Message("due_soon", Role.APPLICANT, COMPLETION)]


def test_after_a_reminder_it_is_overdue_as_ever():
    play = Play().served("2022-06-09")
    play.must("timer", REMIND, "2023-05-12")
    play.must("timer", c.FlagOverdue(COMPLETION), "2023-06-12")
    assert play.case.obligations[COMPLETION].overdue


def test_when_it_is_too_late_to_remind_nobody_is_reminded():
    play = Play().served("2022-06-09")
    late = play.ask("timer", REMIND, "2023-06-12")
    assert late == Refused(Reason.NOT_NOW, (COMPLETION,))
    play.must("timer", c.FlagOverdue(COMPLETION), "2023-06-12")
    assert reminders(play) == {}


def test_what_was_reported_needs_no_reminder():
    play = Play().served("2022-06-09")
    play.must("applicant", report(), "2022-07-21")
    assert reminders(play) == {}
    done = play.ask("timer", REMIND, "2023-05-12")
    assert done == Refused(Reason.OBLIGATION_NOT_OPEN, (COMPLETION,))
    nothing = a.RemindOfObligation("lunch")
    assert play.ask("timer", nothing, "2023-05-12").reason is Reason.NO_SUCH_OBLIGATION


def test_what_the_office_owes_is_no_business_of_the_holders():
    play = built()
    assert play.case.obligations[CHECK].status == "open"
    assert reminders(play) == {}
    asked_for = play.ask("timer", a.RemindOfObligation(CHECK), "2022-08-15")
    assert asked_for == Refused(Reason.NOT_NOW, (CHECK,))


def test_a_breach_to_be_put_right_is_reminded_of_before_its_last_day():
    """Ordered on Tuesday 2 August 2022, ten working days: by 16 August. Five are left on 9."""
    play = built()
    play.checked("inspector", check("2022-08-02", passed=False, inspectors=TWO), "2022-08-02")
    held = play.case.obligations[CHECK]
    assert (str(held.due), str(held.warn_on)) == ("2022-08-16", "2022-08-09")
    assert reminders(play) == {CHECK: "2022-08-08"}
    play.must("timer", a.RemindOfObligation(CHECK), "2022-08-09")
    assert reminders(play) == {}


def test_whoever_asked_for_more_time_is_reminded_of_the_new_date():
    """The start: by 1 June 2022 for a permit of 1 March, put off to 1 September."""
    play = permitted("2022-03-01")
    first = reminders(play)[START]
    play.must("timer", a.RemindOfObligation(START), str(play.case.obligations[START].warn_on))
    asked(play, "2022-05-20")
    assert START not in reminders(play)
    decided(play, "2022-05-23")
    assert due(play) == "2022-09-01"
    assert reminders(play)[START] > first


def test_what_is_close_already_when_it_begins_is_not_reminded_of():
    def within_a_week(data):
        data["obligations"][COMPLETION]["due"]["earliest"][0]["plus"] = "5wd"

    play = Play(variant(within_a_week)).served("2022-06-09")
    assert due(play, COMPLETION) == "2022-06-16"
    assert reminders(play) == {}


def test_on_a_provisional_date_nobody_is_reminded():
    play = Play()
    play.days = WorkingDays([one for one in calendar().years if one.year < 2023])
    play.served("2022-06-09")
    assert play.case.obligations[COMPLETION].provisional
    assert reminders(play) == {}
    play.days = calendar()
    play.must("timer", c.Recompute(), "2022-12-12")
    assert reminders(play) == {COMPLETION: "2023-05-11"}


def test_undoing_a_report_brings_the_reminder_back():
    play = permitted("2022-03-01")
    told = c.ReportObligation(START, date(2022, 4, 1), (paper("photo"),))
    play.must("applicant", told, "2022-04-01")
    assert START not in reminders(play)
    play.must("supervisor", c.ReverseAction(SEAL), "2022-04-01")
    assert START in reminders(play)
