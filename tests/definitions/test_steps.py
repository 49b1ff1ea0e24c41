"""The arrows of a chart, and the places between them."""

from permits.definitions.steps import Step, leaf_paths, steps
from tests.definitions.charts import (
    shipped,
)

ORDINARY = {"case_track": "ordinary", "case_on_the_spot": False}
COMMITTED = {"case_track": "commitment", "case_on_the_spot": True}


def test_every_arrow_is_a_step_in_the_order_of_the_file():
    found = list(steps(shipped().part))
    assert found[0] == Step("accept", 0, "received", "examining", ())
    assert found[-1] == Step(None, 0, "refused", "refusal_served", ())
    assert Step("withdraw_commitment", 0, "proposed", "received", ("on_another_track",)) in found


def test_the_places_a_case_can_stand_in_are_plain_states_and_states_of_regions():
    places = list(leaf_paths(shipped().part))
    assert "received" in places
    assert "granted.delivery.to_deliver" in places
    assert "granted" not in places
