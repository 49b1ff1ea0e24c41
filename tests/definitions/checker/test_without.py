"""What the checker leaves out when a part it needs is not there, or is too much to be tried."""

from types import SimpleNamespace

from permits.definitions import checker
from permits.definitions.checker import decisions, references
from permits.definitions.checker.applications import Applications, TooWide
from permits.definitions.checker.space import MOST_NODES, explore
from permits.definitions.conditions import compile_all
from permits.definitions.kernel import Kernel
from tests.definitions.shipped import changed, data, definition
from tests.kit import plan_exempt


def test_an_action_that_no_chart_has_leads_nowhere():
    chart = plan_exempt().chart
    assert chart.take(("received",), "nonsense", {}, {}) is None
    assert Kernel(chart.part, lambda _step: None).send(("received",), "nonsense", {}, {}) is None


def test_of_conditions_that_could_not_be_compiled_nothing_is_asked():
    assert list(checker._of_applications(definition(), data(), {})) == []


def test_a_law_is_looked_for_only_where_a_basis_stands():
    parts = [(("permit", "basis"), {"law": "a"}), (("permit", "stray"), {"law": "b"})]
    assert [law for _path, law in references._laws(parts)] == ["a"]


def test_what_is_too_wide_to_be_tried_is_not_taken_for_granted():
    class Wide:
        def admitted(self, *_asked):
            raise TooWide

    proof = SimpleNamespace(
        definition=definition(), applications=Wide(), certain=lambda _node: frozenset()
    )
    node = SimpleNamespace(leaves=("examining",), track="commitment")
    assert not decisions._granted_at_once(proof, node)


def test_a_track_that_no_sample_may_use_is_told():
    def only_outside(found):
        answers = found["samples"]["emergency"]["answers"] | {"listed_as": "not_listed"}
        found["samples"] = {"outside": {"answers": answers, "tracks": ["ordinary"]}}

    told = [finding.path for finding in changed(only_outside) if finding.rule == "sample.unseen"]
    assert ("tracks", "commitment") in told


def test_as_many_situations_are_told_as_the_chart_was_driven_through():
    applications = Applications(definition(), compile_all(definition()))
    found = explore(applications, MOST_NODES)
    assert found.whole
    assert checker.situations(definition()) == len(found.edges) > 0
