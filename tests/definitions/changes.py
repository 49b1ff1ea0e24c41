"""Changes of a definition that tests make again and again, each a function on its data."""

from tests.definitions.shipped import GONE, put

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


def about_a_person(name, **changes):
    """Changes of why a personal answer is asked for, how long it is kept and how it is masked."""

    def change(data):
        for section in data["form"]["sections"]:
            for question in section["fields"]:
                if question["id"] == name:
                    question["personal"].update(changes)

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
                "due": due, "basis": LAW, "receipt_word": "缴",
                "rounding": {"to": "fen", "how": "half_up", "basis": EXAMPLE},
                "ends": [{"at": "revoked", "debt": "stays", "basis": EXAMPLE}],
            }
        }  # fmt: skip
        for path, value in changes.items():
            put(data, path.replace("__", "."), value)

    return change


def both(*changes):
    """Changes one after the other; a dict maps paths to new values."""

    def change(data):
        for one in changes:
            for path, value in one.items() if isinstance(one, dict) else ():
                put(data, path, value)
            if callable(one):
                one(data)

    return change


def setting(**paths):
    def change(data):
        for path, value in paths.items():
            put(data, path.replace("__", "."), value)

    return change


def without_samples(data):
    del data["samples"]


def without_delivery(data):
    """Decisions are published and never delivered."""
    for state in ("granted", "refused"):
        del data["chart"]["states"][state]["regions"]["delivery"]
    del data["chart"]["actions"]["deliver"]
    del data["clocks"]["delivery"]


def never_concluded(data):
    """A file is never closed: a grant ends only by being taken back."""
    chart = data["chart"]
    del chart["actions"]["conclude"], chart["states"]["concluded"]
    for action in ("revoke", "withdraw_grant", "deregister"):
        for written in chart["actions"][action]["moves"]:
            written["from"] = [place for place in written["from"] if place != "concluded"]


def without_publication(data):
    for state in ("granted", "refused"):
        del data["chart"]["states"][state]["regions"]["publication"]
    del data["chart"]["actions"]["publish"]
    del data["clocks"]["publication"]


A, S = "chart.actions", "chart.states"


def actions(data):
    return data["chart"]["actions"]


def move(source, to, *needs):
    return {"from": [source], "to": to, "needs": list(needs)}


def move_too(action, source, to, *needs):
    return lambda data: actions(data)[action]["moves"].append(move(source, to, *needs))


def from_too(action, source):
    return lambda data: actions(data)[action]["moves"][0]["from"].append(source)


def into(path, value):
    """The value at the end of a list."""

    def change(data):
        *above, last = path.split(".")
        for step in above:
            data = data[step]
        data[last].append(value)

    return change


def out_of(path, value):
    def change(data):
        for step in path.split("."):
            data = data[step]
        data.remove(value)

    return change


def untolerant(data):
    """Nothing may be handed in later any more: there is no tolerant track."""
    del data["tracks"]["tolerant"], data["undertaking"], data["laws"]["tolerance_zhengzhou"]
    del data["conditions"]["on_the_tolerant_track"], data["clocks"]["supplement"]
    del data["chart"]["actions"]["refuse_unsupplied"]
    del data["documents"]["tolerant_acceptance_notice"]
    for material in data["materials"].values():
        del material["tracks"]["tolerant"]
        material.pop("secondary_basis", None)


def without_a_list(data):
    """No exemption any more: everybody may choose the commitment."""
    del data["list"], data["tracks"]["commitment"]["admits"]
    works = data["form"]["sections"]
    works[:] = [section for section in works if section["id"] not in ("list_row", "facts")]
    works[1]["fields"] = [
        dict(works[1]["fields"][0], id="restricted_place"),
        works[1]["fields"][1],
    ]
    del works[1]["fields"][0]["when"]
    kept = ("in_restricted_place", "decided_on_the_spot", "on_another_track", "on_commitment")
    data["conditions"] = {name: data["conditions"][name] for name in kept}
    del data["exclusions"]["neighbours"], data["third_parties"], data["still_required"]
    data["documents"]["planning_permit"].pop("when")
    del data["documents"]["filing_receipt"], data["documents"]["outright_notice"]


def general(law, article, term):
    """Both tracks rest their statutory limit on this article."""

    def change(data):
        for track in data["tracks"].values():
            track["statutory"] = term
            track["statutory_basis"] = {"law": law, "article": article}

    return change


def turned(state, region):
    """The region begins in its last state."""

    def change(data):
        regions = data["chart"]["states"][state]["regions"]
        regions[region] = dict(reversed(regions[region].items()))

    return change


def popped(*paths):
    return setting(**{path.replace(".", "__"): GONE for path in paths})


def copied(part, name, of, **changes):
    """An entry more, like another but for some keys."""
    return lambda data: data[part].update({name: {**data[part][of], **changes}})


def no_material_on(track):
    def change(data):
        for material in data["materials"].values():
            del material["tracks"][track]

    return change


MANY = """
    listed_as == 'emergency' || road_class == 'trunk' || voltage == 'up_to_10kv' || with_road
    || type_changed || route_changed || inside_red_line || new_land || underground || breaks_road
    || neighbours_affected || restricted_place || neighbours_agree
"""
LETTERS = ", ".join(f"'{letter}'" for letter in "abcdefghijklmnopqrstuvwxyz")
WIDE = both(
    used("named", f"works_name in [{LETTERS}]"),
    used("placed", f"works_place in [{LETTERS}]"),
    used("told", f"works_summary in [{LETTERS}]"),
    used("elsewhere", f"works_place in [{LETTERS}] && works_summary in [{LETTERS}]"),
)
"""Each can be proved alone, but not all of them together."""
TOO_MANY = ["named", "placed", "told"]


def shown_by_much(data):
    """Three questions that few answers bring up, and a condition that looks at all of them."""
    for name in TOO_MANY:
        asked(id=f"{name}_more", when=name)(data)
    used("odd", " && ".join(f"{name}_more" for name in TOO_MANY))(data)


BOTH_LIMITS = {"least": [{"fixed": "10d"}, {"track": "promised"}]}
UNCOVERED = out_of("commitments.true_declaration.covers", "land_title")
