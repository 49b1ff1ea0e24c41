"""Questions that take several entries, by a browser without scripts: one more, one less, each with
what is wrong with it, and as a table wherever they are read."""

import json
import re
from collections.abc import Iterable

import pytest

from permits.definitions import loader
from permits.definitions.findings import Marks
from permits.web import entries
from tests.definitions.shipped import resolved as shipped_resolved
from tests.web import building as b
from tests.web.housing import Browser, Housing, at

SECTION = "sections/finished"
GATEHOUSE = {
    "buildings.2.name": "门卫室",
    "buildings.2.floor_area_m2": "45",
    "buildings.2.floors_above": "1",
    "buildings.2.floors_below": "0",
    "buildings.2.structure": "masonry",
}


@pytest.fixture
def draft(housing: Housing, applicant: Browser) -> str:
    b.publish(housing, "completion_inspection")
    begun = applicant.fill("/guide/completion_inspection", "/applications")
    return begun.headers["location"]


def saved(housing: Housing, draft: str) -> list[dict[str, str]]:
    return json.loads(housing.draft(draft).answers["buildings"])


def text(html: str) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_a_page_begins_with_one_entry_and_a_button_for_another(
    applicant: Browser, draft: str
) -> None:
    page = applicant.get(f"{draft}/{SECTION}").text
    assert page.count('<fieldset class="entry"') == 1
    assert '<input type="hidden" name="buildings.1" value="1">' in page
    assert 'name="buildings.1.floor_area_m2"' in page
    assert 'name="add_entry" value="buildings"' in page
    assert "remove_entry" not in page


def test_enter_saves_for_the_first_button_of_the_form_removes_nothing(
    applicant: Browser, draft: str
) -> None:
    applicant.fill(f"{draft}/{SECTION}", add_entry="buildings", **b.TOWER)
    page = applicant.get(f"{draft}/{SECTION}").text
    form = page[page.index("data-autosave") :]
    first = re.findall(r"<button[^>]*>", form)[0]
    assert "name=" not in first and 'tabindex="-1"' in first


def test_another_entry_is_added_and_what_was_typed_is_kept(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    answer = applicant.fill(f"{draft}/{SECTION}", add_entry="buildings", **b.TOWER)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{draft}/{SECTION}#buildings.2"
    page = applicant.get(f"{draft}/{SECTION}").text
    assert page.count('<fieldset class="entry"') == 2
    assert '<fieldset class="entry" id="buildings.2" tabindex="-1">' in page
    assert 'value="一号楼"' in page
    assert 'name="remove_entry" value="buildings.2"' in page
    assert "移除" in page
    assert [one.get("name") for one in saved(housing, draft)] == ["一号楼", None]


def test_an_entry_is_removed_from_where_it_stands(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    both = {**b.TOWER, **GATEHOUSE}
    answer = applicant.fill(f"{draft}/{SECTION}", remove_entry="buildings.1", **both)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{draft}/{SECTION}#buildings.1"
    assert [one["name"] for one in saved(housing, draft)] == ["门卫室"]
    applicant.fill(f"{draft}/{SECTION}", remove_entry="buildings.1", **b.TOWER)
    assert saved(housing, draft) == [{}]


@pytest.mark.parametrize(
    ("button", "places", "on"),
    [
        ({"add_entry": "buildings"}, (1,), "buildings.2"),
        ({"add_entry": "buildings"}, (1, 5), "buildings.3"),
        ({"add_entry": "buildings"}, range(1, 31), "buildings.30"),
        ({"remove_entry": "buildings.1"}, (1, 2, 3), "buildings.1"),
        ({"remove_entry": "buildings.3"}, (1, 2, 3), "buildings.2"),
        ({"remove_entry": "buildings.5"}, (1, 5, 9), "buildings.2"),
        ({"remove_entry": "buildings.1"}, (1,), "buildings.1"),
        ({"remove_entry": "buildings.77"}, (1, 2), "buildings.2"),
        ({"remove_entry": "buildings"}, (), "buildings.1"),
        ({"remove_entry": "others.1"}, (1, 2), ""),
        ({}, (1, 2), ""),
    ],
)
def test_one_goes_on_at_the_new_entry_or_at_what_follows_the_one_that_went(
    button: dict[str, str], places: Iterable[int], on: str
) -> None:
    questions = shipped_resolved("completion_inspection").definition.form.questions
    shown = {f"buildings.{place}": "1" for place in places}
    assert entries.pressed(questions, {**shown, **button}) == on


def test_no_more_are_added_than_are_taken(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    typed = {f"buildings.{n}.name": f"{n}号楼" for n in range(1, 31)}
    applicant.fill(f"{draft}/{SECTION}", add_entry="buildings", **typed)
    assert len(saved(housing, draft)) == 30
    assert "add_entry" not in applicant.get(f"{draft}/{SECTION}").text


def test_what_does_not_fit_is_said_of_the_entry_and_leads_to_its_field(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    wrong = {**GATEHOUSE, "buildings.2.floor_area_m2": "很小", "buildings.2.structure": ""}
    answer = applicant.fill(f"{draft}/{SECTION}", **b.TOWER, **wrong)
    assert answer.status_code == 422
    assert '<a href="#buildings.2.floor_area_m2">第2个单体：建筑面积：' in answer.text
    assert '<a href="#buildings.2.structure">请选择：第2个单体：结构类型</a>' in answer.text
    assert 'id="buildings.2.structure"' in answer.text
    assert 'value="很小"' in answer.text
    assert saved(housing, draft)[1]["floor_area_m2"] == "很小"
    assert "未完成" in applicant.get(draft).text


def test_nothing_filled_in_is_said_of_the_question(applicant: Browser, draft: str) -> None:
    answer = applicant.fill(f"{draft}/{SECTION}", **{"buildings.1": "1"})
    assert answer.status_code == 422
    assert '<a href="#buildings">请填写：申请验收的单体</a>' in answer.text
    assert re.search(r'id="buildings" tabindex="-1"', answer.text)
    assert "未开始" in applicant.get(draft).text


def test_a_page_saves_its_entries_while_it_is_written(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    page = f"{draft}/{SECTION}"
    fields = {**applicant.hidden(page), **b.TOWER}
    answer = applicant.submit(page, f"{page}/autosave", fields)
    assert answer.json() == {"seen": 2}
    assert saved(housing, draft)[0]["name"] == "一号楼"
    assert "一号楼" in housing.browser("fire").get(page).text


def test_whoever_checks_the_application_sees_a_table_and_its_totals(
    applicant: Browser, draft: str
) -> None:
    applicant.fill(f"{draft}/{SECTION}", **b.TOWER, **GATEHOUSE)
    page = text(applicant.get(f"{draft}/check").text)
    assert "一号楼 23,000平方米 22层 2层 钢筋混凝土结构" in page
    assert "单体数量 2栋" in page
    assert "建筑面积合计 23,045平方米" in page


def test_columns_that_went_stay_with_the_draft(
    housing: Housing, applicant: Browser, draft: str
) -> None:
    """From 20 June another edition without the structure; one that asks for it again finds it."""
    applicant.fill(f"{draft}/{SECTION}", **b.TOWER, **GATEHOUSE)
    data = json.loads(shipped_resolved("completion_inspection").content)
    data["permit"]["effective_from"] = "2022-06-20"
    (buildings,) = next(s for s in data["form"]["sections"] if s["id"] == "finished")["fields"]
    buildings["columns"].pop()
    resolved, findings = loader.build(data, Marks())
    assert resolved is not None, findings
    housing.office.shelf.publish(resolved, actor="setup", now=housing.clock())
    housing.clock.now = at(2022, 6, 20)
    again = housing.browser("fire")
    page = again.get(f"{draft}/{SECTION}").text
    assert "结构类型" not in page
    shown = {n: v for n, v in {**b.TOWER, **GATEHOUSE}.items() if "structure" not in n}
    answer = again.fill(f"{draft}/{SECTION}", **{**shown, "buildings.2.name": "岗亭"})
    assert answer.status_code == 303
    kept = saved(housing, draft)
    assert [one["name"] for one in kept] == ["一号楼", "岗亭"]
    assert [one["structure"] for one in kept] == ["concrete", "masonry"]
