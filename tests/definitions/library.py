"""The state machine library as its own documentation shows it, for what goes wrong that way."""

from statemachine.io import create_machine_class_from_definition as machine_class  # noqa: TID251

from tests.definitions.charts import moves, part

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


def joining(after):
    """A state that is left by itself once its inner state is done."""
    inner = {"i": {"initial": True, "on": {"go": [{"target": "f"}]}}, "f": {"final": True}}
    joined = {"done.state.a": [{"target": "b", "on": after}]}
    states = {"a": {"initial": True, "states": inner, "on": joined}, "b": {}}
    return machine_class("Joining", states=states, **STRICT, **LENIENT)
