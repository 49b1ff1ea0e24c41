"""Where actions lead, told by conditions that hold as they are told to."""

from permits.definitions.checker.roads import Roads, roads_of
from permits.definitions.schema import Chart
from tests.definitions.shipped import definition

CHART = definition().chart
SPOT = frozenset({"decided_on_the_spot"})
NONE = frozenset[str]()


def test_only_what_leaves_a_place_is_asked():
    roads = Roads(CHART)
    assert roads.leaving(("correcting",)) == [
        "refuse_acceptance", "supply_corrections", "withdraw", "withdraw_commitment"]  # fmt: skip
    assert roads.asked(("examining",), "grant_on_the_spot") == SPOT
    assert roads.asked(("examining",), "grant") == NONE


def test_an_action_that_leaves_the_state_around_leaves_the_places_inside():
    half = ("granted.delivery.delivered", "granted.publication.to_publish")
    assert Roads(CHART).leaving(half) == ["publish", "revoke"]


def test_an_action_is_certain_if_it_is_open_whatever_comes_of_its_conditions():
    roads = Roads(CHART)
    (open_,) = roads.ways(("examining",), "grant_on_the_spot", [SPOT])
    assert open_.certain
    assert open_.leaves[0].startswith("granted.")
    (sometimes,) = roads.ways(("examining",), "grant_on_the_spot", [SPOT, NONE])
    assert not sometimes.certain
    assert roads.ways(("examining",), "grant_on_the_spot", [NONE]) == ()
    assert roads.ways(("examining",), "grant", [NONE]) == ()


def test_charts_that_are_alike_have_the_same_roads():
    alike = Chart.model_validate_json(CHART.model_dump_json(by_alias=True))
    assert roads_of(alike) is roads_of(CHART)
    other = CHART.model_copy(update={"initial": "examining"})
    assert roads_of(other) is not roads_of(CHART)
