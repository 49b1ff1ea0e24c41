"""The machine under a chart moves like one that lives on, and hears what goes wrong."""

import pytest

from permits.definitions.kernel import Holder, Kernel, RunAway, TransitionNotAllowed
from permits.definitions.steps import Step, leaf_paths, leaves_of
from tests.definitions.charts import (
    AWKWARD,
    BOTH,
    answers_of,
    awkward,
    facts_of,
    moves,
    part,
    seeded,
    shipped,
)

ORDINARY = {"case_track": "ordinary", "case_on_the_spot": False}
COMMITTED = {"case_track": "commitment", "case_on_the_spot": True}


def test_the_moves_taken_are_told_with_those_that_follow_by_themselves():
    half = ("granted.delivery.to_deliver", "granted.publication.published")
    _, taken = shipped()._kernel.send(half, "deliver", {}, ORDINARY)
    assert taken == (
        Step("deliver", 0, half[0], "granted.delivery.delivered", ()),
        Step(None, 0, "granted", "in_force", ()),
    )


@pytest.mark.parametrize(
    "leaves",
    [
        (),
        ("nowhere",),
        ("received", "examining"),
        ("received", "received"),
        ("granted",),
        ("granted.delivery.to_deliver",),
        ("granted.delivery.to_deliver", "granted.delivery.delivered"),
        ("granted.delivery.to_deliver", "granted.publication.nowhere"),
        ("granted.delivery.to_deliver", "refused.publication.to_publish"),
        ("granted.delivery.to_deliver", "granted.publication.to_publish", "received"),
        ("received.delivery.to_deliver",),
        ("granted.delivery", "granted.publication"),
    ],
)
def test_a_case_cannot_stand_where_the_chart_has_no_place(leaves):
    with pytest.raises(ValueError, match="no such place in the chart"):
        shipped().take(leaves, "revoke", {}, ORDINARY)


def test_where_a_case_stands_may_be_given_in_any_order():
    leaves = leaves_of(AWKWARD, "model")
    chart = awkward()
    forward = chart.take(leaves, "model", {}, {})
    assert chart.take(leaves[::-1], "model", {}, {}) == forward
    assert forward == ("model.planning.asked", *leaves[1:])


def test_a_guard_that_raises_is_heard_and_changes_nothing():
    def broken(step):
        def guard(_model):
            raise ZeroDivisionError(step.action)

        return guard if step.action == "send" else None

    kernel = Kernel(AWKWARD, broken)
    with pytest.raises(ZeroDivisionError):
        kernel.send(("states",), "send", {}, {})
    assert kernel.send(("joined",), "recall", {}, {})[0] == ("states",)


def test_only_true_opens_an_action():
    async def later():
        return False

    waiting = later()
    for truthy in (1, "yes", [0], waiting):
        kernel = Kernel(AWKWARD, lambda _step, given=truthy: lambda _model: given)
        assert kernel.send(("states",), "send", {}, {}) is None
    waiting.close()


def no_guard(_step):
    return None


def test_moves_that_never_come_to_rest_are_stopped():
    # The checker refuses a region that begins at its end.
    at_its_end = {"a": {"x": {"title": BOTH, "final": True}, "y": {"title": BOTH}}}
    endless = part(
        {
            "states": {},
            "to": {"regions": at_its_end, "done": "fro"},
            "fro": {"regions": at_its_end, "done": "to"},
        },
        {"go": moves("states > to"), "stay": moves("to > states")},
    )
    kernel = Kernel(endless, no_guard)
    with pytest.raises(RunAway):
        kernel.send(("states",), "go", {}, {})
    assert kernel.send(("states",), "stay", {}, {}) is None


STEPS = 12_000

BY_A_COURT = frozenset({"annulled", "refusal_annulled"})
"""No action leads there: the case is placed there when its decision is annulled."""


def live_step(kernel, machine, action, answers, facts):
    """The same action sent to a machine that was never set to anything."""
    holder: Holder = machine.model
    holder.answers, holder.facts, holder.taken = answers, facts, []
    try:
        machine.send(f"a__{action}")
    except TransitionNotAllowed:
        return None
    return kernel.read(machine), tuple(holder.taken)


def passed_through(chart):
    """Final states of regions of which a case may never see the last one at rest."""
    return {
        f"{name}.{region}.{leaf}"
        for name, state in chart.part.states.items()
        for region, inner in state.regions.items()
        for leaf, one in inner.items()
        if one.final
    }


@pytest.mark.parametrize("build", [shipped, awkward])
def test_a_machine_set_anew_each_time_moves_like_one_that_lives_on(build):
    chart, pick = build(), seeded(20220609)
    kernel, actions = chart._kernel, sorted(chart.part.actions)
    walked, places = 0, set()
    while walked < STEPS:
        machine, leaves = kernel.fresh(), chart.start
        answers, facts = answers_of(pick), facts_of(pick)
        assert kernel.read(machine) == leaves
        for _ in range(40):
            if pick.random() < 0.2:
                answers, facts = answers_of(pick), facts_of(pick)
            open_now = [o.action for o in chart.offers(leaves, answers, facts) if not o.unmet]
            action = pick.choice(open_now or actions if pick.random() < 0.6 else actions)
            lived = live_step(kernel, machine, action, answers, facts)
            assert kernel.send(leaves, action, answers, facts) == lived
            assert chart.take(leaves, action, answers, facts) == (lived[0] if lived else None)
            leaves = lived[0] if lived else leaves
            places.add(leaves)
            walked += 1
    walked_to = {leaf for leaves in places for leaf in leaves} | passed_through(chart)
    assert walked_to == set(leaf_paths(chart.part)) - BY_A_COURT
