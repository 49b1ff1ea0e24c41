"""Which version of a permit type holds on a day: written down by hand, version by version."""

from datetime import date

import pytest

from permits.services.versions import Version, coming, holding

JUNE, YEAR, NEXT = date(2022, 6, 1), date(2023, 1, 1), date(2024, 1, 1)
FIRST = Version("first", JUNE, None)
SECOND = Version("second", YEAR, None)
MENDED = Version("mended", JUNE, None)
TRIAL = Version("trial", YEAR, date(2023, 6, 30))
THIRD = Version("third", NEXT, None)


@pytest.mark.parametrize(
    ("versions", "day", "holds", "comes"),
    [
        ([], "2022-06-01", None, None),
        ([FIRST], "2022-06-01", FIRST, None),
        ([FIRST, SECOND], "2022-12-31", FIRST, SECOND),
        ([FIRST, SECOND], "2023-01-01", SECOND, None),
        ([SECOND, FIRST], "2023-01-01", SECOND, None),
        ([FIRST, MENDED], "2022-06-01", MENDED, None),
        ([FIRST, SECOND, MENDED], "2022-12-31", MENDED, SECOND),
        ([FIRST, SECOND, MENDED], "2023-01-01", SECOND, None),
        ([FIRST, TRIAL], "2023-06-30", TRIAL, None),
        ([FIRST, TRIAL], "2023-07-01", TRIAL, None),
        ([FIRST, TRIAL, THIRD], "2023-07-01", THIRD, THIRD),
        ([FIRST, TRIAL, THIRD], "2023-06-30", TRIAL, THIRD),
        ([FIRST, SECOND], "2022-05-31", FIRST, FIRST),
        ([FIRST, MENDED], "2022-05-31", MENDED, MENDED),
        ([THIRD, SECOND], "2022-12-31", SECOND, SECOND),
    ],
)
def test_the_version_that_holds_and_the_one_that_comes(versions, day, holds, comes):
    assert holding(versions, date.fromisoformat(day)) is holds
    assert coming(versions, date.fromisoformat(day)) is comes


def test_a_version_is_read_as_the_table_has_it():
    assert Version.of("first", "2022-06-01", None) == FIRST
    assert Version.of("trial", "2023-01-01", "2023-06-30") == TRIAL
