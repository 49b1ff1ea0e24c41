"""Each trap of the state machine library, shown to be there still, and how the chart avoids it.

A trap that is gone is news: the version is pinned exactly, and these tests say what to look at
when it is raised.
"""

import warnings

import pytest
import statemachine  # noqa: TID251 - the library itself is under test here

from permits.definitions import kernel as kernel_module
from permits.definitions.chart import Chart
from permits.definitions.conditions import compile_condition
from permits.definitions.kernel import Kernel, RunAway
from tests.definitions.charts import AWKWARD, shipped
from tests.definitions.library import (
    ORDINARY,
    STRICT,
    Model,
    joining,
    raising,
    simple,
    two_states,
)

# 1. An effect that raises still changes the state, and nobody hears of it.


def test_trap_1_an_effect_that_raises_still_moves_and_is_not_heard():
    machine = two_states(on=raising)()
    assert machine.send("go") is None
    assert list(machine.configuration_values) == ["b"]


def test_chart_1_a_fault_while_moving_is_heard_and_moves_nothing(monkeypatch):
    kernel = Kernel(simple("states > there"), lambda _step: None)
    monkeypatch.setattr(kernel_module, "MOST_MOVES", 0)
    with pytest.raises(RunAway):
        kernel.send(("states",), "go", {}, {})
    monkeypatch.undo()
    assert kernel.send(("states",), "go", {}, {})[0] == ("there",)


# 2. What raises after a step leaves that step done.


def test_trap_2_a_fault_in_a_following_step_leaves_the_first_step_done():
    machine = joining(raising)()
    with pytest.raises(ZeroDivisionError):
        machine.send("go")
    assert "f" in machine.configuration_values


def test_chart_2_a_fault_in_a_following_step_spoils_nothing_that_comes_after(monkeypatch):
    chart = shipped()
    half = ("granted.delivery.to_deliver", "granted.publication.published")
    monkeypatch.setattr(kernel_module, "MOST_MOVES", 1)
    with pytest.raises(RunAway):
        chart.take(half, "deliver", {}, ORDINARY)
    monkeypatch.undo()
    assert chart.take(half, "deliver", {}, ORDINARY) == ("in_force",)


# 3. What is not known or not allowed is passed over in silence.


def test_trap_3_unknown_and_disallowed_events_are_passed_over():
    machine = two_states()()
    machine.send("no_such_event")
    machine.send("go")
    machine.send("go")
    assert list(machine.configuration_values) == ["b"]


def test_chart_3_unknown_and_disallowed_actions_are_refused():
    assert shipped().take(("received",), "no_such_action", {}, ORDINARY) is None
    assert shipped().take(("received",), "publish", {}, ORDINARY) is None


# 4. A guard that raises counts as not taken, and its event as enabled.


def test_trap_4_a_guard_that_raises_is_swallowed_and_its_event_offered():
    machine = two_states(cond=raising)()
    machine.send("go")
    assert list(machine.configuration_values) == ["a"]
    assert [event.id for event in machine.enabled_events()] == ["go"]


def test_chart_4_a_guard_that_raises_is_heard_wherever_it_is_asked():
    broken = {
        name: compile_condition(name, "1 / 0 > 1") for name in ("ready", "large", "small", "named")
    }
    chart = Chart(AWKWARD, broken)
    with pytest.raises(ZeroDivisionError):
        chart.take(("states",), "send", {}, {})
    with pytest.raises(ZeroDivisionError):
        chart.offers(("states",), {}, {})


# 5. A coroutine given as a guard opens what it should keep shut.


def guard_named_like_another(*, later):
    if later:

        async def guard(model):
            return False
    else:

        def guard(model):
            return False

    guard.__qualname__ = "guard"
    return guard


def test_trap_5_a_coroutine_named_like_a_plain_guard_opens_the_way():
    plain = two_states(cond=guard_named_like_another(later=False), **STRICT)
    with pytest.raises(statemachine.exceptions.TransitionNotAllowed):
        plain().send("go")
    machine = two_states(cond=guard_named_like_another(later=True), **STRICT)()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # the coroutine nobody awaited
        machine.send("go")
    assert list(machine.configuration_values) == ["b"]


def test_chart_5_a_coroutine_opens_nothing():
    made = []

    def guard(_model):
        made.append(guard_named_like_another(later=True)(None))
        return made[-1]

    kernel = Kernel(simple("states > there"), lambda _step: guard)
    assert kernel.send(("states",), "go", {}, {}) is None
    assert len(made) == 1
    made[0].close()


# 6. A guard written as text is rewritten inside its quotes.


@pytest.mark.parametrize("value", ["v", "a v b"])
def test_trap_6_a_text_guard_is_rewritten_inside_its_quotes(value):
    model = Model()
    model.kind = value
    machine = two_states(cond=f"kind == '{value}'")(model)
    machine.send("go")
    assert list(machine.configuration_values) == ["a"]


@pytest.mark.parametrize("value", ["v", "a v b", "^", "!", "a ^ b", "not", "and or"])
def test_chart_6_a_condition_means_what_is_quoted(value):
    named = compile_condition("named", f"kind == '{value}'")
    chart = Chart(simple("states > there if named"), {"named": named})
    assert chart.take(("states",), "go", {"kind": value}, {}) == ("there",)
    assert chart.take(("states",), "go", {"kind": value + " "}, {}) is None
