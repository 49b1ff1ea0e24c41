"""Mistakes in what comes after a grant: extensions of duties, what lapses, terms, changes."""

from permits.definitions.procedure import Role
from tests.campaign.mutant import at, drop, each, put, replacing, without

ROLES = [role.value for role in Role]


def put_off(data):
    """Duties that are put off, and that end the grant."""
    for path in each(data, "obligations"):
        held = at(data, path)
        if "extension" in held:
            extension = (*path, "extension")
            yield drop("drop extension of a duty", extension)
            yield put("change extension of a duty", (*extension, "times"), 9, "9 times")
            yield put("change extension of a duty", (*extension, "each"), "60m", "by 60m")
            yield from replacing(
                "change who extends a duty", data, (*extension, "approver"), ROLES
            )
        if "lapse" in held:
            yield drop("drop lapse of a duty", (*path, "lapse"))
            actions = list(data["chart"]["actions"])
            yield from replacing(
                "change lapse of a duty", data, (*path, "lapse", "action"), actions
            )


def terms(data):
    """How long a grant holds, and how it is renewed."""
    if "term" not in data:
        return
    yield drop("drop term", ("term",))
    actions = list(data["chart"]["actions"])
    yield from replacing("change end of term", data, ("term", "expires"), actions)
    if "renewal" in data["term"]:
        renewal = ("term", "renewal")
        yield drop("drop renewal", renewal)
        yield from replacing("change who renews", data, (*renewal, "approver"), ROLES)
        silence = {"law": "licensing_act", "article": "50"}
        yield put("let silence renew", (*renewal, "silence_basis"), silence)


def annulments(data):
    """Where annulled decisions lead, and what may be changed."""
    if "annulment" in data:
        yield drop("drop annulment", ("annulment",))
        states = list(data["chart"]["states"])
        for key in ("reopens", "grant", "refusal"):
            yield from replacing("change annulment", data, ("annulment", key), states)
    if "amendment" in data:
        yield drop("drop amendment", ("amendment",))
        yield from without("drop field of amendment", data, ("amendment", "fields"))
