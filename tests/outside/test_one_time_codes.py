"""Codes of devices, held against the examples of RFC 6238."""

from datetime import UTC, datetime

import pytest

from permits.outside import one_time_codes as codes
from permits.outside.passwords import COMMONEST, is_common

RFC_SECRET = b"12345678901234567890"
RFC = [
    (59, "94287082"),
    (1111111109, "07081804"),
    (1111111111, "14050471"),
    (1234567890, "89005924"),
    (2000000000, "69279037"),
    (20000000000, "65353130"),
]
"""Appendix B for SHA-1: eight digits, of which six are used."""


def at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(("seconds", "code"), RFC)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert codes.code_of(RFC_SECRET, seconds // 30) == code[-6:]
    assert codes.matching_step(RFC_SECRET, code[-6:], at(seconds)) == seconds // 30


@pytest.mark.parametrize("late", range(-2, 3))
def test_a_clock_may_be_one_step_early_or_late(late: int) -> None:
    code = codes.code_of(RFC_SECRET, 1111111111 // 30 + late)
    fits = codes.matching_step(RFC_SECRET, code, at(1111111111), drift=1) is not None
    assert fits == (abs(late) <= 1)


@pytest.mark.parametrize("code", ["", "000000", "05047", "050471 ", "錯錯錯錯錯錯"])
def test_another_code_fits_no_step(code: str) -> None:
    assert codes.matching_step(RFC_SECRET, code, at(1111111111), drift=1) is None


def test_secrets_are_long_and_differ() -> None:
    assert len(codes.new_secret()) == 20
    assert codes.new_secret() != codes.new_secret()


def test_the_picture_holds_everything_by_itself() -> None:
    picture = codes.picture(RFC_SECRET, "张三@office", "permits.example")
    assert picture.startswith("data:image/svg+xml")
    assert "http%3A%2F%2Fwww.w3.org%2F2000%2Fsvg" in picture
    assert codes.typed(RFC_SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"


def test_the_list_of_the_commonest_passwords_is_long_and_is_used() -> None:
    lines = COMMONEST.read_text(encoding="utf-8").splitlines()
    assert sum(len(line) >= 8 and not line.startswith("# ") for line in lines) >= 3000
    for common in ("password1", "1234567890", "PassWord", "1q2w3e4r5t"):
        assert is_common(common), common
    assert not is_common("correct horse")
