"""Nine journeys, each whole and through pages alone, in the ways people make them: in Chinese and
English, on a desk and on a telephone, with scripts and without.

`make journeys` makes each of them in every way and keeps a picture of every page; run by itself
this file makes one way each, so that all ways occur.
"""

from collections.abc import Callable

import pytest

from tests.journeys import stories_of_offices as offices
from tests.journeys import stories_of_works as works
from tests.journeys.town import Album, People, Town
from tests.journeys.ways import Way, ways_of
from tests.web.housing import Housing

STORIES: dict[str, Callable[[Town], None]] = {
    "two-real-works": works.two_real_works,
    "fee-paid-late": works.a_fee_put_off_and_paid_late,
    "three-signers": works.three_signers_and_a_revocation,
    "shut-gate": works.a_staged_permit_with_a_shut_gate,
    "late-department": offices.a_joint_review_with_one_late_department,
    "entitlement": offices.an_entitlement_paid,
    "correction": offices.a_correction_round,
    "counter": offices.a_counter_filing,
    "verification": offices.a_verification_by_its_square,
}

MADE = [
    pytest.param(name, way, id=f"{name}-{way}")
    for number, name in enumerate(STORIES)
    for way in ways_of(number)
]


@pytest.fixture
def housing(make_housing: Callable[..., Housing], people: People) -> Housing:
    """An office whose documents name the address at which it answers."""
    return make_housing(address=people.address)


@pytest.mark.parametrize(("name", "way"), MADE)
def test_journey(name: str, way: Way, housing: Housing, people: People) -> None:
    town = Town(
        housing, people, way.language, way.width, scripts=way.scripts, album=Album(f"{name}/{way}")
    )
    STORIES[name](town)
