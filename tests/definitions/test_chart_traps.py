"""Each trap of the state machine library, shown to be there still, and how the chart avoids it.

A trap that is gone is news: the version is pinned exactly, and these tests say what to look at
when it is raised.
"""

import importlib.metadata
import json
import tomllib
import warnings
from pathlib import Path

import pytest
import statemachine  # noqa: TID251 - the library itself is under test here
from statemachine import State, StateChart  # noqa: TID251
from statemachine.io import create_machine_class_from_definition as machine_class  # noqa: TID251
from statemachine.orderedset import OrderedSet  # noqa: TID251

from permits.definitions import chart as chart_module
from permits.definitions.chart import Chart, Holder, Kernel, RunAway
from permits.definitions.chart_part import Chart as ChartPart
from permits.definitions.conditions import compile_condition
from tests.definitions.charts import AWKWARD, BOTH, awkward, moves, part, region, shipped

ORDINARY = {"case_track": "ordinary", "case_on_the_spot": False}
STRICT = {"catch_errors_as_events": False, "allow_event_without_transition": False}
LENIENT = {"validate_disconnected_states": False, "validate_trap_states": False}


class Model:
    """A model as the library wants one: anything with a `state`."""

    state = None


def two_states(on=None, cond=None, **flags):
    """A class with one arrow from `a` to `b`."""
    arrow = {"target": "b", **({"on": on} if on else {}), **({"cond": cond} if cond else {})}
    states = {"a": {"initial": True, "on": {"go": [arrow]}}, "b": {}}
    return machine_class("Two", states=states, **LENIENT, **flags)


def raising(*_given):
    raise ZeroDivisionError


def simple(*arrows, **states):
    """A chart of ours with the one action `go`."""
    return part({"states": {}, "there": {}, **states}, {"go": moves(*arrows)})


# 1. An effect that raises still changes the state, and nobody hears of it.


def test_trap_1_an_effect_that_raises_still_moves_and_is_not_heard():
    machine = two_states(on=raising)()
    assert machine.send("go") is None
    assert list(machine.configuration_values) == ["b"]


def test_chart_1_a_fault_while_moving_is_heard_and_moves_nothing(monkeypatch):
    kernel = Kernel(simple("states > there"), lambda _step: None)
    monkeypatch.setattr(chart_module, "MOST_MOVES", 0)
    with pytest.raises(RunAway):
        kernel.send(("states",), "go", {}, {})
    monkeypatch.undo()
    assert kernel.send(("states",), "go", {}, {})[0] == ("there",)


# 2. What raises after a step leaves that step done.


def joining(after):
    """A state that is left by itself once its inner state is done."""
    inner = {"i": {"initial": True, "on": {"go": [{"target": "f"}]}}, "f": {"final": True}}
    joined = {"done.state.a": [{"target": "b", "on": after}]}
    states = {"a": {"initial": True, "states": inner, "on": joined}, "b": {}}
    return machine_class("Joining", states=states, **STRICT, **LENIENT)


def test_trap_2_a_fault_in_a_following_step_leaves_the_first_step_done():
    machine = joining(raising)()
    with pytest.raises(ZeroDivisionError):
        machine.send("go")
    assert "f" in machine.configuration_values


def test_chart_2_a_fault_in_a_following_step_spoils_nothing_that_comes_after(monkeypatch):
    chart = shipped()
    half = ("granted.delivery.to_deliver", "granted.publication.published")
    monkeypatch.setattr(chart_module, "MOST_MOVES", 1)
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


# 7. An event matches every event that begins with its name and a dot.


def dotted():
    """Two departments whose join has a name that begins like theirs."""

    def department(name):
        return {
            "states": {
                f"{name}.i": {
                    "initial": True,
                    "on": {f"go_{name[-1]}": [{"target": f"{name}.f"}]},
                },
                f"{name}.f": {"final": True},
            }
        }

    rev = {
        "initial": True,
        "parallel": True,
        "states": {name: department(name) for name in ("rev.a", "rev.b")},
        "on": {"done.state.rev": [{"target": "out"}]},
    }
    return machine_class("Dotted", states={"rev": rev, "out": {}}, **STRICT, **LENIENT)


def test_trap_7_a_join_of_two_departments_fires_after_one():
    machine = dotted()()
    machine.send("go_a")
    assert list(machine.configuration_values) == ["out"]


def test_chart_7_a_join_waits_for_every_region():
    joined = part(
        {
            "states": {"regions": {"a": region("i", "f"), "b": region("i", "f")}, "done": "out"},
            "out": {},
        },
        {"go": moves("states.a.i > states.a.f"), "on_too": moves("states.b.i > states.b.f")},
    )
    chart = Chart(joined, {})
    half = chart.take(chart.start, "go", {}, {})
    assert half == ("states.a.f", "states.b.i")
    assert chart.take(half, "on_too", {}, {}) == ("out",)
    assert not any("." in value for value in chart._kernel._order)


# 8. The event that joins can be sent from outside.


def test_trap_8_a_join_can_be_sent_by_anybody():
    machine = joining(lambda: None)()
    machine.send("done.state.a")
    assert list(machine.configuration_values) == ["b"]


@pytest.mark.parametrize(
    "action",
    [
        "done.state.s__granted",
        "done.state.granted",
        "a__deliver",
        "deliver.x",
        "error.execution",
        "",
    ],
)
def test_chart_8_only_actions_of_the_definition_can_be_sent(action):
    chart = shipped()
    leaves = chart.take(("proposed",), "grant", {}, ORDINARY)
    assert chart.take(leaves, action, {}, ORDINARY) is None


# 9. Ids that are also names of the machine's own.


def clashing(state="a", event="go"):
    states = {state: {"initial": True, "on": {event: [{"target": "b"}]}}, "b": {}}
    return machine_class("Clash", states=states, **LENIENT)


OWN = (TypeError, AttributeError, statemachine.exceptions.StateMachineError)


@pytest.mark.parametrize("name", ["model", "states", "send", "configuration", "prepare"])
def test_trap_9_a_state_with_a_name_of_the_machines_own_breaks_it(name):
    with pytest.raises(OWN):
        clashing(state=name)().send("go")


@pytest.mark.parametrize("name", ["model", "states", "configuration", "__init__"])
def test_trap_9_an_event_with_a_name_of_the_machines_own_breaks_it(name):
    with pytest.raises(OWN):
        clashing(event=name)().send(name)


def test_trap_9_an_event_with_a_blank_in_its_name_becomes_several():
    machine = clashing(event="go on")()
    machine.send("on")
    assert list(machine.configuration_values) == ["b"]


def test_chart_9_such_names_are_like_any_other():
    chart = awkward()
    inside = chart.take(("states",), "send", {"ready": True}, {})
    assert chart.take(inside, "model", {}, {})[0] == "model.planning.asked"
    assert chart.take(inside, "drop_out", {"kind": "v"}, {}) == ("configuration",)


@pytest.mark.parametrize("name", ["__init__", "has blank", "dotted.name", "Upper", "a__b", "a_"])
def test_chart_9_names_that_could_run_into_each_other_are_refused(name):
    written = {"initial": name, "states": {}, "actions": {}}
    with pytest.raises(ValueError, match="pattern"):
        ChartPart.model_validate_json(json.dumps(written))


# 10. Time, threads, callbacks by name, order, and what a restored machine is taken for.


def test_trap_10_a_delayed_event_holds_its_caller_until_it_has_happened():
    machine = two_states()()
    machine.send("go", delay=20)
    assert list(machine.configuration_values) == ["b"]


def test_trap_10_a_models_method_is_called_for_its_name():
    called = []
    model = Model()
    model.on_go = lambda: called.append("on_go")
    two_states()(model).send("go")
    assert called == ["on_go"]


def test_trap_10_the_order_of_states_after_a_compound_one_is_not_unique():
    inner = {"i": {"initial": True}, "j": {}}
    states = {"a": {"initial": True, "states": inner}, "b": {}, "c": {}}
    built = machine_class("Order", states=states, **LENIENT)
    orders = [state.document_order for state in built.states_map.values()]
    assert len(orders) > len(set(orders))


def test_trap_10_building_empties_the_dict_it_is_given():
    states = {"a": {"initial": True, "on": {"go": [{"target": "b"}]}}, "b": {}}
    machine_class("Emptied", states=states, **LENIENT)
    assert states != {"a": {"initial": True, "on": {"go": [{"target": "b"}]}}, "b": {}}


def side_by_side():
    def inner(name):
        begin = {"initial": True, "on": {f"go_{name}": [{"target": f"{name}_f"}]}}
        return {"states": {f"{name}_i": begin, f"{name}_f": {"final": True}}}

    both = {"initial": True, "parallel": True, "states": {"x": inner("x"), "y": inner("y")}}
    return machine_class("Side", states={"p": both, "out": {}}, **STRICT, **LENIENT)


def test_trap_10_a_machine_set_to_leaves_alone_forgets_what_is_around_them():
    model = Model()
    model.state = OrderedSet(["x_i", "y_i"])
    machine = side_by_side()(model)
    machine.send("go_x")
    assert "p" not in machine.configuration_values


def test_trap_10_a_machine_can_be_set_to_what_contradicts_itself():
    model = Model()
    model.state = OrderedSet(["p", "x", "x_i", "x_f"])
    machine = side_by_side()(model)
    assert list(machine.configuration_values) == ["p", "x", "x_i", "x_f"]


def test_chart_10_there_is_nothing_but_targets_guards_and_a_note_of_the_move():
    parts = {"target", "on", "cond"}
    for state in chart_module._states(AWKWARD, lambda step: lambda _model: True).values():
        inner = [leaf for r in state.get("states", {}).values() for leaf in r["states"].values()]
        for one in (state, *inner):
            assert one.keys() <= {"on", "initial", "final", "parallel", "states"}
            assert all(arrow.keys() <= parts for arrows in one["on"].values() for arrow in arrows)


def test_chart_10_the_model_is_nothing_but_what_the_guards_read():
    holder = Holder()
    names = {name for name in dir(holder) if not name.startswith("__")}
    assert names == {"answers", "facts", "state", "taken"}
    with pytest.raises(AttributeError):
        holder.on_a__accept = print


def test_chart_10_a_case_stands_where_it_stands_whatever_the_order():
    chart = awkward()
    inside = chart.take(("states",), "send", {"ready": True}, {})
    one = ("model.planning.model", "model.fire.send", inside[2])
    for leaves in (one, one[::-1], (one[1], one[2], one[0])):
        assert chart.take(leaves, "prepare", {"ready": True, "kind": "^!"}, {}) == ("joined",)


def test_chart_10_a_definition_makes_as_many_charts_as_are_wanted():
    first, second = shipped(), shipped()
    assert first.take(("received",), "accept", {}, ORDINARY) == ("examining",)
    assert second.take(("received",), "accept", {}, ORDINARY) == ("examining",)


# 11. A patch release of the library changes how it behaves.


def test_chart_11_the_version_is_pinned_exactly():
    project = Path(__file__).parents[2] / "pyproject.toml"
    wanted = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["dependencies"]
    installed = importlib.metadata.version("python-statemachine")
    assert f"python-statemachine=={installed}" in wanted


# 12. What is sent from inside a callback waits, and answers nothing.


class Nested(StateChart):
    a = State(initial=True)
    b = State()
    c = State()
    go = a.to(b)
    on_from_b = b.to(c)
    back = c.to(a)
    answered = "nothing yet"

    def on_go(self):
        self.answered = self.send("on_from_b")
        self.seen = list(self.configuration_values)


def test_trap_12_an_event_sent_inside_a_callback_waits_and_answers_nothing():
    machine = Nested()
    machine.send("go")
    assert machine.answered is None
    assert machine.seen != ["c"]
    assert list(machine.configuration_values) == ["c"]


def test_chart_12_one_action_is_one_answer():
    chart = shipped()
    assert chart.take(("received",), "accept", {}, ORDINARY) == ("examining",)
    assert chart.take(("received",), "accept", {}, ORDINARY) == ("examining",)


def test_a_state_with_a_single_region_is_left_when_that_is_done():
    single = part(
        {"states": {"regions": {"a": region("i", "f")}, "done": "out"}, "out": {"title": BOTH}},
        {"go": moves("states.a.i > states.a.f")},
    )
    chart = Chart(single, {})
    assert chart.take(chart.start, "go", {}, {}) == ("out",)
