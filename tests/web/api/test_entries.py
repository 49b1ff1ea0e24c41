"""Several entries of one answer by program: sent and read as a list of objects, and told of by the
place of what is wrong."""

from typing import Any

import pytest

from tests.web import several
from tests.web.api.program import V1, Program, Programs, application, nothing_written, refused
from tests.web.housing import Housing

DRAFTS = f"{V1}/drafts"


@pytest.fixture
def whole(housing: Housing, anyone: Program) -> dict[str, Any]:
    """An application that is in order, with two houses."""
    several.publish(housing)
    found = application(anyone)
    return {**found, "answers": {**found["answers"], "houses": several.TWO}}


def test_a_draft_keeps_its_entries_and_shows_them_as_they_were_sent(
    housing: Housing, fire: Program, whole: dict[str, Any]
) -> None:
    draft = fire.must(DRAFTS, whole)
    assert draft["answers"]["houses"] == [
        {"name": "一号楼", "area_m2": "800"},
        {"name": "门卫室", "area_m2": "45"},
    ]
    assert draft["misfits"] == [] and draft["ready"]
    page = housing.browser("fire").get(f"/drafts/{draft['id']}/check").text
    assert "门卫室" in page and "845" in page


def test_a_case_shows_entries_as_values_and_their_totals_beside(
    fire: Program, whole: dict[str, Any]
) -> None:
    draft = fire.must(DRAFTS, whole)
    done = fire.must(f"{V1}/cases", {"draft": draft["id"]})
    case = fire.read(f"{V1}/cases/{done['case'].rsplit('/', 1)[-1]}")
    answers = {one["name"]: one for section in case["application"] for one in section["answers"]}
    assert answers["houses"]["value"] == several.TWO
    assert "门卫室" in answers["houses"]["says"]
    assert answers["houses_m2"]["value"] == 845


def test_what_does_not_fit_yet_names_the_entry_and_the_column(
    fire: Program, whole: dict[str, Any]
) -> None:
    wrong = [*several.TWO, {"name": "三号楼"}]
    sent = {**whole, "answers": {**whole["answers"], "houses": wrong}, "track": "", "signed": {}}
    (misfit,) = fire.must(DRAFTS, sent)["misfits"]
    assert (misfit["field"], misfit["entry"], misfit["column"]) == ("houses", 3, "area_m2")
    assert misfit["fault"] == "missing"
    assert misfit["detail"] == "Fill in: House 3: An example"


@pytest.mark.parametrize(
    ("houses", "pointer", "detail"),
    [
        ([*several.TWO, {"name": "三号楼"}], "/answers/houses/2/area_m2", "Fill in: House 3"),
        ([*several.TWO, {**several.THIRD, "area_m2": 0}], "/answers/houses/2/area_m2", "at least"),
        ([{**several.THIRD, "colour": "red"}, *several.TWO], "/answers/houses/0/colour", "colour"),
        (several.TWO[:1], "/answers/houses", "at least 2"),
        ("two of them", "/answers/houses", "list of entries"),
        (7, "/answers/houses", "list of entries"),
    ],
)
def test_each_wrong_entry_is_told_where_it_stands(
    housing: Housing,
    fire: Program,
    whole: dict[str, Any],
    houses: object,
    pointer: str,
    detail: str,
) -> None:
    sent = {**whole, "answers": {**whole["answers"], "houses": houses}}
    with nothing_written(housing):
        problem = refused(fire.order(DRAFTS, sent), 422, "bad_answers")
    (wrong,) = problem["errors"]
    assert wrong["pointer"] == pointer
    assert detail in wrong["detail"]


def test_what_is_no_entry_at_all_is_told_where_it_stands(
    housing: Housing, fire: Program, whole: dict[str, Any]
) -> None:
    sent = {**whole, "answers": {**whole["answers"], "houses": [{"name": None, "area_m2": 1}]}}
    with nothing_written(housing):
        answer = fire.order(DRAFTS, sent)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/answers/houses/0/name"]


def test_entries_are_corrected_by_program(housing: Housing, programs: Programs) -> None:
    case = several.filed(housing)
    home = f"{V1}/cases/{case}"
    defect = {"about": "field.houses", "kind": "unclear", "fix": "补填三号楼"}
    programs["window"].must(f"{home}/actions/issue_correction", {"defects": [defect]})
    more = {"answers": {"houses": [*several.TWO, several.THIRD]}}
    programs["fire"].must(f"{home}/actions/supply_corrections", more)
    answers = housing.record(case).case.answers
    assert (answers["house_count"], answers["houses_m2"]) == (3, 945)
