"""Mistakes in who is heard: departments, hearings, third parties."""

from tests.campaign.mutant import at, drop, each, put, replacing

TERMS = ["0wd", "1wd", "5wd", "7wd", "20wd", "30wd", "45wd", "10d", "1m"]


def joint_review(data):
    if "joint_review" not in data:
        return
    yield drop("drop joint review", ("joint_review",))
    yield put("change lead", ("joint_review", "lead"), "another")
    for path in each(data, "joint_review", "departments"):
        yield drop("drop department", path)
        if "office" in at(data, path):
            yield drop("drop office", (*path, "office"))
        lead = (data["authority"]["id"], data["authority"]["department"])
        yield put(
            "ask the lead", path, {**at(data, path), "office": lead[0], "department": lead[1]}
        )
        yield from replacing("change within", data, (*path, "within"), TERMS)
        for key in ("required", "paused"):
            default = key == "required"
            yield put(f"change {key}", (*path, key), not at(data, path).get(key, default))
        yield put("change reminder", (*path, "warn_days_left"), 40)
        if "when" in at(data, path):
            yield drop("drop when", (*path, "when"))
        yield from replacing("change when", data, (*path, "when"), list(data["conditions"]))


def hearings(data):
    for key in ("ask_within", "hold_within", "notice") if "hearing" in data else ():
        yield from replacing("change hearing", data, ("hearing", key), TERMS)
    if "third_parties" in data:
        path = ("third_parties", "within")
        yield from replacing("change third parties", data, path, TERMS)
