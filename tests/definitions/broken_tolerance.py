"""Changes of the first shipped definition that break one rule about the tolerant track alone."""

from tests.definitions.changes import EXAMPLE, A, both, copied, into, out_of, popped, setting

T, U = "tracks.tolerant", "clocks.supplement"
LATER = "materials.project_approval"

TOLERANCE = [
    (
        "tolerance.on_the_spot",
        both(
            setting(tracks__tolerant__on_the_spot=True, tracks__tolerant__promised="0wd"),
            {f"{U}.length": {"fixed": "5d"}},
        ),
    ),
    (
        "tolerance.nothing",
        both({f"{LATER}.tracks.tolerant": "supplied"}, popped(f"{LATER}.secondary_basis")),
    ),
    ("tolerance.clock", copied("clocks", "again", "supplement")),
    ("tolerance.length", {f"{T}.promised": "2wd"}),
    ("tolerance.length", {f"{U}.length": {"fixed": "11wd"}}),
    ("tolerance.bars", {"undertaking.bars": "250wd"}),
    ("tolerance.undertaking", popped("undertaking")),
    ("tolerance.material", {"materials.land_title.tracks.tolerant": "exempt"}),
    ("tolerance.secondary", popped(f"{LATER}.secondary_basis")),
    ("tolerance.secondary", {"materials.land_title.secondary_basis": EXAMPLE}),
    (
        "commitment.reserved",
        both(
            copied("commitments", "undertaking", "true_declaration"),
            into("tracks.commitment.commitments", "undertaking"),
        ),
    ),
    ("clock.warned", {f"{U}.warned": ["applicant"]}),
    ("clock.warned", {f"{U}.warned": ["leader"]}),
    ("clock.public_reason", {f"{U}.public_reason": True}),
    ("clock.draft_shut", {f"{A}.refuse_unsupplied.moves.0.from": ["examining"]}),
    ("document.missing", popped("documents.tolerant_acceptance_notice")),
    ("closed.never", out_of(f"{U}.stops", "withdrawn")),
]

TOGETHER = [
    (
        "clock.suspended",
        {"clock.never_suspended"},
        {"clocks.correction.suspended_by": ["hearing"]},
    ),
    (
        "tolerance.undertaking",
        {
            "cel.constant",
            "chart.dead_move",
            "clock.milestone",
            "document.never",
            "material.track",
            "opened.never",
        },
        popped("tracks.tolerant"),
    ),
    # What these rules forbid always breaks another as well.
    ("tolerance.drafts", {"tolerance.undrafted"}, popped(f"{U}.lapse.drafts")),
    (
        "tolerance.undrafted",
        {"tolerance.drafts", "clock.draft_shut"},
        {f"{U}.lapse.drafts": "refuse"},
    ),
    ("clock.drafts", {"clock.lapse"}, popped(f"{U}.lapse.task")),
    ("clock.drafts", {"clock.draft_shut"}, {"clocks.promise.lapse.drafts": "refuse_unsupplied"}),
    (
        "tolerance.clock",
        {"chart.dead_move", "clock.draft_shut"},
        out_of(f"{U}.stops", "supplemented"),
    ),
    (
        "tolerance.commitment",
        {"commitment.unverified", "material.asked_twice", "material.covered"},
        {f"{T}.commitments": ["true_declaration"]},
    ),
    (
        "ref.action",
        {"tolerance.drafts", "tolerance.undrafted"},
        {f"{U}.lapse.drafts": "nowhere"},
    ),
]
