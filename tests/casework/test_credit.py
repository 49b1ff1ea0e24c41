"""Credit entries: notice, objection, entry, publication, repair (河南省社会信用条例)."""

from datetime import date

import pytest

from permits.casework import party_commands as c
from permits.casework.refusals import Reason, Refused
from tests.casework.records import (
    ASK,
    DROP,
    MAKE,
    OBJECT,
    REJECTED,
    REPAIRED,
    UPHELD,
    E,
    Record,
    before_2022,
    drafted,
    of_a_breach,
)
from tests.kit import SEAL, calendar

# Notice, and the time to object.


def test_nothing_is_entered_without_notice():
    assert of_a_breach().refused("leader", MAKE, "2022-06-09") == Reason.ENTRY_NOT_THERE


def test_the_notice_gives_five_working_days():
    record = of_a_breach().noticed("2022-06-09")
    assert record.entry.waits.due == date(2022, 6, 16)
    assert (record.entry.status, record.entry.proposed_by) == ("noticed", "supervisor")


def test_make_up_days_of_the_national_holiday_count():
    """30 September, 8 and 9 October (made up), 10 and 11 October."""
    assert of_a_breach().noticed("2022-09-29").entry.waits.due == date(2022, 10, 11)


def test_a_notice_states_its_grounds():
    silent = c.NoticeEntry(E, "breach")
    assert of_a_breach().refused("supervisor", silent, "2022-06-09") == Reason.REASON_WANTED


@pytest.mark.parametrize("on", ["2022-06-09", "2022-06-16"])
def test_the_party_has_the_time_that_was_given(on):
    outcome = of_a_breach().noticed().ask("leader", MAKE, on)
    assert outcome == Refused(Reason.MAY_STILL_OBJECT, ("2022-06-16",))


def test_when_the_time_has_passed_the_entry_is_made_by_a_person():
    record = of_a_breach().noticed()
    assert record.entry.entered_on is None, "time alone enters nothing"
    record.must("leader", MAKE, "2022-06-17")
    assert (record.entry.status, record.entry.entered_on) == ("entered", date(2022, 6, 17))


def test_nobody_objects_after_the_time_has_passed():
    record = of_a_breach().noticed()
    outcome = record.ask("applicant", OBJECT, "2022-06-17")
    assert outcome == Refused(Reason.OBJECTION_ENDED, ("2022-06-16",))
    record.must("applicant", OBJECT, "2022-06-16")


def test_a_provisional_date_lets_nothing_be_entered_until_the_holidays_are_known():
    record = Record(drafted(), days=before_2022()).noticed()
    assert record.entry.waits.provisional
    assert record.refused("leader", MAKE, "2022-06-30") == Reason.TERM_PROVISIONAL
    record.days = calendar()
    record.must("leader", MAKE, "2022-06-17")


def test_who_may_object_to_a_provisional_date_is_not_shut_out():
    record = Record(drafted(), days=before_2022()).noticed()
    record.must("applicant", OBJECT, "2022-06-30")


# Objection: three working days, seven with checks, decided by somebody else.


def objected(on="2022-06-16"):
    return of_a_breach().noticed().must("applicant", OBJECT, on)


def test_an_objection_is_decided_in_three_working_days():
    """Came on Thursday 16 June: Friday, Monday, Tuesday."""
    assert objected().entry.waits.due == date(2022, 6, 21)


def test_an_objection_that_has_to_be_checked_is_decided_in_seven():
    record = objected().must("leader", c.CheckObjection(E, SEAL), "2022-06-20")
    assert record.entry.waits.due == date(2022, 6, 27), "counted from the day it came"
    again = c.CheckObjection(E, SEAL)
    assert record.refused("leader", again, "2022-06-21") == Reason.ENTRY_NOT_THERE


@pytest.mark.parametrize(
    "silent",
    [
        c.CheckObjection(E),
        c.DecideObjection(E, upheld=True),
        c.DecideObjection(E, upheld=False),
    ],
)
def test_every_decision_about_an_objection_says_why(silent):
    assert objected().refused("leader", silent, "2022-06-17") == Reason.REASON_WANTED


def test_an_objection_says_what_is_objected():
    record = of_a_breach().noticed()
    assert record.refused("applicant", c.ObjectToEntry(E), "2022-06-10") == Reason.REASON_WANTED


@pytest.mark.parametrize("decision", [UPHELD, REJECTED])
def test_whoever_proposed_the_entry_does_not_decide_the_objection(decision):
    record = objected()
    assert record.refused("supervisor", decision, "2022-06-17") == Reason.PROPOSED_BY_SAME
    record.must("another_supervisor", decision, "2022-06-17")


def test_an_objection_that_is_upheld_ends_it():
    record = objected().must("leader", UPHELD, "2022-06-17")
    assert (record.entry.status, record.entry.closed_on) == ("dropped", date(2022, 6, 17))
    assert record.refused("leader", MAKE, "2022-06-30") == Reason.ENTRY_NOT_THERE


def test_after_a_rejected_objection_a_person_enters_or_drops():
    record = objected().must("leader", REJECTED, "2022-06-17")
    assert (record.entry.status, record.entry.closed_on) == ("rejected", None)
    assert record.refused("applicant", OBJECT, "2022-06-17") == Reason.ENTRY_NOT_THERE
    record.must("supervisor", MAKE, "2022-06-17")


@pytest.mark.parametrize("command", [MAKE, DROP])
def test_nothing_happens_before_an_objection_is_decided(command):
    assert objected().refused("leader", command, "2022-06-30") == Reason.ENTRY_NOT_THERE


# Dropped.


@pytest.mark.parametrize(
    ("record", "told"),
    [(of_a_breach, False), (lambda: of_a_breach().noticed(), True)],
)
def test_a_person_may_drop_it_and_says_why(record, told):
    record = record()
    assert record.refused("leader", c.DropEntry(E), "2022-06-10") == Reason.REASON_WANTED
    record.must("leader", DROP, "2022-06-10")
    assert (record.entry.status, record.entry.reason) == ("dropped", SEAL)
    assert record.last.facts[0].event.told is told


# Entered: disclosed, published, repaired.


@pytest.mark.parametrize(
    ("degree", "until"), [("breach", "2023-06-17"), ("serious", "2025-06-17")]
)
def test_disclosure_is_by_degree_and_at_most_five_years(degree, until):
    record = of_a_breach().entered(degree=degree)
    assert record.entry.until == date.fromisoformat(until)
    assert record.entry.stands(record.entry.until)
    assert not record.entry.stands(date.fromordinal(record.entry.until.toordinal() + 1))


def test_a_disclosure_that_would_end_on_a_rest_day_is_not_put_off():
    """18 June 2023 is a Sunday."""
    record = of_a_breach().entered("2022-06-18")
    assert record.entry.until == date(2023, 6, 18)


def test_it_is_published_on_its_day_and_not_before():
    """Entered on Friday 17 June: the seventh working day after it is Tuesday the 28th."""
    record = of_a_breach().entered()
    publish = c.PublishEntry(E)
    assert record.entry.publication.due == date(2022, 6, 28)
    assert record.refused("timer", publish, "2022-06-27") == Reason.TERM_PROVISIONAL
    record.must("timer", publish, "2022-06-30")
    assert record.entry.published_on == date(2022, 6, 28), "the day it was due"
    assert record.entry.public(date(2022, 6, 30))
    assert record.refused("timer", publish, "2022-06-30") == Reason.ENTRY_NOT_THERE


def test_what_is_published_on_a_provisional_day_waits_for_the_calendar():
    record = of_a_breach().noticed()
    record.days = before_2022()
    record.must("leader", MAKE, "2022-06-17")
    assert record.refused("timer", c.PublishEntry(E), "2022-07-30") == Reason.TERM_PROVISIONAL
    record.days = calendar()
    record.must("timer", c.PublishEntry(E), "2022-07-30")
    assert record.entry.published_on == date(2022, 6, 28)


def test_repair_is_decided_in_a_working_day_and_takes_it_off_at_once():
    record = of_a_breach().entered().must("timer", c.PublishEntry(E), "2022-06-28")
    record.must("applicant", ASK, "2022-07-01")
    assert record.entry.waits.due == date(2022, 7, 4), "Friday; the next working day is Monday"
    record.must("leader", REPAIRED, "2022-07-04")
    assert (record.entry.status, record.entry.closed_on) == ("repaired", date(2022, 7, 4))
    assert not record.entry.stands(date(2022, 7, 4))
    assert not record.entry.public(date(2022, 7, 4))


def test_an_entry_that_was_repaired_before_its_day_is_never_published():
    record = of_a_breach().entered().must("applicant", ASK, "2022-06-20")
    record.must("leader", REPAIRED, "2022-06-20")
    assert record.refused("timer", c.PublishEntry(E), "2022-06-28") == Reason.ENTRY_NOT_THERE


def test_repair_that_is_not_granted_may_be_applied_for_again():
    record = of_a_breach().entered().must("applicant", ASK, "2022-07-01")
    assert record.refused("applicant", ASK, "2022-07-01") == Reason.REPAIR_NOT_OPEN
    record.must("leader", c.DecideRepair(E, granted=False, reason=SEAL), "2022-07-04")
    assert record.entry.stands(date(2022, 7, 4))
    assert record.refused("leader", REPAIRED, "2022-07-05") == Reason.REPAIR_NOT_OPEN
    record.must("applicant", ASK, "2022-08-01")


def test_whoever_asks_for_repair_and_whoever_decides_it_say_why():
    record = of_a_breach().entered()
    assert record.refused("applicant", c.AskForRepair(E), "2022-07-01") == Reason.REASON_WANTED
    record.must("applicant", ASK, "2022-07-01")
    silent = c.DecideRepair(E, granted=True)
    assert record.refused("leader", silent, "2022-07-01") == Reason.REASON_WANTED


def test_what_is_no_longer_disclosed_needs_no_repair():
    assert of_a_breach().entered().refused("applicant", ASK, "2023-06-18") == (
        Reason.REPAIR_NOT_OPEN
    )
