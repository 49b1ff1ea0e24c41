"""Whoever has a document before them sees whether it is genuine and holds."""

from urllib.parse import quote

import pytest

from permits.casework.published import check_code
from permits.definitions.procedure import RevocationGround
from permits.services.requests import Revocation
from permits.services.verifying import PACE
from tests.web.housing import Browser, Housing


@pytest.fixture
def case(housing: Housing) -> str:
    return housing.published()


def document(housing: Housing, case: str, milestone: str = "granted") -> tuple[str, str]:
    """Number and check code of a document of a case."""
    found = housing.record(case).case
    drawn = next(one for one in found.documents if one.milestone == milestone)
    return drawn.number, check_code(found, drawn.number)


def test_number_and_code_say_that_it_holds(housing: Housing, anyone: Browser, case: str) -> None:
    number, code = document(housing, case)
    answer = anyone.fill("/verify", number=f" {number} ", code=f" {code[:6]}-{code[6:].lower()}")
    assert answer.status_code == 200
    assert "文书真实有效" in answer.text
    assert number in answer.text
    assert "0371-00000000" not in answer.text


def test_the_square_leads_to_the_same_answer_and_the_holder_is_masked(
    housing: Housing, anyone: Browser, case: str
) -> None:
    number, code = document(housing, case)
    page = anyone.get(f"/verify/{quote(number)}", params={"code": code}).text
    assert "文书真实有效" in page
    assert "消*" in page
    assert "消防救援支队特勤大队</dd>" not in page
    assert number in anyone.get(f"/verify/{quote(number)}").text


def test_a_number_there_is_not_and_a_wrong_code_are_answered_alike(
    housing: Housing, anyone: Browser, case: str
) -> None:
    number, code = document(housing, case)
    wrong = anyone.fill("/verify", number=number, code="0" * 12)
    missing = anyone.fill("/verify", number="无此号", code=code)
    assert wrong.status_code == missing.status_code == 422
    assert "没有与此编号和校验码相符的文书" in wrong.text
    assert missing.text.replace("无此号", "").count("govuk-error-message") == wrong.text.count(
        "govuk-error-message"
    )


def test_what_was_revoked_says_so_and_since_when(
    housing: Housing, anyone: Browser, case: str
) -> None:
    number, code = document(housing, case)
    ground = RevocationGround.NOT_QUALIFIED
    housing.revoke(case, Revocation(ground=ground, reason="与承诺不符。"))
    page = anyone.fill("/verify", number=number, code=code).text
    assert "文书真实，但决定已被撤销" in page
    assert "2022年6月9日" in page
    receipt, theirs = document(housing, case, "received")
    assert "文书真实有效" in anyone.fill("/verify", number=receipt, code=theirs).text


def test_guessing_is_slowed_down_and_being_right_costs_nothing(
    housing: Housing, anyone: Browser, case: str
) -> None:
    number, code = document(housing, case)
    for _ in range(2):
        assert anyone.fill("/verify", number=number, code=code).status_code == 200
    for _ in range(PACE.free + 1):
        anyone.get(f"/verify/{quote(number)}", params={"code": "wrong"})
    assert anyone.fill("/verify", number=number, code=code).status_code == 429
