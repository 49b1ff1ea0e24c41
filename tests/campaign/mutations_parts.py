"""Mistakes in tracks, materials, the form and the list; in names, texts and bases."""

from permits.definitions.schema import Measure, Treatment
from tests.campaign.mutant import Mutant, at, drop, each, others, put, replacing, without

NOWHERE = "nowhere_at_all"


def tracks(data):
    for path in each(data, "tracks"):
        yield drop("drop track", path)
        if "commitments" in at(data, path):
            yield from without("drop commitment", data, (*path, "commitments"))
        if "admits" in at(data, path):
            yield drop("drop admits", (*path, "admits"))
            yield from replacing(
                "change admits", data, (*path, "admits"), list(data["conditions"])
            )
        spot = not at(data, path).get("on_the_spot", False)
        yield put("change on the spot", (*path, "on_the_spot"), spot)
        for limit in ("promised", "statutory"):
            terms = ["0wd", "1wd", "400wd", "10d", "1m"]
            yield from replacing(f"change {limit}", data, (*path, limit), terms)
    yield from replacing("change measure", data, ("permit", "measure"), [m.value for m in Measure])


def materials(data):
    for path in each(data, "materials"):
        yield drop("drop material", path)
        for treatment in each(data, *path, "tracks"):
            yield drop("drop treatment", treatment)
            yield from replacing("change treatment", data, treatment, [t.value for t in Treatment])
        yield put("change essential", (*path, "essential"), not at(data, path)["essential"])
        for part in ("covers", "when"):
            if part in at(data, path):
                yield drop(f"drop {part}", (*path, part))
    for path in each(data, "commitments"):
        yield drop("drop commitment", path)
        yield from without("drop from covers", data, (*path, "covers"))
        yield from without("drop signer", data, (*path, "signers"))
        yield from replacing("change kind", data, (*path, "kind"), ["A", "B"])


def signers(data):
    fields = [q["id"] for section in data["form"]["sections"] for q in section["fields"]]
    for path in each(data, "signers"):
        yield drop("drop role", path)
        for part in ("unit", "person"):
            if part in at(data, path):
                yield drop(f"drop {part}", (*path, part))
                yield from replacing(f"change {part}", data, (*path, part), fields)


def form(data):
    fields = [(*s, "fields") for s in each(data, "form", "sections")]
    names = [at(data, q)["id"] for f in fields for q in each(data, *f)]
    for section in each(data, "form", "sections"):
        yield drop("drop section", section)
        for path in each(data, *section, "fields"):
            name = at(data, path)["id"]
            yield renamed(drop("drop field", path), name)
            for part in ("when", "unit", "personal"):
                if part in at(data, path):
                    yield renamed(drop(f"drop {part}", (*path, part)), name)
            for mutant, what in (*options(data, path), *entries(data, path)):
                yield renamed(mutant, f"{name}.{what}")
            if "when" in at(data, path):
                for condition in others(data, (*path, "when"), data["conditions"]):
                    changed = put("change when", (*path, "when"), condition)
                    yield renamed(changed, f"{name} = {condition}")
    for part in ("title", "place"):
        yield from replacing("change shows", data, ("permit", "shows", part), names)


def options(data, path):
    """Options that are left out, each with what it is called."""
    for option in at(data, path).get("options", {}):
        yield drop("drop option", (*path, "options", option)), option


def entries(data, path):
    """Mistakes in what is asked of several entries and made of them, each with its subject."""
    for part in sorted(at(data, path).keys() & {"entry", "at_most"}):
        yield drop(f"drop {part}", (*path, part)), part
    for column in each(data, *path, "columns") if "columns" in at(data, path) else ():
        name = at(data, column)["id"]
        yield drop("drop column", column), name
        if "unit" in at(data, column):
            yield drop("drop unit", (*column, "unit")), name
        yield from ((mutant, f"{name}.{option}") for mutant, option in options(data, column))
    yield from totals(data, path)


def totals(data, path):
    """Mistakes in what is made of entries."""
    for total, made in at(data, path).get("totals", {}).items():
        where = (*path, "totals", total)
        yield drop("drop total", where), total
        for part in sorted(made.keys() & {"of", "unit"}):
            yield drop(f"drop {part}", (*where, part)), total
        for makes in ("count", "sum", "highest", "lowest"):
            if makes != made["makes"]:
                yield put("change makes", (*where, "makes"), makes), f"{total} = {makes}"


def renamed(mutant, now) -> Mutant:
    """Fields are known by their names, which stay when others are put before them."""
    return Mutant(mutant.kind, ("form",), now, mutant.change)


def lists(data):
    for path in each(data, "exclusions"):
        yield drop("drop exclusion", path)
        yield from replacing("change when", data, (*path, "when"), list(data["conditions"]))
    for path in each(data, "list") if "list" in data else ():
        yield drop("drop row", path)
        yield from replacing("change kind", data, (*path, "kind"), ["with_filing", "outright"])
        yield from replacing("change admits", data, (*path, "admits"), list(data["conditions"]))
    for path in each(data, "still_required"):
        yield drop("drop still required", path)
        if "when" in at(data, path):
            yield drop("drop when", (*path, "when"))


def samples(data):
    for path in each(data, "samples"):
        others_open = [["ordinary"], ["ordinary", "commitment"], ["commitment"]]
        yield from replacing("change sample", data, (*path, "tracks"), others_open)
        kinds = ["with_filing", "outright"]
        yield from replacing("change sample", data, (*path, "kind"), kinds)
        if "still_required" in at(data, path):
            yield from without("change sample", data, (*path, "still_required"))
        if "like" in at(data, path):
            yield drop("drop like", (*path, "like"))


REFERENCES = {"when", "admits", "needs", "law", "quantity", "rate", "commitments", "covers"}
REFERENCES |= {
    "signers",
    "unit",
    "person",
    "brings",
    "initial",
    "done",
    "to",
    "from",
    "action",
    "like",
    "still_required",
}
REFERENCES |= {"share", "pays", "fields", "commitment", "obligation", "material", "shuts"}


def names(data):
    """Each use of a name misspelt, wherever it stands outside the texts."""
    for path, value in leaves(data):
        last = next(step for step in reversed(path) if isinstance(step, str))
        named = last in REFERENCES or path[:2] == ("permit", "shows")
        if named and path[0] != "conditions" and isinstance(value, str):
            yield put("misname", path, NOWHERE, f"not {value}")


def leaves(data, path=()):
    if isinstance(data, dict | list):
        for step, inner in data.items() if isinstance(data, dict) else enumerate(data):
            yield from leaves(inner, (*path, step))
    else:
        yield path, data


def texts(data):
    for path, _value in leaves(data):
        if path[-1] in ("zh", "en"):
            yield drop("drop language", path)


def bases(data):
    for path in parents(data):
        if str(path[-1]).endswith("basis"):
            yield drop("drop basis", path)
        if isinstance(at(data, path), dict) and "law" in at(data, path):
            yield drop("drop article", (*path, "article"))
    for path in each(data, "laws"):
        yield drop("drop law", path)


def parents(data, path=()):
    """The path of every mapping and list."""
    if isinstance(data, dict | list):
        if path:
            yield path
        for step, inner in data.items() if isinstance(data, dict) else enumerate(data):
            yield from parents(inner, (*path, step))


def switches(data):
    """Whole parts gone."""
    for part in data:
        yield drop("drop part", (part,))
    for part in ("states", "actions", "initial"):
        yield drop("drop part", ("chart", part))
