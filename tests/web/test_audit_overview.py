"""The figures of a period: the same on the page, over the cases behind them, and as CSV."""

import re
from types import SimpleNamespace
from typing import Any

import pytest

from permits.analytics.choosing import Chosen, Which
from permits.analytics.metrics import overview
from permits.services.demonstration.works import POLES
from permits.store.database import Database, journal_of, sqlite_library
from permits.web.auditor import cases
from permits.web.auditor.reading import reading
from permits.web.auditor.wording import titles
from tests.kit import beijing, calendar
from tests.store.test_totals import another, put
from tests.web.audit import (
    WITH_RESULT,
    Audited,
    Told,
    auditor,
    numbers,
    sheet,
    tables,
    total,
    value_of,
    walked,
)
from tests.web.housing import Housing

SAVED = "Saved against the ordinary procedure"
GROUPS = ("By month", "By track", "By permit type")
PROMISE, LAW = "Working days, against the promise", "Working days, against the law"


def test_the_two_works_of_the_report_save_five_materials_and_two_days_each(
    housing: Housing,
) -> None:
    told = Told(housing)
    gas, poles = told.exempted("2022-06-09"), told.exempted("2022-06-16", POLES)
    browser = auditor(housing)
    saved = tables(browser.get("/audit").text)[SAVED]
    assert saved["Materials"] == {
        "Sum": "10",
        "Mean per case": "5.0",
        "Median": "5.0",
        "90th percentile": "5",
        "Unit": "materials",
        "Of cases": "2",
    }
    assert (saved[PROMISE]["Sum"], saved[PROMISE]["Median"]) == ("4", "2.0")
    assert (saved[LAW]["Sum"], saved[LAW]["90th percentile"]) == ("60", "30")
    for case in (gas, poles):
        page = browser.get(f"/audit/cases/{case}").text
        assert (value_of(page, "saved-materials"), value_of(page, "saved-days")) == (5, 2)


def test_figures_are_the_sums_over_the_pages_and_over_the_rows_of_the_cases(
    audited: Audited, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "AT_ONCE", 3)
    browser = audited.auditor
    saved = tables(browser.get("/audit").text)[SAVED]
    pages = [browser.get(one).text for one in walked(browser, "/audit/cases?which=granted")]
    rows = sheet(browser, "/audit/cases.csv?which=granted")
    assert len(pages) == len(rows) == int(saved["Materials"]["Of cases"]) == 6
    for head, on_page, column in (
        ("Materials", "saved-materials", "Materials saved"),
        (PROMISE, "saved-days", "Working days saved, against the promised limit"),
        (LAW, "saved-statutory", "Working days saved, against the statutory limit"),
    ):
        figure = int(saved[head]["Sum"])
        assert figure == sum(value_of(page, on_page) for page in pages) == total(rows, column)
    assert int(saved["Materials"]["Sum"]) == sum(
        page.count('<data class="saved-material" value="1">') for page in pages
    )
    everything = sheet(browser, "/audit/cases.csv")
    assert total(everything, "Materials saved") == int(saved["Materials"]["Sum"]) == 10
    assert int(saved[PROMISE]["Sum"]) == 2 + 2 - 4 + 0 - 4 + 0


def test_the_sheet_of_figures_says_what_the_page_says(audited: Audited) -> None:
    browser = audited.auditor
    page = tables(browser.get("/audit").text)
    whole, *groups = sheet(browser, "/audit/figures.csv")
    assert whole["Cases with a result"] == page["Results"]["All"]["Cases"] == str(WITH_RESULT)
    assert whole["Materials saved – sum"] == page[SAVED]["Materials"]["Sum"]
    assert float(whole["Materials saved – mean"]) == float(
        page[SAVED]["Materials"]["Mean per case"]
    )
    promised = "Working days saved, against the promised limit"
    assert whole[f"{promised} – sum"] == page[SAVED][PROMISE]["Sum"]
    assert whole[f"{promised} – 90th percentile"] == page[SAVED][PROMISE]["90th percentile"]
    assert {(row["Grouped by"], row["Group"]) for row in groups} == {
        ("Track", "Ordinary procedure"),
        ("Track", "On commitment"),
        ("Permit type", "Exemption from the planning permit for municipal works"),
        ("Month", "2022-06"),
        ("Month", "2022-07"),
    }
    for kind in ("Track", "Permit type", "Month"):
        same = [row for row in groups if row["Grouped by"] == kind]
        for column in ("Cases with a result", "Granted", "Materials saved – sum"):
            assert total(same, column) == int(whole[column]), (kind, column)


def test_groups_add_up_to_the_whole(audited: Audited) -> None:
    page = tables(audited.auditor.get("/audit").text)
    for title in GROUPS:
        assert sum(numbers(page[title], "Decided").values()) == 8
        assert sum(numbers(page[title], "Materials saved").values()) == 10
        assert sum(numbers(page[title], "Working days saved").values()) == -4
    assert page["By track"]["On commitment"]["Granted"] == "2"


def test_what_is_decided_meanwhile_is_in_no_figure_of_a_page(database: Database) -> None:
    """The page asks several times, and all its figures are of one moment."""
    if database.is_sqlite and journal_of(sqlite_library())[0] != "WAL":
        pytest.skip("whoever writes waits there until nobody reads")
    shelf = SimpleNamespace(calendar=calendar())
    office = SimpleNamespace(database=database, shelf=shelf, now=lambda: beijing("2022-06-10"))
    visit: Any = SimpleNamespace(office=office)
    with database.write() as connection:
        put(connection, another(1))
    with reading(visit, None) as source:
        first = overview(source.connection, Chosen(), kept=source.kept)
        with database.write() as connection:
            put(connection, another(2))
        assert overview(source.connection, Chosen(), kept=source.kept) == first
    with reading(visit, None) as source:
        assert overview(source.connection, Chosen(), kept=source.kept).whole.cases == 2


def test_results_causes_and_time(audited: Audited) -> None:
    html = audited.auditor.get("/audit").text
    page = tables(html)
    assert numbers(page["Results"], "Cases") == {
        "Granted": 6,
        "Refused": 1,
        "Granted, revoked since": 1,
        "Withdrawn": 1,
        "Not accepted": 1,
        "All": WITH_RESULT,
    }
    assert numbers(page["Materials by cause"], "Materials") == {
        "Not needed": 10,
        "Obtained by the office": 0,
        "Replaced by the commitment": 0,
        "Saved in all": 10,
        "To follow, not saved": 0,
    }
    assert "half of the cases within" in html
    assert "These are days that were used, not a promise" in html


def test_every_figure_leads_to_its_cases(audited: Audited) -> None:
    """Every link to a list of cases whose figure counts cases leads to as many."""
    browser = audited.auditor
    html = browser.get("/audit").text
    links = re.findall(r'<a href="(/audit/cases\?[^"]*)">', html)
    assert len(links) > 50
    whichs = {re.search(r"which=(\w+)", link)[1] for link in links}
    assert whichs >= {"granted", "decided", "refused", "exempt", "deferred", "late", "on_time"}
    for row, cells in tables(html)["Results"].items():
        (link,) = set(
            re.findall(
                rf'<th scope="row">{row}</th>\s*<td[^>]*>(?:<strong>)?\s*<a href="([^"]+)"', html
            )
        )
        assert len(walked(browser, link.replace("&amp;", "&"))) == int(cells["Cases"])


@pytest.mark.parametrize("which", list(Which))
def test_each_list_has_as_many_cases_as_its_sheet_and_says_so(
    audited: Audited, which: Which
) -> None:
    browser = audited.auditor
    html = browser.get(f"/audit/cases?which={which}").text
    rows = sheet(browser, f"/audit/cases.csv?which={which}")
    assert len(walked(browser, f"/audit/cases?which={which}")) == len(rows)
    assert titles("en")[which] in html
    if rows:
        assert f'<data value="{len(rows)}">' in html
    else:
        assert "No case is of this kind in this period." in html


def test_months_without_results_are_one_line(housing: Housing) -> None:
    told = Told(housing)
    told.exempted("2022-06-09")
    told.exempted("2022-10-10")
    told.exempted("2022-12-01")
    months = list(tables(auditor(housing).get("/audit").text)["By month"])
    assert months == [
        "June 2022",
        "July 2022 – September 2022",
        "October 2022",
        "November 2022",
        "December 2022",
    ]


def test_what_it_is_measured_against_is_stated_with_its_source(housing: Housing) -> None:
    Told(housing).exempted("2022-06-09")
    html = auditor(housing).get("/audit").text
    (baseline,) = tables(html)["What it is measured against"].values()
    assert baseline["Materials"] == "5 materials"
    assert baseline["Promised limit"].startswith("2 working days")
    assert baseline["Statutory limit"].startswith("30 working days")
    against = html.partition('id="baselines"')[2]
    assert "Example value" in against
    assert "Inferred from the zone" in against


def test_months_are_drawn_and_the_drawing_says_where_its_numbers_stand(audited: Audited) -> None:
    html = audited.auditor.get("/audit").text
    drawn = re.findall(r'<svg [^>]*role="img" aria-label="([^"]+)"', html)
    assert [one.partition(",")[0] for one in drawn] == ["Materials saved", "Working days saved"]
    assert all("The table of months has the same numbers." in one for one in drawn)
    assert "style=" not in html


def test_an_empty_office_says_when_there_will_be_figures(housing: Housing) -> None:
    assert "Figures appear with the first decision." in auditor(housing).get("/audit").text
    housing.filed()
    assert "Figures appear with the first decision." in auditor(housing).get("/audit").text


def test_an_empty_period_says_when_there_were_results(audited: Audited) -> None:
    page = audited.auditor.get("/audit?from=2023-01-01").text
    assert "Results are known from 9 June 2022 to 8 July 2022." in page


def test_in_chinese(audited: Audited) -> None:
    html = auditor(audited.housing, "zh").get("/audit").text
    page = tables(html)
    assert page["与一般程序相比的节约"]["申请材料"]["合计"] == "10"
    assert page["办理结果"]["申请人撤回"]["办件"] == "1"
    assert "半数办件不超过" in html
    assert not re.search(r">[^<]*\b(cases|saved|working)\b[^<]*<", html)


@pytest.mark.parametrize("query", ["", "?from=2022-06-10&to=2022-07-05", "?track=ordinary"])
def test_figures_of_groups_lead_to_the_cases_they_count(audited: Audited, query: str) -> None:
    """Also where a month or a track is only partly within what was asked for."""
    browser = audited.auditor
    html = browser.get(f"/audit{query}").text
    groups = [group for title in GROUPS for group in tables(html)[title].items()]
    assert len(groups) >= 4
    for title, cells in groups:
        link = rf'<a href="([^"]+)"><data value="\d+">[^<]*</data><span[^>]*> decided: {title}<'
        links = re.findall(link, html)
        found = walked(browser, links[0].replace("&amp;", "&"))
        assert len(found) == int(cells["Decided"]), title
