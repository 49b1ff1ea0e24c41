"""What the rest of the product relies on when a case moves."""

import threading

import pytest

from permits.definitions.chart import Offer
from permits.definitions.steps import around, leaves_of
from tests.definitions.charts import (
    AWKWARD,
    answers_of,
    awkward,
    facts_of,
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
