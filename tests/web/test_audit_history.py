"""Cases of before on a page of their own: counted apart, marked, and in no other figure."""

import csv
import io

from permits.exchange.history import import_past
from tests.web.audit import auditor
from tests.web.housing import Housing

FILE = """\
number,permit,track,received_on,accepted_on,decided_on,result
GH-1,plan_exempt,ordinary,2022-03-01,2022-03-02,2022-03-08,granted
GH-2,plan_exempt,ordinary,2022-03-01,,2022-03-10,refused
GH-3,plan_exempt,commitment,2022-03-01,2022-03-01,2022-03-01,granted
"""
PAGE = "/audit/history"


def imported(housing: Housing, text: str = FILE) -> None:
    found = import_past(housing.office, text.encode(), actor="setup", dry=False)
    assert found.faults == ()


def test_an_office_without_any_says_so(housing: Housing) -> None:
    assert "permits history import" in auditor(housing).get(PAGE).text


def test_cases_of_before_are_told_apart_and_are_in_no_other_figure(housing: Housing) -> None:
    browser = auditor(housing)
    before = browser.get("/audit").text
    imported(housing)
    page = browser.get(PAGE).text
    for number in ("GH-1", "GH-2", "GH-3"):
        assert page.count(number) == 1
    assert page.index("GH-2") < page.index("GH-1") < page.index("GH-3"), "the newest first"
    assert PAGE in before
    without_key = [one.partition('name="csrf"')[0] for one in (before, browser.get("/audit").text)]
    assert without_key[0] == without_key[1]


def test_they_are_taken_along_with_the_file_they_came_from(housing: Housing) -> None:
    imported(housing)
    answer = auditor(housing).get(PAGE, params={"as": "csv"})
    _head, *rows = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert [row[0] for row in rows] == ["GH-2", "GH-1", "GH-3"]
    assert rows[0][3:6] == ["2022-03-01", "", "2022-03-10"]
    assert len({row[-1] for row in rows}) == 1 and len(rows[0][-1]) == 64


def test_many_are_shown_some_at_a_time(housing: Housing) -> None:
    lines = [
        f"N-{n:03},plan_exempt,ordinary,2022-03-01,,2022-03-{1 + n % 28:02},granted"
        for n in range(60)
    ]
    imported(housing, "\n".join([FILE.splitlines()[0], *lines]))
    browser = auditor(housing)
    first, second = (browser.get(PAGE, params={"page": page}).text for page in (1, 2))
    assert (first.count("N-0"), second.count("N-0")) == (50, 10)
    assert f"{PAGE}?page=2" in first and f"{PAGE}?page=1" in second
    assert browser.get(PAGE, params={"page": 0}).status_code == 422
