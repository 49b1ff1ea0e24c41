"""More traps of the library: what it makes of names, of time, and of what it is set to."""

import importlib.metadata
import json
import tomllib
from pathlib import Path

import pytest
import statemachine  # noqa: TID251 - the library itself is under test here
from statemachine import State, StateChart  # noqa: TID251
from statemachine.orderedset import OrderedSet  # noqa: TID251

from permits.definitions import kernel as kernel_module
from permits.definitions.chart import Chart
from permits.definitions.chart_part import Chart as ChartPart
from permits.definitions.kernel import Holder
from tests.definitions.charts import AWKWARD, BOTH, awkward, moves, part, region, shipped
from tests.definitions.library import (
    LENIENT,
    ORDINARY,
    STRICT,
    Model,
    joining,
    machine_class,
    two_states,
)

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
    for state in kernel_module._states(AWKWARD, lambda step: lambda _model: True).values():
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
