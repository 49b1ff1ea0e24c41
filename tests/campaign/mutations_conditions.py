"""Mistakes in conditions."""

import re

from tests.campaign.mutant import Mutant, at, drop, each, put

VARIABLE = re.compile(r"(?<!['\w])[a-z]\w*(?!['\w])")
TEXT = re.compile(r"'\w+'")
NUMBER = re.compile(r"(?<!\w)\d+(?!\w)")
OPPOSITE = {"==": "!=", "!=": "==", "<=": ">", ">=": "<", "<": ">=", ">": "<="}
OPERATOR = re.compile("|".join(OPPOSITE))
SHIFTED = {"<=": "<", ">=": ">", "<": "<=", ">": ">="}
ORDER = re.compile("|".join(SHIFTED))
CONNECTIVE = {"&&": "||", "||": "&&"}


def conditions(data):
    for path in each(data, "conditions"):
        yield drop("drop condition", path)
        when = (*path, "when")
        written = at(data, when)
        yield put("negate condition", when, f"!({written})")
        for kind, pattern, others in (
            ("misname variable", VARIABLE, lambda _: ["no_such_field"]),
            ("misname value", TEXT, lambda _: ["'no_such_value'"]),
            ("confuse variables", VARIABLE, lambda name: alike(data, name)),
            ("turn comparison", OPERATOR, lambda sign: [OPPOSITE[sign]]),
            ("shift comparison", ORDER, lambda sign: [SHIFTED[sign]]),
            ("shift comparison", NUMBER, lambda n: [str(int(n) - 1), str(int(n) + 1)]),
            ("turn connective", re.compile(r"&&|\|\|"), lambda sign: [CONNECTIVE[sign]]),
        ):
            for found in pattern.finditer(written):
                for other in others(found[0]):
                    yield rewritten(kind, when, written, found, other)


def rewritten(kind, path, written, found, new) -> Mutant:
    return put(kind, path, written[: found.start()] + new + written[found.end() :])


def alike(data, name) -> list[str]:
    """The fields that could be taken for this one: the nearest of its kind on either side."""
    sections = each(data, "form", "sections")
    fields = [at(data, path) for section in sections for path in each(data, *section, "fields")]
    kinds = {field["id"]: (field["type"], *field.get("options", ())) for field in fields}
    if name not in kinds:
        return []
    same = [other for other in kinds if kinds[other] == kinds[name]]
    n = same.index(name)
    return [other for other in same[max(0, n - 1) : n + 2] if other != name]
