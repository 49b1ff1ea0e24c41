"""How many working days the cases of a log took, from acceptance to decision."""

from datetime import datetime
from zoneinfo import ZoneInfo

from permits.exchange.log import LogEvent
from permits.exchange.log_days import LogDays, bounds, log_days
from permits.exchange.mapping import Declared, Meaning
from tests.kit import calendar, plan_exempt

ANY = bounds(None, plan_exempt().definition)
MAPPED = bounds(
    Declared(
        activities={
            "register": Meaning(action="accept"),
            "sign": Meaning(action="grant"),
            "reject": Meaning(action="refuse"),
            "file": Meaning(action="deliver"),
        }
    ),
    plan_exempt().definition,
)
CHINA = ZoneInfo("Asia/Shanghai")


def log(*steps: str) -> list[LogEvent]:
    """Events written as `case activity time`."""
    return [
        LogEvent(case, activity, datetime.fromisoformat(at), place)
        for place, (case, activity, at) in enumerate(step.split(" ") for step in steps)
    ]


def days(events: list[LogEvent], within=ANY) -> LogDays:
    return log_days(events, calendar(), CHINA, within)


def test_without_a_mapping_a_case_runs_from_its_first_event_to_its_last():
    # Thursday 9 June 2022 to Tuesday the 14th: the 10th, 13th and 14th; the order is not minded.
    events = log(
        "1 sign 2022-06-14T16:00+08:00",
        "1 register 2022-06-09T09:00+08:00",
        "2 register 2022-06-09T09:00+08:00",
    )
    assert days(events) == LogDays((3, 0), 0, 0)


def test_with_a_mapping_it_runs_from_acceptance_to_the_decision():
    events = log(
        "1 ask 2022-06-06T09:00+08:00",
        "1 register 2022-06-09T09:00+08:00",
        "1 reject 2022-06-13T09:00+08:00",
        "1 file 2022-06-20T09:00+08:00",
    )
    assert days(events, MAPPED) == LogDays((2,), 0, 0)


def test_a_case_without_acceptance_or_decision_is_left_out_and_counted():
    events = log(
        "1 register 2022-06-09T09:00+08:00",
        "2 sign 2022-06-09T09:00+08:00",
        "3 sign 2022-06-09T09:00+08:00",
        "3 register 2022-06-10T09:00+08:00",
        "4 register 2022-06-09T09:00+08:00",
        "4 sign 2022-06-10T09:00+08:00",
    )
    assert days(events, MAPPED) == LogDays((1,), 3, 0)


def test_days_in_a_year_that_is_not_published_are_left_out_and_counted():
    events = log("1 a 2098-06-09T09:00+08:00", "1 b 2098-06-19T09:00+08:00")
    assert days(events) == LogDays((), 0, 1)


def test_which_day_a_time_falls_on_is_told_by_the_zone_or_by_the_file():
    # 17:00 in London on Thursday is Friday in China; read as written it is one day, else none.
    events = log("1 a 2022-06-09T17:30+00:00", "1 b 2022-06-10T02:00+00:00")
    assert days(events).days == (0,)
    assert log_days(events, calendar(), None, ANY).days == (1,)
