"""How joint reviews go: departments asked, late, asked again; hearings, neighbours, recusals."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from permits.casework.heard import View
from permits.casework.parts import Recommendation
from permits.definitions.procedure import (
    DeregistrationGround,
    RevocationGround,
    SpecialCause,
)
from permits.services import heard as h
from permits.services import requests as r
from permits.services.demonstration.clock import later, working_day
from permits.services.demonstration.desk import Written
from permits.services.demonstration.stories import Story, Teller

PERMIT = "joint_review"
GIVEN_BY = {
    "fire": "fire_officer",
    "civil_defence": "defence_officer",
    "heritage": "heritage_officer",
    "utilities": "utilities_officer",
}
SAYS: dict[View, str] = {
    "agree": "经审查，设计方案符合要求，同意。",
    "conditions": "原则同意，须在施工图中落实消防登高场地。",
    "object": "消防车道净宽不足四米，请修改后重新征求意见。",
}


class Project:
    """One case of joint review, step by step."""

    def __init__(self, tell: Teller, day: date, name: str, **facts: str) -> None:
        self.tell = tell
        self.people = tell.people
        self.day = day
        self.name = name
        self.facts = facts
        self.party = "builder_a"
        self.case = ""

    def at(self, after: int, hour: int = 10) -> Story:
        yield self.tell.on(self.day, after, hour)

    def begin(self, track: str = "ordinary", *asked: str) -> Story:
        """Filed, accepted, and departments asked on the next day."""
        yield from self.at(0, 9)
        self.case = self.people.apply(Written(PERMIT, self.party, self._answers()), track)
        yield from self.at(0, 15)
        self.people.act("window", self.case, "accept")
        yield from self.at(1, 9)
        self.do("examiner", h.AskOpinions(asked=asked or ("fire", "civil_defence", "utilities")))

    def _answers(self) -> dict[str, str]:
        return {
            "works_name": self.name,
            "works_place": "科学大道（示例）",
            "works_summary": f"{self.name}（演示数据）。",
            "project_code": "2206-410172-89-01-544060",
            "floor_area_m2": "18600",
            "civil_buildings": "true",
            "near_heritage": "false",
            "area_assessed": "true",
            "others_affected": "false",
            "restricted_place": "false",
            "contact_name": "经办人",
            "contact_phone": "0371-00000000",
            **self.facts,
        }

    def do(self, who: str, given: h.HeardRequest) -> None:
        self.people.beside(who, self.case, given)

    def give(self, name: str, view: View = "agree") -> None:
        self.do(GIVEN_BY[name], h.GiveOpinion(asked=name, view=view, opinion=SAYS[view]))

    def all_in(self, after: int, view: View = "agree") -> Story:
        """Fire and civil defence answer, the lead joins and proposes."""
        yield from self.at(after, 10)
        self.give("fire", view)
        yield from self.at(after, 11)
        self.give("civil_defence")
        yield from self.at(after + 1, 10)
        self.do("examiner", h.JoinOpinions(opinion="各部门意见已汇总，见附表。"))

    def propose(self, after: int, recommends: Recommendation) -> Story:
        yield from self.at(after, 14)
        opinion = "符合条件，建议准予。" if recommends == "grant" else "不符合条件，建议不予许可。"
        self.people.act(
            "examiner", self.case, "examine", r.OpinionIn(recommends=recommends, opinion=opinion)
        )

    def told_of_hearing(self, after: int) -> Story:
        """Told of the right, and asked for on the next day."""
        yield from self.at(after, 10)
        self.do("leader", h.OfferHearing())
        yield from self.at(after + 1, 10)
        self.do(self.party, h.AskForHearing())

    def call(self, after: int, day: int) -> Story:
        yield from self.at(after, 15)
        on = later(self.tell.calendar, working_day(self.tell.calendar, self.day), day)
        chair = self.people.actors["inspector1"].id
        self.do("leader", h.CallHearing(day=on, place="上午九时，一楼听证室", chair=chair))

    def end(self, after: int, action: str, given: r.Given | None = None) -> Story:
        yield from self.at(after, 10)
        self.people.act("leader", self.case, action, given)
        day = self.tell.on(self.day, after).date()
        yield from self.tell.finish(self.case, day, delivered=1, published=2)


def waiting(tell: Teller, day: date) -> Story:
    """One department has answered, the others have time."""
    one = Project(tell, day, "高新区示例研发楼")
    yield from one.begin()
    yield from one.at(2)
    one.give("fire", "conditions")


def late(tell: Teller, day: date) -> Story:
    """The civil defence authority has not answered in time."""
    one = Project(tell, day, "高新区示例公寓")
    yield from one.begin()
    yield from one.at(3)
    one.give("fire")


def again(tell: Teller, day: date) -> Story:
    """The fire department objected, and is asked again after changes."""
    one = Project(tell, day, "高新区示例商业楼")
    yield from one.begin()
    yield from one.at(3)
    one.give("fire", "object")
    one.give("civil_defence")
    yield from one.at(5)
    what = "已按意见修改消防车道，请复审。"
    one.do("examiner", h.AskOpinions(asked=("fire",), what=what))


def taken_back(tell: Teller, day: date) -> Story:
    """An opinion was taken back after the opinions were joined."""
    one = Project(tell, day, "高新区示例孵化器")
    yield from one.begin()
    yield from one.all_in(3)
    yield from one.at(5)
    reason = "发现图纸版本有误，须重新审查。"
    one.do("fire_officer", h.RevokeOpinion(asked="fire", reason=reason))


def granted(tell: Teller, day: date) -> Story:
    """All agree; granted and served."""
    one = Project(tell, day, "高新区示例厂区综合楼")
    yield from one.begin()
    yield from one.all_in(4)
    yield from one.propose(6, "grant")
    yield from one.end(8, "grant")


def by_the_pagoda(tell: Teller, day: date) -> Story:
    """The heritage authority's time stands still during an expert review."""
    one = Project(tell, day, "高新区示例博物馆", near_heritage="true")
    yield from one.begin("ordinary", "fire", "civil_defence", "heritage")
    yield from one.at(2)
    special = r.SpecialProcedure(cause=SpecialCause.EXPERT_REVIEW, stated="15wd", notified=True)
    one.people.act("examiner", one.case, "suspend", special)


def to_be_heard(tell: Teller, day: date) -> Story:
    """A refusal is proposed; the hearing is called and its day is to come."""
    one = Project(tell, day, "高新区示例仓库")
    yield from one.begin()
    yield from one.all_in(2, "object")
    yield from one.propose(3, "refuse")
    yield from one.told_of_hearing(4)
    yield from one.call(5, 16)


def may_ask(tell: Teller, day: date) -> Story:
    """The applicant was told of the right to a hearing and has not asked yet."""
    one = Project(tell, day, "高新区示例停车楼")
    yield from one.begin()
    yield from one.all_in(2, "object")
    yield from one.propose(3, "refuse")
    yield from one.at(4)
    one.do("leader", h.OfferHearing())


def refused(tell: Teller, day: date) -> Story:
    """Heard, and refused on the record."""
    one = Project(tell, day, "高新区示例加油站")
    yield from one.begin()
    yield from one.all_in(3, "object")
    yield from one.propose(5, "refuse")
    yield from one.told_of_hearing(6)
    yield from one.call(8, 16)
    yield from one.at(16, 11)
    record = h.RecordHearing(
        on=tell.on(day, 16).date(),
        recorder=one.people.actors["window"].id,
        record="申请人陈述意见，审查人员说明理由和依据。",
        attendance=(
            h.AttendanceIn(who="office", sign="signed", name="示例审查人员"),
            h.AttendanceIn(
                who="applicant",
                sign="refused",
                name="示例委托代理人",
                reason="对消防间距的认定有异议，经释明仍不签字。",
            ),
        ),
    )
    one.do("inspector1", record)
    why = r.Reasoned(reason="消防间距不符合强制性标准，听证中未提出新的证据。")
    yield from one.end(18, "refuse", why)


def neighbours(tell: Teller, day: date) -> Story:
    """A neighbour whose light is taken was told, and another was heard."""
    one = Project(tell, day, "高新区示例高层住宅", others_affected="true")
    yield from one.begin()
    yield from one.at(1, 11)
    for number, interest in enumerate(
        ("北侧住户，采光受影响。", "东侧单位，通行受影响。"), start=1
    ):
        told = h.TellThirdParty(
            name=f"示例利害关系人{number}", contact="0371-00000000", interest=interest
        )
        one.do("examiner", told)
    yield from one.at(2)
    one.do("window", h.HearThirdParty(party="party_2", statement="要求保留东侧通道。"))


def recused(tell: Teller, day: date) -> Story:
    """An officer declared a reason not to act; the head of the office has not decided yet."""
    one = Project(tell, day, "高新区示例实验楼")
    yield from one.begin()
    yield from one.at(2)
    one.do("examiner", h.DeclareRecusal(ground="与申请人的法定代表人有亲属关系。"))


def breached(tell: Teller, day: date) -> Story:
    """Granted on a commitment that was false: ordered to be put right, revoked, deregistered."""
    one = Project(tell, day, "高新区示例物流园")
    people = one.people
    yield from one.begin("commitment")
    yield from one.all_in(2)
    yield from one.propose(4, "grant")
    yield from one.end(5, "grant")
    yield from one.at(12, 9)
    report = r.Report(obligation="report_start", on=tell.on(day, 12).date())
    people.beside(one.party, one.case, report)
    yield from one.at(20, 14)
    people.check(
        ("inspector1", "inspector2"),
        one.case,
        r.Verify(
            obligation="check_after_start",
            passed=False,
            on=tell.on(day, 20).date(),
            inspectors=(people.actors["inspector1"].id, people.actors["inspector2"].id),
            finding="交通组织与区域评估要求不符，责令整改。",
        ),
    )
    yield from one.at(34, 10)
    ground = RevocationGround.DECEIT_OR_BRIBERY
    notice = r.Notice(ground=ground, reason="逾期未整改，承诺不实。")
    people.beside("leader", one.case, notice)
    people.beside(one.party, one.case, r.State(statement="对事实没有异议。"))
    yield from one.at(35, 10)
    why = r.Revocation(ground=ground, reason="逾期未整改，承诺不实。")
    people.act("leader", one.case, "revoke", why)
    yield from one.at(36, 10)
    deregistered = r.Deregistration(ground=DeregistrationGround.REVOKED)
    people.act("window", one.case, "deregister", deregistered)


TOLD: tuple[tuple[Callable[[Teller, date], Story], int], ...] = (
    (waiting, 5),
    (late, 14),
    (again, 9),
    (taken_back, 9),
    (granted, 40),
    (by_the_pagoda, 7),
    (to_be_heard, 13),
    (may_ask, 8),
    (refused, 60),
    (neighbours, 4),
    (recused, 6),
    (breached, 90),
)
"""Stories and how many days ago each begins."""


def stories(tell: Teller, today: date) -> Iterator[Story]:
    """Every story, begun so that it stands today where it is interesting."""
    for story, ago in TOLD:
        yield story(tell, working_day(tell.calendar, today - timedelta(days=ago)))
