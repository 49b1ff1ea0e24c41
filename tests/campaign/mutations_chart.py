"""Mistakes in states, actions and moves."""

from permits.definitions.procedure import Act, Code, Phase, Role
from tests.campaign.mutant import at, drop, each, places, put, replacing, without


def actions(data):
    for path in each(data, "chart", "actions"):
        yield drop("drop action", path)
        yield from replacing("change act", data, (*path, "act"), [act.value for act in Act])
        yield from replacing("change roles", data, (*path, "by"), [[role.value] for role in Role])
        yield from without("drop role", data, (*path, "by"))
        needs = at(data, path).get("needs", [])
        for name in (about(data, "answers"), about(data, "case")):
            if name not in needs:
                yield put("add need", (*path, "needs"), [*needs, name], f"with {name}")
        if "needs" in at(data, path):
            yield from without("drop need", data, (*path, "needs"))
        reversible = not at(data, path).get("reversible", False)
        yield put("change reversible", (*path, "reversible"), reversible)
        yield from replacing("change order", data, (*path, "order"), ["first"])
    names = [name for name, part in data["chart"]["states"].items()]
    yield from replacing("change initial", data, ("chart", "initial"), names)


def about(data, what) -> str:
    """The first condition that looks at answers, or at the case."""
    conditions = data["conditions"].items()
    return next(n for n, c in conditions if ("case_" in c["when"]) == (what == "case"))


def moves(data):
    for action in each(data, "chart", "actions"):
        for path in each(data, *action, "moves"):
            yield drop("drop move", path)
            yield from without("drop source", data, (*path, "from"))
            yield from replacing("change target", data, (*path, "to"), places(data))
            sources = at(data, (*path, "from"))
            for place in places(data):
                if place not in sources:
                    yield put("add source", (*path, "from"), [*sources, place], f"with {place}")
            if "needs" in at(data, path):
                yield from without("drop need", data, (*path, "needs"))


def states(data):
    for path in each(data, "chart", "states"):
        yield drop("drop state", path)
        yield put("swap final", (*path, "final"), not at(data, path).get("final", False))
        yield from replacing("change phase", data, (*path, "phase"), [p.value for p in Phase])
        yield from replacing("change code", data, (*path, "code"), [int(c) for c in Code])
        if "done" in at(data, path):
            yield drop("drop done", (*path, "done"))
            names = list(data["chart"]["states"])
            yield from replacing("change done", data, (*path, "done"), names)


def regions(data):
    for state in each(data, "chart", "states"):
        if "regions" not in at(data, state):
            continue
        yield drop("drop regions", (*state, "regions"))
        for path in each(data, *state, "regions"):
            yield drop("drop region", path)
            leaves = at(data, path)
            for n in range(1, len(leaves)):
                turned = dict([*leaves.items()][n:] + [*leaves.items()][:n])
                yield put("turn region", path, turned, f"{next(iter(turned))} first")
            for leaf in each(data, *path):
                yield drop("drop leaf", leaf)
                final = not at(data, leaf).get("final", False)
                yield put("swap final", (*leaf, "final"), final)
