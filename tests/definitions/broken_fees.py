"""Changes of a permit type that puts a fee off, each of which breaks one rule about fees alone."""

from tests.definitions.changes import EXAMPLE, both, copied, into, out_of
from tests.definitions.shipped import GONE

NAME = "infrastructure_charge"
F, DUTY = f"fees.{NAME}", "obligations.pay_infrastructure_charge"
END = {"at": "refused", "debt": "cancelled", "basis": EXAMPLE}

WAITING_NEVER = (
    "accept",
    "supply_corrections",
    "examine",
    "deliver",
    "publish",
    "refuse",
    "resume",
)

FEES = [
    ("ref.share", {f"{F}.lines.housing.share": "nowhere"}),
    ("ref.fee", copied("obligations", "another", "pay_infrastructure_charge", pays="nowhere")),
    ("ref.unused", lambda d: d.update(shares={"idle": share()})),
    ("rate.overlap", lambda d: d.update(shares={"idle": share(twice=True)}) or used_share(d)),
    ("fee.reckoned", {f"{F}.quantity": "housing_m2"}),
    ("fee.reckoned", {f"{F}.quantity": "housing_m2", f"{F}.rate": "other_rate"}),
    ("fee.quantity", {f"{F}.lines.housing.fields": ["earlier_default"]}),
    ("fee.relief_basis", {f"{F}.reliefs.community_care.basis": EXAMPLE}),
    ("fee.relief_dates", {f"{F}.reliefs.community_care.valid_until": "2019-05-31"}),
    ("fee.relief_shown", {"materials.care_proof.essential": False}),
    ("fee.relief_shown", {f"{F}.reliefs.community_care.material": "area_sheet"}),
    ("fee.deferral", {f"{F}.deferral.track": "ordinary"}),
    ("fee.deferral", {f"{F}.deferral.track": "tolerant"}),
    ("fee.deferral", {"commitments.pay_later.kind": "A"}),
    (
        "fee.deferral",
        both(
            copied("commitments", "another", "pay_later"),
            into("tracks.commitment.commitments", "another"),
            out_of("tracks.commitment.commitments", "pay_later"),
        ),
    ),
    ("fee.deferral", out_of(f"{DUTY}.voided_by", "refused")),
    ("fee.gate", {f"{F}.gates.0.shuts": "nowhere"}),
    ("fee.gate", {f"{F}.gates.1.shuts": "check_declaration"}),
    *(("fee.gate", {f"{F}.gates.0.shuts": name}) for name in WAITING_NEVER),
    ("fee.gate", {f"{F}.gates.1.shuts": "grant"}),
    ("fee.gate", {f"{F}.gates.1.shuts": "deregister"}),
    ("fee.deferral", {f"{F}.deferral.lost.earliest.0.milestone": "refused"}),
    ("fee.relief_shown", {"materials.care_proof.tracks.commitment": "exempt"}),
    ("fee.ends", lambda d: d["fees"][NAME]["ends"].pop(0)),
    ("fee.ends", into(f"{F}.ends", END)),
    ("fee.milestone", {f"{F}.due.earliest.0.milestone": "works_started"}),
    ("fee.unfixed", {f"{F}.frozen_at": "examined"}),
    ("fee.dead_date", {f"{F}.due.earliest.0.milestone": "refused"}),
    ("obligation.dead_date", into(f"{DUTY}.due.earliest", {"milestone": "refused"})),
    ("obligation.pays", {"obligations.report_construction_permit.pays": NAME}),
    ("obligation.pays", {f"{F}.deferral": GONE}),
    ("obligation.pays", copied("obligations", "another", "pay_infrastructure_charge")),
]

SAMPLES = [
    ("sample.fees", {"samples.housing_and_shops.day": GONE}),
    ("sample.fees", {"samples.housing_and_shops.fees": {}}),
    ("sample.fees", {f"samples.housing_and_shops.fees.{NAME}": 259_500_001}),
    ("sample.fees", {"samples.housing_and_shops.fees": {"nowhere": 1}}),
    ("sample.fees", {"samples.housing_and_shops.day": "2019-12-31"}),
    ("sample.fees", {f"{F}.lines.housing.when": "is_community_care"}),
]
"""Rules about what samples are charged."""

TOGETHER = [
    ("ref.obligation", {"obligation.pays"}, {f"{F}.deferral.obligation": "nowhere"}),
    ("fee.deferral", {"obligation.pays"}, {f"{F}.deferral.obligation": "check_declaration"}),
    ("fee.ends", {"fee.deferral"}, into(f"{F}.ends", {**END, "at": "delivered"})),
]
"""What these break always breaks another rule as well."""


def share(*, twice=False):
    row = {"valid_from": "2020-01-01", "per_10000": 500, "basis": EXAMPLE}
    return {"title": {"zh": "比例", "en": "Share"}, "rows": [row, row] if twice else [row]}


def used_share(data):
    data["fees"][NAME]["lines"]["housing"]["share"] = "idle"
