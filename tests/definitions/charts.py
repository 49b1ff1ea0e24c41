"""A chart no office has: three regions side by side, guards, an order, and awkward names."""

import json
import random

from permits.definitions.chart import Chart
from permits.definitions.chart_part import Chart as ChartPart
from permits.definitions.conditions import compile_all, compile_condition
from tests.definitions.shipped import definition

BOTH = {"zh": "示例", "en": "An example"}


def part(states, actions, initial="states"):
    """A chart as the schema takes it; `states` by name, `actions` as lists of moves."""
    written = {
        "initial": initial,
        "states": {
            name: {"title": BOTH, "phase": "intake", "code": 1, **rest}
            for name, rest in states.items()
        },
        "actions": {
            name: {"title": BOTH, "act": "accept", "by": ["window"], **rest}
            for name, rest in actions.items()
        },
    }
    return ChartPart.model_validate_json(json.dumps(written))


def region(*names):
    """States of a region in their order, the last one final."""
    return {name: {"title": BOTH, "final": name == names[-1]} for name in names}


def moves(*arrows, **rest):
    """An action by its arrows: `source > target`, or `source > target if condition, condition`."""
    written = []
    for arrow in arrows:
        path, _, needs = arrow.partition(" if ")
        source, target = path.split(" > ")
        move = {"from": source.split(" "), "to": target}
        written.append({**move, "needs": needs.split(", ")} if needs else move)
    return {"moves": written, **rest}


AWKWARD = part(
    {
        "states": {},
        "model": {
            "regions": {
                "planning": region("pending", "asked", "model"),
                "fire": region("pending", "send"),
                "prepare": region("pending", "half", "configuration"),
            },
            "done": "joined",
        },
        "joined": {},
        "send": {"final": True, "phase": "ended"},
        "configuration": {"final": True, "phase": "ended"},
    },
    {
        "send": moves("states > model if ready"),
        "model": moves("model.planning.pending > model.planning.asked"),
        "states": moves(
            "model.planning.pending model.planning.asked > model.planning.model if large, ready"
        ),
        "configuration": moves("model.fire.pending > model.fire.send if small"),
        "prepare": moves(
            "model.prepare.pending > model.prepare.half if named",
            "model.prepare.pending > model.prepare.configuration if ready",
            order="first",
        ),
        "finish": moves("model.prepare.half > model.prepare.configuration"),
        "revise": moves("model.planning.asked > model.planning.pending"),
        "recall": moves("model joined > states"),
        "init": moves("joined > send if large", "joined > configuration if small"),
        "drop_out": moves("states model > configuration if named"),
    },
)
CONDITIONS = {
    name: compile_condition(name, source)
    for name, source in {
        "ready": "ready",
        "large": "area > 500",
        "small": "area <= 500",
        "named": "kind == 'v' || kind == 'a v b'",
    }.items()
}


def awkward():
    return Chart(AWKWARD, CONDITIONS)


def shipped():
    return Chart(definition().chart, compile_all(definition()))


def answers_of(pick):
    """Answers for either chart, some of them missing."""
    possible = {
        "ready": pick.random() < 0.8,
        "area": pick.choice([0, 500, 501]),
        "kind": pick.choice(["v", "a v b", "^!"]),
    }
    return {name: value for name, value in possible.items() if pick.random() < 0.95}


def facts_of(pick):
    track = pick.choice(["ordinary", "commitment"])
    return {"case_track": track, "case_on_the_spot": track == "commitment"}


def seeded(seed):
    return random.Random(seed)
