"""What the rest of the product relies on when a case moves."""

import threading

import pytest

from permits.definitions.chart import (
    Holder,
    Kernel,
    Offer,
    RunAway,
    Step,
    TransitionNotAllowed,
    around,
    leaf_paths,
    leaves_of,
    steps,
)
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


def test_a_case_begins_in_the_initial_state():
    assert shipped().start == ("received",)
    assert shipped().state(("received",))[1].code == 1


def test_an_action_leads_where_the_definition_says():
    chart = shipped()
    assert chart.take(("received",), "accept", {}, ORDINARY) == ("examining",)
    assert chart.take(("examining",), "examine", {}, ORDINARY) == ("proposed",)


def test_entering_a_state_with_regions_stands_in_the_first_of_each():
    granted = shipped().take(("proposed",), "grant", {}, ORDINARY)
    assert granted == ("granted.delivery.to_deliver", "granted.publication.to_publish")
    assert leaves_of(shipped().part, "granted") == granted


def test_a_state_is_left_when_the_last_of_its_regions_is_done():
    chart = shipped()
    leaves = leaves_of(chart.part, "granted")
    half = chart.take(leaves, "publish", {}, ORDINARY)
    assert half == ("granted.delivery.to_deliver", "granted.publication.published")
    assert chart.take(half, "deliver", {}, ORDINARY) == ("in_force",)
    assert chart.state(half)[0] == "granted"


def test_an_action_that_leaves_the_whole_state_leaves_every_region():
    half = ("granted.delivery.delivered", "granted.publication.to_publish")
    assert shipped().take(half, "revoke", {}, ORDINARY) == ("revoked",)


def test_an_action_that_is_not_open_moves_nothing():
    assert shipped().take(("received",), "grant", {}, ORDINARY) is None
    assert shipped().take(("concluded",), "conclude", {}, ORDINARY) is None
    assert shipped().take(("received",), "no_such_action", {}, ORDINARY) is None


def test_an_action_is_open_only_while_its_conditions_hold():
    chart = shipped()
    assert chart.take(("examining",), "grant_on_the_spot", {}, ORDINARY) is None
    assert chart.take(("examining",), "grant_on_the_spot", {}, COMMITTED) is not None


def test_what_is_offered_says_which_conditions_keep_it_shut():
    offers = shipped().offers(("examining",), {}, ORDINARY)
    assert Offer("suspend", ()) in offers
    assert Offer("grant_on_the_spot", ("decided_on_the_spot",)) in offers
    assert all(offer.action != "publish" for offer in offers)


def test_of_a_shut_action_the_move_that_lacks_least_is_told():
    leaves = leaves_of(AWKWARD, "model")
    offered = {o.action: o.unmet for o in awkward().offers(leaves, {"area": 9}, {})}
    assert offered["states"] == ("large", "ready")
    assert offered["prepare"] == ("named",)
    assert offered["configuration"] == ()


def test_actions_leave_the_leaves_and_the_state_around_them():
    half = ("granted.delivery.delivered", "granted.publication.to_publish")
    assert around(half) == (*half, "granted")
    assert around(("received",)) == ("received",)
    assert {o.action for o in shipped().offers(half, {}, ORDINARY)} == {
        "deregister",
        "publish",
        "revoke",
        "withdraw_grant",
    }


def test_with_an_order_the_first_open_move_is_taken():
    leaves = leaves_of(AWKWARD, "model")
    ready, named = {"ready": True, "kind": "^!"}, {"ready": True, "kind": "v"}
    assert "model.prepare.configuration" in awkward().take(leaves, "prepare", ready, {})
    assert "model.prepare.half" in awkward().take(leaves, "prepare", named, {})


def test_an_answer_is_kept_for_the_conditions_it_was_given_under_and_no_others():
    chart, leaves = awkward(), leaves_of(AWKWARD, "model")
    ready, named = {"ready": True, "kind": "^!"}, {"ready": True, "kind": "v"}
    first = chart.take(leaves, "prepare", ready, {})
    assert chart.take(leaves, "prepare", named, {}) != first
    assert chart.take(leaves, "prepare", {"ready": False, "kind": "^!"}, {}) is None
    assert chart.take(leaves, "prepare", ready, {}) == first


def test_the_moves_taken_are_told_with_those_that_follow_by_themselves():
    half = ("granted.delivery.to_deliver", "granted.publication.published")
    _, taken = shipped()._kernel.send(half, "deliver", {}, ORDINARY)
    assert taken == (
        Step("deliver", 0, half[0], "granted.delivery.delivered", ()),
        Step(None, 0, "granted", "in_force", ()),
    )


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


def no_guard(_step):
    return None


def live_step(kernel, machine, action, answers, facts):
    """The same action sent to a machine that was never set to anything."""
    holder: Holder = machine.model
    holder.answers, holder.facts, holder.taken = answers, facts, []
    try:
        machine.send(f"a__{action}")
    except TransitionNotAllowed:
        return None
    return kernel.read(machine), tuple(holder.taken)


STEPS = 12_000


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
    assert {leaf for leaves in places for leaf in leaves} | passed_through(chart) == set(
        leaf_paths(chart.part)
    )


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
def test_what_is_offered_open_can_be_taken_and_nothing_else(build):
    chart, pick = build(), seeded(7)
    actions, leaves = sorted(chart.part.actions), chart.start
    for _ in range(400):
        answers, facts = answers_of(pick), facts_of(pick)
        offered = {o.action for o in chart.offers(leaves, answers, facts) if not o.unmet}
        taken = {a: chart.take(leaves, a, answers, facts) for a in actions}
        assert {a for a, after in taken.items() if after is not None} == offered
        leaves = pick.choice([after for after in taken.values() if after] or [chart.start])


def test_threads_do_not_disturb_each_other():
    chart = awkward()
    expected = {seed: walk(awkward(), seed) for seed in range(8)}
    found = {}
    threads = [
        threading.Thread(target=lambda seed=seed: found.update({seed: walk(chart, seed)}))
        for seed in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == expected


def walk(chart, seed):
    pick, leaves, trail = seeded(seed), chart.start, []
    for _ in range(150):
        action = pick.choice(sorted(chart.part.actions))
        leaves = chart.take(leaves, action, answers_of(pick), {}) or leaves
        trail.append(leaves)
    return trail
