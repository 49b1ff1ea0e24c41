"""The situations that the checker finds for a permit type, and in which of them a case stands."""

from permits.casework.case import Case
from permits.definitions.checker.applications import Applications
from permits.definitions.checker.space import MOST_NODES, Space, explore
from permits.definitions.edition import Edition
from permits.definitions.procedure import Milestone, Phase
from permits.definitions.schema import TrackName
from tests.trial.world import Kept

Situation = tuple[tuple[str, ...], TrackName, frozenset[str], frozenset[str], bool]

_FOUND: dict[str, tuple[Space, frozenset[Situation]]] = {}


def space_of(one: Edition) -> Space:
    """Every situation of a permit type, as the checker finds them."""
    return _found(one)[0]


def situations(one: Edition) -> frozenset[Situation]:
    return _found(one)[1]


def _found(one: Edition) -> tuple[Space, frozenset[Situation]]:
    if one.digest not in _FOUND:
        space = explore(Applications(one.definition, one.conditions), MOST_NODES)
        assert space.whole
        known = {(n.leaves, n.track, n.clocks, n.obligations, n.examined) for n in space.edges}
        _FOUND[one.digest] = space, frozenset(known)
    return _FOUND[one.digest]


def situation(case: Case) -> Situation:
    """Where a case stands, as the checker tells situations apart. With an annulment that is not
    decided on anew the opinion behind the decision counts no more."""
    return (
        case.leaves,
        TrackName(case.track),
        frozenset(name for name, clock in case.clocks.items() if clock.running),
        frozenset(name for name, held in case.obligations.items() if held.status == "open"),
        case.opinion is not None and Milestone.ANNULLED not in case.milestones,
    )


def phase_of(one: Kept, case: Case) -> Phase:
    return one.edition.chart.state(case.leaves)[1].phase
