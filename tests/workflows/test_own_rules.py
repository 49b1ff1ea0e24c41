"""Each permit type has rules of its own: in the place of another type they do not hold."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from permits.definitions.edition import Edition
from permits.definitions.procedure import Milestone, Settled, WorksStage
from permits.definitions.reckoning import reckon
from permits.definitions.schema import Fee, Measure, TrackName, Treatment
from tests.definitions.shipped import edition
from tests.workflows.kinds import FOLDER

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


def _reckoned_from_planned_areas(one: Edition) -> bool:
    """The charge is for the areas of the planning permit, at a rate for each use."""
    asked = [line.fields for fee in one.definition.fees.values() for line in fee.lines.values()]
    return asked == [("housing_m2",), ("other_m2",)]


def _exempts_and_never_reduces(one: Edition) -> bool:
    """What a law spares it spares whole."""
    reliefs = [r for fee in one.definition.fees.values() for r in fee.reliefs.values()]
    return bool(reliefs) and {relief.charged_per_10000 for relief in reliefs} == {0}


def _off_site_approved_first(one: Edition) -> bool:
    """Payment is put off, never the approval to build elsewhere (河南省实施人民防空法办法
    art. 14)."""
    approval = one.definition.materials.get("off_site_approval")
    return bool(
        approval and approval.essential and {*approval.tracks.values()} == {Treatment.SUPPLIED}
    )


def _factories_owe_no_shelter(one: Edition) -> bool:
    """A pure factory has no civil-defence space to pay for (人民防空工程建设管理规定 art. 45)."""
    fees, asked = one.definition.fees.values(), "buildings_are" in one.questions
    return asked and [reckoned(one, fee, {"buildings_are": "factory"}) for fee in fees] == [0]


def _halves(one: Edition) -> bool:
    """Social housing, schools and care pay half (计价格〔2000〕474号)."""
    fees = one.definition.fees.values()
    halved = {n for fee in fees for n, r in fee.reliefs.items() if r.charged_per_10000 == 5000}
    return halved == {"social_housing", "schools_and_care"}


def _three_stages(one: Edition) -> bool:
    """Stages of the works, in their order, by one contractor."""
    tie = one.definition.project
    return tie is not None and tuple(tie.stages) == tuple(WorksStage)


def _seven_days(one: Edition) -> bool:
    """Decided in seven days on every track (建筑法 art. 8)."""
    limits = {(t.statutory, t.statutory_basis.law) for t in one.definition.tracks.values()}
    return limits == {("7wd", "construction_act")}


def _void_unless_begun(one: Edition) -> bool:
    """Void if not begun within three months of delivery, put off twice at most (art. 9)."""
    duty = one.definition.obligations.get("report_start")
    if duty is None or duty.lapse is None or duty.extension is None:
        return False
    begins = [(after.milestone, after.plus) for after in duty.due.earliest]
    return begins == [(Milestone.DELIVERED, "3m")] and duty.extension.times == 2


def _led_by_one_department(one: Edition) -> bool:
    """One department leads, and asks others."""
    return one.definition.joint_review is not None


def _forty_five_and_fifteen(one: Edition) -> bool:
    """Several departments have 45 working days and 15 more once (行政许可法 art. 42(2))."""
    clock = one.definition.clocks["statutory"]
    more = (clock.extension.times, clock.extension.each) if clock.extension else None
    limits = {track.statutory for track in one.definition.tracks.values()}
    return (limits, more) == ({"45wd"}, (1, "15wd"))


def _after_the_last_stage(one: Edition) -> bool:
    """Applied for once the last stage of the works was permitted."""
    tie = one.definition.project
    return tie is not None and tie.after == (WorksStage.SUPERSTRUCTURE,)


def _waits_for_completion(one: Edition) -> bool:
    """Neither filed nor granted while the project owes what shuts the completion inspection."""
    tie = one.definition.project
    passes = {gate for gates in tie.passes.values() for gate in gates} if tie else set()
    return passes == {"completion_inspection"} and "file" in (tie.passes if tie else ())


def _archives_later(one: Edition) -> bool:
    """Archives alone may follow, and are checked."""
    later = {
        name
        for name, material in one.definition.materials.items()
        if Treatment.DEFERRED in material.tracks.values()
    }
    return later == {"archives"}


def _looked_at_before(one: Edition) -> bool:
    """Two officers look at the building before it passes (行政许可法 art. 34(3))."""
    duties = one.definition.obligations.values()
    return any(duty.opens is Milestone.ACCEPTED and duty.verifiers >= 2 for duty in duties)


def reckoned(one: Edition, fee: Fee, answers: dict[str, str]) -> int | None:
    """What a fee comes to for answers, in fen."""
    conditions = one.conditions

    def holds(name: str | None) -> bool:
        return name is None or conditions[name].holds(answers, {})

    found = reckon(one.definition, fee, answers, holds, date(2022, 6, 9))
    return found.amount_fen if found is not None and not found.lines else None


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
    "infrastructure_charge": (_reckoned_from_planned_areas, _exempts_and_never_reduces),
    "civil_defence_fee": (_off_site_approved_first, _factories_owe_no_shelter, _halves),
    "staged_construction": (_three_stages, _seven_days, _void_unless_begun),
    "joint_review": (_led_by_one_department, _forty_five_and_fifteen),
    "completion_inspection": (
        _after_the_last_stage,
        _waits_for_completion,
        _archives_later,
        _looked_at_before,
    ),
}
RULES = [(name, rule) for name, rules in OWN.items() for rule in rules]
FILES = sorted(file.stem for file in FOLDER.glob("*.yaml"))


def test_every_permit_type_has_rules_of_its_own():
    assert sorted(OWN) == FILES


@pytest.mark.parametrize(("name", "rule"), RULES, ids=lambda given: getattr(given, "__name__", ""))
def test_a_rule_of_its_own_holds_for_one_permit_type_and_for_no_other(name: str, rule: Rule):
    assert [file for file in FILES if rule(edition(file))] == [name]
