"""Changes of a definition that tests make again and again, each a function on its data."""

from tests.definitions.shipped import put

BOTH = {"zh": "示例", "en": "An example"}
EXAMPLE = {"example": BOTH}
LAW = {"law": "licensing_act", "article": "58"}


def condition(data, name, when):
    data["conditions"][name] = {"when": when, "says": BOTH}


def used(name, when):
    """A condition that something looks at: the guide of what is still required."""

    def change(data):
        condition(data, name, when)
        data["still_required"][name] = {
            "title": BOTH,
            "says": BOTH,
            "when": name,
            "basis": EXAMPLE,
        }

    return change


def asked(**question):
    """A question more, at the end of the first section."""

    def change(data):
        whole = {"id": "more", "title": BOTH, "type": "boolean", **question}
        data["form"]["sections"][0]["fields"].append(whole)

    return change


def field(name, **changes):
    """Changes of the question with that name."""

    def change(data):
        for section in data["form"]["sections"]:
            for question in section["fields"]:
                if question["id"] == name:
                    question.update(changes)

    return change


def fee(**changes):
    """A fee reckoned from the length of the line."""

    def change(data):
        row = {
            "valid_from": "2020-01-01",
            "valid_until": "2020-12-31",
            "fen": 100,
            "basis": EXAMPLE,
        }
        later = {"valid_from": "2021-01-01", "fen": 200, "basis": EXAMPLE}
        data["rates"] = {"line": {"title": BOTH, "unit": BOTH, "rows": [row, later]}}
        due = {"earliest": [{"milestone": "granted", "plus": "6m"}], "basis": EXAMPLE}
        data["fees"] = {
            "line": {
                "title": BOTH, "quantity": "length_m", "rate": "line", "frozen_at": "granted",
                "due": due, "basis": LAW,
            }
        }  # fmt: skip
        for path, value in changes.items():
            put(data, path.replace("__", "."), value)

    return change


def both(*changes):
    def change(data):
        for one in changes:
            one(data)

    return change


def setting(**paths):
    def change(data):
        for path, value in paths.items():
            put(data, path.replace("__", "."), value)

    return change


def without_delivery(data):
    """Decisions are published and never delivered."""
    for state in ("granted", "refused"):
        del data["chart"]["states"][state]["regions"]["delivery"]
    del data["chart"]["actions"]["deliver"]
    del data["clocks"]["delivery"]


def without_publication(data):
    for state in ("granted", "refused"):
        del data["chart"]["states"][state]["regions"]["publication"]
    del data["chart"]["actions"]["publish"]
    del data["clocks"]["publication"]
