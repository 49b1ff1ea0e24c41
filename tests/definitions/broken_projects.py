"""Changes of the first shipped definition that break one rule about projects alone."""

from tests.definitions.changes import (
    BOTH,
    EXAMPLE,
    WIDE,
    both,
    condition,
    fee,
    field,
    setting,
    used,
)
from tests.definitions.shipped import GONE

GATE = {"title": BOTH, "basis": EXAMPLE}
DUTY = "obligations.report_completion"


def tied(*, required=True, **changes):
    """Cases belong to a project, which they name by its code."""

    def change(data):
        field("project_code", required=required)(data)
        data["project"] = {"code": "project_code", "name": "works_name", **changes}

    return change


def gated(**passes):
    """A gate that an obligation shuts, and what waits at it."""

    def change(data):
        data["gates"] = {"next": GATE}
        tied(passes=passes)(data)
        data["obligations"]["report_completion"]["shuts"] = ["next"]

    return change


def staged(alike=(), **covered):
    """Stages of the works, each covered under a condition of its own."""

    def change(data):
        stages = {}
        for stage, when in covered.items():
            if when is not None:
                condition(data, f"covers_{stage}", when)
            stages[stage] = {"title": BOTH, "covered": f"covers_{stage}", "basis": EXAMPLE}
        tied(stages=stages)(data)
        for stage, name in alike:
            stages[stage]["alike"] = [name]

    return change


def resting(when="on_the_plot", *, is_said="new_land", **changes):
    """What an application says was settled in its project spares a material."""

    def change(data):
        condition(data, "on_the_plot", is_said)
        tied(rests_on={"design_scheme": "on_the_plot"}, **changes)(data)
        data["materials"]["design_scheme"]["settled"] = {"when": when, "basis": EXAMPLE}

    return change


def everywhere(gate):
    """Filing and both ways to a grant wait at a gate."""
    return gated(file=[gate], grant=[gate], grant_on_the_spot=[gate])


ONE_EACH = {"pit": "new_land", "basement": "!new_land"}

PROJECTS = [
    ("ref.field", tied(code="nowhere")),
    ("ref.field", tied(name="nowhere")),
    ("ref.gate", everywhere("nowhere")),
    ("ref.gate", both(everywhere("next"), {f"{DUTY}.shuts": ["next", "nowhere"]})),
    ("ref.unused", setting(gates={"next": GATE})),
    ("ref.condition", staged(pit="new_land", basement=None)),
    ("cel.case_fact", staged(pit="new_land", basement="!new_land && case_track == 'ordinary'")),
    ("project.code", tied(code="contractor_code")),
    ("project.code", both(everywhere("next"), field("project_code", required=False))),
    (
        "project.code",
        both(gated(), field("project_code", required=False)),
    ),
    ("project.code", both(tied(after=["pit"]), field("project_code", required=False))),
    (
        "project.code",
        both(
            fee(), setting(gates={"next": GATE}), tied(required=False),
            {"fees.line.shuts": ["next"]},
        ),
    ),
    ("project.name", tied(name="works_summary")),
    ("project.name", tied(name="contact_name")),
    ("project.name", both(tied(), field("works_name", required=False), {
        "permit.shows.title": "works_place", "permit.shows.place": "spare",
    }, lambda d: d["form"]["sections"][0]["fields"].append(
        {"id": "spare", "title": BOTH, "type": "text"}
    ))),
    ("gate.no_project", both(setting(gates={"next": GATE}), {f"{DUTY}.shuts": ["next"]})),
    ("gate.no_project", both(fee(), setting(gates={"next": GATE}), {
        "fees.line.shuts": ["next"],
    })),
    ("gate.action", gated(accept=["next"])),
    ("gate.action", gated(sideways=["next"])),
    ("gate.round", gated(grant=["next"])),
    ("gate.round", gated(file=["next"])),
    ("stage.single", staged(pit="new_land")),
    ("stage.order", staged(basement="!new_land", pit="new_land")),
    ("stage.alike", staged(alike=[("pit", "works_name")], **ONE_EACH)),
    ("stage.alike", staged(alike=[("basement", "contractor_code")], **ONE_EACH)),
    ("stage.alike", staged(alike=[("basement", "contact_name")], **ONE_EACH)),
    ("stage.alike", staged(alike=[("basement", "length_m")], **ONE_EACH)),
    ("stage.uncovered", staged(pit="new_land", basement="new_land && underground")),
    ("stage.gap", staged(pit="new_land", basement="!new_land", superstructure="new_land")),
    ("ref.condition", both(resting("nowhere"), {
        "project.rests_on.design_scheme": "nowhere",
    }, used("on_the_plot", "new_land"))),
    ("cel.case_fact", resting(is_said="new_land && case_track == 'ordinary'")),
    ("project.code", resting(required=False)),
    ("project.code", tied(required=False, settles=["design_scheme"])),
    ("project.rests_on", resting(settles=["design_scheme"])),
    ("project.rests_on", both(resting(), {"materials.design_scheme.settled": GONE})),
    ("material.settled", both(resting(), {
        "materials.land_title.settled": {"when": "is_short_line", "basis": EXAMPLE},
    })),
    ("material.settled", both(resting(), {"materials.extra": {
        "title": BOTH,
        "essential": True,
        "tracks": {"ordinary": "shared", "commitment": "shared", "tolerant": "shared"},
        "settled": {"when": "on_the_plot", "basis": EXAMPLE},
        "basis": EXAMPLE,
    }})),
    (
        "cel.too_wide",
        both(
            WIDE,
            tied(stages={
                "pit": {"title": BOTH, "covered": "named", "basis": EXAMPLE},
                "basement": {"title": BOTH, "covered": "placed", "basis": EXAMPLE},
                "superstructure": {"title": BOTH, "covered": "told", "basis": EXAMPLE},
            }),
        ),
    ),
]  # fmt: skip

SOUND = [
    tied(required=False),
    resting(),
    tied(settles=["design_scheme"]),
    tied(after=["pit"]),
    everywhere("next"),
    gated(grant=["next"], grant_on_the_spot=["next"]),
    staged(alike=[("basement", "works_name")], **ONE_EACH),
]
"""Changes that break nothing."""
