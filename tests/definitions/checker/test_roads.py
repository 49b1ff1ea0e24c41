"""Where actions lead, told by conditions that hold as they are told to."""

import json

from permits.definitions.checker.roads import Roads, roads_of
from permits.definitions.schema import Chart
from tests.definitions.changes import setting
from tests.definitions.shipped import data, definition

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
    assert Roads(CHART).leaving(half) == [
        "deregister",
        "publish",
        "revoke",
        "withdraw_grant",
    ]


def test_an_action_is_certain_if_it_is_open_whatever_comes_of_its_conditions():
    roads = Roads(CHART)
    (open_,) = roads.ways(("examining",), "grant_on_the_spot", [SPOT])
    assert open_.certain
    assert open_.leaves[0].startswith("granted.")
    (sometimes,) = roads.ways(("examining",), "grant_on_the_spot", [SPOT, NONE])
    assert not sometimes.certain
    assert roads.ways(("examining",), "grant_on_the_spot", [NONE]) == ()
    assert roads.ways(("examining",), "grant", [NONE]) == ()


def changed(**paths):
    """The shipped chart after a change."""
    copied = data()
    setting(**{f"chart__{path}": value for path, value in paths.items()})(copied)
    return Chart.model_validate_json(json.dumps(copied["chart"]))


def test_charts_with_the_same_arrows_have_the_same_roads():
    assert roads_of(changed()) is roads_of(CHART)
    assert roads_of(changed(states__revoked__code=13)) is roads_of(CHART)
    assert roads_of(changed(actions__accept__by=["leader"])) is roads_of(CHART)


def test_charts_with_other_places_or_arrows_have_not():
    for other in (
        changed(initial="examining"),
        changed(actions__accept__moves__0__to="proposed"),
        changed(actions__accept__needs=["will_break_road"]),
        changed(states__granted__regions__delivery__delivered__final=False),
        changed(states__granted__done="concluded"),
    ):
        assert roads_of(other) is not roads_of(CHART)
