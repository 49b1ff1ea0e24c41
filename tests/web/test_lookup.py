"""A case by its number and code, without signing in."""

from datetime import timedelta
from functools import partial
from time import sleep
from typing import Any

import pytest

from permits.services.case_record import Record
from permits.services.public import MOST_FAILURES, WINDOW, NotFound
from tests.services.conftest import at_once
from tests.web.housing import Browser, Housing


@pytest.fixture
def case(housing: Housing) -> tuple[str, str]:
    """Number and code of a case that was overrun and explained."""
    record = housing.record(housing.granted())
    return record.case.number, record.values[record.case.lookup]


def test_number_and_code_open_the_case(anyone: Browser, case: tuple[str, str]) -> None:
    answer = anyone.fill("/lookup", number=f" {case[0].lower()} ", code=f"{case[1].lower()} ")
    assert answer.status_code == 200
    assert "郑州市消防救援支队特勤大队燃气工程" in answer.text
    assert "准予" in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_nothing_personal_is_shown(anyone: Browser, case: tuple[str, str]) -> None:
    page = anyone.fill("/lookup", number=case[0], code=case[1]).text
    assert "0371-00000000" not in page
    assert case[1] not in page


@pytest.mark.parametrize("number", [None, "GXGH-20220609-9999", "", "x" * 500])
@pytest.mark.parametrize("code", ["", "AAAAAAAAAAAA", "查询码"])
def test_a_wrong_number_and_a_wrong_code_look_alike(
    anyone: Browser, case: tuple[str, str], number: str | None, code: str
) -> None:
    answer = anyone.fill("/lookup", number=case[0] if number is None else number, code=code)
    assert answer.status_code == 422
    assert "没有与此编号和查询码相符的办件" in answer.text


def test_guessing_is_slowed_down_and_then_forgotten(
    housing: Housing, anyone: Browser, case: tuple[str, str]
) -> None:
    for _ in range(MOST_FAILURES):
        anyone.fill("/lookup", number=case[0], code="AAAAAAAAAAAA")
    assert anyone.fill("/lookup", number=case[0], code=case[1]).status_code == 429
    housing.clock.now += WINDOW + timedelta(minutes=1)
    assert anyone.fill("/lookup", number=case[0], code=case[1]).status_code == 200


def test_of_many_who_guess_at_once_only_as_many_are_let_in(
    housing: Housing, case: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is counted before the next one looks, or twenty more could be tried each moment."""
    public, looked, numbered = housing.office.public, [], housing.office.public._numbered

    def slowly(number: str) -> Any:
        looked.append(number)
        sleep(0.05)
        return numbered(number)

    monkeypatch.setattr(public, "_numbered", slowly)
    guess = partial(public.look_up, case[0], "AAAAAAAAAAAA", "192.0.2.1")
    assert at_once(*[guess] * (MOST_FAILURES + 10)) == []
    assert len(looked) == MOST_FAILURES


def test_finding_ones_own_case_counts_as_no_failure(
    housing: Housing, case: tuple[str, str]
) -> None:
    for _ in range(MOST_FAILURES + 1):
        assert isinstance(housing.office.public.look_up(*case, "192.0.2.1"), Record)


def test_guesses_from_one_network_are_counted_together(
    housing: Housing, case: tuple[str, str]
) -> None:
    public = housing.office.public
    for n in range(MOST_FAILURES):
        public.look_up(case[0], "AAAAAAAAAAAA", f"2001:db8:1:2::{n:x}")
    assert public.look_up(*case, "2001:db8:1:2:ff::") == NotFound.TOO_MANY


def test_the_home_page_asks_as_well(anyone: Browser, case: tuple[str, str]) -> None:
    answer = anyone.fill("/", "/lookup", number=case[0], code=case[1])
    assert answer.status_code == 200
