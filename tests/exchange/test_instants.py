"""Times are read as they are written; what would have to be guessed is not."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.exchange.instants import EPOCH, instant, micros
from permits.exchange.log import BadLog, How, Oddities

SHANGHAI = How(zone=ZoneInfo("Asia/Shanghai"))
AMSTERDAM = How(zone=ZoneInfo("Europe/Amsterdam"))


def read(written: str, how: How = SHANGHAI) -> tuple[datetime | None, list[str]]:
    odd = Oddities()
    found = instant(written, how, 1, odd)
    return None if found is None else found.astimezone(UTC), [*odd.counts]


@pytest.mark.parametrize(
    "written",
    [
        "2022-06-09T12:30:00+08:00",
        "2022-06-09 12:30:00.000+0800",
        "2022-06-09 12:30:00 +08:00",
        "2022-06-09T04:30:00Z",
        "2022-06-09 04:30:00 UTC",
        "2022-06-09 04:30:00 gmt",
        "2022-06-09T12:30",
        "20220609T123000",
        "2022/6/9 12:30",
        "2022/06/09 12:30:00",
        "2022.6.9 12:30:00",
        "  2022-06-09T12:30:00+08:00 ",
    ],
)
def test_a_time_can_be_written_in_many_ways(written):
    assert read(written) == (datetime(2022, 6, 9, 4, 30, tzinfo=UTC), [])


def test_an_offset_that_is_written_counts_before_the_zone_that_is_named():
    assert read("2022-06-09T12:00:00+02:00")[0] == datetime(2022, 6, 9, 10, tzinfo=UTC)


@pytest.mark.parametrize("written", ["2022-06-09", "20220609", "2022/6/9"])
def test_a_day_is_taken_as_its_beginning_and_told(written):
    assert read(written) == (datetime(2022, 6, 8, 16, tzinfo=UTC), ["date_only"])


@pytest.mark.parametrize("written", ["2022-06-09T12:00:00", "2022-06-09", "2022/6/9 1:00"])
def test_without_a_zone_it_is_asked_for(written):
    with pytest.raises(BadLog, match="no_zone"):
        read(written, How())


@pytest.mark.parametrize("written", ["9/6/2022", "09.06.2022 12:00", "45000", "soon", "12:30"])
def test_what_can_be_meant_in_two_ways_is_no_time(written):
    assert read(written) == (None, ["bad_time"])


def test_a_time_that_a_zone_has_twice_is_the_first_of_the_two_and_told():
    found = read("2011-10-30T02:30:00", AMSTERDAM)
    assert found == (datetime(2011, 10, 30, 0, 30, tzinfo=UTC), ["twice_or_never"])


def test_a_time_that_a_zone_never_has_is_told():
    assert read("2011-03-27T02:30:00", AMSTERDAM)[1] == ["twice_or_never"]


@given(st.datetimes(timezones=st.just(UTC)))
def test_microseconds_are_exact(at):
    assert EPOCH.timestamp() == 0
    whole = int((at.replace(microsecond=0) - EPOCH).total_seconds())
    assert micros(at) == whole * 1_000_000 + at.microsecond


@given(st.text(max_size=30))
def test_whatever_is_written_is_a_time_or_told(written):
    odd = Oddities()
    assert (instant(written, SHANGHAI, 1, odd) is None) <= (odd.total == 1)
