"""A further row of a rate: the one before it ends, the version begins, nothing else is touched."""

from datetime import date

import msgspec
import pytest

from permits.definitions.charges import RateRow
from permits.definitions.differences import differences
from permits.definitions.parts import Basis, Text
from permits.definitions.rate_rows import NotLater, begun, with_row
from tests.definitions.shipped import resolved

EXAMPLE = Basis(example=Text(zh="示例", en="an example"))
TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def charge() -> bytes:
    return resolved("infrastructure_charge").content


def row(day: str) -> RateRow:
    return RateRow(valid_from=date.fromisoformat(day), fen=20_000, basis=EXAMPLE)


def test_the_row_before_ends_the_day_before_and_the_version_holds_from_today(charge):
    made, findings = with_row(charge, "housing_rate", row("2027-01-01"), TODAY)
    assert findings == ()
    assert made is not None
    earlier, later = made.definition.rates["housing_rate"].rows[-2:]
    assert earlier.valid_until == date(2026, 12, 31)
    assert (later.fen, later.valid_until, later.basis) == (20_000, None, EXAMPLE)
    assert made.definition.permit.effective_from == TODAY
    told = differences(msgspec.json.decode(charge), msgspec.json.decode(made.content))
    assert {(one.part, one.name) for one in told} == {("permit", ""), ("rates", "housing_rate")}


def test_a_version_that_begins_later_keeps_its_day(charge):
    begins = resolved("infrastructure_charge").definition.permit
    made, _findings = with_row(charge, "housing_rate", row("2027-01-01"), date(2000, 1, 1))
    assert made is not None
    assert made.definition.permit.effective_from == begins.effective_from


@pytest.mark.parametrize("until", ["2026-10-31", "2027-06-30"])
def test_a_row_that_has_an_end_keeps_it_unless_it_lies_later(charge, until):
    data = msgspec.json.decode(charge)
    data["rates"]["housing_rate"]["rows"][-1]["valid_until"] = until
    made, _findings = with_row(msgspec.json.encode(data), "housing_rate", row("2027-01-01"), TODAY)
    assert made is not None
    ends = made.definition.rates["housing_rate"].rows[-2].valid_until
    assert ends == min(date.fromisoformat(until), date(2026, 12, 31))


def test_a_row_begins_after_the_one_before_it(charge):
    last = msgspec.json.decode(charge)["rates"]["housing_rate"]["rows"][-1]["valid_from"]
    with pytest.raises(NotLater, match=last):
        with_row(charge, "housing_rate", row(last), TODAY)


def charging(**rows: int) -> bytes:
    """A definition's rates as plain data: what each row charges, by the day it begins."""
    found = [{"valid_from": day.strip("_").replace("_", "-"), "fen": fen}
             for day, fen in rows.items()]  # fmt: skip
    return msgspec.json.encode({"rates": {"per_metre": {"rows": found}}})


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ({"_2022_01_01": 100}, ()),
        ({"_2022_01_01": 120}, ("per_metre",)),
        ({"_2022_01_01": 100, "_2022_06_08": 120}, ("per_metre",)),
        ({"_2022_01_01": 100, "_2022_06_09": 120}, ()),
    ],
)
def test_a_row_that_charges_otherwise_for_days_that_are_over_has_begun(after, found):
    before = charging(_2022_01_01=100)
    assert begun(before, charging(**after), date(2022, 6, 9)) == found


def test_a_permit_type_without_rates_has_none_that_began():
    assert begun(b"{}", b"{}", date(2022, 6, 9)) == ()
