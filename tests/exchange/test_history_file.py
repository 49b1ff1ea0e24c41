"""A file of past cases: all of it is right, or every fault is told and nothing is taken."""

from datetime import date
from typing import get_args

import pytest

from permits.exchange.history import days_of
from permits.exchange.history_file import Fault, Known, Wrong, read_past
from permits.exchange.history_wording import days, fault
from permits.text.words import LANGUAGES
from tests.kit import calendar

HEAD = "number,permit,track,received_on,accepted_on,decided_on,result\n"
KNOWN = Known(
    {"plan_exempt": frozenset({"ordinary", "commitment"})}, frozenset({"K-1"}), date(2022, 6, 9)
)


def read(*lines: str, head: str = HEAD):
    return read_past((head + "\n".join(lines)).encode(), KNOWN)


def test_a_line_is_a_past_case():
    found = read("GH-7,plan_exempt,ordinary,2022-03-01,,2022/3/8,granted")
    (case,) = found.cases
    assert (case.number, case.received_on, case.accepted_on) == ("GH-7", date(2022, 3, 1), None)
    assert (case.decided_on, case.result, case.line) == (date(2022, 3, 8), "granted", 2)
    assert (found.faults, case.source) == ((), found.source)


def test_columns_can_be_chinese_and_those_unknown_are_left_alone():
    head = "办件编号,申请人,事项,办理方式,收件日期,受理日期,决定日期,结果\n"
    found = read("1,张三,plan_exempt,ordinary,2022.3.1,2022.3.2,2022.3.8,不予许可", head=head)
    assert found.ignored == ("申请人",)
    assert found.cases[0].result == "refused"
    assert "张三" not in repr(found.cases)


@pytest.mark.parametrize(
    ("line", "faults"),
    [
        (",plan_exempt,ordinary,2022-03-01,,2022-03-08,granted", [("number", "")]),
        ("K-1,plan_exempt,ordinary,2022-03-01,,2022-03-08,granted", [("known", "K-1")]),
        ("2,dance,ordinary,2022-03-01,,2022-03-08,granted", [("permit", "dance")]),
        ("2,plan_exempt,tolerant,2022-03-01,,2022-03-08,granted", [("track", "tolerant")]),
        ("2,plan_exempt,ordinary,2022-03-01,,2022-03-08,lost", [("result", "lost")]),
        ("2,plan_exempt,ordinary,2022-02-30,x,,granted", [
            ("date", "2022-02-30"), ("date", ""), ("date", "x"),
        ]),
        ("2,plan_exempt,ordinary,2022-03-09,,2022-03-08,granted", [
            ("order", "2022-03-09 > 2022-03-08"),
        ]),
        ("2,plan_exempt,ordinary,2022-03-01,,2022-06-09,granted", [("later", "2022-06-09")]),
        ("2", [("permit", ""), ("result", ""), ("date", ""), ("date", "")]),
    ],
)  # fmt: skip
def test_every_fault_of_a_line_is_told(line, faults):
    found = read("1,plan_exempt,ordinary,2022-03-01,,2022-03-08,granted", line)
    assert found.faults == tuple(Fault(3, *one) for one in faults)


def test_a_number_that_is_there_twice_is_told():
    line = "1,plan_exempt,ordinary,2022-03-01,,2022-03-08,granted"
    assert read(line, line).faults == (Fault(3, "twice", "1"),)


def test_what_is_no_such_file_is_told():
    assert read_past(HEAD.encode("utf-16"), KNOWN).faults == (Fault(1, "encoding"),)
    missing = "accepted_on, decided_on, number, permit, received_on, result, track"
    assert read_past(b"", KNOWN).faults == (Fault(1, "columns", missing),)
    assert read("", "").faults == (Fault(1, "empty"),)


def test_the_days_of_past_cases_are_working_days_by_type_and_track():
    found = read(
        # 30 September to 10 October 2021: 8 and 9 October (a Saturday) are worked, and the Monday.
        "1,plan_exempt,ordinary,2021-09-01,2021-09-30,2021-10-11,granted",
        "2,plan_exempt,ordinary,2021-09-01,,2021-09-02,refused",
        "3,plan_exempt,commitment,1999-09-01,,1999-09-02,granted",
    )
    commitment, ordinary = days_of(found.cases, calendar())
    assert (ordinary.cases, ordinary.granted, ordinary.unknown) == (2, 1, 0)
    assert ordinary.days is not None
    assert (ordinary.days.min, ordinary.days.max) == (1, 3)
    assert (commitment.cases, commitment.unknown, commitment.days) == (1, 1, None)
    for language in LANGUAGES:
        assert len(list(days((commitment, ordinary), language))) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_has_its_words(language):
    told = {fault(Fault(4, wrong, "x"), language) for wrong in get_args(Wrong)}
    assert len(told) == len(get_args(Wrong))
    assert all("4" in line and "x" in line for line in told)
