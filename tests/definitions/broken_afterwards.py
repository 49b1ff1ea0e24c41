"""Changes of shipped definitions that break one rule about the time after a grant alone: the
definition, the rule, the change."""

from tests.definitions.changes import BOTH, EXAMPLE, A, S, both
from tests.definitions.shipped import put

STAGED, FILED, FEES = "staged_construction", "early_start", "infrastructure_charge"
START, RENEWAL = "obligations.report_start", "term.renewal"
MORE_TIME = {"times": 1, "each": "1m", "approver": "leader", "basis": EXAMPLE}
LAPSES = {"action": "void_by_law", "basis": {"law": "construction_act", "article": "9"}}
SILENCE = {"law": "licensing_act", "article": "50"}


def amended(*fields, **named):
    """A definition whose grants may be changed, with the documents that say so."""

    def change(data):
        data["amendment"] = {"fields": list(fields), "basis": EXAMPLE, **named}
        for name in ("amended", "not_amended"):
            document = {"title": BOTH, "drawn_at": name, "word": "变", "says": [BOTH]}
            put(data, f"documents.{name}", {**document, "basis": EXAMPLE})

    return change


AFTERWARDS = [
    (STAGED, "obligation.extension", {f"{START}.extension.times": 3}),
    (STAGED, "obligation.extension", {f"{START}.extension.each": "4m"}),
    (STAGED, "obligation.extension", {f"{START}.extension.approver": "applicant"}),
    (STAGED, "obligation.extension", {"obligations.check_commitment.extension": MORE_TIME}),
    (
        STAGED,
        "obligation.extension",
        lambda d: d["obligations"]["report_start"]["due"]["earliest"].append(
            {"milestone": "delivered", "plus": "3m"}
        ),
    ),
    (STAGED, "obligation.lapse", {f"{START}.lapse.basis": EXAMPLE}),
    (STAGED, "obligation.lapse", {"obligations.check_commitment.lapse": LAPSES}),
    (STAGED, "obligation.lapse_shut", {f"{A}.void_by_law.moves.0.from": ["granted"]}),
    (FILED, "term.approver", {f"{RENEWAL}.approver": "timer"}),
    (FILED, "term.silence", {f"{RENEWAL}.silence_basis": SILENCE}),
    (FILED, "term.silence", {"permit.measure": "committed"}),
    (
        FILED,
        "term.silence",
        {"permit.measure": "committed", f"{RENEWAL}.silence_basis": EXAMPLE},
    ),
    (FILED, "term.shut", {f"{A}.expire.moves.0.from": ["granted", "in_force"]}),
    (STAGED, "annulment.states", {f"{S}.annulled.code": 14}),
    (STAGED, "annulment.states", {f"{S}.refusal_annulled.code": 13}),
    (STAGED, "amendment.field", {"amendment.fields": ["works_name", "stage_covered"]}),
    (STAGED, "amendment.field", {"amendment.fields": ["project_code"]}),
    ("drawing_review", "amendment.field", amended("designer_person")),
    (STAGED, "ref.field", {"amendment.fields": ["nowhere"]}),
    (FEES, "amendment.corrects", amended("project_place", corrects=["infrastructure_charge"])),
    (FEES, "ref.fee", amended("project_place", corrects=["nowhere"])),
]

TOGETHER = [
    # What these rules forbid always breaks another as well.
    (
        STAGED,
        "obligation.lapse",
        {"act.timer", "chart.dead_move", "chart.unreachable"},
        {f"{START}.lapse.action": "revoke"},
    ),
    (FILED, "term.expires", {"act.timer"}, {"term.expires": "revoke"}),
    (
        STAGED,
        "annulment.states",
        {"chart.dead_move", "chart.unreachable"},
        {"annulment.grant": "concluded"},
    ),
    (STAGED, "annulment.states", {"chart.unreachable"}, {"annulment.refusal": "revoked"}),
    (
        STAGED,
        "ref.state",
        set(),
        both({"annulment.reopens": "nowhere"}),
    ),
]
