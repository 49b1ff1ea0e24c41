"""How long who guesses waits, which passwords are taken, how long a session lasts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from permits.casework import sessions as s
from permits.casework.password_rules import (
    LASTS,
    ONCE_LASTS,
    Wanted,
    Weakness,
    ran_out,
    weaknesses,
    worn_out,
)
from permits.casework.waits import ADDRESS, LONGEST, NAME, counted_as, wait
from permits.sign_in_rules import DEMONSTRATION, STRICT, SessionLimits
from tests.kit import beijing

NOW = beijing("2022-06-09")
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
DENGBAO3 = replace(STRICT, dengbao3=True)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (3, 0), (4, 2), (5, 4), (6, 8), (12, 512), (13, 900)]
)
def test_each_failure_doubles_the_wait_and_the_first_ones_cost_nothing(failures, seconds):
    assert wait(failures, NOW, NOW, NAME) == timedelta(seconds=seconds)


def test_nobody_waits_for_good():
    assert wait(10_000, NOW, NOW, NAME) == LONGEST
    assert wait(10_000, NOW, NOW + LONGEST, NAME) == timedelta(0)


def test_what_has_passed_of_the_wait_counts():
    assert wait(6, NOW, NOW + 3 * SECOND, NAME) == 5 * SECOND
    assert wait(6, NOW, NOW + MINUTE, NAME) == timedelta(0)


def test_behind_an_address_more_may_fail_than_for_a_name():
    assert wait(ADDRESS.free, NOW, NOW, ADDRESS) == timedelta(0)
    assert wait(ADDRESS.free, NOW, NOW, NAME) > timedelta(0)


def weak(password, rules=STRICT, username="zhangsan", name="张三丰"):
    common = {"baseball1"}
    return [*weaknesses(Wanted(password, username, name), rules, lambda p: p.lower() in common)]


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("correct horse", []),
        ("aaaaaaaa", []),
        ("正确的马和电池与订书钉", []),
        ("p" * 128, []),
        ("short", [Weakness.TOO_SHORT]),
        ("p" * 129, [Weakness.TOO_LONG]),
        ("Baseball1", [Weakness.COMMON]),
        ("my ZhangSan pass", [Weakness.OWN_NAME]),
        ("我是张三丰本人没有错", [Weakness.OWN_NAME]),
    ],
)
def test_a_password_is_long_and_not_guessed_first_and_nothing_else_is_asked(password, found):
    assert weak(password) == found


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("Permits-2026!", [Weakness.COMMON]),
        ("GuihuaShenpi88", [Weakness.COMMON]),
        ("规划审批许可2026年", [Weakness.COMMON]),
        ("permits for four horses", []),
        ("20260101-4821", []),
    ],
)
def test_a_password_is_more_than_words_of_the_office(password, found):
    assert weak(password) == found


def test_a_name_that_is_too_short_to_tell_may_be_part_of_it():
    assert weak("王芳的密码很长很长", name="王芳", username="wf") == []


def test_an_office_may_want_longer_ones():
    assert weak("correct horse", replace(STRICT, shortest_password=15)) == [Weakness.TOO_SHORT]


@pytest.mark.parametrize(
    ("password", "plain"),
    [("alllower1", True), ("Mixed1case", False), ("lower1-2", False), ("UPPER-lower", False)],
)
def test_only_an_office_bound_to_it_asks_for_kinds_of_characters(password, plain):
    assert (Weakness.TOO_PLAIN in weak(password, DENGBAO3)) == plain
    assert weak(password) == []


def test_only_there_a_password_wears_out():
    assert not worn_out(NOW, DENGBAO3, NOW + LASTS)
    assert worn_out(NOW, DENGBAO3, NOW + LASTS + SECOND)
    assert not worn_out(NOW, STRICT, NOW + 100 * LASTS)


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("::ffff:c000:207", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("testclient", "testclient"),
    ],
)
def test_an_address_is_counted_as_the_line_it_belongs_to(address, counted):
    assert counted_as(address) == counted


def test_a_password_of_somebody_else_must_be_used_in_time():
    assert not ran_out(NOW, NOW + ONCE_LASTS, once=True)
    assert ran_out(NOW, NOW + ONCE_LASTS + SECOND, once=True)
    assert not ran_out(NOW, NOW + 100 * ONCE_LASTS, once=False)


def test_sessions_of_staff_are_shorter():
    assert s.limits(STRICT, staff=True) == SessionLimits(30 * MINUTE, 8 * HOUR)
    assert s.limits(STRICT, staff=False) == SessionLimits(2 * HOUR, 12 * HOUR)


def test_what_is_stricter_for_everybody_holds_for_staff_too():
    everybody = replace(STRICT, everybody=SessionLimits(10 * MINUTE, HOUR))
    assert s.limits(everybody, staff=True) == SessionLimits(10 * MINUTE, HOUR)


LIMITS = SessionLimits(30 * MINUTE, 8 * HOUR)


def times(**changes):
    return s.Times(
        **{
            "opened_at": NOW,
            "seen_at": NOW,
            "closes_at": NOW + 12 * HOUR,
            "proved_at": NOW,
            **changes,
        }
    )


@pytest.mark.parametrize(
    ("later", "seen", "ended"),
    [
        (30 * MINUTE, timedelta(0), False),
        (30 * MINUTE + SECOND, timedelta(0), True),
        (8 * HOUR, 8 * HOUR, False),
        (8 * HOUR + SECOND, 8 * HOUR, True),
    ],
)
def test_a_session_ends_by_whichever_limit_comes_first(later, seen, ended):
    assert s.ended(times(seen_at=NOW + seen), LIMITS, NOW + later) == ended


def test_a_session_that_waits_for_a_code_is_closed_sooner_than_others():
    half_open = times(closes_at=NOW + s.HALF_OPEN)
    assert not s.ended(half_open, LIMITS, NOW + s.HALF_OPEN)
    assert s.ended(half_open, LIMITS, NOW + s.HALF_OPEN + SECOND)


def wants(*, rules=STRICT, staff=True, coded=False, **means):
    held = s.Means(**{"password_set_at": NOW, "once": False, "second_factor": False, **means})
    return s.wanted(held, rules, NOW + HOUR, staff=staff, coded=coded)


def test_what_a_session_wants_comes_one_after_another():
    assert wants(second_factor=True, once=True) is s.Step.CODE
    assert wants(second_factor=True, once=True, coded=True) is s.Step.NEW_PASSWORD
    assert wants(once=True) is s.Step.NEW_PASSWORD
    assert wants() is s.Step.ENROL
    assert wants(second_factor=True, coded=True) is None


def test_applicants_and_demonstrations_need_no_second_factor():
    assert wants(staff=False) is None
    assert wants(rules=DEMONSTRATION) is None
    assert wants(staff=False, second_factor=True) is s.Step.CODE


def test_a_password_that_wore_out_is_to_be_changed():
    long_ago = NOW - LASTS
    assert wants(rules=DENGBAO3, password_set_at=long_ago) is s.Step.NEW_PASSWORD


def test_a_proof_holds_for_ten_minutes():
    assert s.fresh(times(), NOW + 10 * MINUTE)
    assert not s.fresh(times(), NOW + 10 * MINUTE + SECOND)
