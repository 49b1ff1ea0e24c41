"""Mistakes in what ties a case to its project: gates, stages, and what they compare."""

from permits.definitions.procedure import WorksStage
from tests.campaign.mutant import at, drop, each, put, replacing, without


def projects(data):
    if "project" not in data:
        return
    path = ("project",)
    yield drop("drop project", path)
    fields = [q["id"] for section in data["form"]["sections"] for q in section["fields"]]
    for part in ("code", "name"):
        yield from replacing(f"change project {part}", data, (*path, part), fields)
    for action in each(data, *path, "passes") if "passes" in data["project"] else ():
        yield drop("drop passes", action)
        yield from without("drop passes", data, action)
    if "after" in data["project"]:
        yield from without("drop after", data, (*path, "after"))
    if "settles" in data["project"]:
        yield from without("drop settles", data, (*path, "settles"))
    for what in each(data, *path, "rests_on"):
        yield drop("drop rests_on", what)
        yield from replacing("change rests_on", data, what, list(data["conditions"]))
    for material in each(data, "materials"):
        if "settled" in at(data, material):
            yield drop("drop settled", (*material, "settled"))
            when = (*material, "settled", "when")
            yield from replacing("change settled", data, when, list(data["conditions"]))


def stages(data):
    found = data.get("project", {}).get("stages", {})
    for path in each(data, "project", "stages") if found else ():
        yield drop("drop stage", path)
        covered = list(data["conditions"])
        yield from replacing("change covered", data, (*path, "covered"), covered)
        if "alike" in at(data, path):
            yield from without("drop alike", data, (*path, "alike"))
    if len(found) > 1:
        turned = dict(reversed(found.items()))
        yield put("change order of stages", ("project", "stages"), turned, "turned round")
        missing = [stage.value for stage in WorksStage if stage.value not in found]
        for stage in missing:
            more = {**found, stage: found[next(iter(found))]}
            yield put("add stage", ("project", "stages"), more, stage)


def gates(data):
    for path in each(data, "gates") if "gates" in data else ():
        yield drop("drop gate", path)
    for part in ("obligations", "fees"):
        for path in each(data, part) if part in data else ():
            if "shuts" in at(data, path):
                yield drop("drop shuts", (*path, "shuts"))
                yield from without("drop shuts", data, (*path, "shuts"))
