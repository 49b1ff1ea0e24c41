"""Fees that are put off: paid in parts, paid late, not paid and revoked, exempt, refunded."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from zlib import crc32

import msgspec

from permits.casework.dates import day_of
from permits.definitions.procedure import RevocationGround
from permits.services import requests as r
from permits.services.demonstration.clock import working_day
from permits.services.demonstration.desk import People, Written
from permits.services.demonstration.stories import Story, Teller

CHARGE, OFF_SITE = "infrastructure_charge", "civil_defence_fee"
_FEE = {CHARGE: "infrastructure_charge", OFF_SITE: "off_site_fee"}
_PAYMENT = {CHARGE: "pay_infrastructure_charge", OFF_SITE: "pay_off_site_fee"}
_DUTY = "report_construction_permit"
UNPAID = "缓缴期限届满，经催告仍未缴清。"


class Project(msgspec.Struct, frozen=True):
    """A project of which a fee is put off, as the form asks for it."""

    party: str
    permit: str
    name: str
    place: str
    facts: Mapping[str, str]

    @property
    def code(self) -> str:
        """A project code of its own, the same whenever it is asked for."""
        return f"2206-410172-70-01-{crc32(self.name.encode()) % 1_000_000:06d}"

    @property
    def answers(self) -> dict[str, str]:
        """The form filled in for the project."""
        return {
            "project_code": self.code,
            "project_name": self.name,
            "project_place": self.place,
            "earlier_default": "false",
            "contact_name": "经办人",
            "contact_phone": "0371-00000000",
            **self.facts,
        }

    def file(self, people: People, track: str) -> str:
        """File the application; the case's id."""
        return people.apply(Written(self.permit, self.party, self.answers), track)


def _homes(party: str, name: str, *, housing: int, other: int, ground: str = "none") -> Project:
    facts = {
        "planning_permit": "示例建字第1号",
        "housing_m2": str(housing),
        "other_m2": str(other),
        "relief_ground": ground,
    }
    return Project(party, CHARGE, f"{name}（演示数据）", "科学大道", facts)


def _tower(party: str, name: str, *, ground_floor: int, ground: str = "none") -> Project:
    facts = {
        "buildings_are": "civil",
        "planned_as_whole": "false",
        "tall_first_floor_m2": str(ground_floor),
        "low_other_m2": "2400",
        "low_housing_first_floor_m2": "0",
        "off_site_reason": "bad_geology",
        "relief_ground": ground,
    }
    return Project(party, OFF_SITE, f"{name}（演示数据）", "莲花街", facts)


def _plant(party: str) -> Project:
    return Project(
        party, OFF_SITE, "示例生产厂房（演示数据）", "长椿路", {"buildings_are": "factory"}
    )


class _Case:
    """Tells of one case whose payment was put off."""

    def __init__(self, tell: Teller, day: date, project: Project) -> None:
        self.tell = tell
        self.day = day
        self.project = project
        self.case = ""

    def begin(self, *, permit: int = 8) -> Story:
        """Until the construction permit, so many working days later, and the check after it."""
        tell, people = self.tell, self.tell.people
        yield tell.on(self.day, 0, 9)
        self.case = self.project.file(people, "commitment")
        yield tell.on(self.day, 0, 10)
        people.act("window", self.case, "accept")
        people.act("window", self.case, "grant_on_the_spot")
        yield from tell.finish(self.case, self.day)
        yield self.tell.on(self.day, permit, 10)
        self.report(_DUTY)
        yield self.tell.on(self.day, permit + 9, 14)
        actors = self.tell.people.actors
        self.tell.people.check(
            ("inspector1", "inspector2"),
            self.case,
            r.Verify(
                obligation="check_declaration",
                passed=True,
                on=self.today,
                inspectors=(actors["inspector1"].id, actors["inspector2"].id),
                finding="所填面积与规划许可一致。",
            ),
        )

    @property
    def today(self) -> date:
        return day_of(self.tell.people.office.now())

    @property
    def balance(self) -> int:
        held = self.tell.people.record("window", self.case).case
        return held.fees[_FEE[self.project.permit]].balance_fen

    def report(self, obligation: str) -> None:
        given = r.Report(obligation=obligation, on=self.today)
        self.tell.people.beside(self.project.party, self.case, given)

    def pay(self, share: int = 100) -> None:
        """Pay so many hundredths of what is open."""
        fen = self.balance * share // 100
        slip = f"国库{self.today:%Y%m%d}-{self.case[-12:]}-{share}"
        paid = r.Pay(fee=_FEE[self.project.permit], on=self.today, amount_fen=fen, receipt=slip)
        self.tell.people.beside("window", self.case, paid)

    def order(self) -> None:
        """Order that what is overdue be paid within a last term."""
        given = r.OrderPayment(obligation=_PAYMENT[self.project.permit], reason=UNPAID)
        self.tell.people.beside("leader", self.case, given)

    def accept_jointly(self, after: int) -> Story:
        """Apply for joint acceptance and pass it, then put the case away."""
        yield self.tell.on(self.day, after, 10)
        self.report("apply_for_joint_acceptance")
        yield self.tell.on(self.day, after + 6, 10)
        self.report("pass_joint_acceptance")
        yield self.tell.on(self.day, after + 8, 10)
        self.tell.people.act("window", self.case, "conclude")


def deferred(tell: Teller, day: date, project: Project) -> Story:
    """Put off; nothing is paid yet."""
    yield from _Case(tell, day, project).begin()


def part_paid(tell: Teller, day: date, project: Project) -> Story:
    """Paid in part, the rest still open."""
    one = _Case(tell, day, project)
    yield from one.begin()
    yield tell.on(day, 30, 10)
    one.pay(40)


def paid(tell: Teller, day: date, project: Project) -> Story:
    """Paid in two parts in time, jointly accepted, put away."""
    one = _Case(tell, day, project)
    yield from one.begin()
    yield tell.on(day, 40, 10)
    one.pay(50)
    yield tell.on(day, 80, 11)
    one.pay()
    yield from one.accept_jointly(200)


def mistaken(tell: Teller, day: date, project: Project) -> Story:
    """A payment of another case, taken back; then the right one."""
    one = _Case(tell, day, project)
    yield from one.begin()
    yield tell.on(day, 20, 10)
    one.pay(10)
    yield tell.on(day, 22, 10)
    wrong = r.Undo(fee=_FEE[project.permit], entry=2, reason="误记，该笔属于另一案。")
    tell.people.beside("supervisor", one.case, wrong)
    yield tell.on(day, 24, 10)
    one.pay(25)


def late(tell: Teller, day: date, project: Project) -> Story:
    """Overdue after six months, and paid then."""
    one = _Case(tell, day, project)
    yield from one.begin()
    yield tell.on(day, 145, 10)
    one.pay()


def ordered(tell: Teller, day: date, project: Project) -> Story:
    """Overdue, and ordered to be paid within a last term that runs."""
    one = _Case(tell, day, project)
    yield from one.begin()
    yield tell.on(day, 145, 10)
    one.order()


def breached(tell: Teller, day: date, project: Project) -> Story:
    """Overdue, ordered to be paid and still not, and revoked: the whole debt is due."""
    one = _Case(tell, day, project)
    yield from one.begin()
    yield tell.on(day, 30, 10)
    one.pay(20)
    yield tell.on(day, 145, 10)
    one.order()
    yield tell.on(day, 160, 10)
    why, ground = "责令限期缴纳，逾期仍未缴清。", RevocationGround.OTHER
    tell.people.beside("leader", one.case, r.Notice(ground=ground, reason=why))
    yield tell.on(day, 166, 10)
    given = r.Revocation(ground=ground, reason=why)
    tell.people.act("leader", one.case, "revoke", given)


def at_once(tell: Teller, day: date, project: Project) -> Story:
    """The ordinary track: the decision follows payment, or nothing is owed."""
    people = tell.people
    one = _Case(tell, day, project)
    yield tell.on(day, 0, 9)
    one.case = project.file(people, "ordinary")
    yield tell.on(day, 0, 14)
    people.act("window", one.case, "accept")
    yield tell.on(day, 1, 10)
    opinion = r.OpinionIn(recommends="grant", opinion="面积、标准核对无误，建议准予。")
    people.act("examiner", one.case, "examine", opinion)
    yield tell.on(day, 2, 9)
    if one.balance:
        one.pay()
    yield tell.on(day, 2, 15)
    people.act("leader", one.case, "grant")
    yield from tell.finish(one.case, tell.on(day, 2).date())
    yield tell.on(day, 5, 10)
    people.act("window", one.case, "conclude")


def unpaid(tell: Teller, day: date, project: Project) -> Story:
    """The ordinary track, proposed for the decision, which waits for payment."""
    people = tell.people
    yield tell.on(day, 0, 9)
    case = project.file(people, "ordinary")
    yield tell.on(day, 0, 14)
    people.act("window", case, "accept")
    yield tell.on(day, 1, 10)
    opinion = r.OpinionIn(recommends="grant", opinion="面积、标准核对无误，缴清后建议准予。")
    people.act("examiner", case, "examine", opinion)


def refunded(tell: Teller, day: date, project: Project) -> Story:
    """Paid, then withdrawn before the decision; what was paid is given back."""
    people = tell.people
    one = _Case(tell, day, project)
    yield tell.on(day, 0, 9)
    one.case = project.file(people, "ordinary")
    yield tell.on(day, 0, 14)
    people.act("window", one.case, "accept")
    yield tell.on(day, 1, 10)
    one.pay()
    yield tell.on(day, 2, 10)
    people.act(project.party, one.case, "withdraw", r.Reasoned(reason="项目方案调整。"))
    yield tell.on(day, 6, 10)
    back = r.Refund(
        fee=_FEE[project.permit],
        on=one.today,
        amount_fen=-one.balance,
        receipt=f"国库退{one.today:%Y%m%d}-{one.case[-12:]}",
        reason="申请撤回，已缴费用退还。",
    )
    people.beside("window", one.case, back)


def deferrals(tell: Teller, today: date) -> Iterator[Story]:
    """Two or more cases of each kind, so many days before `today`, of the types the office has."""
    offered = {edition.permit for edition in tell.people.office.shelf.permits}
    first = date(2022, 6, 6)
    told = (
        (paid, 420, _homes("builder_a", "示例住宅一期", housing=12_000, other=3_000)),
        (paid, 400, _tower("builder_b", "示例办公楼", ground_floor=1_250)),
        (late, 300, _homes("builder_b", "示例商业综合体", housing=0, other=8_600)),
        (late, 290, _tower("builder_c", "示例研发楼", ground_floor=900)),
        (breached, 280, _homes("builder_c", "示例住宅二期", housing=9_800, other=1_200)),
        (breached, 275, _tower("builder_a", "示例酒店", ground_floor=760)),
        (ordered, 215, _homes("builder_a", "示例会展中心", housing=0, other=9_400)),
        (deferred, 40, _homes("builder_a", "示例人才公寓", housing=15_400, other=600)),
        (deferred, 35, _tower("builder_a", "示例数据中心", ground_floor=2_100)),
        (deferred, 240, _homes("builder_b", "示例物流园", housing=0, other=22_000)),
        (part_paid, 90, _homes("builder_a", "示例住宅三期", housing=7_500, other=900)),
        (part_paid, 85, _tower("builder_b", "示例实验楼", ground_floor=640)),
        (mistaken, 70, _homes("builder_c", "示例创业园", housing=0, other=5_200)),
        (at_once, 60, _homes("builder_a", "示例厂前区", housing=0, other=1_800)),
        (at_once, 55, _tower("builder_b", "示例小学教学楼", ground_floor=1_100,
                             ground="schools_and_care")),
        (at_once, 50, _homes("builder_c", "示例保障性租赁住房", housing=11_000, other=0,
                             ground="rental_housing")),
        (at_once, 45, _plant("builder_a")),
        (unpaid, 2, _homes("builder_b", "示例会议中心", housing=0, other=4_300)),
        (unpaid, 1, _tower("builder_c", "示例体育馆", ground_floor=3_000)),
        (refunded, 30, _homes("builder_a", "示例停车楼", housing=0, other=2_600)),
    )  # fmt: skip
    for telling, ago, project in told:
        if project.permit not in offered:
            continue
        day = working_day(tell.calendar, max(first, today - timedelta(days=ago)))
        yield telling(tell, day, project)
