"""Each permit type has rules of its own: in the place of another type they do not hold."""

from collections.abc import Callable, Mapping

import pytest

from permits.definitions.edition import Edition
from permits.definitions.procedure import Milestone, Settled
from permits.definitions.schema import Measure, TrackName, Treatment
from tests.workflows.kinds import FOLDER, edition

Rule = Callable[[Edition], bool]


def _signed_by_three(one: Edition) -> bool:
    """Developer, surveyor and designer commit together."""
    return any(
        commitment.signers == ("developer", "surveyor", "designer")
        for commitment in one.definition.commitments.values()
    )


def _certificate_later(one: Edition) -> bool:
    """The certificate comes later, with the report that owes it."""
    material = one.definition.materials.get("review_certificate")
    later = material and material.tracks[TrackName.COMMITMENT] is Treatment.DEFERRED
    brought = {duty.brings for duty in one.definition.obligations.values()}
    return bool(later) and "review_certificate" in brought


def _drawings_shut(one: Edition) -> bool:
    """Drawings are not used before they are certified (建设工程质量管理条例 art. 11)."""
    return ("works_started", "quality", "11") in _forbidden(one)


def _some_by_lot(one: Edition) -> bool:
    """Not every case is checked: those that are, are drawn by lot as it is decided."""
    duties = one.definition.obligations.values()
    return any(duty.sample and duty.opens is Milestone.GRANTED for duty in duties)


def _a_filing(one: Edition) -> bool:
    """It is filed, not permitted."""
    return one.definition.permit.measure is Measure.FILING


def _permanent_works_shut(one: Edition) -> bool:
    """No permanent works before the construction permit (建筑法 art. 7)."""
    return (Milestone.PERMANENT_WORKS_STARTED, "construction_act", "7") in _forbidden(one)


def _no_piles(one: Edition) -> bool:
    """Piles are permanent, whatever else is begun early."""
    excluded = one.definition.exclusions.get("permanent_works")
    return bool(excluded and "piling" in one.definition.conditions[excluded.when].when)


def _exempted_by_list(one: Edition) -> bool:
    """The rows of a list exempt from the permit."""
    return one.definition.permit.measure is Measure.EXEMPTED and bool(one.definition.list)


def _five_spared(one: Edition) -> bool:
    """Five materials are spared at once."""
    spared = [m.tracks[TrackName.COMMITMENT] for m in one.definition.materials.values()]
    return spared == [Treatment.EXEMPT] * 5


def _committed_to(one: Edition) -> bool:
    """What is to come is committed to, and admitted on that."""
    return one.definition.permit.measure is Measure.COMMITTED


def _settles_the_scheme(one: Edition) -> bool:
    """The design scheme that came with the land counts for the whole project."""
    tie = one.definition.project
    return tie is not None and tie.settles == (Settled.DESIGN_SCHEME,)


def _denser_than_one_point_six(one: Edition) -> bool:
    """A floor-area ratio of 1.6 is not enough."""
    dense = one.definition.conditions.get("dense_enough")
    return dense is not None and dense.when == "far_percent > 160"


def _checked_in_full_production(one: Edition) -> bool:
    """Officers check what is produced, within months of full production."""
    return any(
        duty.settled_by == "verification"
        and any(after.milestone is Milestone.PRODUCTION_REACHED for after in duty.due.earliest)
        for duty in one.definition.obligations.values()
    )


def _forbidden(one: Edition) -> set[tuple[str, str | None, str | None]]:
    duties = one.definition.obligations.values()
    forbidden = [duty.forbids for duty in duties if duty.forbids is not None]
    return {(one.milestone, one.basis.law, one.basis.article) for one in forbidden}


OWN: Mapping[str, tuple[Rule, ...]] = {
    "plan_exempt": (_exempted_by_list, _five_spared),
    "drawing_review": (
        _signed_by_three,
        _certificate_later,
        _drawings_shut,
        _some_by_lot,
    ),
    "early_start": (_a_filing, _permanent_works_shut, _no_piles),
    "industrial_plot": (
        _committed_to,
        _settles_the_scheme,
        _denser_than_one_point_six,
        _checked_in_full_production,
    ),
}
RULES = [(name, rule) for name, rules in OWN.items() for rule in rules]
FILES = sorted(file.stem for file in FOLDER.glob("*.yaml"))


@pytest.mark.parametrize(("name", "rule"), RULES, ids=lambda given: getattr(given, "__name__", ""))
def test_a_rule_of_its_own_holds_for_one_permit_type_and_for_no_other(name: str, rule: Rule):
    assert [file for file in FILES if rule(edition(file))] == [name]
