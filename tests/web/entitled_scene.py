"""What the authorisation matrix knows of entitlements: a policy of the department that `window`
and `examiner` are of, one of another department of their office, one of another office."""

from datetime import date

from permits.casework.access import Actor
from permits.casework.entitlement.applications import statement_digest
from permits.definitions.findings import Marks
from permits.definitions.policies.loader import ResolvedPolicy, build_policy
from permits.definitions.procedure import Role
from permits.services import entitlement_requests as r
from tests.definitions.policies import content
from tests.kit import DEPARTMENT, OFFICE
from tests.services.entitled import HEAD, Payer
from tests.web.housing import Housing, at

ROOMS = (
    ("award_here", OFFICE, DEPARTMENT),
    ("award_beside", OFFICE, "works"),
    ("award_elsewhere", "another_bureau", DEPARTMENT),
)
FIRM = "924101720000000011"


def entitled(housing: Housing) -> tuple[dict[str, str], ...]:
    """What the parts of an address stand for by relation. Of each policy the firm is on a list to
    which somebody objected, has confirmed what it was offered, and is to be paid in a batch; then
    it was matched once more. Which lists were published everybody may know: of others it is the
    one that was not."""
    office, now = housing.office, housing.clock.now
    office.policies.publish([_policy(*room) for room in ROOMS], actor="setup")
    register = f"{HEAD}\n{FIRM},特勤大队,1,software,2022,1,0,900,93,good\n".encode()
    office.policies.import_register(register, "test", date(2022, 4, 30), actor="setup")
    found = tuple(_paid(housing, *room) for room in ROOMS)
    housing.clock.now = now
    missing = {
        "policy": "no_award", "round": "no_award-2022-1", "batch": "2022-009",
        "period": "2022", "code": FIRM,
    }  # fmt: skip
    return (*found, missing)


def _policy(name: str, authority: str, department: str) -> ResolvedPolicy:
    data = content()
    data["policy"]["id"] = name
    del data["group"]  # each is paid beside the others
    data["authority"] |= {"id": authority, "department": department}
    built, findings = build_policy(data, Marks())
    assert built is not None and not findings, findings
    return built


def _paid(housing: Housing, policy: str, office: str, department: str) -> dict[str, str]:
    actors = {"firm": housing.people.actors["fire"]}
    for role in (Role.WINDOW, Role.EXAMINER, Role.LEADER):
        name = f"{policy}_{role}"
        actors[role] = Actor(name, frozenset({role}), office=office, department=department)

    def on(day: str) -> None:
        housing.clock.now = at(*map(int, day.split("-")))

    payer = Payer(housing.office, actors, on)
    on("2022-05-05")
    made = payer.must("examiner", r.RunMatch(policy=policy, period="2022"))
    payer.must("leader", r.PublishList(round=made))
    said = {"kind": "remove", "code": FIRM, "text": "数据不实。", "objector": "示例群众"}
    payer.must("window", r.EnterObjection.model_validate({"round": made, **said}))
    decided = {"round": made, "objection": 1, "upheld": False, "reason": "数据属实。"}
    payer.must("leader", r.DecideListObjection.model_validate(decided))
    on("2022-05-20")
    payer.must("leader", r.SettleList(round=made))
    edition = next(one for one in housing.office.policies.all if one.id == policy)
    signed = statement_digest(edition.policy)
    payer.must("firm", payer.confirm(policy=policy, statement=signed))
    batch = payer.must("leader", r.OrderPayments(policy=policy))
    again = payer.must("examiner", r.RunMatch(policy=policy, period="2022"))
    shown = made if office == OFFICE and department == DEPARTMENT else again
    return {"policy": policy, "period": "2022", "round": shown, "batch": batch, "code": FIRM}
