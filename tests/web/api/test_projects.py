"""Projects to programs: listed, shown whole to those they are for, and not there for others."""

import pytest

from tests.staged import CODE, OTHER_CODE
from tests.web import building as b
from tests.web.api.program import V1, Programs, refused
from tests.web.housing import Housing

HOME = f"{V1}/projects/{CODE}"


@pytest.fixture
def pit(housing: Housing) -> str:
    b.publish(housing, "staged_construction")
    return b.permitted(housing, "pit")


def test_a_project_says_what_waits_for_what(
    programs: Programs, housing: Housing, pit: str
) -> None:
    number = housing.record(pit).case.number
    found = programs["fire"].read(HOME)
    (case,) = found["cases"]
    assert case["href"] == f"{V1}/cases/{pit}"
    assert (case["number"], case["stands"], case["attached"]) == (number, True, True)
    assert [stage["name"] for stage in case["stages"]] == ["pit"]
    assert len(case["owed"]) == 4
    gates = {gate["title"]: gate["waits_for"] for gate in found["gates"]}
    assert {len(waits) for waits in gates.values()} == {1, 2}
    assert [stage["number"] for stage in found["stages"]] == [number, None, None]
    assert found["critical"]["due"] == "2022-09-09"
    assert programs["window"].read(HOME)["cases"] == [case]


def test_the_case_names_its_project(programs: Programs, pit: str) -> None:
    assert programs["fire"].read(f"{V1}/cases/{pit}")["project"] == CODE


def test_projects_are_listed_for_those_they_are_for(programs: Programs, pit: str) -> None:
    assert pit
    for who in ("fire", "window"):
        (one,) = programs[who].read(f"{V1}/projects")["items"]
        assert (one["code"], one["href"], one["shut"]) == (CODE, HOME, 3)
    assert programs["builder"].read(f"{V1}/projects")["items"] == []


def test_a_project_without_anything_owed(programs: Programs, housing: Housing) -> None:
    b.publish(housing, "staged_construction")
    b.filed(housing.browser("fire"), housing, "pit")
    assert programs["fire"].read(HOME)["critical"] is None
    (one,) = programs["fire"].read(f"{V1}/projects")["items"]
    assert one["critical_on"] is None


def test_a_project_of_others_is_not_there(programs: Programs, pit: str) -> None:
    assert pit
    for who, address in (("builder", HOME), ("fire", f"{V1}/projects/{OTHER_CODE}")):
        refused(programs[who].get(address), 404, "not_found")
    refused(programs["fire"].get(f"{V1}/projects/nonsense"), 404, "not_found")
