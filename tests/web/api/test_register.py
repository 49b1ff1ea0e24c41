"""What everybody may know: published decisions, and one case by number and code."""

import json
from collections.abc import Callable

import pytest

from permits.services.public import MOST_FAILURES
from tests.web.api.program import V1, Program, Programs, refused
from tests.web.housing import Housing


@pytest.fixture
def published(housing: Housing) -> list[str]:
    return [housing.published() for _ in range(3)]


def test_the_register_is_read_a_page_at_a_time(anyone: Program, published: list[str]) -> None:
    address, numbers = f"{V1}/register?limit=2", []
    while address:
        page = anyone.read(address)
        numbers += [one["number"] for one in page["items"]]
        address = page["next"]
    assert numbers == [f"GXGH-20220609-000{place}" for place in (3, 2, 1)]
    (one,) = anyone.read(f"{V1}/register?number=gxgh-20220609-0002")["items"]
    assert one["number"] == numbers[1]


def test_what_is_not_published_is_not_in_the_register(housing: Housing, anyone: Program) -> None:
    number = housing.record(housing.granted()).case.number
    assert anyone.read(f"{V1}/register") == {"items": [], "next": None}
    hidden = anyone.get(f"{V1}/register/{number}")
    missing = anyone.get(f"{V1}/register/GXGH-20220609-9999")
    assert refused(hidden, 404, "no_such_case") == refused(missing, 404, "no_such_case")


def test_an_entry_holds_nothing_personal(anyone: Program, published: list[str]) -> None:
    entry = anyone.read(f"{V1}/register/gxgh-20220609-0001")
    text = json.dumps(entry, ensure_ascii=False)
    assert "经办人" not in text
    assert "0371" not in text
    assert [one["href"] for one in entry["documents"]] == [None] * len(entry["documents"])


@pytest.mark.parametrize("query", ["after=x", "limit=-1", "number=%E2%98%83", "page=2"])
def test_what_cannot_be_asked_for_is_told(anyone: Program, query: str) -> None:
    refused(anyone.get(f"{V1}/register?{query}"), 422, "unfit")


@pytest.fixture
def receipt(housing: Housing) -> dict[str, str]:
    record = housing.record(housing.filed())
    return {"number": record.case.number, "code": record.values[record.case.lookup]}


def test_whoever_holds_the_receipt_finds_the_case(
    anyone: Program, receipt: dict[str, str]
) -> None:
    found = anyone.post(f"{V1}/lookups", json=receipt).json()
    assert found["number"] == receipt["number"]
    assert found["history"]
    assert receipt["code"] not in json.dumps(found)
    assert "经办人" not in json.dumps(found, ensure_ascii=False)


@pytest.mark.parametrize(
    "change",
    [
        lambda receipt: {**receipt, "code": "AAAAAAAAAAAA"},
        lambda receipt: {**receipt, "number": "GXGH-20220609-9999"},
    ],
)
def test_a_wrong_number_and_a_wrong_code_look_alike(
    anyone: Program, receipt: dict[str, str], change: Callable[[dict], dict]
) -> None:
    refused(anyone.post(f"{V1}/lookups", json=change(receipt)), 404, "no_such_case")


def test_who_guesses_codes_is_slowed_down(anyone: Program, receipt: dict[str, str]) -> None:
    for _ in range(MOST_FAILURES):
        anyone.post(f"{V1}/lookups", json={**receipt, "code": "A"})
    refused(anyone.post(f"{V1}/lookups", json=receipt), 429, "too_many_attempts")


def test_a_code_opens_nothing_else(programs: Programs, receipt: dict[str, str]) -> None:
    answer = programs.anyone.get(f"{V1}/cases?number={receipt['number']}")
    refused(answer, 401, "not_signed_in")
