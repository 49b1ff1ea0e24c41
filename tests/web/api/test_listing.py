"""Lists of cases: to each their own, narrowed, a page at a time without losing any."""

from typing import Any

import pytest
from msgspec.structs import replace

from permits.definitions.procedure import Role
from permits.services.accounts import NewAccount
from permits.services.demonstration.works import GAS, POLES
from permits.services.requests import Reasoned
from tests.web.api.program import V1, Program, Programs, refused
from tests.web.housing import BUILDER, FIRE_BRIGADE, PASSWORD, Housing

CASES = f"{V1}/cases"


@pytest.fixture
def filed(housing: Housing) -> list[str]:
    """Five cases, the third of another party, the first withdrawn."""
    cases = [
        housing.filed(),
        housing.filed("ordinary", leave_out=("land_title",)),
        housing.people.file(replace(POLES, party="builder"), "commitment")[5:],
        housing.filed(works=replace(GAS, name="第四件")),
        housing.filed(),
    ]
    housing.act("fire", cases[0], "withdraw", Reasoned())
    return cases


def pages(program: Program, address: str) -> list[dict[str, Any]]:
    """Everything of a list, page by page."""
    found = []
    while address:
        page = program.read(address)
        found += page["items"]
        address = page["next"]
    return found


def ids(items: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in items]


def test_an_applicant_is_given_the_partys_own_what_changed_last_first(
    fire: Program, filed: list[str]
) -> None:
    found = ids(pages(fire, f"{CASES}?limit=2"))
    assert sorted(found) == sorted({*filed} - {filed[2]})
    assert len(found) == len(set(found)) == 4
    assert fire.read(CASES)["next"] is None


def test_an_officer_is_given_the_open_cases_the_most_urgent_first(
    programs: Programs, filed: list[str]
) -> None:
    found = pages(programs["window"], f"{CASES}?limit=2")
    assert sorted(ids(found)) == sorted(filed[1:])
    dates = [one["next_date"]["on"] for one in found]
    assert dates == sorted(dates)
    assert found[0]["next_date"]["light"] in ("green", "yellow")
    assert found[0]["party"]["name"]


def test_an_auditor_is_given_every_case_the_newest_first(
    programs: Programs, filed: list[str]
) -> None:
    assert ids(pages(programs["auditor"], f"{CASES}?limit=2")) == filed[::-1]


@pytest.mark.parametrize(
    ("who", "query", "places"),
    [
        ("window", "turn=nobody", [0]),
        ("window", "turn=office", [1, 2, 3, 4]),
        ("window", "light=red", []),
        ("window", "number=gxgh-20220609-0003", [2]),
        ("window", "number=GXGH-20220609", [0, 1, 2, 3, 4]),
        ("window", f"party={BUILDER}", [2]),
        ("fire", "turn=nobody", [0]),
        ("fire", "number=GXGH-20220609-0003", []),
        ("fire", "number=GXGH-20220609-0004", [3]),
        ("auditor", f"party={FIRE_BRIGADE}&turn=office", [1, 3, 4]),
        ("auditor", "number=GXGH-20220609-0003", [2]),
    ],
)
def test_lists_are_narrowed(
    programs: Programs, filed: list[str], who: str, query: str, places: list[int]
) -> None:
    found = pages(programs[who], f"{CASES}?{query}&limit=1")
    assert sorted(ids(found)) == sorted(filed[place] for place in places)


@pytest.mark.parametrize(
    ("who", "query", "parameters"),
    [
        ("fire", f"party={BUILDER}", ["party"]),
        ("fire", "light=red", ["light"]),
        ("auditor", "light=red", ["light"]),
        ("window", f"number=GXGH&party={BUILDER}&turn=office", ["party", "turn"]),
        ("window", "number=GXGH&light=red", ["turn"]),
        ("fire", "turn=mine", ["turn"]),
        ("fire", "limit=0", ["limit"]),
        ("fire", "limit=101", ["limit"]),
        ("fire", "limit=many", ["limit"]),
        ("fire", "number=%E2%98%83", ["number"]),
        ("fire", "after=nowhere", ["after"]),
        ("fire", "after=W10=", ["after"]),
        ("fire", "after=WyIAIiwgIngiXQ==", ["after"]),
        ("fire", "colour=red", ["colour"]),
    ],
)
def test_what_cannot_be_asked_for_is_told(
    programs: Programs, who: str, query: str, parameters: list[str]
) -> None:
    problem = refused(programs[who].get(f"{CASES}?{query}"), 422, "unfit")
    assert [one["parameter"] for one in problem["errors"]] == parameters


def test_whoever_has_no_cases_to_see_is_told(housing: Housing, programs: Programs) -> None:
    roles = frozenset({Role.SYSTEM_ADMIN})
    keeper = NewAccount(username="keeper", name="keeper", password=PASSWORD, roles=roles)
    housing.office.accounts.open(keeper, actor="setup")
    refused(programs["keeper"].get(CASES), 403, "not_for_this_account")


def test_a_case_of_a_list_leads_to_the_case(fire: Program, filed: list[str]) -> None:
    listed = fire.read(CASES)["items"][0]
    case = fire.read(listed["href"])
    for name in ("id", "number", "title", "version", "turn", "code", "state", "party"):
        assert case[name] == listed[name], name
