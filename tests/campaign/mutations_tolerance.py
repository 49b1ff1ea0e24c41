"""Mistakes in what a tolerant track adds: the undertaking, what may follow, what is drafted."""

from tests.campaign.mutant import at, drop, each, put, replacing


def undertaking(data):
    if "undertaking" in data:
        yield drop("drop undertaking", ("undertaking",))
        yield put("change bars", ("undertaking", "bars"), "20wd")


def secondary(data):
    for path in each(data, "materials"):
        if "secondary_basis" in at(data, path):
            yield drop("drop secondary basis", (*path, "secondary_basis"))


def drafts(data):
    names = list(data["chart"]["actions"])
    for path in each(data, "clocks"):
        drafted = (*path, "lapse", "drafts")
        if "drafts" in at(data, (*path, "lapse")):
            yield drop("drop drafts", drafted)
            yield from replacing("change drafts", data, drafted, names)
