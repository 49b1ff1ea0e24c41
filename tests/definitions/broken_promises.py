"""Changes of the first shipped definition that break one rule about signers, gates, lots and what
comes in later alone."""

from tests.definitions.changes import BOTH, EXAMPLE, both, copied, setting

SIGNED_BY = "commitments.true_declaration.signers"
FORBIDS = {"says": BOTH, "basis": EXAMPLE}


def witness(**named):
    """Somebody who signs with the applicant."""
    return {"signers.witness": {"title": BOTH, **named}, SIGNED_BY: ["developer", "witness"]}


PROMISES = [
    ("ref.signer", {SIGNED_BY: ["developer", "nowhere"]}),
    ("ref.signer", {SIGNED_BY: ["nowhere"]}),
    ("commitment.signer", {"signers.developer.person": "contact_name"}),
    ("commitment.signer", witness()),
    ("commitment.signer", witness(unit="contractor_code", person="contact_name")),
    ("commitment.signer", witness(unit="works_name", person="works_name")),
    (
        "obligation.forbids",
        {"obligations.report_completion.forbids": {"milestone": "works_started", **FORBIDS}},
    ),
    (
        "obligation.forbids",
        {"obligations.report_completion.forbids": {"milestone": "works_completed", **FORBIDS}},
    ),
    (
        "obligation.sample",
        copied(
            "obligations",
            "odd",
            "report_completion",
            reports=None,
            sample={"share": 50, "basis": EXAMPLE},
        ),
    ),
    (
        "obligation.inspectors",
        {"obligations.report_completion.inspectors": {"besides": [], "basis": EXAMPLE}},
    ),
    (
        "obligation.before",
        copied(
            "obligations",
            "odd",
            "check_after_completion",
            opens="accepted",
            due={"earliest": [{"milestone": "accepted", "plus": "1wd"}], "basis": EXAMPLE},
            voided_by=["refused", "withdrawn", "track_switched", "examined"],
        ),
    ),
    ("obligation.brings", {"obligations.report_completion.brings": "land_title"}),
    (
        "obligation.brings",
        both(
            setting(
                commitments__true_declaration__kind="B",
                materials__land_title__tracks__commitment="deferred",
            ),
            setting(
                obligations__report_completion__brings="land_title",
                obligations__check_after_completion__brings="land_title",
            ),
        ),
    ),
    (
        "material.never",
        {
            "commitments.true_declaration.kind": "B",
            "materials.land_title.tracks.commitment": "deferred",
        },
    ),
]
