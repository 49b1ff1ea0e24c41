"""Mistakes in clocks, obligations and documents."""

from permits.definitions.procedure import Milestone, Role, SpecialCause
from tests.campaign.mutant import at, drop, each, others, put, replacing, without

MILESTONES = [milestone.value for milestone in Milestone]


def clocks(data):
    for path in each(data, "clocks"):
        yield drop("drop clock", path)
        for part in ("starts", "stops", "suspended_by", "warned"):
            if part in at(data, path):
                yield from without(f"drop from {part}", data, (*path, part))
        for part in ("starts", "stops"):
            written = at(data, (*path, part))
            for n, milestone in enumerate(written):
                for other in (m for m in MILESTONES if m not in written):
                    now = f"{other} for {milestone}"
                    yield put(f"change {part}", (*path, part, n), other, now)
        yield drop("drop lapse", (*path, "lapse"))
        lapses = [{"action": name} for name in data["chart"]["actions"]]
        if "action" in at(data, (*path, "lapse")):
            lapses.append({"task": {"zh": "示例", "en": "An example"}})
        for lapse in others(data, (*path, "lapse"), lapses):
            yield put("change lapse", (*path, "lapse"), lapse, lapse.get("action", "a task"))
        lateness = not at(data, path).get("public_reason", False)
        yield put("change public reason", (*path, "public_reason"), lateness)


def lengths(data):
    choices = [{"fixed": "5wd"}, {"fixed": "60wd"}, {"fixed": "10d"}, {"stated": True}]
    choices += [{"track": "promised"}, {"track": "statutory"}]
    for path in each(data, "clocks"):
        for length in others(data, (*path, "length"), choices):
            now = " ".join(map(str, next(iter(length.items()))))
            yield put("change length", (*path, "length"), length, now)
        given = at(data, path).get("suspended_by", [])
        for cause in (c.value for c in SpecialCause if c.value not in given):
            yield put("add cause", (*path, "suspended_by"), [*given, cause], f"with {cause}")


def extensions(data):
    for path in each(data, "clocks"):
        extension = (*path, "extension")
        if "extension" in at(data, path):
            yield drop("drop extension", extension)
            yield put("change extension", (*extension, "times"), 2)
            yield put("change extension", (*extension, "each"), "30wd")
            roles = [role.value for role in Role]
            yield from replacing("change approver", data, (*extension, "approver"), roles)


OPTIONAL = (
    "reports", "when", "rectify_within", "rectify_basis", "brings", "forbids", "sample",
    "inspectors",
)  # fmt: skip


def obligations(data):
    for path in each(data, "obligations"):
        yield drop("drop obligation", path)
        yield from replacing("change opens", data, (*path, "opens"), MILESTONES)
        yield from without("drop from voided_by", data, (*path, "voided_by"))
        for milestone in MILESTONES:
            if milestone not in at(data, (*path, "voided_by")):
                yield put("change voided_by", (*path, "voided_by", 0), milestone)
        for part in OPTIONAL:
            if part in at(data, path):
                yield drop(f"drop {part}", (*path, part))
        yield from replacing("change reports", data, (*path, "reports"), MILESTONES)
        if "when" in at(data, path):
            yield from replacing("change when", data, (*path, "when"), list(data["conditions"]))
        yield from replacing("change debtor", data, (*path, "debtor"), ["applicant", "authority"])
        ways = ["report", "verification", "payment"]
        yield from replacing("change settled_by", data, (*path, "settled_by"), ways)
        verifiers = [n for n in (0, 1, 2) if n != at(data, path).get("verifiers", 0)]
        yield from replacing("change verifiers", data, (*path, "verifiers"), verifiers)
        for date in each(data, *path, "due", "earliest"):
            yield drop("drop due date", date)
            yield from replacing("change due date", data, (*date, "milestone"), MILESTONES)


def promises(data):
    for path in each(data, "obligations"):
        if "forbids" in at(data, path):
            yield from replacing(
                "change forbidden", data, (*path, "forbids", "milestone"), MILESTONES
            )
        if "sample" in at(data, path):
            yield put("change share", (*path, "sample", "share"), 100)
        if "inspectors" in at(data, path):
            besides = (*path, "inspectors", "besides")
            yield from without("drop from besides", data, besides)
            written = at(data, besides)
            yield put("change besides", besides, [*written, written[0]], "one twice")
        if "brings" in at(data, path):
            yield from replacing("change brings", data, (*path, "brings"), list(data["materials"]))


def documents(data):
    for path in each(data, "documents"):
        yield drop("drop document", path)
        yield from replacing("change drawn_at", data, (*path, "drawn_at"), MILESTONES)
        if "when" in at(data, path):
            yield drop("drop when", (*path, "when"))
            yield from replacing("change when", data, (*path, "when"), list(data["conditions"]))
