"""Counting rules a definition can ask for: the clock part of T6 and T13; recomputation."""

from datetime import date

import pytest
from msgspec.structs import replace

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.refusals import Reason, Refused
from permits.casework.rows import due_rows
from permits.casework.working_days import PublishedYear, WorkingDays
from permits.definitions.procedure import SpecialCause
from tests.casework.duties import with_fee
from tests.kit import SEAL, Play, variant, years

EXAMPLE = {"example": {"zh": "示例", "en": "example"}}
TITLE = {"zh": "测试", "en": "test"}


def with_clock(name, clock, promised="2wd"):
    def change(data):
        data["tracks"]["ordinary"]["promised"] = promised
        task = {"task": {"zh": "到期", "en": "due"}}
        common = {"title": TITLE, "lapse": task, "warned": ["window"], "basis": EXAMPLE}
        data["clocks"][name] = {**common, **clock}

    return variant(change)


def supplement(cap="20wd"):
    return with_clock(
        "gap",
        {
            "starts": ["accepted"],
            "length": {"least": [{"track": "promised", "less": "2wd"}, {"fixed": cap}]},
            "stops": ["decided", "withdrawn", "track_switched"],
        },
        promised="10wd",
    )


def test_t6_accepted_on_1_november_with_ten_days_promised():
    """The decision is due on 11-15; what is still missing two working days earlier, on 11-11."""
    play = Play(supplement()).accepted("2022-11-01")
    assert play.due("promise") == "2022-11-15"
    assert play.due("gap") == "2022-11-11"


def test_t6_never_more_than_twenty_days():
    def longer(data):
        data["tracks"]["ordinary"]["promised"] = "28wd"
        data["clocks"]["gap"] = {
            "title": TITLE,
            "starts": ["accepted"],
            "length": {"least": [{"track": "promised", "less": "2wd"}, {"fixed": "20wd"}]},
            "stops": ["decided", "withdrawn", "track_switched"],
            "lapse": {"task": {"zh": "到期", "en": "due"}},
            "warned": ["window"],
            "basis": EXAMPLE,
        }

    assert Play(variant(longer)).accepted("2022-11-01").due("gap") == "2022-11-29"


def test_a_promise_shorter_than_what_is_taken_off_leaves_no_time():
    def tight(data):
        data["clocks"]["gap"] = {
            "title": TITLE,
            "starts": ["accepted"],
            "length": {"least": [{"track": "promised", "less": "5wd"}, {"fixed": "20wd"}]},
            "stops": ["decided", "withdrawn", "track_switched"],
            "lapse": {"task": {"zh": "到期", "en": "due"}},
            "warned": ["window"],
            "basis": EXAMPLE,
        }

    assert Play(variant(tight)).accepted("2022-11-01").due("gap") == "2022-11-01"


def test_t13_works_start_within_three_months_extended_twice_and_no_third_time():
    def earlier(data):
        data["permit"]["effective_from"] = "2022-01-01"
        data["clocks"]["start_of_works"] = {
            "title": TITLE,
            "starts": ["granted"],
            "length": {"fixed": "3m"},
            "stops": ["works_completed", "revoked"],
            "lapse": {"task": {"zh": "到期", "en": "due"}},
            "warned": ["window"],
            "extension": {"times": 2, "each": "3m", "approver": "leader", "basis": EXAMPLE},
            "basis": EXAMPLE,
        }

    play = Play(variant(earlier)).granted("2022-03-01")
    assert play.due("start_of_works") == "2022-06-01"
    play.must("leader", c.ExtendClock("start_of_works", SEAL), "2022-05-20")
    assert play.due("start_of_works") == "2022-09-01"
    play.must("leader", c.ExtendClock("start_of_works", SEAL), "2022-08-20")
    assert play.due("start_of_works") == "2022-12-01"
    third = play.tell("leader", c.ExtendClock("start_of_works", SEAL), "2022-11-20")
    assert third == Refused(Reason.EXTENDED_BEFORE, ("start_of_works",))


def known_until(year: int) -> WorkingDays:
    return WorkingDays(y for y in years() if y.year <= year)


def test_a_year_that_is_published_makes_provisional_dates_sure():
    play = Play(days=known_until(2022)).accepted("2022-12-29")
    assert play.case.clocks["statutory"].provisional
    play.days = known_until(2023)
    outcome = play.must("timer", c.Recompute(), "2023-01-03")
    recomputed = [fact.event.clock for fact in outcome.facts]
    assert recomputed == ["completeness", "promise", "statutory"], "the first was stopped in time"
    clock = play.case.clocks["statutory"]
    assert (str(clock.due), clock.provisional) == ("2023-02-15", False)
    assert clock.calendar == known_until(2023).digest


def test_what_a_new_year_does_not_touch_is_not_written_anew():
    play = Play(days=known_until(2022)).accepted("2022-06-09")
    play.days = known_until(2023)
    assert play.must("timer", c.Recompute(), "2022-06-10").facts == ()


def test_a_clock_that_has_stopped_keeps_its_date_when_its_year_is_changed():
    """Accepted on Thursday 9 June 2022; then Monday the 13th is made a day off."""
    play = Play().accepted("2022-06-09")
    assert (play.due("completeness"), play.due("promise")) == ("2022-06-16", "2022-06-13")
    year = next(one for one in years() if one.year == 2022)
    monday = replace(year.off[0], day=date(2022, 6, 13))
    play.days = play.days.with_year(replace(year, off=(*year.off, monday)))
    play.must("timer", c.Recompute(), "2022-06-10")
    assert (play.due("completeness"), play.due("promise")) == ("2022-06-16", "2022-06-14")


def test_a_suspended_clock_is_reckoned_when_it_resumes():
    play = Play(days=known_until(2022)).accepted("2022-12-29")
    special = i.SpecialProcedure(SpecialCause.EXPERT_REVIEW, "5wd", notified=True)
    play.do("examiner", "suspend", "2022-12-30", special)
    play.days = known_until(2023)
    recomputed = play.must("timer", c.Recompute(), "2023-01-03").facts
    assert [fact.event.clock for fact in recomputed] == ["completeness", "special_procedure"]


def test_a_clock_that_was_stopped_while_its_date_was_provisional_may_turn_out_late():
    """Accepted on Thursday 29 December 2022, two working days promised. Without the calendar of
    2023 Monday 2 January counts as worked; published, it is a day off: due on Tuesday the 3rd."""
    play = Play(days=known_until(2022)).accepted("2022-12-29")
    play.do("examiner", "examine", "2023-01-03", i.Opinion("grant", SEAL))
    play.do("leader", "grant", "2023-01-04")
    assert (play.due("promise"), play.case.clocks["promise"].late) == ("2023-01-02", False)
    play.days = known_until(2023)
    play.must("timer", c.Recompute(), "2023-01-05")
    assert (play.due("promise"), play.case.clocks["promise"].late) == ("2023-01-03", True)


def test_undoing_a_suspension_reckons_by_the_calendar_of_today():
    play = Play(days=known_until(2022)).accepted("2022-12-29")
    special = i.SpecialProcedure(SpecialCause.EXPERT_REVIEW, "5wd", notified=True)
    play.do("examiner", "suspend", "2022-12-30", special)
    play.days = known_until(2023)
    play.must("supervisor", c.ReverseAction(SEAL), "2022-12-30")
    clock = play.case.clocks["promise"]
    assert (str(clock.due), clock.provisional) == ("2023-01-03", False)
    assert [row.name for row in due_rows(play.case, play.edition)] == ["promise", "statutory"]


def test_the_time_to_put_a_breach_right_is_dated_anew_too():
    """Ordered on Friday 23 December 2022, ten working days: by Monday to Friday 6 January 2023;
    2 January is a day off, so the 9th."""
    play = Play(days=known_until(2022)).served("2022-06-09")
    done = c.ReportObligation("report_completion", date(2022, 12, 20))
    play.must("applicant", done, "2022-12-20")
    failed = c.VerifyObligation(
        "check_after_completion",
        passed=False,
        on=date(2022, 12, 23),
        inspectors=("inspector", "another"),
        finding=SEAL,
    )
    play.checked("inspector", failed, "2022-12-23")
    held = play.case.obligations["check_after_completion"]
    assert (str(held.due), held.provisional) == ("2023-01-06", True)
    play.days = known_until(2023)
    play.must("timer", c.Recompute(), "2022-12-26")
    held = play.case.obligations["check_after_completion"]
    assert (str(held.due), held.provisional, held.ordered) == ("2023-01-09", False, True)


def test_an_obligation_is_dated_anew_too():
    play = Play(days=known_until(2022)).served("2022-06-09")
    assert play.case.obligations["report_completion"].provisional
    play.days = known_until(2023)
    play.must("timer", c.Recompute(), "2022-11-30")
    assert not play.case.obligations["report_completion"].provisional
    assert play.events[-1] == "ObligationDated"


def test_a_calendar_that_gives_a_day_off_moves_the_date():
    moved = [PublishedYear(y.year, y.notices, y.off, ()) if y.year == 2022 else y for y in years()]
    play = Play().accepted("2022-09-28")
    assert play.due("promise") == "2022-09-30"
    play = Play().accepted("2022-09-29")
    before = play.due("promise")
    play.days = WorkingDays(moved)
    play.must("timer", c.Recompute(), "2022-09-29")
    assert (before, play.due("promise")) == ("2022-10-08", "2022-10-10")


@pytest.mark.parametrize("who", ["leader", "window", "applicant", "auditor"])
def test_only_the_calendar_recomputes(who):
    outcome = Play().accepted("2022-06-09").tell(who, c.Recompute(), "2022-06-10")
    assert outcome == Refused(Reason.NOT_YOURS)


def test_a_fee_is_dated_anew_too():
    play = Play(with_fee(), days=known_until(2022)).granted("2022-07-04")
    assert play.case.fees["charge"].provisional
    play.days = known_until(2023)
    play.must("timer", c.Recompute(), "2022-11-30")
    assert not play.case.fees["charge"].provisional
    assert "FeeDated" in play.events
