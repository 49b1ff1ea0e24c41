"""Questions that take several entries: one that is in order, and changes that break one rule."""

from tests.definitions.changes import BOTH, asked, both, used
from tests.definitions.shipped import GONE, put

NAME = {"id": "name", "title": BOTH, "type": "text", "most": 60}
AREA = {
    "id": "area_m2",
    "title": BOTH,
    "type": "integer",
    "unit": BOTH,
    "least": 1,
    "most": 1_000,
}
TOTALS = {
    "house_count": {"title": BOTH, "makes": "count", "unit": BOTH},
    "houses_m2": {"title": BOTH, "makes": "sum", "of": "area_m2"},
    "largest_m2": {"title": BOTH, "makes": "highest", "of": "area_m2"},
    "smallest_m2": {"title": BOTH, "makes": "lowest", "of": "area_m2"},
}


def houses(**changes):
    """A question about several houses, with changes of it by dotted paths."""
    question = {
        "id": "houses",
        "type": "entries",
        "entry": BOTH,
        "columns": [{**NAME}, {**AREA}],
        "at_least": 2,
        "at_most": 10,
        "totals": {name: {**total} for name, total in TOTALS.items()},
    }
    for path, value in changes.items():
        put(question, path.replace("__", "."), value)
    return asked(**question)


def column(**changes):
    """The question with one column more."""
    more = {"id": "more_of_it", "title": BOTH, "type": "text", **changes}
    return houses(columns=[{**NAME}, {**AREA}, more])


ENTRIES = [
    ("form.entries", asked(entry=BOTH)),
    ("form.entries", asked(at_most=2)),
    ("form.entries", asked(totals={"how_many": {"title": BOTH, "makes": "count"}})),
    ("form.entries", houses(entry=GONE)),
    ("form.entries", houses(columns=[], totals=GONE)),
    ("form.entries", houses(at_most=GONE)),
    ("form.entries", houses(at_least=11)),
    ("form.entries", houses(columns=[{**NAME, "required": False}], totals=GONE)),
    (
        "form.entries",
        both(
            houses(at_most=50),
            asked(
                id="sheds",
                type="entries",
                entry=BOTH,
                at_most=50,
                columns=[{**NAME}, {**AREA}, {**NAME, "id": "colour"}],
            ),
        ),
    ),
    ("form.entries_personal", column(title={"zh": "住户姓名", "en": "Who lives there"})),
    ("form.entries_personal", column(personal={})),
    (
        "form.entries_personal",
        houses(
            personal={
                "purpose": BOTH,
                "basis": {"example": BOTH},
                "keep": "12m",
                "keep_basis": {"example": BOTH},
            }
        ),
    ),
    ("form.total", houses(totals__house_count__unit=GONE)),
    ("form.total", houses(totals__house_count__of="area_m2")),
    ("form.total", houses(totals__houses_m2__of=GONE)),
    ("form.total", houses(totals__houses_m2__of="name")),
    ("form.total", houses(totals__houses_m2__of="no_such_column")),
    ("form.total", houses(totals__houses_m2__unit=BOTH)),
    (
        "form.total",
        houses(
            columns=[{**NAME}, {**AREA, "required": False}],
            totals={"houses_m2": TOTALS["houses_m2"]},
        ),
    ),
    ("form.total", houses(columns=[{**NAME}, {**AREA, "most": 10**12}])),
    ("form.total", houses(columns__1__most=GONE)),
    ("form.reserved", houses(totals={"in": TOTALS["house_count"]})),
    ("form.duplicate", houses(totals={"works_name": TOTALS["house_count"]})),
    ("form.duplicate", column(id="name")),
    ("form.unit", column(type="integer")),
    ("form.options", column(type="choice")),
    ("form.limits", column(least=1)),
    ("cel.entries", both(houses(), used("has_houses", "houses == 'one'"))),
    ("cel.constant", both(houses(), used("has_houses", "house_count >= 2"))),
    ("cel.constant", both(houses(), used("has_houses", "houses_m2 > 10000"))),
    ("cel.constant", both(houses(), used("has_houses", "largest_m2 >= 1"))),
    ("cel.kind", both(houses(), used("has_houses", "house_count == works_name"))),
    ("schema.type", both(houses(at_most="ten"), used("has_houses", "houses_m2 > 5"))),
]
"""Rules, and changes that break each of them alone."""
