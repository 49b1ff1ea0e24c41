"""Mistakes in fees: rates, shares, lines, reliefs, deferral, gates, and how a debt ends."""

from permits.definitions.procedure import Milestone
from tests.campaign.mutant import at, drop, each, put, replacing

MILESTONES = [milestone.value for milestone in Milestone]


def fees(data):
    for path in each(data, "fees") if "fees" in data else ():
        yield drop("drop fee", path)
        yield from replacing("change frozen_at", data, (*path, "frozen_at"), MILESTONES)
        for date in each(data, *path, "due", "earliest"):
            yield from replacing("change due date", data, (*date, "milestone"), MILESTONES)
        yield from _parts(data, path)
    for kind in ("rates", "shares"):
        for path in each(data, kind) if kind in data else ():
            yield drop(f"drop {kind}", path)
            for row in each(data, *path, "rows"):
                yield drop("drop rate row", row)
                yield put("change rate", (*row, "valid_from"), "2099-12-31")


def _parts(data, path):
    fee, names = at(data, path), list(data["conditions"])
    for part in ("lines", "reliefs", "gates", "ends"):
        for one in each(data, *path, part) if part in fee else ():
            yield drop(f"drop one of {part}", one)
    yield from _reckoned(data, path, fee, names)
    if "deferral" in fee:
        yield from _deferral(data, (*path, "deferral"))
    for gate in each(data, *path, "gates") if "gates" in fee else ():
        shuts = [*data["chart"]["actions"], *data["obligations"]]
        yield from replacing("change gate", data, (*gate, "shuts"), shuts)
    for end in each(data, *path, "ends") if "ends" in fee else ():
        yield from replacing("change end", data, (*end, "at"), MILESTONES)
        yield from replacing("change debt", data, (*end, "debt"), ["cancelled", "stays"])


def _reckoned(data, path, fee, names):
    for line in each(data, *path, "lines") if "lines" in fee else ():
        yield drop("drop field", (*line, "fields", 0))
        yield put("change field", (*line, "fields", 0), data["permit"]["shows"]["title"])
    for relief in each(data, *path, "reliefs") if "reliefs" in fee else ():
        example = {"example": {"zh": "示例", "en": "An example"}}
        yield put("change relief basis", (*relief, "basis"), example, "an example")
        yield from replacing("change when", data, (*relief, "when"), names)
        if "material" in at(data, relief):
            materials = list(data["materials"])
            yield from replacing("change material", data, (*relief, "material"), materials)


def _deferral(data, deferral):
    yield drop("drop deferral", deferral)
    tracks = ["ordinary", "commitment", "tolerant"]
    yield from replacing("change track", data, (*deferral, "track"), tracks)
    duties = list(data["obligations"])
    yield from replacing("change obligation", data, (*deferral, "obligation"), duties)
    for date in each(data, *deferral, "lost", "earliest"):
        yield from replacing("change due date", data, (*date, "milestone"), MILESTONES)
