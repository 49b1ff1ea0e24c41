"""How much a fee is: exact, rounded once as declared, at the rates of a day, with one relief."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.definitions.charges import Fee, RateRow, Rounding
from permits.definitions.reckoning import holding, lines_of, reckon, rounded
from tests.definitions.shipped import edition as shipped_edition
from tests.workflows.deferring import CIVIL, FACTORY, HOUSING, INFRA, TOWER

EXAMPLE = {"example": {"zh": "示例", "en": "example"}}
DAY = date(2022, 6, 9)


def rule(to="fen", how="half_up"):
    return Rounding.model_validate({"to": to, "how": how, "basis": EXAMPLE})


def amount(name, answers, on=DAY):
    edition = shipped_edition(name)
    (fee,) = edition.definition.fees.values()

    def holds(condition):
        return condition is None or edition.conditions[condition].holds(answers, {})

    return reckon(edition.definition, fee, answers, holds, on)


@pytest.mark.parametrize(
    ("parts", "of", "to", "how", "fen"),
    [
        (25, 10, "fen", "half_up", 3),
        (25, 10, "fen", "half_even", 2),
        (35, 10, "fen", "half_even", 4),
        (24, 10, "fen", "half_even", 2),
        (26, 10, "fen", "half_even", 3),
        (24, 10, "fen", "half_up", 2),
        (21, 10, "fen", "up", 3),
        (20, 10, "fen", "up", 2),
        (29, 10, "fen", "down", 2),
        (1549, 100, "jiao", "half_up", 20),
        (1499, 100, "jiao", "half_up", 10),
        (14999, 100, "yuan", "half_up", 100),
        (15000, 100, "yuan", "half_up", 200),
        (15000, 100, "yuan", "down", 100),
    ],
)
def test_rounding_is_as_declared(parts, of, to, how, fen):
    assert rounded(parts, of, rule(to, how)) == fen


@given(
    parts=st.integers(0, 10**20),
    of=st.sampled_from([1, 10_000, 10**8]),
    to=st.sampled_from(["fen", "jiao", "yuan"]),
    how=st.sampled_from(["half_up", "half_even", "up", "down"]),
)
def test_rounding_is_never_further_off_than_it_may_be(parts, of, to, how):
    coin = {"fen": 1, "jiao": 10, "yuan": 100}[to]
    off = Fraction(rounded(parts, of, rule(to, how))) - Fraction(parts, of)
    assert rounded(parts, of, rule(to, how)) % coin == 0
    assert abs(off) <= (Fraction(coin, 2) if "half" in how else coin)
    assert off >= 0 if how == "up" else off <= 0 if how == "down" else True


def test_the_row_that_holds_is_the_one_of_the_day():
    rows = [
        {"valid_from": "2020-01-01", "valid_until": "2020-06-30", "fen": 1, "basis": EXAMPLE},
        {"valid_from": "2020-08-01", "fen": 2, "basis": EXAMPLE},
    ]
    rates = [RateRow.model_validate(row) for row in rows]
    days = ("2019-12-31", "2020-01-01", "2020-06-30", "2020-07-01", "2020-08-01", "2099-01-01")
    held = [holding(rates, date.fromisoformat(day)) for day in days]
    assert [row and row.fen for row in held] == [None, 1, 1, None, 2, 2]


def test_a_fee_of_one_field_is_a_fee_of_one_line():
    fee = Fee.model_validate(
        {
            "title": {"zh": "费", "en": "fee"}, "quantity": "length_m", "rate": "per_metre",
            "rounding": rule().model_dump(), "frozen_at": "granted", "receipt_word": "缴",
            "due": {"earliest": [{"milestone": "granted"}], "basis": EXAMPLE}, "basis": EXAMPLE,
        },
        strict=False,
    )  # fmt: skip
    (line,) = lines_of(fee).values()
    assert (line.fields, line.rate, line.share, line.when) == (
        ("length_m",),
        "per_metre",
        None,
        None,
    )


class TestTheUrbanInfrastructureCharge:
    def test_is_area_times_rate_by_kind_of_building(self):
        found = amount(INFRA, HOUSING)
        assert found.amount_fen == 12_000 * 17_000 + 3_000 * 18_500 == 259_500_000

    def test_follows_the_rates_of_the_day(self):
        assert amount(INFRA, HOUSING, date(2022, 12, 31)).amount_fen == 259_500_000
        assert amount(INFRA, HOUSING, date(2023, 1, 1)).amount_fen == 277_500_000

    def test_has_no_amount_before_there_was_a_rate(self):
        assert amount(INFRA, HOUSING, date(2019, 12, 31)) is None

    @pytest.mark.parametrize("ground", ["community_care", "rental_housing", "nonprofit_care"])
    def test_is_not_charged_where_the_law_says_so(self, ground):
        found = amount(INFRA, {**HOUSING, "relief_ground": ground})
        assert (found.full_fen, found.relief, found.amount_fen) == (259_500_000, ground, 0)

    def test_is_charged_again_when_an_exemption_has_run_out(self):
        cared = {**HOUSING, "relief_ground": "community_care"}
        assert amount(INFRA, cared, date(2025, 12, 31)).amount_fen == 0
        after = amount(INFRA, cared, date(2026, 1, 1))
        assert (after.relief, after.amount_fen) == ("", 277_500_000)


class TestTheCivilDefenceFee:
    def test_takes_the_ground_floor_of_tall_buildings_and_a_share_of_low_ones(self):
        """1,250 m² + 4 % of 3,333 m² = 1,383.32 m² at 1,700 yuan."""
        assert amount(CIVIL, TOWER).amount_fen == 235_164_400

    def test_of_a_pure_factory_is_nothing(self):
        found = amount(CIVIL, FACTORY)
        assert (found.lines, found.full_fen, found.amount_fen) == ((), 0, 0)

    def test_of_other_housing_is_at_the_rate_of_grade_6b(self):
        housing = {"tall_first_floor_m2": 0, "low_other_m2": 0, "low_housing_first_floor_m2": 800}
        assert amount(CIVIL, {**TOWER, **housing}).amount_fen == 80_000_000

    def test_of_a_park_planned_as_a_whole_is_a_share_of_its_floor_area(self):
        park = {
            "buildings_are": "civil", "planned_as_whole": True, "zone_floor_m2": 100_001,
            "relief_ground": "none", "off_site_reason": "bad_geology", "earlier_default": False,
        }  # fmt: skip
        assert amount(CIVIL, park).amount_fen == 765_007_650

    @pytest.mark.parametrize("ground", ["social_housing", "schools_and_care"])
    def test_is_halved_by_the_national_rule(self, ground):
        found = amount(CIVIL, {**TOWER, "relief_ground": ground})
        assert (found.relief, found.amount_fen) == (ground, 117_582_200)

    @pytest.mark.parametrize(
        "ground", ["temporary", "rebuilt_housing", "after_disaster", "community_care"]
    )
    def test_is_not_charged_where_the_national_rule_says_so(self, ground):
        assert amount(CIVIL, {**TOWER, "relief_ground": ground}).amount_fen == 0

    def test_has_no_amount_on_a_day_without_a_share(self):
        park = {"buildings_are": "civil", "planned_as_whole": True, "zone_floor_m2": 1}
        assert amount(CIVIL, park, date(2019, 12, 31)) is None
