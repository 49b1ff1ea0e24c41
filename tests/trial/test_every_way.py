"""Every way on from every situation that the checker finds is gone by real cases."""

import pytest

from permits.definitions.procedure import Phase
from tests.kit import beijing
from tests.staged import CODE, Site, served, supplied
from tests.trial import kinds, rules
from tests.trial.drive import Drive
from tests.trial.world import Kept


def built():
    """A project in which everything was permitted and is finished."""
    site = Site()
    play = served(site.granted("whole", "2022-06-09"), "2022-06-09")
    supplied(play, "2022-06-10")
    supplied(play, "2022-06-10", "report_completion")
    return {CODE: site.project}


@pytest.mark.parametrize("permit", kinds.PERMITS)
def test_every_way_is_gone_or_shut_by_the_definition(permit, record_property):
    projects = built() if permit == "completion_inspection" else {}
    drive = Drive(kinds.edition(permit), beijing("2022-06-13"), projects)
    drive.go()
    told = [
        f"{', '.join(node.leaves)} ({node.track}) {sorted(node.clocks | node.obligations)}"
        f" —{edge.action or edge.obligation}→ {', '.join(edge.to.leaves)}"
        f" {sorted(edge.to.obligations)}: {said}"
        for (node, edge), said in drive.left().items()
    ]
    record_property(
        "tried",
        f"every way, {permit}: {len(drive.ways):,} ways gone by cases, {len(drive.never):,} shut by the"
        f" definition, {len(drive.stood):,} of {len(drive.space.edges):,} situations,"
        f" {sum(drive.tried.values()):,} commands",
    )
    assert not told, f"{len(told)} ways were not gone:\n" + "\n".join(told[:20])
    for case in drive.ended:
        kept = Kept(drive.edition, case, case)
        if rules.phase_of(kept, case) is Phase.ENDED:
            assert not rules.left_open(kept, case)
