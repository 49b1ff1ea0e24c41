"""The two permit types that put a fee off, each against its golden tables and rules of its own.

The tables in `tests/workflows/golden/` are read as specifications; `PERMITS_GOLDEN=write` writes
them anew, to be looked at before they are kept.
"""

import os
from pathlib import Path

import pytest

from permits.casework import commands as c
from permits.casework import inputs as i
from permits.casework.decide import Noted
from permits.casework.refusals import Reason, Refused
from permits.casework.tracks import shut
from permits.definitions.procedure import Phase
from permits.definitions.schema import TrackName, Treatment
from tests.definitions.shipped import edition as shipped_edition
from tests.kit import SEAL, Play
from tests.workflows.deferring import (
    CIVIL,
    DUTY,
    FACTORY,
    FEE,
    HOUSING,
    INFRA,
    TOWER,
    accepted,
    application,
    building,
    check,
    fee_of,
    pay,
    report,
    revoke,
)
from tests.workflows.golden import table

GOLDEN = Path(__file__).with_name("golden")
BOTH = pytest.mark.parametrize("name", [INFRA, CIVIL])


def act(who, action, given=None):
    return lambda play, on: play.do(who, action, on, given)


def reported(obligation):
    return lambda play, on: play.must("applicant", report(obligation, on), on)


def paid(amount=None):
    def step(play, on):
        assert isinstance(pay(play, amount or fee_of(play).balance_fen, on), Noted)

    return step


def told(command):
    return lambda play, on: play.must("timer", command, on)


def filed(track, answers):
    def step(play, on):
        play.must("applicant", application(play.edition, track, answers), on)

    return step


def served(play, on):
    play.do("window", "deliver", on, i.Service(play.desk("window", on).today, "online"))
    play.do("window", "publish", on)


def ordered(play, on):
    play.must("leader", c.OrderPayment(DUTY[play.case.permit], SEAL), on)


def typical(name, answers):
    """Put off, paid in two parts in time, jointly accepted, put away."""
    return [
        ("2022-06-09", filed("commitment", answers)),
        ("2022-06-09", act("window", "accept")),
        ("2022-06-09", act("window", "grant_on_the_spot")),
        ("2022-06-10", served),
        ("2022-07-01", reported("report_construction_permit")),
        ("2022-07-20", lambda play, on: play.checked("inspector", check(on), on)),
        ("2022-10-11", paid(100_000_000)),
        ("2022-12-30", paid()),
        ("2024-03-01", reported("apply_for_joint_acceptance")),
        ("2024-03-08", reported("pass_joint_acceptance")),
        ("2024-03-11", act("window", "conclude")),
    ]


def worst(name, answers):
    """Put off, hardly paid, overdue, ordered to be paid, overdue still, revoked, paid at last and
    deregistered."""
    return [
        ("2022-06-09", filed("commitment", answers)),
        ("2022-06-09", act("window", "accept")),
        ("2022-06-09", act("window", "grant_on_the_spot")),
        ("2022-06-10", served),
        ("2022-07-01", reported("report_construction_permit")),
        ("2022-08-01", paid(1)),
        ("2023-01-04", told(c.FlagOverdue(DUTY[name]))),
        ("2023-01-05", ordered),
        ("2023-01-20", told(c.FlagOverdue(DUTY[name]))),
        ("2023-02-01", revoke),
        ("2023-02-16", told(c.FlagFeeOverdue(FEE[name]))),
        ("2023-03-01", paid()),
        ("2023-03-02", act("leader", "deregister", i.Deregistration("70-4"))),
    ]


def ordinary(name, answers):
    """Paid before the decision."""
    return [
        ("2022-06-09", filed("ordinary", answers)),
        ("2022-06-09", act("window", "accept")),
        ("2022-06-10", act("examiner", "examine", i.Opinion("grant", SEAL))),
        ("2022-06-13", paid()),
        ("2022-06-13", act("leader", "grant")),
        ("2022-06-14", served),
        ("2022-06-15", act("window", "conclude")),
    ]


@BOTH
@pytest.mark.parametrize("story", [typical, worst, ordinary])
def test_a_case_goes_as_its_golden_table_says(name, story):
    answers = HOUSING if name == INFRA else TOWER
    found = table(Play(shipped_edition(name)), story(name, answers))
    file = GOLDEN / f"{name}-{story.__name__}.txt"
    if os.environ.get("PERMITS_GOLDEN") == "write":
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


@BOTH
def test_nothing_is_left_open_where_a_case_ends(name):
    answers = HOUSING if name == INFRA else TOWER
    for story in (typical, worst, ordinary):
        play = Play(shipped_edition(name))
        table(play, story(name, answers))
        case = play.case
        _, state = play.edition.chart.state(case.leaves)
        assert state.final or state.phase is Phase.CONCLUDED
        assert not [n for n, clock in case.clocks.items() if clock.running]
        assert not [n for n, held in case.obligations.items() if held.status == "open"]
        assert not [n for n, fee in case.fees.items() if fee.open]


@BOTH
def test_only_payment_is_put_off_and_saves_no_material(name):
    definition = shipped_edition(name).definition
    assert definition.permit.measure == "deferred"
    assert definition.commitments["pay_later"].kind == "B"
    for material in definition.materials.values():
        assert Treatment.DEFERRED not in material.tracks.values()


@BOTH
def test_who_left_a_deferred_fee_unpaid_is_not_offered_to_commit_again(name):
    answers = {**(HOUSING if name == INFRA else TOWER), "earlier_default": True}
    refused = shut(shipped_edition(name), TrackName.COMMITMENT, answers)
    assert refused == Refused(Reason.EXCLUDED, ("earlier_default",))
    assert shut(shipped_edition(name), TrackName.ORDINARY, answers) is None


class TestTheUrbanInfrastructureCharge:
    """Rules that the other type does not keep."""

    def test_is_reckoned_from_the_areas_of_the_planning_permit(self):
        fee = shipped_edition(INFRA).definition.fees["infrastructure_charge"]
        assert [line.fields for line in fee.lines.values()] == [("housing_m2",), ("other_m2",)]
        assert "planning_permit_copy" in shipped_edition(INFRA).definition.materials

    def test_has_rates_that_are_example_values_with_a_model(self):
        rates = shipped_edition(INFRA).definition.rates
        assert all(row.basis.example for rate in rates.values() for row in rate.rows)

    def test_knows_exemptions_and_no_reductions(self):
        reliefs = shipped_edition(INFRA).definition.fees["infrastructure_charge"].reliefs
        assert {relief.charged_per_10000 for relief in reliefs.values()} == {0}


class TestTheCivilDefenceFee:
    """Rules that the other type does not keep."""

    def test_is_not_put_off_without_the_approval_to_build_elsewhere(self):
        """河南省实施人民防空法办法 art. 14: an essential material on every track."""
        approval = shipped_edition(CIVIL).definition.materials["off_site_approval"]
        assert approval.essential
        assert {*approval.tracks.values()} == {Treatment.SUPPLIED}
        edition = shipped_edition(CIVIL)
        command = application(edition, "commitment", TOWER)
        kept = tuple(h for h in command.handed_in if h.material != "off_site_approval")
        play = Play(edition)
        play.must("applicant", c.File(**{**_fields(command), "handed_in": kept}), "2022-06-09")
        told = play.tell("window", c.TakeAction("accept"), "2022-06-09")
        assert told == Refused(Reason.MATERIALS_MISSING, ("off_site_approval",))

    def test_is_neither_put_off_nor_granted_without_a_ground(self):
        answers = {**TOWER, "off_site_reason": "no_ground"}
        refused = shut(shipped_edition(CIVIL), TrackName.COMMITMENT, answers)
        assert refused == Refused(Reason.EXCLUDED, ("no_lawful_reason",))
        play = accepted(CIVIL, "2022-06-09", "ordinary", answers)
        play.do("examiner", "examine", "2022-06-10", i.Opinion("grant", SEAL))
        pay(play, fee_of(play).balance_fen, "2022-06-10")
        told = play.tell("leader", c.TakeAction("grant"), "2022-06-13")
        assert told.reason is Reason.CONDITION_UNMET

    def test_of_a_pure_factory_is_zero_and_asks_for_no_approval(self):
        play = accepted(CIVIL, "2022-06-09", "ordinary", FACTORY)
        assert (fee_of(play).lines, fee_of(play).amount_fen) == ((), 0)
        assert "off_site_approval" not in play.case.materials

    def test_has_the_four_grounds_of_the_national_rule_and_no_other(self):
        questions = shipped_edition(CIVIL).questions
        assert [*questions["off_site_reason"].options] == [
            "shallow_pile_cap", "partial_first_floor", "bad_geology", "dense_surroundings",
            "no_ground",
        ]  # fmt: skip

    def test_is_reckoned_at_two_grades(self):
        lines = shipped_edition(CIVIL).definition.fees["off_site_fee"].lines
        assert {line.rate for line in lines.values()} == {"grade_6", "grade_6b"}
        assert {name for name, line in lines.items() if line.share} == {"other_buildings", "zone"}

    def test_halves_what_the_national_rule_halves(self):
        reliefs = shipped_edition(CIVIL).definition.fees["off_site_fee"].reliefs
        halved = {name for name, relief in reliefs.items() if relief.charged_per_10000 == 5000}
        assert halved == {"social_housing", "schools_and_care"}


class TestTheDueDate:
    """The earlier of six months after the construction permit and joint acceptance."""

    @BOTH
    def test_is_six_months_after_the_permit_if_that_comes_first(self, name):
        play = building(name, "2022-06-09", "2022-07-14")
        assert str(play.case.obligations[DUTY[name]].due) == "2023-01-16", "the 14th is a Saturday"

    @BOTH
    def test_is_the_application_for_joint_acceptance_if_that_comes_first(self, name):
        play = building(name, "2022-06-09", "2022-07-14")
        play.must("applicant", report("apply_for_joint_acceptance", "2022-09-29"), "2022-09-30")
        assert str(play.case.obligations[DUTY[name]].due) == "2022-09-29"


def _fields(command):
    return {name: getattr(command, name) for name in command.__struct_fields__}
