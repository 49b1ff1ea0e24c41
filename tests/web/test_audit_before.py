"""Cases of before among the figures: only where one asks for them, only as far as dates tell, and
marked wherever they are.

Worked out by hand, working days of March 2022: GH-1 was accepted on Wednesday the 2nd and decided
on Tuesday the 8th, which is 4; GH-2 received on the 1st and decided on the 10th, 7; GH-3 on one
day, 0. The office's own case was accepted and granted on 9 June, 0.
"""

import csv
import io

import pytest

from tests.web.audit import auditor, tables
from tests.web.browsing import Browser
from tests.web.housing import Housing
from tests.web.test_audit_history import imported

FIGURE = "/audit/measures/days_gross"
WITH = "before=yes"


@pytest.fixture
def browser(housing: Housing) -> Browser:
    housing.granted()
    imported(housing)
    return auditor(housing)


def of(page: str, caption: str) -> dict[str, dict[str, str]]:
    return tables(page)[caption]


def test_a_figure_has_them_only_where_they_are_asked_for(browser: Browser) -> None:
    without = browser.get(f"{FIGURE}?by=track").text
    assert "With cases of before" not in without
    assert of(without, "What it comes to")["All together"]["Counted"] == "1"
    page = browser.get(f"{FIGURE}?by=track&{WITH}").text
    assert "With cases of before: 3" in page
    whole = of(page, "What it comes to")["All together"]
    assert (whole["Counted"], whole["Sum or share"], whole["Median"]) == ("4", "11", "2")
    apart = of(page, "Told apart")
    assert apart["Ordinary procedure"]["Sum or share"] == "11"
    assert apart["On commitment"]["Counted"] == "2"


def test_told_apart_by_what_is_not_known_of_them_they_are_a_group(browser: Browser) -> None:
    for by in ("department", "edition", "district"):
        apart = of(browser.get(f"{FIGURE}?by={by}&{WITH}").text, "Told apart")
        assert apart["Cases of before"]["Counted"] == "3", by


def test_its_table_says_how_many_of_a_line_they_are(browser: Browser) -> None:
    raw = browser.get(f"{FIGURE}?by=track&{WITH}&as=csv").text.removeprefix("\ufeff")
    rows = {row["Name"]: row for row in csv.DictReader(io.StringIO(raw))}
    marked = {name: (row["Counted"], row["of them of before"]) for name, row in rows.items()}
    assert marked == {"ordinary": ("2", "2"), "commitment": ("2", "1")}


def test_all_figures_mark_the_one_that_has_them(browser: Browser) -> None:
    page = browser.get(f"/audit/measures?{WITH}&to=2022-03-31").text
    assert page.count("With cases of before: 3") == 2
    raw = browser.get(f"/audit/measures?{WITH}&as=csv").text.removeprefix("\ufeff")
    rows = {row["Name"]: row for row in csv.DictReader(io.StringIO(raw))}
    assert {name for name, row in rows.items() if row["of them of before"] != "0"} == {
        "days_gross"
    }
    assert (rows["days_gross"]["Counted"], rows["days_used"]["Counted"]) == ("4", "1")
    assert "of them of before" not in browser.get("/audit/measures?as=csv").text


def test_the_overview_tells_them_beside_its_own(browser: Browser) -> None:
    assert "With cases of before" not in browser.get("/audit").text
    page = browser.get(f"/audit?{WITH}").text
    lines = of(page, "With cases of before")
    assert [page.count(f">of before: {n}<") for n in (3, 2, 1)] == [2, 3, 6]
    assert lines["All together"]["Decided"] == "4"
    assert lines["All together"]["Refused"] == "1"
    assert lines["Ordinary procedure"]["Granted"] == "1"
    assert lines["On commitment"]["Granted"] == "2"
    assert lines["All together"]["Nine in ten decided within"] == "7"
    assert lines["Ordinary procedure"]["Half decided within"] == "5.5"


def test_the_sheet_of_the_overview_has_them_in_columns_of_their_own(browser: Browser) -> None:
    plain = browser.get("/audit/figures.csv").text
    assert "of before" not in plain
    raw = browser.get(f"/audit/figures.csv?{WITH}").text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(raw)))
    told = {(row["Grouped by"], row["Group"]): row for row in rows}
    both = "With cases of before"
    counts = {
        group: tuple(
            row[f"{both} – {head}{of}"]
            for head in ("Decided", "Granted", "Refused")
            for of in ("", " – of them of before")
        )
        for group, row in told.items()
    }
    permit = next(group for group in told if group[0] == "Permit type")
    assert counts == {
        ("All", ""): ("4", "3", "3", "2", "1", "1"),
        ("Track", "On commitment"): ("2", "1", "2", "1", "0", "0"),
        ("Track", "Ordinary procedure"): ("2", "2", "1", "1", "1", "1"),
        permit: ("4", "3", "3", "2", "1", "1"),
        ("Month", "2022-03"): ("3", "3", "2", "2", "1", "1"),
        ("Month", "2022-06"): ("1", "0", "1", "0", "0", "0"),
    }
    days = f"{both} – Working days used, gross"
    assert [told["All", ""][f"{days} – {part}"] for part in ("cases", "sum", "median")] == [
        "4",
        "11",
        "2.0",
    ]
    ordinary = told["Track", "Ordinary procedure"]
    assert (ordinary["Decided"], ordinary[f"{days} – sum"]) == ("0", "11")
    assert {row[f"{both} – Not reckoned"] for row in rows} == {"0"}
    mine = next(csv.DictReader(io.StringIO(plain.removeprefix("\ufeff"))))
    assert {head: told["All", ""][head] for head in mine} == mine


def test_lists_name_them_and_lead_to_them(browser: Browser) -> None:
    page = browser.get(f"/audit/cases?which=refused&{WITH}").text
    assert "With cases of before: 1" in page
    assert "With cases of before: 0" in browser.get(f"/audit/cases?which=late&{WITH}").text
    raw = browser.get(f"/audit/cases.csv?which=granted&{WITH}").text.removeprefix("\ufeff")
    head, *rows = csv.reader(io.StringIO(raw))
    marked = [(row[0], row[-1]) for row in rows]
    assert [one for one in marked if one[1] == "1"] == [("GH-1", "1"), ("GH-3", "1")]
    assert len(marked) == 3 and {len(row) for row in rows} == {len(head)}
    assert "before this program" not in browser.get("/audit/cases.csv").text


def test_the_page_of_them_is_narrowed_like_the_others(browser: Browser) -> None:
    page = browser.get("/audit/history?track=commitment&from=2022-03-01").text
    assert "GH-3" in page and "GH-1" not in page
    assert "No case of before is of this kind" in browser.get("/audit/history?to=2021-01-01").text
    assert browser.get("/audit/history?to=soon").status_code == 422
    then = browser.get("/audit/history?known=2022-06-08").text
    assert "permits history import" in then, "they were imported a day later"
