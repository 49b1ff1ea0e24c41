"""Every figure on its page: what it comes to, what is behind it, and the same taken along."""

import io
import json
import re
import zipfile

import pytest

from permits.analytics.measures import RULES, Measure
from permits.web.auditor import measure as page
from tests.web.audit import Audited, sheet, tables

ALL = "/audit/measures"


def rows_of(html, chapter):
    return tables(html)[chapter]


def test_the_figures_of_the_overview_and_of_this_page_are_the_same(audited: Audited) -> None:
    browser = audited.auditor
    overview = tables(browser.get("/audit").text)
    saved = tables(browser.get(ALL).text)["Saved against the ordinary procedure"]
    assert saved["Materials saved"]["Sum or share"] == "10"
    assert (
        saved["Materials saved"]["Sum or share"]
        == (overview["Saved against the ordinary procedure"]["Materials"]["Sum"])
    )
    assert saved["Working days saved, against the promised limit"]["Sum or share"] == "−4"
    time = tables(browser.get(ALL).text)["Time and limits"]
    assert time["Working days used, net"]["Counted"] == "8"
    assert time["Working days used, gross"]["Sum or share"] != "–"


def test_of_other_cases_it_is_told_beside(audited: Audited) -> None:
    html = audited.auditor.get(f"{ALL}?track=commitment&with_track=ordinary").text
    saved = tables(html)["Saved against the ordinary procedure"]
    assert saved["Materials saved"]["Sum or share"] == "10"
    assert saved["Materials saved"]["Compared: sum or share"] == "0"
    assert saved["Materials saved"]["Compared: counted"] == "4"
    months = audited.auditor.get(f"{ALL}?from=2022-06-01&to=2022-06-30&with_from=2022-07-01").text
    saved = tables(months)["Saved against the ordinary procedure"]
    assert saved["Materials saved"]["Counted"] == "4"
    assert saved["Materials saved"]["Compared: counted"] == "2"


@pytest.mark.parametrize(
    "query",
    ["with_track=bakery", "with_from=soon", "known=2099-01-01", "department=x", "district=x"],
)
def test_what_cannot_be_answered_is_told(audited: Audited, query: str) -> None:
    for path in (ALL, f"{ALL}/days_used", "/audit/states", "/audit/commitments"):
        answer = audited.auditor.get(f"{path}?{query}")
        compared = query.startswith("with_") and path != ALL
        assert answer.status_code == (200 if compared else 422), path


def test_each_figure_has_a_page_in_every_way_to_tell_it_apart(audited: Audited) -> None:
    browser = audited.auditor
    for measure in Measure:
        answer = browser.get(f"{ALL}/{measure}?by={RULES[measure].ways[-1]}")
        assert answer.status_code == 200, measure
    assert browser.get(f"{ALL}/visits?by=state").status_code == 404
    assert browser.get(f"{ALL}/none").status_code in (404, 422)


def test_the_groups_add_up_and_lead_to_their_rows(audited: Audited) -> None:
    browser = audited.auditor
    html = browser.get(f"{ALL}/materials_saved?by=track").text
    whole = tables(html)["What it comes to"]["All together"]
    groups = tables(html)["Told apart"]
    assert whole["Counted"] == str(sum(int(one["Counted"]) for one in groups.values())) == "6"
    link = re.search(r'href="([^"]*by=track&amp;group=commitment[^"]*)"', html)
    assert link is not None
    chosen = browser.get(link[1].replace("&amp;", "&")).text
    assert tables(chosen)["What it comes to"]["On commitment"]["Sum or share"] == "10"
    rows = tables(chosen)["What is behind it"]
    assert len(rows) == 2
    assert {row["Counted as"] for row in rows.values()} == {"5"}
    assert set(re.findall(r'href="/audit/cases/([0-9a-f-]{36})', chosen)) == {
        audited.cases["gas"],
        audited.cases["poles"],
    }


def test_the_rows_of_a_number_are_found_and_paged(
    audited: Audited, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "AT_ONCE", 2)
    browser, found = audited.auditor, []
    address = f"{ALL}/terms_kept?number=1"
    while address:
        html = browser.get(address).text
        found += re.findall(r'<th scope="row"><a href="(/audit/cases/[^"?]+)', html)
        onwards = re.search(r'<a href="([^"]+)" rel="next">', html)
        address = onwards[1].replace("&amp;", "&") if onwards else ""
    counted = tables(browser.get(f"{ALL}/terms_kept").text)["What it comes to"]["All together"]
    late = tables(browser.get(f"{ALL}/terms_kept?number=0").text)["What is behind it"]
    assert {row["Counted as"] for row in late.values()} == {"no"}
    overrun = sheet(browser, f"{ALL}/terms_kept?number=0&as=csv")
    assert [(row["What of the case"], row["Due on"]) for row in overrun] == [
        ("Completeness check", "2022-06-30"),
        ("Promised time limit", "2022-06-27"),
        ("Promised time limit", "2022-06-13"),
    ]
    rows = sheet(browser, f"{ALL}/terms_kept?number=1&as=csv")
    assert len(found) == len(rows) < int(counted["Counted"])


def test_days_between_two_dates_are_told_with_both(audited: Audited) -> None:
    rows = sheet(audited.auditor, f"{ALL}/wait_applicant?by=state&group=correcting&as=csv")
    assert all(row["Began on"] <= row["Ended on"] for row in rows)
    everything = sheet(audited.auditor, f"{ALL}/wait_applicant?as=csv")
    assert [row["Sum"] for row in everything] == ["2"]


def test_the_same_cells_in_every_form(audited: Audited) -> None:
    browser = audited.auditor
    for path in (ALL, f"{ALL}/days_used?by=month", "/audit/states", "/audit/commitments"):
        mark = "&" if "?" in path else "?"
        rows = sheet(browser, f"{path}{mark}as=csv")
        told = json.loads(browser.get(f"{path}{mark}as=json").content)
        assert len(told["rows"]) == len(rows) > 0
        assert list(told["columns"].values()) == list(rows[0])
        for one, other in zip(told["rows"], rows, strict=True):
            assert ["" if v is None else str(v) for v in one.values()] == [
                value.removeprefix("'") for value in other.values()
            ]
        book = browser.get(f"{path}{mark}as=xlsx")
        assert book.headers["content-type"].endswith("spreadsheetml.sheet")
        with zipfile.ZipFile(io.BytesIO(book.content)) as parts:
            body = parts.read("xl/worksheets/sheet1.xml").decode()
        assert body.count("<row ") == len(rows) + 1
        assert "<f>" not in body


def test_where_cases_wait(audited: Audited) -> None:
    browser = audited.auditor
    html = browser.get("/audit/states").text
    states = tables(html)["States"]
    assert sum(int(one["Cases there now"]) for one in states.values()) >= 1
    stays = tables(browser.get(f"{ALL}/stays").text)["What it comes to"]["All together"]
    assert sum(int(one["Counted"]) for one in states.values()) == int(stays["Counted"])
    assert tables(html)["Waiting for the applicant"]["All together"]["Sum or share"] == "2"


def test_what_became_of_commitments(audited: Audited) -> None:
    board = tables(audited.auditor.get("/audit/commitments").text)["By how they are verified"]
    assert board["report of whoever owes it"]["Open"] != "0"
    assert board["All together"]["No longer owed"] == "1"
    empty = audited.auditor.get("/audit/commitments?from=2021-01-01&to=2021-02-01").text
    assert "No obligation was opened in these cases." in empty


def test_figures_as_they_were_known_on_a_past_day(audited: Audited) -> None:
    browser = audited.auditor
    then = tables(browser.get(f"{ALL}?known=2022-06-16").text)
    saved = then["Saved against the ordinary procedure"]["Materials saved"]
    assert (saved["Sum or share"], saved["Counted"]) == ("10", "2")
    overview = browser.get("/audit?known=2022-06-16").text
    assert tables(overview)["Results"]["All"]["Cases"] == "2"
    assert "as known on" in overview
    cases = browser.get("/audit/cases?known=2022-06-16").text
    assert set(re.findall(r"/audit/cases/([0-9a-f-]{36})", cases)) == {
        audited.cases["gas"],
        audited.cases["poles"],
    }
    today = browser.get(f"{ALL}?known=2022-07-11").text
    assert tables(today) == tables(browser.get(ALL).text)
