"""An office that pays entitlements, for tests of services and pages."""

from datetime import date
from typing import Any

import pytest

from permits.casework.access import Actor
from permits.casework.entitlement.applications import statement_digest
from permits.casework.refusals import Reason, Refused
from permits.definitions.procedure import Role
from permits.services import entitlement_requests as r
from permits.services.accounts import NewAccount
from permits.services.cases import Ticket
from permits.services.entitlements import Done
from permits.services.office import Office
from permits.services.records import new_id
from permits.store import people
from tests.casework.entitled import FIRM, OTHER, ROOM, THIRD
from tests.definitions.policies import AWARD, edition, shipped_policies

HEAD = (
    "credit_code,name,in_zone,industry,hightech_year,hightech_times,above_scale_year,"
    "output_wan,points,credit"
)
FILE = "\n".join(
    (
        HEAD,
        f"{FIRM},示例企业1号,1,software,2022,1,0,900,93,good",
        f"{OTHER},示例企业2号,1,manufacturing,2022,1,2022,5200,81,good",
        f"{THIRD},示例企业3号,1,software,2022,2,0,900,40,good",
        "",
    )
).encode()
"""The first is entitled to the award, the second to the graded one, the third to none of them."""

ENTERPRISES = {"firm": FIRM, "firm2": OTHER, "firm3": THIRD}
OFFICERS = {
    "pay_window": Role.WINDOW,
    "pay_examiner": Role.EXAMINER,
    "pay_leader": Role.LEADER,
}
PASSWORD = "correct horse"
NUMBER = "6222000011112222"


def settle(office: Office, password: str = PASSWORD) -> dict[str, Actor]:
    """Publish the policies, take in a register, open accounts; the actors by name."""
    office.policies.publish([*shipped_policies().values()], actor="setup")
    for number, code in enumerate(ENTERPRISES.values(), 1):
        office.accounts.register_party(code, f"示例企业{number}号", actor="setup")
    for name, code in ENTERPRISES.items():
        roles = frozenset({Role.APPLICANT})
        new = NewAccount(name, name, password, roles, party=code, email=f"{name}@x.invalid")
        office.accounts.open(new, actor="setup")
    for name, role in OFFICERS.items():
        office.accounts.open(
            NewAccount(name, name, password, frozenset({role}), *ROOM), actor="setup"
        )
    office.policies.import_register(FILE, "test", date(2022, 5, 31), actor="setup")
    with office.database.read() as connection:
        return {one.username: one.actor for one in people.everybody(connection)}


class Payer:
    """Does things with entitlements by the name of who does them, with the clock of an office."""

    def __init__(self, office: Office, actors: dict[str, Actor], at: Any) -> None:
        self.office = office
        self.actors = actors
        self.at = at

    def ask(self, who: str, given: r.EntitlementRequest, **ticket: Any) -> Done | Refused:
        key = ticket.pop("key", None) or new_id()
        handle = self.office.entitlements.handle
        return handle(given, self.actors[who], Ticket(key, **ticket))

    def must(self, who: str, given: r.EntitlementRequest) -> str:
        answer = self.ask(who, given)
        assert isinstance(answer, Done), answer
        return answer.about

    def run(self, policy: str = AWARD, period: str = "2022") -> str:
        self.at("2022-06-09")
        return self.must("pay_examiner", r.RunMatch(policy=policy, period=period))

    def published(self) -> str:
        found = self.run()
        self.at("2022-06-10")
        self.must("pay_leader", r.PublishList(round=found))
        return found

    def settled(self) -> str:
        found = self.published()
        self.at("2022-06-20")
        self.must("pay_leader", r.SettleList(round=found))
        return found

    def confirm(self, **changed: Any) -> r.ConfirmOffer:
        fields = {
            "policy": AWARD,
            "period": "2022",
            "account": r.BankAccount(bank="示例银行", number=NUMBER),
            "statement": statement_digest(edition(AWARD).policy),
        }
        return r.ConfirmOffer(**{**fields, **changed})

    def confirmed(self) -> None:
        self.settled()
        self.at("2022-06-21")
        self.must("firm", self.confirm())

    def ordered(self) -> str:
        self.confirmed()
        self.at("2022-06-22")
        return self.must("pay_leader", r.OrderPayments(policy=AWARD))

    def paid(self) -> str:
        batch = self.ordered()
        self.at("2022-06-24")
        paid = (f"{FIRM}/2022",)
        given = r.RecordPayments(batch=batch, on=date(2022, 6, 24), paid=paid)
        self.must("pay_window", given)
        return batch

    def apply(self) -> r.Apply:
        confirm = self.confirm()
        return r.Apply(
            policy=AWARD,
            period="2022",
            grounds="重新认定。",
            account=confirm.account,
            statement=confirm.statement,
        )


ON_SQLITE = pytest.mark.parametrize("settled_url", ["sqlite"], indirect=True)
"""For rules that know nothing of the database."""


def refused(payer: Payer, who: str, given: r.EntitlementRequest) -> Reason:
    """Why something is not done."""
    answer = payer.ask(who, given)
    assert isinstance(answer, Refused), answer
    return answer.reason
