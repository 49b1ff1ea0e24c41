"""What applications answered, as tables for an auditor: nothing about people in them, entries a
line each, and no text that a spreadsheet would run."""

import csv
import io

import pytest
from msgspec.structs import replace
from sqlalchemy import update

from permits.services.demonstration.works import GAS
from permits.store import tables
from tests.web import several
from tests.web.audit import auditor
from tests.web.browsing import Browser
from tests.web.housing import Housing

PATH = "/audit/answers"
ASKED = {"permit": "plan_exempt"}


@pytest.fixture
def browser(housing: Housing) -> Browser:
    """Two granted cases: of an edition without houses, and of one with two of them."""
    first = housing.filed(works=replace(GAS, name="=1+1 号楼燃气"))
    second = several.filed(housing, "commitment")
    for case in (first, second):
        housing.act("window", case, "accept")
        housing.act("window", case, "grant_on_the_spot")
    return auditor(housing)


def table(browser: Browser, **asked: str) -> list[dict[str, str]]:
    answer = browser.get(PATH, params={**ASKED, "as": "csv", **asked})
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_a_line_for_each_case_with_numbers_as_numbers(browser: Browser) -> None:
    found = browser.get(PATH, params={**ASKED, "as": "json"}).json()
    newest, oldest = found["rows"]
    assert newest["answer.length_m"] == oldest["answer.length_m"] == 150
    assert newest["answer.houses"] == 2 and oldest["answer.houses"] is None
    assert newest["answer.houses_m2"] == 845
    assert "Length" in found["columns"]["answer.length_m"]
    assert found["columns"]["answer.length_m"].endswith("(metres)")
    assert oldest["edition"] != newest["edition"]


def test_no_text_is_run_and_nothing_is_told_of_people(browser: Browser, housing: Housing) -> None:
    rows = table(browser)
    assert any("'=1+1 号楼燃气" in row.values() for row in rows)
    answer = browser.get(PATH, params={**ASKED, "as": "csv"}).text
    with housing.office.database.read() as connection:
        sealed = connection.execute(tables.sealed_value.select()).all()
    told = {one.value for one in sealed if one.field in ("contact_name", "contact_phone")}
    assert told and not any(value in answer for value in told)
    assert "****" in rows[0].values()


def test_of_an_answer_that_was_erased_the_day_is_told(browser: Browser, housing: Housing) -> None:
    gone = update(tables.sealed_value).where(tables.sealed_value.c.field == "contact_name")
    with housing.office.database.write() as connection:
        connection.execute(gone.values(salt=b"", value="", erased_on="2022-06-09"))
    row = table(browser)[0]
    assert any("9 June 2022" in cell for cell in row.values())
    assert "****" in row.values(), "the telephone number stands"


def test_entries_are_a_table_of_their_own(browser: Browser) -> None:
    rows = table(browser, group="houses")
    assert [(row["Entry"], *list(row.values())[2:]) for row in rows] == [
        ("1", "一号楼", "800"),
        ("2", "门卫室", "45"),
    ]
    assert {row["Case number"] for row in rows} == {table(browser)[0]["Case number"]}
    assert (
        browser.get(PATH, params={**ASKED, "as": "xlsx", "group": "houses"}).content[:2] == b"PK"
    )
    assert browser.get(PATH, params={**ASKED, "as": "csv", "group": "cellars"}).status_code == 404


def test_the_page_offers_each_table_of_the_chosen_cases(browser: Browser) -> None:
    page = browser.get("/audit/cases", params={"permit": "plan_exempt", "which": "granted"}).text
    assert f"{PATH}?permit=plan_exempt&amp;which=granted" in page
    assert PATH not in browser.get("/audit/cases").text
    page = browser.get(PATH, params={**ASKED, "which": "granted"}).text
    assert "group=houses" in page and page.count("as=csv") == 2
    assert "group=houses" not in browser.get(PATH, params={**ASKED, "to": "2022-01-01"}).text
    assert table(browser, to="2022-01-01") == []
    assert table(browser, which="refused") == []


def test_of_several_permit_types_and_of_nonsense_there_is_none(browser: Browser) -> None:
    refused = browser.get(PATH)
    assert (refused.status_code, "Choose a permit type" in refused.text) == (422, True)
    assert browser.get(PATH, params={**ASKED, "to": "soon"}).status_code == 422


def test_a_past_day_is_told_as_it_was(browser: Browser, housing: Housing) -> None:
    housing.clock.now = housing.clock.now.replace(day=20)
    assert len(table(auditor(housing), known="2022-06-09")) == 2
    assert table(auditor(housing), known="2022-06-08") == []
