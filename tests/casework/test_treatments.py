"""What a track does with the materials of an application."""

from permits.casework.tracks import treatments
from permits.definitions.schema import TrackName, Treatment
from tests.kit import FIVE, plan_exempt


def test_the_ordinary_track_asks_for_five_materials_and_the_commitment_for_none() -> None:
    ordinary = treatments(plan_exempt(), TrackName.ORDINARY, {})
    committed = treatments(plan_exempt(), TrackName.COMMITMENT, {})
    assert tuple(ordinary) == tuple(committed) == FIVE
    assert set(ordinary.values()) == {Treatment.SUPPLIED}
    assert set(committed.values()) == {Treatment.EXEMPT}
